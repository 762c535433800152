"""Which versions of which packages made an edition: what is installed, of all that teipipe needs to run."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from teipipe.books.settings import CJK_PACKAGE
from teipipe.deposit.package import Tool
from teipipe.documents import read_bytes
from teipipe.project import Project

#: What the packages do that have a hand in what a package holds; the others are what these need.
_PURPOSES: Final = {
    "teipipe": "validation, edition, package",
    "lxml": "trees of documents; validation",
    "saxonche": "XSLT 3.0 (SaxonC-HE): pages, texts, metadata; Schematron",
    "xmlschema": "validation by XML Schema",
    "typst": "books in PDF",
    "pagefind-bin": "the index of the search",
    "mplfonts": "letters of Han, Kana and Hangul in PDF",
    "bagit": "the check of the package by those who gave BagIt",
    "rocrate": "the description of the package as RO-Crate",
}

#: A requirement (PEP 508): the name, whether it is for an extra.
_REQUIREMENT: Final = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)(\s*\[[^\]]*\])?")
_EXTRA: Final = re.compile(r"""\bextra\s*==\s*["']([^"']+)["']""")


def tools(project: Project) -> tuple[Tool, ...]:
    """What made the edition of a project, and Python; in order of their names, teipipe first.

    What made nothing of it (typst without books in PDF) isn't named.
    """
    unused = () if "pdf" in project.books.formats else ("typst",)
    found = (
        Tool(name, version, _PURPOSES[name])
        for name, version in installed("cjk" if _has_cjk(project) else "")
        if name in _PURPOSES and name not in unused
    )
    python = Tool(platform.python_implementation(), platform.python_version(), "what all of it runs on")
    return (*sorted(found, key=lambda tool: (tool.name != "teipipe", tool.name)), python)


def code() -> str:
    """The checksum of teipipe's own code, as it is installed."""
    package = Path(__file__).parents[1]
    total = sha256()
    for path in sorted(package.rglob("*.py")):
        total.update(f"{path.relative_to(package).as_posix()}\0".encode())
        total.update(sha256(read_bytes(path)).digest())
    return total.hexdigest()


def requirements(project: Project) -> bytes:
    """software/requirements.txt: with `pip install -r`, the same versions once more."""
    pins = "".join(f"{name}=={version}\n" for name, version in installed("cjk" if _has_cjk(project) else ""))
    head = (
        "# What made this edition, with all that it needs: pip install -r requirements.txt\n"
        f"# {platform.python_implementation()} {platform.python_version()}, {sys.platform}, {platform.machine()}\n"
        # pip takes it from the folder of this file: teipipe itself lies there.
        "--find-links .\n"
    )
    return (head + pins).encode()


def installed(extra: str = "") -> list[tuple[str, str]]:
    """The names and versions of teipipe and of all that it needs here, with those of an `extra`; in order of names.

    Of what is needed on some systems only, what is installed.
    """
    found: dict[str, str] = {}
    waiting = [("teipipe", extra)]
    while waiting:
        name, wanted = waiting.pop()
        if name in found:
            continue
        try:
            one = distribution(name)
        except PackageNotFoundError:
            continue
        found[name] = one.version
        waiting += ((required, "") for required in _required(one, wanted))
    return sorted(found.items())


def _required(one: Distribution, extra: str) -> Iterator[str]:
    """The names of what a package needs, as PyPI writes them (PEP 503)."""
    for requirement in one.requires or ():
        for_extra = _EXTRA.search(requirement)
        match = _REQUIREMENT.match(requirement)
        if match and (for_extra is None or for_extra[1] == extra):
            yield re.sub(r"[-_.]+", "-", match[1]).lower()


def _has_cjk(project: Project) -> bool:
    """Whether books may have letters from the package of fonts: the build takes them wherever they are installed."""
    if "pdf" not in project.books.formats:
        return False
    try:
        distribution(CJK_PACKAGE)
    except PackageNotFoundError:
        return False
    return True
