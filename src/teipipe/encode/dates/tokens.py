"""Reads the words and numbers around a possible date, each as one letter for what it may be in the language.

So a form of dates is an expression over letters, and none of it can take more than linear time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, repeat
from typing import TYPE_CHECKING, Final

from teipipe.encode.dates.numbers import APOSTROPHES, DASHES, LONGEST, parts_of

if TYPE_CHECKING:
    from teipipe.encode.dates.language import Language

#: The letter for all that can be no part of a date.
JUNK: Final = "\ue000"
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


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign: where it stands, and `value`: a number, or what it means for its class."""

    start: int
    end: int
    text: str
    value: object = None


def pieces_of(text: str) -> list[str]:
    """What a text is read as, piece by piece."""
    return _TOKEN.findall(text)


class Tokens:
    """The words, numbers, signs and blanks of a stretch of text, and `letters`, one for each."""

    def __init__(self, text: str, start: int, end: int, language: Language) -> None:
        self._text = text
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
        start, piece, part = self._places[index]
        length, value = self._lexicon.parts(piece)[part]
        return Token(start, start + length, self._text[start : start + length], value)

    @cached_property
    def _places(self) -> list[tuple[int, str, int]]:
        """Where each token starts, its piece, which part of that it is."""
        pieces = self._pieces
        if len(pieces) == len(self.letters):  # each is one token
            return list(zip(accumulate(map(len, pieces), initial=self._start), pieces, repeat(0)))
        places: list[tuple[int, str, int]] = []
        at = self._start
        for piece in pieces:
            for part, (length, _) in enumerate(self._lexicon.parts(piece)):
                places.append((at, piece, part))
                at += length
        return places


class Lexicon(dict[str, str]):
    """The letters for the pieces of a text: those of a language's words, and of what is read as a number.

    A piece that is looked up for the first time is judged and kept: a bounded number of them, and no long ones.
    """

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._known: dict[str, tuple[tuple[int, object], ...]] = {}

    def parts(self, piece: str) -> tuple[tuple[int, object], ...]:
        """The length and the value of each token in a piece."""
        if piece not in self._known:
            return self._judge(piece)[1]
        return self._known[piece]

    def __missing__(self, piece: str) -> str:
        return self._judge(piece)[0]

    def _judge(self, piece: str) -> tuple[str, tuple[tuple[int, object], ...]]:
        if len(piece) > LONGEST:
            return (" " if piece.isspace() and piece.count("\n") < 2 else JUNK), ((len(piece), None),)
        letters, parts = self._read(piece)
        if len(self) >= _KEPT:
            self.clear()
            self._known.clear()
        self._known[piece] = parts
        self[piece] = letters
        return letters, parts

    def _read(self, piece: str) -> tuple[str, tuple[tuple[int, object], ...]]:
        language = self._language
        known = language.words.get(piece)
        if known is not None:
            return known[0], ((len(piece), known[1]),)
        if piece.isspace():
            return (" " if piece.count("\n") < 2 else JUNK), ((len(piece), None),)
        if _IS_NUMBER.match(piece):
            parts = parts_of(piece, language.suffixes)
            letters = "".join(language.letter_of(classes) for _, classes, _ in parts)
            return letters, tuple((length, value) for length, _, value in parts)
        letter, value, length = language.unknown(piece)
        if length == len(piece):
            return letter, ((length, value),)
        return letter + JUNK, ((length, value), (len(piece) - length, None))
