"""Documents are judged as James Clark's suite says, and the explaining pass agrees with the verdict."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from lxml import etree
from tests.conftest import REPOSITORY
from tests.relaxng.test_schemas import SUITE, Case, clark_cases

from teipipe import Document, relaxng
from teipipe.relaxng.automaton import Automaton
from teipipe.relaxng.building import build
from teipipe.relaxng.loading import load_grammar_from

CASES = REPOSITORY / "tests" / "cases" / "relaxng" / "instances"


def schema_of(case: Case) -> relaxng.Schema:
    path = Path("/suite/schema.rng")
    grammar = load_grammar_from(case.schema, path, case.read)
    return relaxng.Schema(path, Automaton(build(grammar)), "")


def instances(case: etree._Element) -> list[tuple[bool, bytes]]:
    return [
        (child.tag == "valid", etree.tostring(next(child.iterchildren("*")), encoding="UTF-8", with_tail=False))
        for child in case.iterchildren("valid", "invalid")
    ]


def judge(schema: relaxng.Schema, data: bytes) -> tuple[bool, list[str]]:
    """The verdict, and what the explaining pass finds."""
    document = Document(Path("instance.xml"), data)
    found = schema.explain(document.places)
    return schema.is_valid(data), [f"{one.location} {one.rule}: {one.message}" for one in found]


@pytest.mark.skipif(not SUITE.is_file(), reason="the suite lies beside the repository, in ../shared")
def test_every_instance_of_the_suite_is_judged_rightly() -> None:
    wrong, count = [], 0
    parsed = etree.parse(SUITE, etree.XMLParser(resolve_entities=True))
    for case, element in zip(clark_cases(), parsed.iter("testCase"), strict=True):
        if not case.is_correct:
            continue
        schema = schema_of(case)
        for is_valid, data in instances(element):
            count += 1
            verdict, found = judge(schema, data)
            if verdict is not is_valid or (not found) is not is_valid:
                wrong.append(f"{'valid' if is_valid else 'invalid'}: {data.decode()} {found}\n{case.schema.decode()}")
    assert count == 580
    assert not wrong, f"{len(wrong)}\n" + "\n".join(wrong)


def test_a_schema_says_plainly_which_attributes_are_ids_if_it_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "unclear.rnc"
    path.write_text(
        "start = element doc { element a { attribute id { xsd:ID } }, (element * - a { attribute id { text } })* }",
        encoding="utf-8",
    )
    assert relaxng.load(path, identities=True).is_valid(b"<doc><a id='x'/></doc>")
    path.write_text(
        "start = element doc { element a { attribute id { xsd:ID } }, (element * { attribute id { text } })* }",
        encoding="utf-8",
    )
    assert relaxng.load(path).is_valid(b"<doc><a id='x'/><b id='x'/></doc>")
    with pytest.raises(relaxng.SchemaError, match="ID"):
        relaxng.load(path, identities=True)


@pytest.mark.parametrize("path", sorted(CASES.glob("*.toml")), ids=lambda path: path.stem)
def test_own_instances(path: Path) -> None:
    case = tomllib.loads(path.read_text("utf-8"))
    source = path.with_suffix(".rnc")
    schema = relaxng.load(source)
    for is_valid in (True, False):
        for text in case["valid" if is_valid else "invalid"]:
            verdict, found = judge(schema, text.encode())
            assert verdict is is_valid, text
            assert (not found) is is_valid, (text, found)
