"""Reads the words and numbers around a possible date, each as one letter for what it may be in the language.

So a form of dates is an expression over letters, and none of it can take more than linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from teipipe.encode.dates.numbers import APOSTROPHES, DASHES, LONGEST, parts_of

if TYPE_CHECKING:
    from teipipe.encode.dates.language import Language

#: The letter for all that can be no part of a date.
JUNK: Final = "\ue000"
#: What is read as one piece: a blank, an abbreviation with its points, a word, a number with all that hangs on it, a
#: year without its century, a sign. Most words are plain ones, which the first line tells sooner than those below it.
_TOKEN: Final = re.compile(
    rf"""[A-Za-z][a-z]++(?!\w|[{APOSTROPHES}])
    |\s+
    |[^\W\d_](?:\.[^\W\d_])+\b\.?
    |[^\W\d]\w*(?:[{APOSTROPHES}][^\W\d_]+)?
    |\d(?:\w|[{DASHES}/:.,](?=\d))*(?:[{APOSTROPHES}]s(?!\w))?
    |[{APOSTROPHES}]\d\d(?:[{APOSTROPHES}]?s)?(?!\w)
    |.""",
    re.VERBOSE | re.DOTALL,
)
_IS_NUMBER: Final = re.compile(rf"\d|[{APOSTROPHES}]\d")
_KEPT: Final = 20_000

#: The length and the value of each token of a piece.
_Parts = tuple[tuple[int, object], ...]


class Token(NamedTuple):
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

    __slots__ = ("_begin", "_lexicon", "_parts", "_pieces", "_starts", "_text", "letters")

    def __init__(self, text: str, start: int, end: int, language: Language) -> None:
        lexicon = language.lexicon
        pieces = _TOKEN.findall(text, start, end)
        letters = list(map(lexicon.__getitem__, pieces))
        # What is cut off at either end is no word.
        if start and not text[start - 1].isspace():
            letters[0] = JUNK * len(letters[0])
        if end < len(text) and not text[end].isspace():
            letters[-1] = JUNK * len(letters[-1])
        self.letters = "".join(letters)
        self._text = text
        self._begin = start
        self._lexicon = lexicon
        self._pieces: list[str] = pieces
        self._starts: list[int] = []
        #: The piece that each token is part of, and which part, if some are several tokens.
        self._parts: list[tuple[str, int]] = []

    def __getitem__(self, index: int) -> Token:
        return self.at({"": index})[""]

    def at(self, places: Mapping[str, int]) -> dict[str, Token]:
        """The tokens at the places of some fields."""
        starts, text, parts_of = self.starts, self._text, self._lexicon.parts
        tokens: dict[str, Token] = {}
        for name, index in places.items():
            piece, part = self._parts[index] if self._parts else (self._pieces[index], 0)
            start, end = starts[index], starts[index + 1]
            tokens[name] = Token(start, end, text[start:end], parts_of(piece)[part][1])
        return tokens

    @property
    def starts(self) -> list[int]:
        """Where each token starts, and where the last one ends."""
        if not self._starts:
            self._locate()
        return self._starts

    def _locate(self) -> None:
        """Where all tokens are, which is of interest only once one of them is in a date."""
        pieces = self._pieces
        lengths: Iterable[int] = map(len, pieces)
        if len(pieces) != len(self.letters):  # some are several tokens
            self._parts = [(piece, part) for piece in pieces for part in range(len(self._lexicon.parts(piece)))]
            lengths = [self._lexicon.parts(piece)[part][0] for piece, part in self._parts]
        self._starts = list(accumulate(lengths, initial=self._begin))


class Lexicon(dict[str, str]):
    """The letters for the pieces of a text: those of a language's words, and of what is read as a number.

    A piece that is looked up for the first time is judged and kept: a bounded number of them, and no long ones.
    """

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._known: dict[str, _Parts] = {}
        self._acronym = language.letter_of(frozenset(("acronym",)))
        self._capital = language.letter_of(frozenset(("capital",)))

    def parts(self, piece: str) -> _Parts:
        """The length and the value of each token in a piece."""
        return self._known.get(piece) or self._keep(piece)[1]

    def __missing__(self, piece: str) -> str:
        return self._keep(piece)[0]

    def _keep(self, piece: str) -> tuple[str, _Parts]:
        letters, parts = self._read(piece)
        if len(piece) <= LONGEST:
            if len(self) >= _KEPT:
                self.clear()
                self._known.clear()
            self._known[piece] = parts
            self[piece] = letters
        return letters, parts

    def _read(self, piece: str) -> tuple[str, _Parts]:
        language, length = self._language, len(piece)
        known = language.words.get(piece)
        if known is not None:
            return known[0], ((length, known[1]),)
        if length > LONGEST or piece.isspace():
            return (" " if piece.isspace() and piece.count("\n") < 2 else JUNK), ((length, None),)
        if _IS_NUMBER.match(piece):
            parts = parts_of(piece, language.suffixes)
            letters = "".join([language.letter_of(classes) for _, classes, _ in parts])
            return letters, tuple([(length, value) for length, _, value in parts])
        return self._unknown(piece)

    def _unknown(self, piece: str) -> tuple[str, _Parts]:
        """A word that isn't there as it stands. The ending of a possessive is no part of it."""
        length = len(piece)
        if length > 3 and piece[-2] in APOSTROPHES and (known := self._language.words.get(piece[:-2])) is not None:
            return known[0] + JUNK, ((length - 2, known[1]), (2, None))
        letter = JUNK
        if piece[0].isupper():
            letter = self._acronym if 1 < length < 6 and piece.isupper() else self._capital
        return letter, ((length, None),)
