"""The line of a source in which a finding lies, and how far in it what is meant goes."""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from teipipe.diagnostics import Location
from teipipe.documents import read_bytes
from teipipe.encodings import decode
from teipipe.errors import UnreadableError

_LINE_END: Final = re.compile(rb"\r\n|\n|\r")

#: So far back it is looked for the beginning of a tag that spreads over lines; attributes are not that long.
_FAR: Final = 16_384
#: No mark is longer: nobody would see its end.
_LONGEST: Final = 400

_MARKUP: Final = re.compile(r"</?[^\s/<>\"'=]+|<\?[^\s?]*|<!--|<!\[CDATA\[|<!\w*|&[^;\s<&]*;?")
_ATTRIBUTE_NAME: Final = re.compile(r"[^\s\"'<>=/]+(?=\s*=\s*[\"'])")
_TOKEN: Final = re.compile(r"[^\s\"'<>]+")
_QUOTED: Final = re.compile(r"\"[^\"<]*\"?|'[^'<]*'?")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One line of a source: its number (from 1), its `text` without the line end, and the part of it that is meant.

    That part goes from code point `start` up to before `end`; where it is empty, something is missing there.
    """

    line: int
    text: str
    start: int
    end: int


class Sources:
    """The files that findings lie in. One is kept at a time, so findings in order of files have each read once.

    Only what has a line is looked up: the checks that gave it the line have read this very file before.
    """

    def __init__(self) -> None:
        self._path: Path | None = None
        self._source: _Source | None = None

    def excerpt(self, place: Location) -> Excerpt | None:
        """What stands at `place`; None if there is no line, or the file can't be read or has changed too much."""
        source = None if place.line is None else self._of(place.path)
        return None if source is None or place.line is None else source.excerpt(place.line, place.column)

    def lines(self, path: Path) -> int:
        """How many lines the file has; 0 if it can't be read."""
        source = self._of(path)
        return 0 if source is None else source.lines

    def _of(self, path: Path) -> _Source | None:
        if self._path != path:
            self._source = None  # before the next one is read: they may be large
            self._path, self._source = path, _read(path)
        return self._source


def _read(path: Path) -> _Source | None:
    try:
        raw = read_bytes(path)
        data, problem = decode(raw, path)
        if problem is not None and problem.rule == "wrong-encoding" and not raw.lstrip().startswith(b"<"):
            from teipipe.transcriptions import transcription_of

            # No XML: a transcript, which may be in any encoding.
            return _Source(transcription_of(raw, path).decoded.text.encode("utf-8", "replace"))
    except UnreadableError:
        return None
    if problem is not None and problem.rule == "wrong-encoding" and data:
        data += "\ufffd".encode()  # what couldn't be read is what the finding is about
    return _Source(data)


class _Source:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.starts = array("Q", [0])
        self.starts.extend(match.end() for match in _LINE_END.finditer(data))
        self._number = 0
        self._text = ""

    @property
    def lines(self) -> int:
        return len(self.starts) - (self.starts[-1] == len(self.data))

    def line(self, number: int) -> str | None:
        """A line without its end; the last one asked for is kept, as the next finding is often in the same."""
        if not 1 <= number <= len(self.starts):
            return None
        if self._number != number:
            end = self.starts[number] if number < len(self.starts) else len(self.data)
            text = self.data[self.starts[number - 1] : end].decode("utf-8", "replace")
            self._number, self._text = number, text.rstrip("\r\n")
        return self._text

    def excerpt(self, number: int, column: int | None) -> Excerpt | None:
        text = self.line(number)
        if text is None or not text.strip():
            return None
        if column is None:
            start, end = len(text) - len(text.lstrip()), len(text.rstrip())
            return Excerpt(number, text, start, end) if start < end else None
        start = column - 1
        if not 0 <= start <= len(text):
            return None
        return Excerpt(number, text, start, _end(text, start, is_in_tag=self._is_in_tag(number, text, start)))

    def _is_in_tag(self, number: int, text: str, start: int) -> bool:
        # A ">" in the value of an attribute deceives this; the mark is then a word's.
        opened, closed = text.rfind("<", 0, start), text.rfind(">", 0, start)
        if opened == closed == -1:
            begin = self.starts[number - 1]
            opened, closed = (self.data.rfind(sign, max(0, begin - _FAR), begin) for sign in (b"<", b">"))
        return opened > closed


def _end(text: str, start: int, *, is_in_tag: bool) -> int:
    """Where ends what begins at `start`: `<name`, a reference, an attribute's name, a token of its value, or a word."""
    stop = min(len(text), start + _LONGEST)
    patterns = (_MARKUP, _ATTRIBUTE_NAME, _TOKEN) if is_in_tag else (_MARKUP,)
    if is_in_tag and text[:start].rstrip().endswith("="):
        patterns = (_QUOTED, *patterns)
    for pattern in patterns:
        if match := pattern.match(text, start, stop):
            return match.end()
    return stop if start == stop else max(_word_end(text, start, stop), start + 1)


def _word_end(text: str, start: int, stop: int) -> int:
    end = start
    while end < stop and (text[end].isalnum() or unicodedata.category(text[end])[0] == "M"):
        end += 1
        # A hyphen, a point or an apostrophe between two letters or digits is part of the word.
        if end + 1 < stop and text[end] in "-.’'" and text[end + 1].isalnum():
            end += 1
    return end
