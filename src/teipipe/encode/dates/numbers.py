"""Reads a number with all that hangs on it: 3rd, 1950s, 10:39, 30–31, 1956-09-16, 5pm; its classes and its value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from teipipe.encode.dates.values import FIRST_YEAR, LAST_YEAR

#: What may stand between the numbers of one piece.
SIGNS: Final = "-/.,"
DASHES: Final = "-‐‑‒–−"
APOSTROPHES: Final = "'’‘ʼ"
#: The classes of numbers, which every language has, and those of words that aren't known.
NUMBERS: Final = frozenset(
    (
        *("number", "day", "month-number", "hour", "two-digits", "late-two-digits", "year", "military", "ordinal"),
        *("nth", "decade", "two-digit-decade", "short-year", "short-decade", "clock", "clock-point", "iso", "numeric"),
        *("acronym", "capital"),
    )
)
_INTEGER: Final = re.compile(r"\d{1,4}", re.ASCII)
_PAIR: Final = re.compile(rf"(\d{{1,4}})([{DASHES}/])(\d{{1,4}})", re.ASCII)
#: How many figures the numbers of a pair have: 30–31, 1956–58, 1956–1958.
_PAIRS: Final = frozenset(((1, 1), (1, 2), (2, 1), (2, 2), (4, 2), (4, 4)))
_TIMES: Final = re.compile(rf"(\d{{1,2}}(?:[:.]\d\d)?)([{DASHES}])(\d{{1,2}}(?:[:.]\d\d)?)", re.ASCII)
_ORDINAL: Final = re.compile(r"(\d{1,2})([^\W\d_]+)", re.ASCII)
_DECADE: Final = re.compile(rf"(\d{{3}}0|\d0)[{APOSTROPHES}]?([^\W\d_]+)")
_CLOCK: Final = re.compile(r"([01]?\d|2[0-4])([:.])([0-5]\d)", re.ASCII)
_MERIDIEM: Final = re.compile(r"(\d{1,2}(?:[:.][0-5]\d)?)([^\W\d_]+)")
_NUMERIC: Final = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4}|\d\d)|(\d{1,2})-(\d{1,2})-(\d{4})", re.ASCII)
_ISO: Final = re.compile(r"([12]\d{3})([-./])(\d\d?)\2(\d\d?)", re.ASCII)
_YEAR_AND_TIME: Final = re.compile(r"([12]\d{3}),(\d{1,2}[:.]\d\d)", re.ASCII)
_DAY_POINT: Final = re.compile(r"(\d{1,2})\.(\d{1,2})", re.ASCII)
#: Longer pieces are no dates.
LONGEST: Final = 24
#: A part of a number: its length, its classes, its value.
Part = tuple[int, frozenset[str], object]


@dataclass(frozen=True)
class Suffixes:
    """What a language hangs on numbers: the endings of ordinals (3rd) and decades (1950s), and 5pm."""

    ordinals: frozenset[str]
    decades: frozenset[str]
    meridiems: Mapping[str, object]

    def __hash__(self) -> int:
        return hash((self.ordinals, self.decades))


def classes_of_numbers(suffixes: Suffixes) -> set[frozenset[str]]:
    """All combinations of classes that a number may have, and those of words that aren't known."""
    pieces = [str(number) for number in range(100)] + [f"{number:02}" for number in range(10)]
    pieces += ["123", "12345", "0930", "0960", "1530", "1599", "2099", "2030", "2100", "2500", "2560", "2400"]
    pieces += ["10:30", "10.30", "1956-09-16", "1/2/1956", "'56", "'50s", "1-2", "1/2", "3.9"]
    pieces += [f"{number}{ending}" for number in (3, 40) for ending in suffixes.ordinals]
    pieces += [f"{number}{ending}" for number in (1950, 50) for ending in suffixes.decades]
    pieces += [f"5{word}" for word in suffixes.meridiems]
    found = {classes for piece in pieces for _, classes, _ in parts_of(piece, suffixes) if classes}
    return found - {frozenset((sign,)) for sign in SIGNS} | {frozenset(("acronym",)), frozenset(("capital",))}


@lru_cache(maxsize=5000)
def parts_of(piece: str, suffixes: Suffixes) -> tuple[Part, ...]:
    """What a number with all that hangs on it is: one thing, or two with a sign between; () of classes if neither."""
    if piece[0] in APOSTROPHES:
        return ((len(piece), *_short(piece)),)
    if one := _one(piece, suffixes):
        return ((len(piece), *one),)
    for shape in (_PAIR, _TIMES):
        pair = shape.fullmatch(piece)
        if pair and (shape is _TIMES or (len(pair[1]), len(pair[3])) in _PAIRS):
            first, second = _one(pair[1], suffixes), _one(pair[3], suffixes)
            if first and second:
                sign = frozenset(("/",)) if pair[2] == "/" else frozenset(("-",))
                return ((len(pair[1]), *first), (1, sign, None), (len(pair[3]), *second))
    return _divided(piece, suffixes) or ((len(piece), frozenset(), None),)


def _divided(piece: str, suffixes: Suffixes) -> tuple[Part, ...] | None:
    """Something with an ending: two in one word (5pm, 5–6pm), a possessive (1956's), a range of decades."""
    for apostrophe in APOSTROPHES:
        if apostrophe in piece and piece.split(apostrophe)[0].isdigit():
            number = piece.split(apostrophe)[0]
            if one := _one(number, suffixes):
                return ((len(number), *one), (len(piece) - len(number), frozenset(), None))
    if (match := _MERIDIEM.fullmatch(piece)) and match[2].lower() in suffixes.meridiems:
        one = _one(match[1], suffixes)
        value = suffixes.meridiems[match[2].lower()]
        return ((len(match[1]), *one), (len(match[2]), frozenset(("meridiem",)), value)) if one else None
    if (match := _YEAR_AND_TIME.fullmatch(piece)) and (clock := _one(match[2], suffixes)):
        year, comma = _integer(match[1]), frozenset((",",))
        return ((4, year, int(match[1])), (1, comma, None), (len(match[2]), *clock))
    for dash in DASHES:
        before, found, after = piece.partition(dash)
        if found and (first := _one(before, suffixes)):
            rest = parts_of(after, suffixes) if dash not in after else ()
            if rest and rest[0][1]:
                return ((len(before), *first), (1, frozenset(("-",)), None), *rest)
    if match := _DAY_POINT.fullmatch(piece):
        first, second = _one(match[1], suffixes), _one(match[2], suffixes)
        if first and second:
            return ((len(match[1]), *first), (1, frozenset((".",)), None), (len(match[2]), *second))
    return None


def _one(piece: str, suffixes: Suffixes) -> tuple[frozenset[str], object] | None:
    """The classes and the value of a single number, None if it is none."""
    if _INTEGER.fullmatch(piece):
        return _integer(piece), int(piece)
    if match := _CLOCK.fullmatch(piece):
        name = "clock" if match[2] == ":" else "clock-point"
        return frozenset((name,)), (int(match[1]), int(match[3]))
    if match := _ISO.fullmatch(piece):
        return frozenset(("iso",)), (int(match[1]), int(match[3]), int(match[4]))
    if match := _NUMERIC.fullmatch(piece):
        return frozenset(("numeric",)), match.groups()
    if (match := _ORDINAL.fullmatch(piece)) and match[2].lower() in suffixes.ordinals:
        number = int(match[1])
        return frozenset(("nth", "ordinal") if 1 <= number <= 31 else ("nth",)), number
    if (match := _DECADE.fullmatch(piece)) and match[2] in suffixes.decades:
        return frozenset(("decade" if len(match[1]) > 2 else "two-digit-decade",)), int(match[1])
    return (frozenset(("number",)), None) if piece.isdigit() else None


def _integer(piece: str) -> frozenset[str]:
    number = int(piece)
    classes = {"number"}
    if len(piece) <= 2:
        classes |= {"day"} if 1 <= number <= 31 else set()
        classes |= {"month-number"} if 1 <= number <= 12 else set()
        classes |= {"hour"} if number <= 24 else set()
        classes |= {"two-digits"} if len(piece) == 2 else set()
        classes |= {"late-two-digits"} if number > 31 else set()
    elif len(piece) == 4:
        classes |= {"year"} if FIRST_YEAR <= number <= LAST_YEAR else set()
        classes |= {"military"} if number // 100 <= 24 and number % 100 < 60 else set()
    return frozenset(classes)


def _short(piece: str) -> tuple[frozenset[str], object]:
    """What begins with an apostrophe: a year ('56) or a decade ('50s)."""
    number = int(piece[1:3])
    if piece.endswith("s"):
        return (frozenset(("short-decade",)) if number % 10 == 0 else frozenset()), number
    return frozenset(("short-year",)), number
