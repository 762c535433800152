"""Stretches of capitalised words, which may be names: the raw material."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from teipipe.encode.registers.words import words

_UPPER: Final = "[A-Z\u00c0-\u00d6\u00d8-\u00de\u0141\u0150\u0158\u015a\u0160\u017b\u017d]"
_PARTICLES: Final = "von|van|der|den|de|du|della|di|da|dos|del|la|bin|ibn|ben|al"
#: What ends a sentence, or stands for such an end.
_END: Final = re.compile(r"[.!?:;\n][\"'”’»)\]]*\Z")
_OPEN: Final = " \u00a0\"'“‘«([—–-•*"
#: So many words may follow the first one of a sequence.
_MOST: Final = 15
_POSSESSIVE: Final = re.compile(r"(?:['’]s|(?<=s)['’])\Z")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a sequence: `raw` as it stands there, `text` and `end` without the possessive that may end it."""

    raw: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def possessive(self) -> bool:
        """Whether it is in the possessive."""
        return self.raw != self.text


@dataclass(frozen=True, slots=True)
class Sequence:
    """Capitalised words in a line that follow one another; `begins` says that a sentence begins with them."""

    words: tuple[Word, ...]
    begins: bool

    @property
    def start(self) -> int:
        """Where the first word begins."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where the last word ends, without its possessive."""
        return self.words[-1].end

    @property
    def text(self) -> str:
        """The words with a blank between two, the last one without its possessive."""
        return " ".join((*(word.raw for word in self.words[:-1]), self.words[-1].text))

    @property
    def possessive(self) -> bool:
        """Whether a possessive follows."""
        return self.words[-1].possessive

    def of(self, first: int, last: int | None = None) -> Sequence:
        """Part of it: some of its words."""
        return Sequence(self.words[first:last], self.begins and first in (0, -len(self.words)))


def sequences_in(text: str, ordinary: frozenset[str]) -> Iterator[Sequence]:
    """All sequences of a text; `ordinary` are words that stand in small letters elsewhere.

    An ordinary word with which a sentence begins is no part of one.
    """
    for match in _sequence().finditer(text):
        found = tuple(
            _word(word[0], match.start() + word.start()) for word in _one().finditer(match[0]) if word[0][0].isupper()
        )
        begins = _begins(text, match.start())
        first = 0
        while first < len(found) and _is_ordinary(found[first].text, ordinary, begins=begins and not first):
            first += 1
        if first < len(found):
            yield Sequence(found[first:], begins and not first)


def _word(text: str, start: int) -> Word:
    return Word(text, _POSSESSIVE.sub("", text), start)


def _is_ordinary(word: str, ordinary: frozenset[str], *, begins: bool) -> bool:
    if words().is_common(word):
        return True
    return begins and (word.lower() in ordinary or word.endswith("ly"))


def _begins(text: str, start: int) -> bool:
    at = start
    while at and text[at - 1] in _OPEN:
        at -= 1
    return at == 0 or _END.search(text, max(0, at - 3), at) is not None


@cache
def _one() -> re.Pattern[str]:
    dotted = sorted({re.escape(title[:-1]) for title in _dotted()}, key=len, reverse=True)
    return re.compile(
        rf"(?:{'|'.join(dotted)})\.|{_UPPER}\.(?:-?{_UPPER}\.)*|{_UPPER}[\w'’-]*\w(?:(?<=s)['’](?!\w))?|{_UPPER}\b"
        rf"|\b(?:{_PARTICLES})\b"
    )


@cache
def _sequence() -> re.Pattern[str]:
    word = _one().pattern.rpartition("|\\b(?:")[0]
    return re.compile(rf"(?<![\w.])(?:{word})(?:[ \u00a0]{{1,3}}(?:(?:{_PARTICLES})[ \u00a0])?(?:{word})){{0,{_MOST}}}")


def _dotted() -> frozenset[str]:
    """Titles that are written with a full stop."""
    titles = {"Cde.", "Cdes.", "Mr.", "Mrs.", "Messrs.", "Ms.", "Dr.", "Prof.", "Gen.", "Lt.", "Col.", "Maj.", "Capt."}
    titles |= {"Sgt.", "Adm.", "Cmdr.", "Brig.", "Amb.", "Rev.", "Hon.", "Com.", "St.", "Jr.", "Sr."}
    return frozenset(titles | {title.upper() for title in titles})
