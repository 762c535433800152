"""A project with a schema in a folder of its own, and what comes of it, as text for comparison."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import pytest
from lxml import etree
from tests.conftest import REPOSITORY

from teipipe import Document, relaxng, schematron
from teipipe.diagnostics import Diagnostic, Location
from teipipe.errors import SchemaError

CASES = REPOSITORY / "tests" / "cases" / "schematron"
SVRL = "http://purl.oclc.org/dsdl/svrl"

#: What lies beside the project and in the environment, and mustn't come out in anything.
SECRET = "the secret of another project"


class Project:
    """A folder with files; beside it lie others, with a secret in them. FOLDER in a file stands for that beside it."""

    def __init__(self, beside: Path, files: Mapping[str, str], links: Mapping[str, str] | None = None) -> None:
        self.beside = beside
        self.folder = beside / "project"
        self.folder.mkdir()
        (beside / "secret.txt").write_text(SECRET, encoding="utf-8")
        (beside / "secret.xml").write_text(f"<secret>{SECRET}</secret>", encoding="utf-8")
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace("FOLDER", beside.as_posix()), encoding="utf-8")
        for name, target in (links or {}).items():
            (self.folder / name).symlink_to(target)
        self._before = self._content()

    def _content(self) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in self.beside.rglob("*") if path.is_file()}

    def load(self, name: str = "schema.sch", *, phase: str = "") -> schematron.Schema:
        """The schema in one of its files; raises SchemaError."""
        return schematron.load(self.folder / name, self.folder, phase=phase)

    def load_or_refuse(self, *, phase: str = "") -> schematron.Schema | SchemaError:
        """The schema, or why it can't be used."""
        try:
            return self.load(phase=phase)
        except SchemaError as error:
            return error

    def document(self, name: str = "document.xml") -> Document:
        return Document.read(self.folder / name, shown_as=Path(name))

    def place(self, location: Location) -> str:
        """A place without what is this machine's own; of the document, without its name."""
        shown = self.plain(str(location))
        return shown.removeprefix("document.xml:")

    def plain(self, text: str) -> str:
        return text.replace(f"{self.folder}/", "").replace(str(self.folder), ".").replace(str(self.beside), "FOLDER")

    def finding(self, found: Diagnostic) -> str:
        """A finding as a line, and another for what to do; where the schema says so is tested apart from the cases."""
        assert found.rule in ("failed-assertion", "successful-report", "assertion-not-evaluated"), found
        lines = [f"{self.place(found.location)} {found.severity}[{found.code}] {self.plain(found.message)}"]
        if found.help:
            lines.append(f"    help: {self.plain(found.help)}")
        return "\n".join(lines)

    def findings(self, found: Iterable[Diagnostic]) -> str:
        """Findings as lines, in the order in which reports have them."""
        return "".join(f"{self.finding(one)}\n" for one in sorted(found, key=lambda one: one.sort_key))

    def warnings(self, warnings: Iterable[Diagnostic]) -> str:
        return "".join(
            f"{self.place(one.location)} {self.plain(one.message)}\n"
            + (f"    help: {self.plain(one.help)}\n" if one.help else "")
            for one in warnings
        )

    def refusal(self, error: SchemaError) -> str:
        """Why a schema can't be used, as lines."""
        help = f"\n    help: {self.plain(error.help)}" if error.help else ""
        return f"{self.place(error.location)} {self.plain(error.message)}{help}\n"

    def assert_untouched(self) -> None:
        """Nothing was written, changed or removed."""
        assert self._content() == self._before


@cache
def svrl_schema() -> relaxng.Schema:
    return relaxng.load(CASES / "svrl.rnc")


def report(schema: schematron.Schema, document: Document) -> etree._Element:
    """The report in SVRL, which has to be valid."""
    text = schema.svrl(document)
    data = text.encode()
    wrong = svrl_schema().check(Document(Path("svrl.xml"), data))
    if wrong:
        pytest.fail(
            "the report is no SVRL:\n" + "\n".join(f"{one.location} {one.message}" for one in wrong) + f"\n{text}"
        )
    return etree.fromstring(data)


def is_true(report: etree._Element, xpath: str) -> bool:
    """Whether an XPath holds of a report."""
    return bool(report.xpath(f"boolean({xpath})", namespaces={"svrl": SVRL}))
