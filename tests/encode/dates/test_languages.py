"""A language is data: what its file may say, and what is said of one that isn't right."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.encode.dates.dating import found_in, shown

from teipipe.encode.dates.languages import language_of, load_language, parse_language
from teipipe.encode.dates.numbers import parts_of
from teipipe.errors import ConfigurationError

FRENCH = """
title = "French"
slashes = "day"
anchors = ["month", "unit"]

[endings]
ordinals = ["er"]

[words]
label = ["page", "pages"]

[words.month]
2 = ["février"]
8 = ["août", "aout"]
9 = ["septembre"]

[words.part]
1 = ["début"]
2 = ["mi"]
3 = ["fin"]

[words.unit]
day = ["jour", "lendemain"]

[names]
day = "{day:day|ordinal}"
date = "{@day} {month}[ {year}]"

[[forms]]
kind = "nothing"
templates = ["{label} {number}"]

[[forms]]
kind = "calendar"
templates = [
  "{@date}< - | au >{@date2}",
  "{@day}< - | au >{@date2}",
  "{@date}",
  "{part}[-| ]{month}[ {year}]",
  "{month} {year}",
  "en ^{year}",
]

[[forms]]
kind = "relative"
anchor = "text"
by = 1
templates = ["le {unit} suivant", "le lendemain"]
"""


def _french(tmp_path: Path) -> Path:
    path = tmp_path / "fr.toml"
    path.write_text(FRENCH, "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il partit le 3 septembre 1956.", [("3 septembre 1956", "when=1956-09-03")]),
        ("Il partit le 1er août 1956.", [("1er août 1956", "when=1956-08-01")]),
        ("du 30 au 31 août 1956", [("30 au 31 août 1956", "from=1956-08-30 to=1956-08-31")]),
        ("fin août 1956", [("fin août 1956", "from=1956-08-21 to=1956-08-31 cert=medium")]),
        ("en 1956, page 1956", [("1956", "when=1956")]),
        (
            "Le 30 août 1956 il vint; le lendemain il partit.",
            [("30 août 1956", "when=1956-08-30"), ("le lendemain", "when=1956-08-31 cert=medium")],
        ),
    ],
)
def test_a_language_of_ones_own(tmp_path: Path, text: str, expected: list[tuple[str, str]]) -> None:
    spans = found_in(text, language="fr", dates=_french(tmp_path)).spans
    assert [(text[span.start : span.end], shown(span)) for span in spans] == expected


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('title = "French"', "title =", "isn't TOML"),
        ('slashes = "day"', 'slashes = "left"', "slashes: is day, month or unknown"),
        ('anchors = ["month", "unit"]', "anchors = []", "anchors: is a list of classes of words"),
        ('anchors = ["month", "unit"]', 'anchors = ["moon"]', "anchors: there are no words.moon"),
        ('anchors = ["month", "unit"]', 'achors = ["month"]', "achors: isn't a key of a language"),
        ('2 = ["février"]', '13 = ["février"]', "words.month.13: stands for a number from 1 to 12"),
        ('2 = ["février"]', 'II = ["février"]', "words.month.II: stands for a number from 1 to 12"),
        ('2 = ["février"]', '2 = "février"', "words.month.2: is a list of words"),
        ('2 = ["février"]', '2 = ["mois de février"]', "words.month.2: 'mois de février' is no single word"),
        ('2 = ["février"]', "2 = [2]", "words.month.2: 2 is no single word"),
        ('2 = ["février"]', '2 = [""]', "words.month.2: '' is no single word"),
        ('2 = ["février"]', '2 = ["septembre"]', "words.month.9: “septembre” means 2 elsewhere"),
        ('day = ["jour", "lendemain"]', 'hour = ["heure"]', "words.unit.hour: stands for one of day, week, month"),
        ('label = ["page", "pages"]', "label = 3", "words.label: is a list of words, or a table"),
        ('label = ["page", "pages"]', 'month = ["page"]', "isn't TOML"),
        ('label = ["page", "pages"]', 'year = ["an"]', "words.year: is a class of numbers"),
        ('label = ["page", "pages"]', 'part = ["page"]', "isn't TOML"),
        ('ordinals = ["er"]', "ordinals = 3", "endings.ordinals: is a list of endings"),
        ('ordinals = ["er"]', 'cardinals = ["er"]', "endings.cardinals: is ordinals or decades"),
        ('kind = "nothing"', 'kind = "day"', "forms[1]: kind is one of calendar, list"),
        ('kind = "nothing"', 'kind = "nothing"\ncolour = "red"', "forms[1]: “colour” is nothing that a form sets"),
        ('templates = ["{label} {number}"]', "templates = []", "forms[1]: has no templates"),
        ('templates = ["{label} {number}"]', "templates = [3]", "forms[1]: has a template that is no text"),
        ('"{label} {number}"', '"{lable} {number}"', "forms[1]: there are no words.lable, in “{lable} {number}”"),
        ('"{label} {number}"', '"{label:=page} {number}"', "forms[1]: there are no words.=page"),
        ('"{label} {number}"', '"{label:label|} {number}"', "forms[1]: there are no words."),
        ('"{label} {number}"', '"{label} {year:label}"', "forms[1]: label can't be a year"),
        ('"{label} {number}"', '"{label} [{number}"', "forms[1]: “[” isn't closed"),
        ('"{label} {number}"', '"{label} {number}>"', "forms[1]: “>” closes nothing"),
        ('"{label} {number}"', '"{label} {@nmbr}"', "forms[1]: there is no template named “nmbr”"),
        ('"{label} {number}"', '"[{label}]"', "forms[1]: may match nothing, in “[{label}]”"),
        ('"{label} {number}"', '"{}"', "forms[1]: a pair of braces without a name"),
        ('"{label} {number}"', '"[{label} ]^{number}"', "before ^ there are always as many words"),
        ('"{label} {number}"', '"<{label}$> {number}"', "forms[1]: “$” stands in brackets"),
        ('"{label} {number}"', '"{label}$ ^{number}"', "forms[1]: “^” stands where it can’t"),
        ('date = "{@day} {month}[ {year}]"', 'date = "en ^{@day}"', "“^” stands in brackets, in “{@date}"),
        ('kind = "nothing"', 'kind = "numeric"', "forms[1]: a form of this kind has one of numeric"),
        ('day = "{day:day|ordinal}"', 'day = "{@date}"', "a template with a name contains itself"),
        ('day = "{day:day|ordinal}"', "day = 1", "names.day: is no text"),
        ('title = "French"', 'title = "French"\nnames = 3', "isn't TOML"),
    ],
)
def test_what_is_wrong_in_a_language_is_said_with_its_file_and_key(old: str, new: str, message: str) -> None:
    assert old in FRENCH
    with pytest.raises(ConfigurationError) as raised:
        parse_language(FRENCH.replace(old, new, 1), Path("fr.toml"))
    assert "fr.toml" in str(raised.value)
    assert message in str(raised.value)


def test_a_file_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="can't be read"):
        load_language(tmp_path / "none.toml")
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigurationError, match="can't be read"):
        load_language(binary)


@pytest.mark.parametrize("tag", ["xx", "../en", "", "e.n"])
def test_a_language_that_is_unknown(tag: str) -> None:
    with pytest.raises(ConfigurationError, match="there are no dates for the language") as raised:
        language_of(tag)
    assert "de, en" in (raised.value.help or "")


@pytest.mark.parametrize("tag", ["en", "en-GB", "EN", "de-AT"])
def test_a_tag_may_say_more_than_the_language(tag: str) -> None:
    assert language_of(tag).title in ("English", "German")


@pytest.mark.parametrize("tag", ["en", "de"])
def test_every_number_has_a_letter(tag: str) -> None:
    language = language_of(tag)
    pieces = [str(number) for number in range(10_000)] + [f"{number:02}" for number in range(100)]
    for piece in pieces + [f"{number:04}" for number in range(10_000)]:
        for _, classes, _ in parts_of(piece, language.suffixes):
            assert classes in language.letters
