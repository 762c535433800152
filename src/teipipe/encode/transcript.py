"""A transcript as it was read: its text, what its word processor said of it, and where each character stands."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

from teipipe.diagnostics import Diagnostic, Location
from teipipe.transcriptions import Lines
from teipipe.transcriptions.marks import Mark

__all__ = ["Mark", "Transcript"]


@dataclass(frozen=True)
class Transcript:
    """What is to be encoded.

    `text` has line feeds as line ends, and holds only what XML can: each other character is replaced by one that stands
    for it (as `represented` says), and reported. Offsets count code points of `text`. `sha256` is that of the file.
    `marks` are those of a word processor, in order of their starts, outer ones first; a plain text has pages alone.
    `soft` are offsets of line feeds that editors don't count as line ends: the file has something rarer there.
    """

    path: Path
    text: str
    sha256: str = ""
    encoding: str = "utf-8"
    marks: tuple[Mark, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    soft: frozenset[int] = frozenset()

    def __getstate__(self) -> dict[str, object]:
        """What is sent to another process: not what is found out again there if it is asked for."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.path, self.text, self.soft)

    def place(self, offset: int) -> Location:
        """Where the character at an offset stands in the file: line and column from 1."""
        return self._lines.place(offset)
