"""What a build tells: while it goes on, and at its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from teipipe.diagnostics import Diagnostic, exit_code


class FileState(Enum):
    """What became of a file of the output."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class OutputFile:
    """One file that a build dealt with: its name in the output folder (POSIX), and its size in bytes (0 if removed)."""

    folder: Path
    name: str
    state: FileState
    size: int

    @property
    def path(self) -> Path:
        """Where it lies; a build deals with ten thousands, and few are asked for their paths."""
        return Path(self.folder, self.name)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """The end of a build: every file in the order in which it was dealt with, the findings, and where the time went.

    `seconds` maps the phases, in order, to wall time; `documents` is how many were built anew, `up_to_date` how many
    needed not be; `pages` and `pages_up_to_date` say the same of the pages about the whole, `books` and
    `books_up_to_date` of the files that are books.
    """

    files: tuple[OutputFile, ...]
    diagnostics: tuple[Diagnostic, ...]
    documents: int
    seconds: Mapping[str, float]
    up_to_date: int = 0
    pages: int = 0
    pages_up_to_date: int = 0
    books: int = 0
    books_up_to_date: int = 0

    @property
    def exit_code(self) -> int:
        """0 clean, 1 findings, 2 something could not be built."""
        return exit_code(self.diagnostics)

    def count(self, state: FileState) -> int:
        """How many files are in this state."""
        return sum(file.state is state for file in self.files)


class Observer(Protocol):
    """Is told how a build goes on."""

    def planned(self, steps: int) -> None:
        """There will be so many steps: one for each document, one for the pages about the whole, one for each book."""

    def step(self, name: str) -> None:
        """One step is done: that of the document in this file, of the pages, or of the book at this path."""

    def file(self, file: OutputFile) -> None:
        """A file has been dealt with."""


class Silent:
    """An observer that does nothing."""

    def planned(self, steps: int) -> None:
        """Do nothing."""

    def step(self, name: str) -> None:
        """Do nothing."""

    def file(self, file: OutputFile) -> None:
        """Do nothing."""
