"""From a byte of a document to its line and column, and from an attribute to its byte."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Final

from teipipe.diagnostics import Location

# Patterns are compiled when they are first used: nearly always there is nothing to find a place for.
_LINE_END: Final = rb"\r\n|\n|\r"
_TAG: Final = rb"""<(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>"""
_ATTRIBUTE: Final = r"""([^\s=<>/"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')"""
_SPACE: Final = r"[ \t\r\n]|&#(?:0*(?:9|10|13|32)|x0*(?:9|[aA]|[dD]|20));"
_TOKEN: Final = rf"(?s)(?:{_SPACE})+|((?:(?!{_SPACE}).)+)"


class Places:
    """The lines of one document: `data` is UTF-8; lines end as XML says, columns count code points, both from 1."""

    def __init__(self, path: Path, data: bytes) -> None:
        self.path = path
        self.data = data
        self._last = (0, 1)  # the byte that was asked for last, and its column: lines may be very long

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(_LINE_END, self.data))]

    def at(self, offset: int) -> Location:
        """The place of the byte `offset`."""
        line = bisect_right(self._line_starts, offset)
        start = self._line_starts[line - 1]
        begin, column = self._last if start <= self._last[0] <= offset else (start, 1)
        column += len(self.data[begin:offset].decode("utf-8", "replace"))
        self._last = (offset, column)
        return Location(self.path, line, column)

    def offset(self, line: int, column: int) -> int:
        """The byte at a line and column; the nearest one that exists if the line is shorter."""
        starts = self._line_starts
        start = starts[min(max(line, 1), len(starts)) - 1]
        end = starts[line] if line < len(starts) else len(self.data)
        return start + len(self.data[start:end].decode("utf-8", "replace")[: max(column, 1) - 1].encode("utf-8"))

    def offsets(self, points: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
        """The byte at each of many lines and columns, as `offset` has it; each line is decoded once."""
        found: dict[tuple[int, int], int] = {}
        starts = self._line_starts
        for number, group in groupby(sorted(set(points)), key=lambda point: point[0]):
            line = min(max(number, 1), len(starts))
            end = starts[line] if line < len(starts) else len(self.data)
            text = self.data[starts[line - 1] : end].decode("utf-8", "replace")
            offset, done = starts[line - 1], 0
            for point in group:
                index = max(point[1], 1) - 1
                offset += len(text[done:index].encode("utf-8"))
                done = max(done, index)
                found[point] = offset
        return found

    def tag(self, offset: int) -> str | None:
        """The start tag at the byte `offset`, as written; None if the element comes out of an entity."""
        match = re.compile(_TAG).match(self.data, offset)
        return match[0].decode("utf-8") if match else None

    def attribute(self, offset: int, names: Collection[str], token: int | None = None) -> Location:
        """The place of an attribute in the start tag at the byte `offset`, by any of its possible `names` as written.

        Of its name, or of the first character of one token of its value (from 0), or of the value if there are fewer;
        of the tag itself if it holds no such attribute.
        """
        tag = self.tag(offset) or ""
        for match in re.finditer(_ATTRIBUTE, tag):
            if match[1] not in names:
                continue
            begin = match.start(1)
            if token is not None:
                group = 2 if match[2] is not None else 3
                tokens = [found.start() for found in re.finditer(_TOKEN, match[group]) if found[1]]
                begin = match.start(group) + (tokens[token] if token < len(tokens) else 0)
            return self.at(offset + len(tag[:begin].encode("utf-8")))
        return self.at(offset)

    def owner(self, offset: int) -> tuple[int, str]:
        """The byte where the start tag begins in which `offset` lies, and the attribute there as written, or ""."""
        start = self.data.rfind(b"<", 0, offset + 1)
        tag = self.tag(start) if start >= 0 else None
        if tag is None or offset >= start + len(tag.encode("utf-8")):
            return offset, ""
        index = len(self.data[start:offset].decode("utf-8", "replace"))
        inside = (match[1] for match in re.finditer(_ATTRIBUTE, tag) if match.start() <= index < match.end())
        return start, next(inside, "")
