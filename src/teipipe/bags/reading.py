"""Reads packages, whoever made them: a folder, a zip or a tar file, of which nothing is believed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a package: its path from the package's root (POSIX), and its size in bytes."""

    path: str
    size: int


class Bag(Protocol):
    """A package that is open for reading; no path of it leads out of it, and nothing in it is a link."""

    path: Path

    def members(self) -> Iterator[Member]:
        """All files, in order of their paths."""

    def open(self, path: str) -> IO[bytes]:
        """A file's bytes, from its start; raises UnreadableError if it isn't there, or can't be read."""

    def extract(self, folder: Path, below: str = "") -> None:
        """Write the files below a path of the package into a folder, by their paths from there; raises OutputError."""


@contextmanager
def open_bag(path: Path) -> Iterator[Bag]:
    """The package in a folder, a .zip or a .tar file.

    Raises UnreadableError if there is none, BagError if it can't be read safely (links, devices, paths that lead out,
    more than it claims to hold).
    """
    raise NotImplementedError
    yield
