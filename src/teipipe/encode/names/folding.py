"""Folding: what is the same name whichever way it is printed, by case, diacritics, hyphens, blanks, apostrophes."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from string import ascii_lowercase, ascii_uppercase
from typing import Final

from teipipe.encode.plain import Shortened

_BLANKS: Final = re.compile(r"  +")
#: What stands within names without being a letter of them: combining diacritics, soft hyphens, what has no width.
_WITHIN: Final = r"\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff"
_UNSEEN_SIGNS: Final = frozenset(
    f"{''.join(map(chr, range(0x300, 0x370)))}\u00ad\u2060\ufeff\u200b\u200c\u200d\u200e\u200f"
)
_UNSEEN: Final = re.compile(rf"(?<= )[ {_WITHIN}]+|[{_WITHIN}]+")
#: Apostrophes before a word, however many, are quotation marks.
_QUOTES: Final = re.compile(rf" ['{_WITHIN}]*'")
_APOSTROPHES: Final = "'\u2019\u2018\u02bc\u02bb\u02b9\u2032\u0060\u00b4\u02bd\uff07\u201b"
_DASHES: Final = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"
#: Letters that no decomposition makes plain.
_LETTERS: Final = {
    "\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u0131": "i", "\u00f0": "d", "\u0127": "h", "\u0167": "t",
    "\u014b": "n", "\u00df": "s", "\u00e6": "a", "\u0153": "o", "\u00fe": "t", "\u03c2": "\u03c3",
}  # fmt: skip
#: What may stand before a name without a blank: all of it is folded to one, so that names begin at blanks.
_OPENING: Final = '\t\n\x0b\x0c\r\x85-([{/"_*=<>|~\u201c\u201e\u201d\u00ab\u00bb\u2039\u203a\u2013\u2014\u00a0\u2026'
_IN_ASCII: Final = "".join(sign for sign in _OPENING if sign.isascii())
#: What ASCII characters become, as bytes of UTF-8, in which all others consist of other bytes.
_ASCII: Final = bytes.maketrans(
    f"{_IN_ASCII}`{ascii_uppercase}".encode(), f"{' ' * len(_IN_ASCII)}'{ascii_lowercase}".encode()
)
_ALL_ASCII: Final = bytes(range(128))
#: As many different characters beyond ASCII are replaced one by one, in C; more of them take a table.
_FEW: Final = 48


class Folded(Shortened):
    """A text as names are looked for in it; `text` begins with a blank, so that every name follows one.

    All signs that may stand before a name are blanks, several of which are one: `offset` leads back.
    """

    def __init__(self, text: str) -> None:
        even = _unquoted(f" {_even(text)}")
        self._starts = [0]
        self._removed = [-1]
        pieces: list[str] = []
        at = removed = 0
        for start, end in _cuts(even):
            pieces.append(even[at:start])
            at = end
            removed += end - start
            self._starts.append(end - removed)
            self._removed.append(removed - 1)
        pieces.append(even[at:])
        self.text = "".join(pieces)

    def index(self, offset: int) -> int:
        """Where in `text` what stood at an offset is."""
        at = bisect_right(self._starts, offset, key=self.offset) - 1
        return offset - self._removed[max(at, 0)]


def folded(name: str) -> str:
    """A single name, folded as texts are."""
    if name.isascii():
        if name.isalpha():
            return name.lower()  # most are one plain word
        return " ".join(_unquoted(f" {_plain_ascii(name)}").split())
    return Folded(name).text.strip()


def _unquoted(even: str) -> str:
    """A folded text with blanks for the quotation marks before words."""
    if " '" in even or ("'" in even and not even.isascii()):
        return _QUOTES.sub(lambda marks: " " * len(marks[0]), even)
    return even


def _cuts(even: str) -> Iterator[tuple[int, int]]:
    """What is left out: all blanks but the first of several, and what isn't seen."""
    if not even.isascii() and not _UNSEEN_SIGNS.isdisjoint(others_in(even)):
        return (match.span() for match in _UNSEEN.finditer(even))
    return ((match.start() + 1, match.end()) for match in _BLANKS.finditer(even))


def _even(text: str) -> str:
    """The text folded character by character: as long as it was."""
    if not text.isascii():
        changed = {sign: other for sign in others_in(text) if (other := plain(sign)) != sign}
        if len(changed) <= _FEW:
            for sign, other in changed.items():
                text = text.replace(sign, other)
        else:
            text = text.translate({ord(sign): other for sign, other in changed.items()})
    return _plain_ascii(text)


def _plain_ascii(text: str) -> str:
    """The text with its ASCII characters folded: in bytes, which is ten times as quick if there are others, too."""
    return text.encode("utf-8", "surrogatepass").translate(_ASCII).decode("utf-8", "surrogatepass")


def others_in(text: str) -> set[str]:
    """The characters of a text that aren't ASCII."""
    others = text.encode("utf-8", "surrogatepass").translate(None, _ALL_ASCII)
    return set(others.decode("utf-8", "surrogatepass"))


@cache
def plain(sign: str) -> str:
    """One character for one: small, without its diacritics, apostrophes and dashes of one kind."""
    lower = sign.lower()
    sign = lower if len(lower) == 1 else sign
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
