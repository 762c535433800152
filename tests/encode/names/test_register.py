"""Registers as they are read: their shapes, what is wrong in them, large ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.encode.names.marking import entry, marked, named, tei, unmarked

from teipipe.encode.names.register import Register, load_register
from teipipe.errors import UnreadableError


def loaded(folder: Path, text: str) -> Register:
    path = folder / "register.xml"
    path.write_text(text, encoding="utf-8")
    return load_register(path)


def test_parts_dates_and_offices_are_read(tmp_path: Path) -> None:
    register = loaded(
        tmp_path,
        tei(
            '<person xml:id="a"><persName><roleName>Sir</roleName> <forename>Roger</forename> '
            "<surname>Makins</surname>"
            "<genName>Jr.</genName></persName>"
            '<persName type="epithet">the <emph>Envoy</emph><note>why</note></persName>'
            '<birth when="1904-02-03"/><death>1996</death><occupation>Ambassador</occupation>'
            '<note type="description">A diplomat.</note></person>'
            '<org xml:id="b" type="faction"><orgName>“Soviet” faction</orgName></org>'
            '<place xml:id="c"><settlement>Peking</settlement></place>'
        ),
    )
    person, faction, place = register.entries
    assert (person.names[0].surname, person.names[0].forename, person.names[0].suffix) == ("Makins", "Roger", "Jr.")
    assert (person.names[0].title, person.names[0].text) == ("Sir", "Roger MakinsJr.")
    assert person.forms[1] == ("the Envoy", "epithet")
    assert (person.born, person.died, person.offices) == (1904, 1996, ("Ambassador",))
    assert person.description == "A diplomat."
    assert (faction.kind, place.kind, place.label) == ("faction", "place", "Peking")
    assert register.place(place).line == 1


def test_lists_anywhere_are_read(tmp_path: Path) -> None:
    text = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><profileDesc><particDesc><listPerson>'
        '<person xml:id="a"><persName>Ann Bee</persName></person></listPerson></particDesc></profileDesc></teiHeader>'
        '<text><body><listPlace><place xml:id="b"><placeName>Beeville</placeName></place></listPlace></body></text>'
        "</TEI>"
    )
    assert [one.id for one in loaded(tmp_path, text).entries] == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<html/>", "no TEI"),
        ('<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>Hello</p></body></text></TEI>', "no lists"),
        ('<TEI xmlns="urn:else"><standOff/></TEI>', "no TEI"),
    ],
)
def test_what_is_no_register_is_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(UnreadableError, match=words) as caught:
        loaded(tmp_path, text)
    assert caught.value.help


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        load_register(tmp_path / "register.xml")


@pytest.mark.parametrize("text", ["", "<TEI", "\x00\x01", "<TEI xmlns='http://www.tei-c.org/ns/1.0'><a></TEI>", "&x;"])
def test_broken_register_is_a_finding(tmp_path: Path, text: str) -> None:
    register = loaded(tmp_path, text)
    assert not register.entries
    assert [found.severity.name for found in register.findings] == ["ERROR"] or register.findings


def test_empty_register_is_a_finding(tmp_path: Path) -> None:
    register = loaded(tmp_path, tei())
    assert [found.rule for found in register.findings] == ["empty-register"]


def test_contradictions_are_findings(tmp_path: Path) -> None:
    register = loaded(
        tmp_path,
        tei(
            entry("person", "a", ["Kim Chol", "Kim"]),
            entry("person", "b", ["KIM CHOL", "Kim"]),
            entry("person", "a", ["Somebody Else"]),
            entry("org", "c", ["Kim Chol"]),
        ),
    )
    assert [found.rule for found in register.findings] == ["duplicate-id", "shared-name"]
    assert [found.location.line for found in register.findings] == [3, 2]
    assert [one.id for one in register.entries] == ["a", "b", "c"]


def test_strange_entries_do_no_harm(tmp_path: Path) -> None:
    strange = [
        "",
        " ",
        ",",
        ", ,",
        "(",
        "()",
        "( )",
        "-",
        "'",
        ".",
        "…",
        "A",
        "1",
        "A, B, C, D, E",
        "’s",
        "the",
        "the a",
    ]
    strange += [
        "Jr.",
        "Sir",
        "Sir Sir",
        "Mr., Dr.",
        "X" * 5000,
        "A " * 500,
        "漢字 漢字",
        "Пушкин",
        "\u200b",
        "Kim -",
        "- Kim",
    ]
    people = [entry("person", f"p{number}", [name]) for number, name in enumerate(strange)]
    things = [
        entry(kind, f"{kind}{at}", [name]) for kind in ("org", "place", "event") for at, name in enumerate(strange)
    ]
    register = loaded(
        tmp_path, tei(*people, *things, '<person xml:id="q"/>', "<person><persName>No Id</persName></person>")
    )
    text = "Kim - A (B) met 漢字 漢字 and Пушкин: the A, Sir Sir, Jr. 1…"
    assert unmarked(marked(text, named(text, register))) == text
    assert len(register.entries) == len(people) + len(things) + 1


def test_twenty_thousand_entries(tmp_path: Path) -> None:
    syllables = ["Ba", "di", "fo", "gu", "ke", "la", "mi", "no", "pu", "re", "sa", "ti", "vo", "zu"]
    surnames = [f"{one}{two}{three}n" for one in syllables for two in syllables for three in syllables]
    names = [
        f"{surname}, {given}"
        for given in ("Ivo A.", "Otto", "Una", "Eli", "Ida", "Abe", "Ann", "Lea")
        for surname in surnames
    ]
    register = loaded(
        tmp_path, tei(*(entry("person", f"p{number}", [name]) for number, name in enumerate(names[:20_000])))
    )
    text = "Then Ivo Badidin came, and Otto Badidin left, and Max Badidin. Badidin again."
    wanted = "Then [[p15|Ivo Badidin]] came, and [[p2759|Otto Badidin]] left, and Max Badidin. Badidin again."
    assert marked(text, named(text, register)) == wanted
    assert len(register.entries) == 20_000


def test_hundreds_who_have_one_surname(tmp_path: Path) -> None:
    syllables = [
        "chol",
        "hun",
        "il",
        "jong",
        "ki",
        "man",
        "nam",
        "ok",
        "pong",
        "sik",
        "su",
        "tae",
        "u",
        "won",
        "yong",
        "ho",
    ]
    names = [f"Kim {one.capitalize()}-{two}" for one in syllables for two in syllables]
    register = loaded(tmp_path, tei(*(entry("person", f"p{number}", [name]) for number, name in enumerate(names))))
    text = "Kim left. " * 500 + "Young Kim left. " * 200 + "Minister Kim left. " * 200
    found = named(text, register)
    assert not found.spans
    assert all(len(decision.candidates) <= 8 for decision in found.decisions)
