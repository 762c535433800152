"""Lists and numbered paragraphs: what a line is numbered by, and how far a list reaches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from teipipe.encode.structure.draft import Draft
from teipipe.encode.structure.units import Unit

_MARK: Final = re.compile(
    r"(?P<open>[(\[])?(?:(?P<digits>\d{1,3})|(?P<letters>[A-Za-z]|[ivxIVX]{2,5}))(?P<close>[.)\]]{1,2})(?=\s)"
    r"|(?P<bullet>[-–—•*·▪◦‣●○■□])(?=\s)"
)
_ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50}
#: Numbered paragraphs that are longer on average are paragraphs, not items.
_ITEM: Final = 300
#: Lists lie no deeper in each other.
_DEEPEST: Final = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands before an item: `end` is behind it, `style` its form, `values` the numbers it may stand for."""

    end: int
    style: tuple[str, str, str]
    values: tuple[int, ...]
    shown: str


def mark_of(text: str, unit: Unit) -> Mark | None:
    """The number, letter or bullet at the beginning of a unit."""
    match = _MARK.match(text, unit.start, unit.end)
    if match is None or match.end() == unit.end:
        return None
    if match["bullet"]:
        return Mark(match.end(), ("", match["bullet"], ""), (), "")
    opening, close = match["open"] or "", match["close"]
    if opening == "[" and match["digits"]:
        return None
    if match["digits"]:
        return Mark(match.end(), (opening, "1", close), (int(match["digits"]),), match["digits"])
    letters = match["letters"]
    case = "a" if letters.islower() else "A"
    values = (ord(letters.lower()) - 96,) if len(letters) == 1 else ()
    if set(letters.lower()) <= _ROMAN.keys():
        values = (*values, _roman(letters.lower()))
    return Mark(match.end(), (opening, case, close), values, letters) if values else None


def _roman(letters: str) -> int:
    values = [_ROMAN[letter] for letter in letters]
    following = [*values[1:], 0]
    return sum(-one if one < two else one for one, two in zip(values, following, strict=True))


@dataclass(frozen=True, slots=True)
class Entry:
    """An item: the number of its unit, and the items of a list within it."""

    number: int
    inner: tuple[Entry, ...] = ()

    @property
    def last(self) -> int:
        """The number of its last unit."""
        return self.inner[-1].last if self.inner else self.number


def run_from(marks: list[Mark | None], units: list[Unit], at: int, barred: set[int], depth: int = 0) -> list[Entry]:
    """The items from a unit on whose marks count on, up to one that is `barred`; page breaks don't interrupt them."""
    first = marks[at]
    if first is None:
        return []
    run = [Entry(at)]
    values = first.values
    number = at + 1
    while number < len(marks):
        mark = marks[number]
        if units[number].page is not None:
            number += 1
            continue
        if number in barred or mark is None:
            break
        following = tuple(value for value in mark.values if value - 1 in values)
        is_roman = mark.style == first.style and mark.shown in ("i", "I") and first.shown != mark.shown
        if depth and first.shown in ("i", "I") and not set(mark.shown.lower()) <= _ROMAN.keys():
            following = ()  # "(b)" goes on with "(a)", not with "(i)"
        if mark.style == first.style and (following or not first.values):
            values = following
            run.append(Entry(number))
        elif (
            depth < _DEEPEST
            and (mark.style != first.style or is_roman)
            and (1 in mark.values or (not mark.values and first.values))
        ):
            run[-1] = Entry(run[-1].number, (*run[-1].inner, *run_from(marks, units, number, barred, depth + 1)))
        else:
            break
        number = run[-1].last + 1
    return run


def is_list(text: str, units: list[Unit], run: list[int], before: str) -> bool:
    """Whether numbered units are the items of a list: announced by a colon, or parts of one sentence, or short."""
    if before.endswith((":", ":—", ":-")):
        return True
    ends = [text[units[number].end - 1] for number in run]
    if all(end in ";," for end in ends[:-1]):
        return True
    mark = mark_of(text, units[run[0]])
    is_bracketed = mark is not None and (mark.style[0] or ")" in mark.style[2])
    total = sum(units[number].end - units[number].start for number in run)
    is_short = total <= _ITEM * len(run)
    return is_short and (bool(is_bracketed) or not all(end in ".!?" for end in ends))


def ordinals_from(draft: Draft, units: list[Unit], at: int, barred: set[int]) -> list[int]:
    """The units from one on that begin with "First,", "Second," and so on."""
    run: list[int] = []
    for number in range(at, len(units)):
        unit = units[number]
        match = draft.start("ordinals", unit)
        if match is None or number in barred or draft.text[match.end() : match.end() + 1] not in {",", ":", ".", ";"}:
            break
        run.append(number)
    return run
