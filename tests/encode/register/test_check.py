"""What is found in a register, alone and beside the documents of its project, and where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from teipipe.build.register_checking import check_register
from teipipe.diagnostics import Diagnostic
from teipipe.errors import UnreadableError
from teipipe.project import load_project

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{id}">\n{body}\n</TEI>\n'

Check = Callable[..., list[Diagnostic]]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """What is found in a register with these entries, beside a document with this body."""

    def found(entries: str, body: str = "<p>nothing</p>") -> list[Diagnostic]:
        (tmp_path / "teipipe.toml").write_text('documents = ["*.xml"]\nregister = "register.xml"\n')
        register = tmp_path / "register.xml"
        register.write_text(TEI.format(id="register", body=f"<standOff>\n{entries}\n</standOff>"), encoding="utf-8")
        text = f"<text><body>\n{body}\n</body></text>"
        (tmp_path / "talk.xml").write_text(TEI.format(id="talk", body=text), encoding="utf-8")
        return list(check_register(load_project(tmp_path), register).diagnostics)

    return found


def person(identifier: str, *names: str, said: str = "") -> str:
    """A person with these names, the first one preferred, each on its line."""
    kinds = ("preferred", *("variant" for _ in names[1:]))
    forms = "\n".join(f'<persName type="{kind}">{name}</persName>' for kind, name in zip(kinds, names, strict=False))
    return f'<listPerson><person xml:id="{identifier}">\n{forms}\n{said}</person></listPerson>'


def said(found: list[Diagnostic], rule: str) -> list[tuple[str, int | None]]:
    return [(one.message, one.location.line) for one in found if one.rule == rule]


BOTH = "<p>Yun Kong-hum, Yun Gong-heum</p>"


def test_two_spellings_of_one_name_on_two_entries(check: Check) -> None:
    found = check(f"{person('a', 'Yun Kong-hum')}\n{person('b', 'Yun Gong-heum')}", BOTH)
    message = "#a “Yun Kong-hum” and #b “Yun Gong-heum” are spellings of one name"
    assert said(found, "possible-duplicate") == [(message, 7)]
    (one,) = (one for one in found if one.rule == "possible-duplicate")
    assert one.related[0][0].line == 4
    assert len(found) == 1


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ('<birth when="1900"/>', '<birth when="1900"/>', "; both born 1900"),
        ('<birth when="1900"/>', '<birth when="1910"/>', "; but born 1900 and 1910"),
        ('<death when="1956"/>', '<birth when="1910"/>', ""),
    ],
)
def test_years_of_life_speak_for_or_against(check: Check, first: str, second: str, expected: str) -> None:
    found = check(f"{person('a', 'Mao Zedong', said=first)}{person('b', 'Mao Tse-tung', said=second)}")
    ((message, _),) = said(found, "possible-duplicate")
    assert message == f"#a “Mao Zedong” and #b “Mao Tse-tung” are spellings of one name{expected}"


def test_names_that_differ_in_case_only(check: Check) -> None:
    orgs = "".join(
        f'<listOrg><org xml:id="{one}"><orgName>{one}</orgName></org></listOrg>' for one in ("Union", "union")
    )
    ((message, _),) = said(check(orgs), "possible-duplicate")
    assert message == "#Union “Union” and #union “union” differ in case or signs only"


def test_a_surname_of_several_is_no_double(check: Check) -> None:
    found = check(
        f"{person('a', 'Kim Il Sung', 'Kim')}{person('b', 'Kim Du-bong', 'Kim')}", "<p>Kim Il Sung, Kim Du-bong</p>"
    )
    assert not said(found, "possible-duplicate")


def test_what_the_register_itself_tells_is_there_once(check: Check) -> None:
    found = check(f"{person('a', 'Kim Il Sung')}{person('b', 'Kim Il Sung')}")
    assert [one.rule for one in found if one.rule != "unused-form"] == ["shared-name"]


def test_an_entry_without_a_preferred_name(check: Check) -> None:
    found = check(
        '<listPerson>\n<person xml:id="a"/>\n<person xml:id="b">'
        '<persName type="variant">Yudin</persName></person></listPerson>'
    )
    assert said(found, "nameless-entry") == [("#a has no name", 4), ("#b has no preferred name", 5)]


def test_a_name_that_is_there_twice(check: Check) -> None:
    found = check(person("a", "Peng Dehuai", "Peng Dehuai"), "<p>Peng Dehuai</p>")
    assert said(found, "repeated-form") == [("“Peng Dehuai” is twice among the names of #a", 5)]


def test_names_that_are_words_or_letters(check: Check) -> None:
    found = check(person("a", "James Person", "Person", "J"), "<p>James Person, a person; Person and J. spoke</p>")
    assert said(found, "common-form") == [
        ("“Person” of #a is an ordinary word, too: it is found only where something else tells", 5),
        ("“J” of #a is one letter: it is found only where something else tells", 6),
    ]


def test_names_that_stand_in_no_document(check: Check) -> None:
    found = check(
        person("a", "Hammarskjold", "Dag Hammarskjold", "Hammar"),
        "<p>What DAG\n  Hammarskjöld’s people said, Hammarskjöld</p>",
    )
    assert said(found, "unused-form") == [("“Hammar” of #a stands in no document", 6)]


def test_names_that_point_at_no_entry_each_once_with_those_who_have_it(check: Check) -> None:
    body = (
        "<p><persName>Bohlen</persName> and <persName>Mao</persName>\n<persName>Mao</persName> "
        '<persName ref="register.xml#mao">Mao</persName> <placeName>Paris</placeName></p>'
    )
    found = check(person("mao", "Mao"), body)
    assert said(found, "name-without-entry") == [
        ("“Bohlen” is marked as a name and points at no entry", 3),
        ("“Mao” is marked as a name and points at no entry, 2 times", 3),
        ("“Paris” is marked as a name and points at no entry", 4),
    ]
    helps = [one.help for one in found if one.rule == "name-without-entry"]
    assert helps[1] == "is it #mao?"
    assert "register suggest" in (helps[0] or "")


def test_turns_that_point_at_nobody(check: Check) -> None:
    turn = "<sp{who}><speaker>Cde. Mikoyan -</speaker>\n<p>No.</p></sp>\n"
    body = turn.format(who="") + turn.format(who=' who="register.xml#a"') + turn.format(who="")
    found = check(person("a", "Mikoyan"), body)
    assert said(found, "speaker-without-entry") == [
        ("“Cde. Mikoyan” speaks, and the turn points at nobody, 2 times", 3)
    ]


def test_a_document_that_is_broken_is_told_and_the_others_are_looked_at(check: Check, tmp_path: Path) -> None:
    (tmp_path / "broken.xml").write_text("<TEI>")
    found = check(person("a", "Mikoyan"), "<p>Mikoyan</p>")
    assert [one.location.path.name for one in found] == ["broken.xml"]


@pytest.mark.parametrize("content", ["<p/>", '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text/></TEI>'])
def test_what_is_no_register_is_refused(check: Check, tmp_path: Path, content: str) -> None:
    check("")
    path = tmp_path / "other.xml"
    path.write_text(content)
    with pytest.raises(UnreadableError):
        check_register(load_project(tmp_path), path)


def test_a_large_register_is_checked_at_once(check: Check) -> None:
    entries = "".join(
        person(f"p{number}", f"Jo{'abcdefghij'[number % 10]} Xa{number // 10 * 'o'}b") for number in range(300)
    )
    assert len(said(check(entries), "unused-form")) == 300
