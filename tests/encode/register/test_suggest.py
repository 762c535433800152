"""Entries that a register lacks: what is found, how spellings go together, what is left apart."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree

from teipipe.build.registering import in_format, suggestions_for, texts_in
from teipipe.diagnostics import Location
from teipipe.documents import Document
from teipipe.encode.names.register import Entry, Name, Register, load_register
from teipipe.encode.registers.suggesting import suggest
from teipipe.encode.registers.suggestion import Suggestions
from teipipe.encode.registers.texts import Text, text_of_tei
from teipipe.resources import bundled

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("suggested.toml").read_text("utf-8"))["case"]
ROOT = Path(__file__).resolve().parents[3]


def plain(text: str) -> Text:
    return Text(Path("talk.txt"), text, lambda index: Location(Path("talk.txt"), 1, index + 1))


def spellings(suggestions: Suggestions, kind: str) -> list[list[str]]:
    found = [[one.text for one in entry.spellings] for entry in suggestions.entries if entry.kind == kind]
    return sorted(found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_case(case: dict[str, Any], transcript: Callable[[str], Text]) -> None:
    found = suggest([transcript(case["text"])])
    for kind in ("person", "org", "place"):
        assert spellings(found, kind) == sorted(case.get(f"{kind}s", []))
    assert [one.spelling.text for one in found.ambiguous] == case.get("apart", [])


def test_what_the_register_has_is_not_suggested(transcript: Callable[[str], Text]) -> None:
    text = transcript("Ambassador Charles Bohlen said no. Mr. Bohlen told Nikita Khrushchev.\n")
    register = Register(Path("r.xml"), (Entry("bohlen", "person", (Name("Bohlen, Charles E.", "preferred"),)),))
    assert spellings(suggest([text], register), "person") == [["Nikita Khrushchev"]]


def test_another_spelling_of_an_entry_is_told_as_one(transcript: Callable[[str], Text]) -> None:
    text = transcript("They shouted Yun Gong-heum down.\n")
    register = Register(Path("r.xml"), (Entry("yun-kong-hum", "person", (Name("Yun Kong-hum", "preferred"),)),))
    (entry,) = suggest([text], register).entries
    assert entry.existing == "yun-kong-hum"
    assert "may be a variant of #yun-kong-hum, which the register has" in entry.remarks


def test_ids_are_plain_and_each_is_taken_once(transcript: Callable[[str], Text]) -> None:
    text = transcript("Mr. Dag Hammarskjöld said so. In Łódź it was known. Mr. Moscow said. In Moscow it rained.\n")
    register = Register(Path("r.xml"), (Entry("dag-hammarskjold", "place", (Name("Elsewhere", "preferred"),)),))
    ids = [entry.id for entry in suggest([text], register).entries]
    assert "dag-hammarskjold-2" in ids
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch("[a-z][a-z0-9-]*", identifier) for identifier in ids)


def test_places_are_those_of_the_file(transcript: Callable[[str], Text]) -> None:
    text = transcript("Nothing.\n\nMr. Ri [Ju-yeon] said so.\n")
    (entry,) = suggest([text]).entries
    spelling = entry.spellings[0]
    assert (spelling.text, spelling.first.place.line, spelling.first.place.column) == ("Ri Ju-yeon", 3, 5)
    assert spelling.first.context == "Mr. Ri Ju-yeon said so."


def test_our_own_documents_lack_nothing() -> None:
    tei = ROOT / "tei"
    documents = [path for path in sorted(tei.glob("*.xml")) if path.name != "register.xml"]
    assert suggestions_for(documents, load_register(tei / "register.xml")).entries == ()


def tei_of(body: str, path: Path) -> Document:
    path.write_text(
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{body}</body></text></TEI>', encoding="utf-8"
    )
    return Document.read(path)


def test_in_tei_names_that_point_at_an_entry_are_known(tmp_path: Path) -> None:
    body = (
        '<sp><speaker><persName ref="r.xml#a">Cde. Mikoyan</persName> -</speaker><p>No.</p></sp>'
        "<sp><speaker>Mr. Hensel:</speaker><p>Ask <persName>Quux\n   Zweig</persName>, not"
        " <choice><sic>Mr. Wrnog</sic><corr>Mr. Corrected</corr></choice>.<!-- Mr. Comment --></p></sp>"
    )
    document = tei_of(body, tmp_path / "a.xml")
    assert spellings(suggest([text_of_tei(document)]), "person") == [["Hensel"], ["Quux Zweig"], ["Wrnog"]]
    without = suggest([text_of_tei(document, with_register=False)])
    assert ["Mikoyan"] in spellings(without, "person")


def test_in_tei_each_word_has_its_place(tmp_path: Path) -> None:
    document = tei_of("<p>One\n    <hi>two</hi> <!-- x -->three,\n\n  four</p>\n  <p>five</p>", tmp_path / "a.xml")
    text = text_of_tei(document)
    lines = (tmp_path / "a.xml").read_text("utf-8").split("\n")
    assert text.text.split() == ["One", "two", "three,", "four", "five"]
    for match in re.finditer(r"\w+", text.text):
        place = text.place(match.start())
        assert place.line is not None
        assert place.column is not None
        if match[0] not in ("three", "four"):  # behind a comment, its element is named
            assert lines[place.line - 1][place.column - 1 :].startswith(match[0])


def test_tei_that_is_nested_deeper_than_python_recurs(tmp_path: Path) -> None:
    document = tei_of("<ab>" * 3_000 + "Mr. Hensel said" + "</ab>" * 3_000, tmp_path / "a.xml")
    if document.is_well_formed:
        assert spellings(suggest([text_of_tei(document)]), "person") == [["Hensel"]]


@pytest.fixture(scope="module")
def from_sources() -> Suggestions:
    return suggest(texts_in(sorted((ROOT / "tei" / "sources").glob("*.txt")), with_register=False))


def test_as_json(from_sources: Suggestions) -> None:
    record = json.loads(in_format(from_sources, "json"))
    schema = json.loads((bundled("schema") / "formats" / "suggestions.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(record)
    assert len(record["entries"]) == len(from_sources.entries)
    assert record["ambiguous"]


def test_as_tei_it_is_a_register_that_can_be_read_again(from_sources: Suggestions, tmp_path: Path) -> None:
    path = tmp_path / "register.xml"
    path.write_text(in_format(from_sources, "tei"), encoding="utf-8")
    register = load_register(path)
    assert [entry.id for entry in register.entries] == [entry.id for entry in from_sources.entries]
    assert register.findings == ()
    again = suggest(texts_in(sorted((ROOT / "tei" / "sources").glob("*.txt")), with_register=False), register)
    assert again.entries == ()


def test_as_text_each_entry_has_its_lines(from_sources: Suggestions) -> None:
    text = in_format(from_sources, "text")
    assert "  Yun Gong-heum (1); also Yun Kong-hum (8)\n" in text
    assert "  only a surname stands there" in text
    assert re.search(r"^  Kim \(\d+ times\): Kim", text, re.MULTILINE)


def test_whatever_stands_in_a_text_is_text(transcript: Callable[[str], Text]) -> None:
    found = suggest(
        [transcript('Mr. Bo<b>hlen & Mr. Ta--lbot said "no" \u202e -- Mr. Kim Il-sung, Kim Du-bong, Kim said\n')]
    )
    tree = etree.fromstring(in_format(found, "tei").encode())
    assert {"Bo", "Kim Il-sung", "Kim Du-bong"} <= {str(name.text) for name in tree.iter("{*}persName")}
    assert "\u202e" not in in_format(found, "json") + in_format(found, "text")


@pytest.mark.parametrize(
    "text",
    [
        "A " * 60_000,
        "Kim " * 40_000,
        "A." * 60_000,
        "Party of " * 20_000,
        "Party (" * 20_000,
        "A-" * 60_000,
        "’s" * 60_000,
    ],
)
def test_hostile_texts_end(text: str) -> None:
    suggest([plain(text)])


def test_thousands_of_names_end() -> None:
    names = "\n".join(
        f"John Xa{'abcdefghijklmnopqrst'[number % 20]}{number // 20 * 'o'}bo said." for number in range(1_200)
    )
    assert len(suggest([plain(names)]).entries) == 1_200
