"""A transcript as it was read: its text, what its word processor said of it, and where each character stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from teipipe.diagnostics import Diagnostic, Location


@dataclass(frozen=True, slots=True)
class Mark:
    """What a word processor says of a stretch of the text.

    `kind` is one of: heading (`values["level"]`), item (its `level`, `kind` ordered or bulleted), table, row, cell,
    note (its `n` and `place`), bold, italic, underline, small-caps, superscript, subscript, strike, page (one begins here).
    """

    kind: str
    start: int
    end: int
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Transcript:
    """What is to be encoded.

    `text` has line feeds as line ends, and holds only what XML can: each other character is replaced by one that stands
    for it (as `represented` says), and reported. Offsets count code points of `text`. `sha256` is that of the file.
    `marks` are those of a word processor, in order of their starts, outer ones first; a plain text has none.
    """

    path: Path
    text: str
    sha256: str = ""
    encoding: str = "utf-8"
    marks: tuple[Mark, ...] = ()
    findings: tuple[Diagnostic, ...] = ()

    @cached_property
    def _lines(self) -> list[int]:
        starts = [0]
        while (at := self.text.find("\n", starts[-1])) >= 0:
            starts.append(at + 1)
        return starts

    def place(self, offset: int) -> Location:
        """Where the character at an offset stands in the file: line and column from 1."""
        line = bisect_right(self._lines, offset)
        return Location(self.path, line, offset - self._lines[line - 1] + 1)
