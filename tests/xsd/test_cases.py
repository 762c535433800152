"""Documents by schemas made for them: what is said, and that xmlschema has the verdict; schemas that are wrong."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
import xmlschema
from lxml import etree
from tests.parity.mutations import mutate

from teipipe.diagnostics import Diagnostic
from teipipe.documents import Document
from teipipe.errors import SchemaError
from teipipe.reports import text
from teipipe.validate import open_schema
from teipipe.xsd.schema import Schema

if TYPE_CHECKING:
    from elementpath.protocols import ElementProtocol

CASES = Path(__file__).resolve().parents[1] / "cases" / "xsd"
SCHEMAS = sorted(path.parent for path in CASES.glob("*/schema.xsd"))
DOCUMENTS = sorted(path for folder in SCHEMAS for path in folder.glob("*.xml"))
BAD = sorted((CASES / "bad").glob("*.xsd"))


@cache
def schema(folder: Path) -> Schema:
    return Schema.load(Document.read(folder / "schema.xsd"), folder)


def findings(made: Schema, document: Document) -> list[Diagnostic]:
    return [] if made.fits(document) is not None else list(made.check(document))


def is_valid(made: Schema, data: bytes) -> bool:
    """By xmlschema, of the document without its comments."""
    parser = etree.XMLParser(remove_comments=True, attribute_defaults=True)
    tree = cast("ElementProtocol", etree.fromstring(data, parser))
    try:
        return bool(made.compiled.is_valid(xmlschema.XMLResource(tree, allow="none"), use_location_hints=False))
    except KeyError:
        return False  # what it does with a type that doesn't exist


@pytest.mark.parametrize("folder", SCHEMAS, ids=lambda folder: folder.name)
def test_what_is_said(folder: Path, request: pytest.FixtureRequest) -> None:
    said = ""
    for path in sorted(folder.glob("*.xml")):
        found = sorted(findings(schema(folder), Document.read(path)), key=lambda one: one.sort_key)
        said += "".join(f"{line}\n" for line in text.lines(found, folder=folder)) or f"{path.name}: valid\n"
    golden = folder / "expected.txt"
    if request.config.getoption("--update-golden"):
        golden.write_text(said, encoding="utf-8", newline="")
    assert said == golden.read_text("utf-8")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_verdict_is_that_of_xmlschema(path: Path) -> None:
    made, document = schema(path.parent), Document.read(path)
    assert (findings(made, document) == []) == is_valid(made, document.data)


@pytest.mark.parametrize("folder", SCHEMAS, ids=lambda folder: folder.name)
def test_what_the_narrow_grammar_lets_through_is_valid(folder: Path) -> None:
    made = schema(folder)
    documents = [Document.read(path).data for path in sorted(folder.glob("*.xml"))]
    documents = [data for data in documents if b"<!ENTITY" not in data]
    verdicts = [(made.fits(Document(Path("d.xml"), one.data)), one) for one in mutate([documents], 150, folder.name)]
    assert [one.description for fits, one in verdicts if fits is not None and not is_valid(made, one.data)] == []


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_wrong_schema_is_refused_at_its_line(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    number, message = next(
        (number + 1, match[1]) for number, line in enumerate(lines, 1) if (match := re.search("expect: (.*) -->", line))
    )
    with pytest.raises(SchemaError) as caught:
        open_schema(path, CASES)
    assert caught.value.location.line == number
    assert caught.value.message.startswith(message)


def test_a_link_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "project").mkdir()
    begin = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
    (tmp_path / "elsewhere" / "b.xsd").write_text(f"{begin}</xs:schema>")
    (tmp_path / "project" / "b.xsd").symlink_to(tmp_path / "elsewhere" / "b.xsd")
    path = tmp_path / "project" / "a.xsd"
    path.write_text(f'{begin}\n<xs:include schemaLocation="b.xsd"/></xs:schema>')
    with pytest.raises(SchemaError, match=r"“b\.xsd” leads out of the project"):
        open_schema(path)


def test_a_schema_may_lie_elsewhere_and_its_files_may_not(tmp_path: Path) -> None:
    begin = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
    (tmp_path / "project").mkdir()
    (tmp_path / "b.xsd").write_text(f"{begin}</xs:schema>")
    (tmp_path / "project" / "c.xsd").write_text(f"{begin}</xs:schema>")
    path = tmp_path / "a.xsd"
    path.write_text(f'{begin}<xs:include schemaLocation="project/c.xsd"/></xs:schema>')
    assert open_schema(path, tmp_path / "project").language == "XSD 1.0"
    path.write_text(f'{begin}<xs:include schemaLocation="b.xsd"/></xs:schema>')
    with pytest.raises(SchemaError, match="leads out of the project"):
        open_schema(path, tmp_path / "project")


def test_the_namespace_of_xml_needs_no_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xsd"
    path.write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
        '<xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="http://www.w3.org/2001/xml.xsd"/>'
        '<xs:element name="a"><xs:complexType><xs:attribute ref="xml:lang"/></xs:complexType></xs:element></xs:schema>'
    )
    assert list(open_schema(path).check(Document(Path("d.xml"), b'<a xml:lang="de"/>'))) == []


class TestWhatItSaysOfItself:
    def test_language_and_version(self) -> None:
        made = {folder.name: schema(folder) for folder in SCHEMAS}
        assert made["structures"].language == "XSD 1.0"
        assert made["structures"].version == "3.2"
        assert made["newer"].language == "XSD 1.1", "it doesn't say so, but uses what only 1.1 has"
        assert made["newer"].version == ""

    def test_the_checksum_is_of_all_files(self, tmp_path: Path) -> None:
        begin = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
        (tmp_path / "a.xsd").write_text(f'{begin}<xs:include schemaLocation="b.xsd"/></xs:schema>')
        sums = []
        for content in ("", '<xs:element name="a"/>', ""):
            (tmp_path / "b.xsd").write_text(f"{begin}{content}</xs:schema>")
            sums.append(Schema.load(Document.read(tmp_path / "a.xsd"), tmp_path).checksum)
        assert sums[0] == sums[2] != sums[1]
        assert re.fullmatch("sha256:[0-9a-f]{64}", sums[0])

    def test_a_state_makes_the_same_schema(self) -> None:
        for folder in SCHEMAS:
            made = schema(folder)
            again = Schema.revive(made.path, made.state())
            assert (again.language, again.version, again.checksum) == (made.language, made.version, made.checksum)
            for path in folder.glob("*.xml"):
                document = Document.read(path)
                assert findings(again, document) == findings(made, document)
