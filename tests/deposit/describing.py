"""A package to describe: two letters of the sample record, with all that lies around them."""

from __future__ import annotations

from hashlib import sha256, sha512
from pathlib import Path
from typing import Final

from teipipe.bags import Stored
from teipipe.deposit.package import Package, Part, Tool
from teipipe.editions.metadata import policy
from teipipe.resources import bundled
from teipipe.saxon import Engine, Parameter
from teipipe.stylesheets import Stylesheets

SAMPLE: Final = Path(__file__).with_name("sample.xml").read_text(encoding="utf-8")

#: The record of the edition: what the sample says of a letter.
EDITION: Final = SAMPLE.replace('kind="document" id="letter-1"', 'kind="edition" id="letters"')

#: A record that says nothing but a title.
BARE: Final = '<record kind="edition" id="letters" lang="en" generator="x"><title type="main">Letters</title></record>'

PATHS: Final = (
    "deposit.json",
    "CITATION.cff",
    ".zenodo.json",
    "README.html",
    "README.txt",
    "project/teipipe.toml",
    "project/tei/letter-1.xml",
    "project/tei/letter-2.xml",
    "project/tei/register.xml",
    "project/tei/sources/letter-1.txt",
    "project/Bücher und Hefte #1.txt",
    "edition/index.html",
    "edition/letter-1/index.html",
    "edition/letter-1/reading.txt",
    "edition/letter-2/index.html",
    "edition/letters.pdf",
    "edition/letters.epub",
    "edition/register/index.html",
    "schema/letters.rng",
    "software/xslt/html.xsl",
    "software/xslt/html/all.xsl",
    "software/requirements.txt",
    "software/teipipe-0.1.0-py3-none-any.whl",
    "reports/validation.txt",
    "reports/validation.json",
    "metadata/datacite.json",
    "metadata/documents/letter-1/datacite.json",
)


def content(path: str) -> bytes:
    return f"What stands in {path}\n".encode()


def stored(paths: tuple[str, ...] = PATHS) -> dict[str, Stored]:
    return {
        path: Stored(path, len(data), sha256(data).hexdigest(), sha512(data).hexdigest())
        for path in paths
        for data in (content(path),)
    }


def package(**changed: object) -> Package:
    parts = tuple(
        Part(
            f"letter-{n}", f"tei/letter-{n}.xml", sha256(content(f"project/tei/letter-{n}.xml")).hexdigest(), f"No. {n}"
        )
        for n in (1, 2)
    )
    known = {
        "name": "letters-1.2",
        "edition": "letters",
        "version": "1.2",
        "title": "Letters",
        "identifier": "10.5072/letters",
        "date": "2026-11-22",
        "configuration": "project/teipipe.toml",
        "register": "project/tei/register.xml",
        "documents": parts,
        "stylesheets": "0" * 64,
        "tools": (
            Tool("teipipe", "0.1.0", "validation, edition, package"),
            Tool("saxonche", "13.1.1", "XSLT"),
            Tool("CPython", "3.11.7", "what all of it runs on"),
        ),
        "findings": (("info", 2), ("warning", 3)),
    }
    return Package(**{**known, **changed})  # type: ignore[arg-type]


class Forms:
    """Makes forms of metadata from records."""

    def __init__(self) -> None:
        self._engine = Engine({"forms": Path(__file__).with_name("forms.xsl")})

    def make(self, form: str, record: str, language: str = "en", package: str = "") -> str:
        labels = self._engine.parse(Stylesheets().labels(language))
        given: dict[str, Parameter] = {"labels": labels, "wanted": form}
        if package:
            style = bundled("xslt").joinpath("metadata/readme.css").read_text(encoding="utf-8")
            given |= {"package": self._engine.parse(package), "style": style, "policy": policy(style)}
        return self._engine.serialise("forms", self._engine.parse(record), given)
