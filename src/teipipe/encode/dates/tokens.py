"""Reads the words and numbers around a possible date, each as one letter for what it may be in the language.

So a form of dates is a regular expression over letters, and none of it can take more than linear time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from teipipe.encode.dates.values import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from teipipe.encode.dates.language import Language

#: The letter for all that can be no part of a date.
JUNK: Final = "\ue000"
#: What may stand between the numbers of one piece.
SIGNS: Final = "-/.,"
DASHES: Final = "-‐‑‒–−"
#: The classes of numbers, which every language has, and those of words that aren't known.
NUMBERS: Final = frozenset(
    (
        *("number", "day", "month-number", "hour", "two-digits", "year", "military", "ordinal", "nth"),
        *(
            "decade",
            "two-digit-decade",
            "short-year",
            "short-decade",
            "late-two-digits",
            "clock",
            "clock-point",
            "iso",
            "numeric",
        ),
        *("acronym", "capital"),
    )
)
APOSTROPHES: Final = "'’‘ʼ"
#: What is read as one piece: a blank, an abbreviation with its points, a word, a number with all that hangs on it, a
#: year without its century, a sign.
_TOKEN: Final = re.compile(
    rf"""\s+
    |[^\W\d_](?:\.[^\W\d_])+\b\.?
    |[^\W\d]\w*(?:[{APOSTROPHES}][^\W\d_]+)?
    |\d(?:\w|[{DASHES}/:.,](?=\d))*(?:[{APOSTROPHES}]s(?!\w))?
    |[{APOSTROPHES}]\d\d(?:[{APOSTROPHES}]?s)?(?!\w)
    |.""",
    re.VERBOSE | re.DOTALL,
)
_IS_NUMBER: Final = re.compile(rf"\d|[{APOSTROPHES}]\d")
_KEPT: Final = 20_000
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
_ISO: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_YEAR_AND_TIME: Final = re.compile(r"([12]\d{3}),(\d{1,2}[:.]\d\d)", re.ASCII)
_DAY_POINT: Final = re.compile(r"(\d{1,2})\.(\d{1,2})", re.ASCII)
_LONGEST: Final = 24


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign: where it stands, and `value`: a number, or what it means for its class."""

    start: int
    end: int
    text: str
    value: object = None


#: A part of a number: its length, its classes, its value.
_Part = tuple[int, frozenset[str], object]


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


def pieces_of(text: str) -> list[str]:
    """What a text is read as, piece by piece."""
    return _TOKEN.findall(text)


class Tokens:
    """The words, numbers, signs and blanks of a stretch of text, and `letters`, one for each."""

    def __init__(self, text: str, start: int, end: int, language: Language) -> None:
        self._start = start
        self._lexicon = language.lexicon
        self._pieces = _TOKEN.findall(text, start, end)
        letters = [self._lexicon[piece] for piece in self._pieces]
        if start and not text[start - 1].isspace():
            letters[0] = JUNK * len(letters[0])
        if end < len(text) and not text[end].isspace():
            letters[-1] = JUNK * len(letters[-1])
        self.letters = "".join(letters)

    def __getitem__(self, index: int) -> Token:
        start, piece, value = self._places[index]
        return Token(start, start + len(piece), piece, value)

    @cached_property
    def _places(self) -> list[tuple[int, str, object]]:
        """Where each token starts, its text, its value: a piece may be several of them."""
        parts_of_piece = self._lexicon.parts
        places: list[tuple[int, str, object]] = []
        at = self._start
        for piece in self._pieces:
            parts = parts_of_piece(piece)
            if len(parts) == 1:
                places.append((at, piece, parts[0][1]))
                at += len(piece)
                continue
            for length, value in parts:
                places.append((at, piece[:length], value))
                piece = piece[length:]
                at += length
        return places


class Lexicon(dict[str, str]):
    """The letters for the pieces of a text: those of a language's words, and of what is read as a number.

    A piece that is looked up for the first time is judged and kept, a bounded number of them.
    """

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._known: dict[str, tuple[tuple[int, object], ...]] = {}

    def parts(self, piece: str) -> tuple[tuple[int, object], ...]:
        """The length and the value of each token in a piece."""
        if piece not in self._known:
            self._judge(piece)
        return self._known[piece]

    def __missing__(self, piece: str) -> str:
        return self._judge(piece)

    def _judge(self, piece: str) -> str:
        letters, parts = self._read(piece)
        if len(self) >= _KEPT:
            self.clear()
            self._known.clear()
        self._known[piece] = parts
        self[piece] = letters
        return letters

    def _read(self, piece: str) -> tuple[str, tuple[tuple[int, object], ...]]:
        language = self._language
        known = language.words.get(piece)
        if known is not None:
            return known[0], ((len(piece), known[1]),)
        if piece.isspace():
            return (" " if piece.count("\n") < 2 else JUNK), ((len(piece), None),)
        if _IS_NUMBER.match(piece):
            parts = _number(piece, language)
            letters = "".join(language.letter_of(classes) for _, classes, _ in parts)
            return letters, tuple((length, value) for length, _, value in parts)
        letter, value, length = language.unknown(piece)
        if length == len(piece):
            return letter, ((length, value),)
        return letter + JUNK, ((length, value), (len(piece) - length, None))


def _number(piece: str, language: Language) -> tuple[_Part, ...]:
    return parts_of(piece, language.suffixes) if len(piece) <= _LONGEST else ((len(piece), frozenset(), None),)


@lru_cache(maxsize=5000)
def parts_of(piece: str, suffixes: Suffixes) -> tuple[_Part, ...]:
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


def _divided(piece: str, suffixes: Suffixes) -> tuple[_Part, ...] | None:
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
        return frozenset(("iso",)), (int(match[1]), int(match[2]), int(match[3]))
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


@dataclass(frozen=True)
class Suffixes:
    """What a language hangs on numbers: the endings of ordinals (3rd) and decades (1950s), and 5pm."""

    ordinals: frozenset[str]
    decades: frozenset[str]
    meridiems: Mapping[str, object]

    def __hash__(self) -> int:
        return hash((self.ordinals, self.decades))
