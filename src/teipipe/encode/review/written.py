"""Where in an encoding the characters of its transcript stand, so that what was made of a stretch can be shown."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Final

_BLANKS: Final = "\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_INK: Final = re.compile(f"[^{_BLANKS}]")
_WORD: Final = re.compile(f"[^{_BLANKS}]+")
#: A text comes in short pieces, so that one can be searched through.
_TOKEN: Final = re.compile(r"<(?:!--.*?--|\?.*?\?|[^>]*)>|&[^;]*;|[^<&]{1,240}", re.DOTALL)
_RENDITION: Final = re.compile(
    r"<rendition\b(?=[^>]*\bxml:id=\"([^\"]*)\")(?=[^>]*\bscope=\"([^\"]*)\")[^>]*>content:\s*\"([^\"]*)\""
)
#: End tags, with the blanks before each.
_ENDS: Final = re.compile(r"(?:\s*</[^>]*>)*")
_POINTERS: Final = re.compile(r"\brendition=\"([^\"]*)\"")
_ESCAPED: Final = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)")
#: The text of a transcript is counted in stretches of so many characters.
_STEP: Final = 512


@dataclass(frozen=True, slots=True)
class _Token:
    """A tag, a reference or a piece of text: where it begins, how many characters of the transcript come before it.

    `is_start` and `is_end` are those of tags; an empty element is neither.
    """

    start: int
    before: int
    is_start: bool = False
    is_end: bool = False


class Inks:
    """Counts the characters of a text that aren't blank."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._counts = [0]
        for start in range(0, len(text), _STEP):
            self._counts.append(self._counts[-1] + _inks(text[start : start + _STEP]))

    @property
    def total(self) -> int:
        """How many there are."""
        return self._counts[-1]

    def before(self, offset: int) -> int:
        """How many stand before an offset."""
        number, rest = divmod(min(offset, len(self._text)), _STEP)
        return self._counts[number] + _inks(self._text[number * _STEP : number * _STEP + rest])


class Written:
    """An encoding beside its transcript: both have the same characters in the same order, but for blanks.

    Signs that were taken out of the text count where their elements begin and end. Where the two don't agree, `agrees`
    is false, and nothing is known.
    """

    def __init__(self, text: str, tei: str) -> None:
        self._inks = Inks(text)
        self._tei = tei
        self._signs = _signs(tei)
        self._tokens: list[_Token] = []
        self._partners: dict[int, int] = {}
        begin = tei.find(">", tei.find("<text", tei.find("</teiHeader>"))) + 1
        self._end = tei.rfind("</text>")
        self.agrees = self._end >= 0 and self._read(begin) == self._inks.total
        self._befores = [token.before for token in self._tokens]

    @property
    def text(self) -> str:
        """What stands in the element `text`, as in the TEI."""
        return self._tei[self._tokens[0].start : self._end] if self._tokens else ""

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Where in the TEI stands what was made of a stretch: its characters, and elements that hold nothing else."""
        first, last = self._inks.before(start), self._inks.before(end)
        if not self.agrees or first >= last:
            return 0, 0
        one, other = self._holding(first), self._holding(last - 1)
        begin, stop = self._position(one, first), self._position(other, last - 1) + 1
        if self._is_tag(other):
            stop = self._stop(other)
        one, begin = self._opened(one, begin, first, last)
        return begin, self._closed(other, stop, one)

    def end_of(self, start: int, end: int) -> int:
        """Where in `text` ends what was made of a stretch, with the end tags of all that ends there."""
        begin, stop = self.around(start, end)
        offset = self._tokens[0].start if self._tokens else 0
        if begin == stop:
            return 0
        match = _ENDS.match(self._tei, stop)
        return (match.end() if match else stop) - offset

    def snippet(self, start: int, end: int) -> str:
        """What was made of a stretch, as it stands in the TEI; "" if that isn't known."""
        begin, stop = self.around(start, end)
        return self._tei[begin:stop]

    def _read(self, begin: int) -> int:
        """Take in the text; how many characters of a transcript it has."""
        count = 0
        opened: list[tuple[int, int]] = []
        for match in _TOKEN.finditer(self._tei, begin, self._end):
            token = match[0]
            number = len(self._tokens)
            if token[0] != "<":
                self._tokens.append(_Token(match.start(), count))
                count += _inks(unescape(token) if token[0] == "&" else token)
            elif token[1] == "/":
                after, partner = opened.pop() if opened else (0, number)
                self._tokens.append(_Token(match.start(), count, is_end=True))
                self._partners[number], self._partners[partner] = partner, number
                count += after
            elif token[1] not in "!?":
                before, after = self._of(token)
                is_empty = token.endswith("/>")
                self._tokens.append(_Token(match.start(), count, is_start=not is_empty))
                count += before + (after if is_empty else 0)
                if not is_empty:
                    opened.append((after, number))
        return count

    def _of(self, tag: str) -> tuple[int, int]:
        """How many characters the signs before and after an element have."""
        match = _POINTERS.search(tag)
        if match is None:
            return 0, 0
        names = [pointer.lstrip("#") for pointer in match[1].split()]
        before, after = (
            next((self._signs[name, scope] for name in names if (name, scope) in self._signs), 0)
            for scope in ("before", "after")
        )
        return before, after

    def _holding(self, ink: int) -> int:
        """The number of the token that has a character of the transcript, by its number."""
        return bisect_right(self._befores, ink) - 1

    def _position(self, number: int, ink: int) -> int:
        token = self._tokens[number]
        if self._tei[token.start] in "<&":
            return token.start
        piece = self._tei[token.start : self._stop(number)]
        return token.start + next(islice(_INK.finditer(piece), ink - token.before, None)).start()

    def _stop(self, number: int) -> int:
        return self._tokens[number + 1].start if number + 1 < len(self._tokens) else self._end

    def _is_tag(self, number: int) -> bool:
        return self._tei[self._tokens[number].start] in "<&"

    def _opened(self, number: int, begin: int, first: int, last: int) -> tuple[int, int]:
        """Go back over the start tags of elements that hold nothing but the stretch."""
        at = number - 1
        while at >= 0 and self._tokens[at].before == first:
            token = self._tokens[at]
            if token.is_start:
                if self._ends(at) > last:
                    break
                number, begin = at, token.start
            elif token.is_end or self._tei[token.start : self._stop(at)].strip():
                break
            at -= 1
        return number, begin

    def _ends(self, number: int) -> int:
        """How many characters of the transcript there are up to the end of an element."""
        partner = self._partners.get(number, number)
        return self._befores[partner + 1] if partner + 1 < len(self._tokens) else self._inks.total

    def _closed(self, number: int, stop: int, first: int) -> int:
        """Go on over the end tags of elements that began within."""
        at = number if self._tokens[number].is_end else number + 1
        while at < len(self._tokens):
            token = self._tokens[at]
            if token.is_end:
                if self._partners.get(at, -1) < first:
                    break
                stop = self._stop_of_tag(at)
            elif self._tei[token.start : self._stop(at)].strip():
                break
            at += 1
        return stop

    def _stop_of_tag(self, number: int) -> int:
        return self._tei.index(">", self._tokens[number].start) + 1


def _inks(text: str) -> int:
    return sum(map(len, _WORD.findall(text)))


def _signs(tei: str) -> dict[tuple[str, str], int]:
    """How many characters each sign has that the header declares, by its id and its scope."""
    header = tei[: tei.find("</teiHeader>")]
    return {
        (match[1], match[2]): _inks(_ESCAPED.sub(_escaped, unescape(match[3]))) for match in _RENDITION.finditer(header)
    }


def _escaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else match[2]
