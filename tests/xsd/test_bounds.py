"""What could take for ever, or more than there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from teipipe.documents import Document
from teipipe.validate import open_schema
from teipipe.xsd import schema as engine
from teipipe.xsd.patterns import is_harmless

CASES = Path(__file__).resolve().parents[1] / "cases" / "xsd"
BEGIN = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a">'


@pytest.mark.parametrize(
    "pattern", ["(a+)+b", "(a|aa)+b", r"(\w+\s?)*,", "((a{1,9}){1,9}){1,9}b", "a*a*a*a*b", "(a?){9}"]
)
def test_a_pattern_that_could_take_for_ever_is_not_left_to_python(pattern: str) -> None:
    assert not is_harmless(pattern)


@pytest.mark.parametrize("pattern", [r"[A-Z]{2}\d+", "#.+", "(a|b)?c", r"\d{4}-\d{2}", r"\(\)+", "[(+]+"])
def test_others_are(pattern: str) -> None:
    assert is_harmless(pattern)


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize(("pattern", "length"), [("(a+)+b", 40), ("(a+)+b", 4_000), ("a*a*a*b", 20_000)])
def test_such_a_pattern_is_done_in_no_time(tmp_path: Path, pattern: str, length: int, version: str) -> None:
    path = tmp_path / "s.xsd"
    path.write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        f' xmlns:vc="http://www.w3.org/2007/XMLSchema-versioning" vc:minVersion="{version}">'
        f'<xs:element name="a"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="{pattern}"/>'
        "</xs:restriction></xs:simpleType></xs:element></xs:schema>"
    )
    schema = open_schema(path)
    assert schema.language == f"XSD {version}"
    (found,) = schema.check(Document(Path("d.xml"), b"<a>%s</a>" % (b"a" * length)))
    assert found.rule == "wrong-value"
    assert list(schema.check(Document(Path("d.xml"), b"<a>%sb</a>" % (b"a" * length)))) == []


def test_a_million_elements_are_one_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "MAX_ELEMENTS", 20)
    document = Document(Path("d.xml"), b"<all>%s<x/></all>" % (b"<v/>" * 30))
    (found,) = open_schema(CASES / "values" / "schema.xsd").check(document)
    assert found.rule == "limit-exceeded"
    assert found.help == "it has more than 20 elements"


def test_what_may_come_a_million_times_takes_no_room(tmp_path: Path) -> None:
    path = tmp_path / "s.xsd"
    path.write_text(
        f'{BEGIN}<xs:complexType><xs:sequence maxOccurs="999999999"><xs:element name="b" maxOccurs="1000000"/>'
        "</xs:sequence></xs:complexType></xs:element></xs:schema>"
    )
    schema = open_schema(path)
    assert list(schema.check(Document(Path("d.xml"), b"<a>%s</a>" % (b"<b/>" * 500)))) == []
    (found,) = schema.check(Document(Path("d.xml"), b"<a>%s<c/></a>" % (b"<b/>" * 500)))
    assert found.rule == "unexpected-element"


def test_of_very_many_mistakes_the_first_are_listed() -> None:
    document = Document(Path("d.xml"), b"<all>%s</all>" % (b'<v percent="x"/>' * 1_200))
    found = list(open_schema(CASES / "values" / "schema.xsd").check(document))
    assert len(found) == 1_001
    assert found[-1].rule == "invalid"
    assert "more that doesn't fit" in found[-1].message
