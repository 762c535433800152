"""Forms are found as regular expressions would find them: the first one that fits, in the way that it prefers."""

from __future__ import annotations

import random
import re

import pytest

from teipipe.encode.dates.automaton import Automaton, Form
from teipipe.encode.dates.templates import Choice, Piece, Template, Templates

#: A letter for each class; “b” is a month or a day.
_LETTERS = {"day": "ab", "month": "bc", "year": "d", "=to": "e", "=the": "f", "=in": "g", "=-": "h"}
_NAMED = {"md": "{month}~{day}|{month} the {day}", "yr": "< |><{year}|{day}>", "to": "<~-~| to >"}
_TEMPLATES = [
    "{@md}{@to}{@md2}[{@yr}]",
    "{@md}$[ in] {year}",
    "{@md}[{@yr}]",
    "in ^<{month}|{day} {month}>",
    "<in|to> the ^{@md}[{@yr}]",
    "{month}<|{@to}{month2:month}><{@yr}|>",
    "<{day}|{day} to|{day} to the> {day2:day}",
    "[the ]{year}$<| |{year2:year}>",
    "[{day}[ {month}]]{day}",
    "{year} {@md}$ {@md2}",
]


def _expression(choice: Choice | None) -> str:
    """The same as a regular expression over letters."""
    if choice is None:
        return ""
    ways = ["".join(_written(part) for part in way) for way in choice.ways]
    return f"(?:{'|'.join(ways)})"


def _written(part: Piece | Choice) -> str:
    if isinstance(part, Choice):
        return _expression(part)
    letters = "".join(" " if name == " " else _LETTERS[name] for name in part.classes)
    return f"([{letters}])" if part.field else f"[{letters}]"


def _by_expressions(templates: list[Template], letters: str, at: int) -> list[tuple[int, dict[str, int], int]]:
    found = []
    for number, template in enumerate(templates):
        before = f"(?<={_expression(template.before)})" if template.before else ""
        match = re.compile(f"{before}{_expression(template.date)}(?={_expression(template.behind)})").match(letters, at)
        if match:
            fields = [piece.field for piece in template.pieces() if piece.field]
            places = {name: match.start(group) for group, name in enumerate(fields, 1) if match.start(group) >= at}
            found.append((number, places, match.end()))
    return found


@pytest.mark.parametrize("seed", range(20))
def test_what_fits_is_what_expressions_match(seed: int) -> None:
    templates = [Templates(_NAMED).of(text) for text in _TEMPLATES]
    automaton = Automaton([Form(number, "calendar", {}, one) for number, one in enumerate(templates)], _LETTERS)
    chance = random.Random(seed)
    for _ in range(300):
        letters = "".join(chance.choice("abcdefgh      x") for _ in range(16))
        for at in (at for at, letter in enumerate(letters) if letter in automaton.starts):
            found = []
            fit = automaton.fit(letters, at)
            while fit is not None:
                found.append((fit.form.number, fit.places, fit.end))
                fit = automaton.fit(letters, at, fit.form.number + 1)
            assert found == _by_expressions(templates, letters, at)


@pytest.mark.parametrize(
    ("text", "firsts", "least", "most"),
    [
        ("{day} {month}[, {year}]", {"day"}, 3, 6),
        ("[{day:day|ordinal}]{month}", {"day", "ordinal", "month"}, 1, 2),
        ("{@md} {year}", {"month"}, 4, 7),
        ("in ^<{year}|the {day}>$ or", {"year", "=the"}, 1, 3),
    ],
)
def test_what_a_template_begins_with_and_how_long_it_is(text: str, firsts: set[str], least: int, most: int) -> None:
    date = Templates(_NAMED).of(text).date
    assert (date.firsts, date.least, date.most) == (firsts, least, most)
