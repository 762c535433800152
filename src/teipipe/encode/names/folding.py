"""Folding: what is the same name whichever way it is printed, by case, diacritics, hyphens, blanks, apostrophes."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from typing import Final

_BLANKS: Final = re.compile(r"(?<= ) +")
#: What stands within names without being a letter of them: combining diacritics, soft hyphens, what has no width.
_WITHIN: Final = r"\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff"
_UNSEEN: Final = re.compile(rf"(?<= )[ {_WITHIN}]+|[{_WITHIN}]+")
#: Apostrophes before a word, however many, are quotation marks.
_QUOTES: Final = re.compile(rf" ['{_WITHIN}]*'")
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]+")
_APOSTROPHES: Final = "'\u2019\u2018\u02bc\u02bb\u02b9\u2032\u0060\u00b4\u02bd\uff07\u201b"
_DASHES: Final = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"
#: Letters that no decomposition makes plain.
_LETTERS: Final = {
    "\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u0131": "i", "\u00f0": "d", "\u0127": "h", "\u0167": "t",
    "\u014b": "n", "\u00df": "s", "\u00e6": "a", "\u0153": "o", "\u00fe": "t",
}  # fmt: skip
#: What may stand before a name without a blank: all of it is folded to one, so that names begin at blanks.
_OPENING: Final = '\t\n\x0b\x0c\r\x85-([{/"_*=<>|~\u201c\u201e\u201d\u00ab\u00bb\u2039\u203a\u2013\u2014\u00a0\u2026'
_ASCII: Final = {ord(sign): " " for sign in _OPENING if sign.isascii()} | {ord("`"): "'"}
#: As many different characters beyond ASCII are replaced one by one, in C; more of them take a table.
_FEW: Final = 48


class Folded:
    """A text as names are looked for in it; `text` begins with a blank, so that every name follows one.

    All signs that may stand before a name are blanks, several of which are one: `offset` leads back.
    """

    def __init__(self, text: str) -> None:
        even = _unquoted(f" {_even(text)}")
        self._starts = [0]
        self._removed = [-1]
        pieces: list[str] = []
        at = removed = 0
        for match in _cuts(even):
            start, end = match.span()
            pieces.append(even[at:start])
            at = end
            removed += end - start
            self._starts.append(end - removed)
            self._removed.append(removed - 1)
        pieces.append(even[at:])
        self.text = "".join(pieces)

    def offset(self, index: int) -> int:
        """Where the character at an index of `text` stands in what was folded."""
        if len(self._starts) == 1:
            return index - 1
        return index + self._removed[bisect_right(self._starts, index) - 1]

    def index(self, offset: int) -> int:
        """Where in `text` what stood at an offset is."""
        at = bisect_right(self._starts, offset, key=self.offset) - 1
        return offset - self._removed[max(at, 0)]

    def end(self, index: int) -> int:
        """Where a stretch that ends at an index of `text` ends in what was folded."""
        return self.offset(index - 1) + 1


def folded(name: str) -> str:
    """A single name, folded as texts are."""
    if name.isascii():
        return " ".join(_unquoted(f" {name}".lower().translate(_ASCII)).split())
    return Folded(name).text.strip()


def _unquoted(even: str) -> str:
    """A folded text with blanks for the quotation marks before words."""
    return _QUOTES.sub(lambda marks: " " * len(marks[0]), even) if "'" in even else even


def _cuts(even: str) -> Iterable[re.Match[str]]:
    if not even.isascii():
        return _UNSEEN.finditer(even)
    return _BLANKS.finditer(even) if "  " in even else ()


def _even(text: str) -> str:
    """The text folded character by character: as long as it was."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(one if len(one := sign.lower()) == 1 else sign for sign in text)
    if not lower.isascii():
        others = set("".join(_NOT_ASCII.findall(lower)))
        if len(others) <= _FEW:
            for sign in others:
                lower = lower.replace(sign, plain(sign))
        else:
            lower = lower.translate({ord(sign): plain(sign) for sign in others})
    return lower.translate(_ASCII)


@cache
def plain(sign: str) -> str:
    """One character for one: without its diacritics, apostrophes and dashes of one kind."""
    if sign in _APOSTROPHES:
        return "'"
    if sign in _DASHES or sign in _OPENING or sign.isspace() or unicodedata.category(sign) in ("Ps", "Pi", "Zs"):
        return " "
    if sign in _LETTERS:
        return _LETTERS[sign]
    if _UNSEEN.fullmatch(sign):
        return sign
    first = unicodedata.normalize("NFKD", sign)[:1].lower()
    return first if first.isalnum() and len(first) == 1 else sign
