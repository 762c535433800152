"""Compiled schemas on the disk, kept from one run to the next: plain data, looked for by content and version.

What is there is never trusted: a file that is damaged, cut off, of another version or of other schemas is as good as
none. It holds JSON behind a checksum, so the worst that it can do is to be ignored.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from teipipe import __version__
from teipipe.documents import read_bytes
from teipipe.errors import TeipipeError, UnreadableError
from teipipe.folders import absolute, is_inside

#: To be raised whenever the form of the data, or what the automaton makes of a schema, changes.
FORMAT: Final = 3

#: Files that are kept; those that weren't used for the longest time go first.
_FILES: Final = 40

_SUFFIX: Final = ".schema"


def checksum(files: Iterable[Path]) -> str:
    """The SHA-256 of some files, one after the other; of one that can't be read any more, of nothing."""
    total = hashlib.sha256()
    for file in files:
        with suppress(UnreadableError):
            total.update(read_bytes(file))
    return total.hexdigest()


@dataclass(frozen=True, slots=True)
class Kept:
    """A compiled schema as it was found: its `body` as `Schema` makes it, the checksum of the schema's files."""

    body: bytes
    checksum: str


class Store:
    """Compiled schemas in a folder, which need not exist; `entry` and `files` say which one `keep` is about."""

    def __init__(self, folder: Path, *, entry: str = "", files: Sequence[tuple[str, str]] = ()) -> None:
        self.folder = folder
        self._entry = entry
        self._files = files

    def of(self, path: Path, root: Path | None, files: Sequence[Path]) -> Store | None:
        """The same store, for the schema `path`, made of these files; None if one of them can't be read."""
        try:
            entry = _entry(path)
            home = absolute(path).parent
            sums = [(os.path.relpath(absolute(file), home), checksum([file])) for file in dict.fromkeys(files)]
        except (OSError, ValueError):
            return None
        return Store(self.folder, entry=entry, files=sums)

    def find(self, path: Path, root: Path | None) -> Kept | None:
        """The compiled form of the schema in the file `path`; None if there is none that can be used."""
        try:
            entry = _entry(path)
            place = self.folder / f"{entry}{_SUFFIX}"
            data = read_bytes(place)
        except (OSError, TeipipeError):
            return None
        digest, _, rest = data.partition(b"\n")
        if hashlib.sha256(rest).hexdigest().encode("ascii") != digest:
            return None
        header, _, body = rest.partition(b"\n")
        home = absolute(path).parent
        limit = home if root is None else absolute(root)
        try:
            names = json.loads(header)["files"]
            files = [(home / name, known) for name, known in names]
            # The first is the schema itself: wherever that is, it was named.
            if any(not is_inside(file, limit) for file, _ in files[1:]):
                return None
            if not files or any(checksum([file]) != known for file, known in files):
                return None
        except (AttributeError, LookupError, RecursionError, TypeError, ValueError, OSError):
            return None  # not as `keep` wrote it
        self._entry, self._files = entry, names
        with suppress(OSError):
            os.utime(place)
        return Kept(body, checksum([file for file, _ in files]))

    def keep(self, body: bytes) -> None:
        """Write a compiled schema down; what can't be written is not kept, and nothing else happens."""
        from teipipe.files import make_folder, write

        rest = json.dumps({"files": self._files}).encode() + b"\n" + body
        data = hashlib.sha256(rest).hexdigest().encode("ascii") + b"\n" + rest
        with suppress(TeipipeError, OSError):
            make_folder(self.folder)
            write(self.folder / f"{self._entry}{_SUFFIX}", data)
            self._forget()

    def _forget(self) -> None:
        files = sorted(self.folder.glob(f"*{_SUFFIX}"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in files[_FILES:]:
            file.unlink(missing_ok=True)


def _entry(path: Path) -> str:
    """The name under which the schema in this file is kept: by what it says and which program compiled it."""
    version = f"{__version__} {FORMAT} {absolute(path).name}".encode("utf-8", "surrogateescape")
    return hashlib.sha256(version + b"\0" + path.read_bytes()).hexdigest()[:40]
