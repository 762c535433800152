"""What is known of the files of a package while it is written: on the disk, so that many take no more memory than few.

It lies in databases whose files have no name, in the folder for temporary files, and only once it no longer fits into
half a megabyte: they are gone with the process, whatever the end is.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path
from tempfile import gettempdir
from typing import Final

from teipipe.bags.copying import Source, size_of, source_of
from teipipe.bags.items import Item, Stored
from teipipe.errors import OutputError

_HELP: Final = "make room for temporary files, or name another folder for them (TMPDIR)"
_SETTINGS: Final = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-128; BEGIN;"
#: What paths in the payload begin with, and what comes after all of them.
_DATA: Final = "data/"
_BEHIND: Final = "data0"


@contextmanager
def kept() -> Iterator[None]:
    """Raise OutputError if there is no room for what is known of the files."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OutputError(
            f"what is known of the files can't be kept: {error}", path=Path(gettempdir()), help=_HELP
        ) from error


class _Private(sqlite3.Connection):
    """A database that ends with whoever has it."""

    def __del__(self) -> None:
        self.close()


def database(tables: str) -> sqlite3.Connection:
    """An empty database that nobody else sees, with these tables."""
    connection = sqlite3.connect("", isolation_level=None, check_same_thread=False, factory=_Private)
    connection.executescript(_SETTINGS + tables)
    return connection


class Plan:
    """The items of a package, in order of their paths, each with its size once it was looked at."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._database = database("CREATE TABLE item (path BLOB, file BLOB, size INTEGER, sha256 TEXT)")
        self._held: dict[int, bytes] = {}  # whoever gives bytes mostly holds them, too
        rows = starmap(self._row, enumerate(map(source_of, items), 1))
        self._database.executemany("INSERT INTO item (rowid, path, file, size, sha256) VALUES (?, ?, ?, ?, ?)", rows)
        self._database.execute("CREATE INDEX by_path ON item (path)")

    def _row(self, number: int, source: Source) -> tuple[int, bytes, bytes | None, int, str]:
        path = source.path.encode("utf-8", "surrogatepass")
        if isinstance(source.origin, bytes):
            self._held[number] = source.origin
            return number, path, None, source.size, source.sha256
        return number, path, os.fsencode(source.origin), source.size, source.sha256

    def __iter__(self) -> Iterator[Source]:
        for _, source in self._rows():
            yield source

    def look(self) -> None:
        """Take down the size of each; raises UnreadableError if one can't be read by the looks of it."""
        sizes = ((size_of(source), number) for number, source in self._rows())
        self._database.executemany("UPDATE item SET size = ? WHERE rowid = ?", sizes)

    @property
    def size(self) -> int:
        """The bytes of all of them."""
        return int(self._database.execute("SELECT coalesce(sum(size), 0) FROM item").fetchone()[0])

    def _rows(self) -> Iterator[tuple[int, Source]]:
        for number, path, file, size, digest in self._database.execute(
            "SELECT rowid, path, file, size, sha256 FROM item ORDER BY path, rowid"
        ):
            origin = self._held[number] if file is None else os.fsdecode(file)
            yield number, Source(path.decode("utf-8", "surrogatepass"), origin, size, digest)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that was written: its path from the package's root, its checksums, CRC-32 too where an archive has it."""

    path: str
    size: int
    sha256: bytes
    sha512: bytes
    crc: int = 0


class Entries(Mapping[str, Stored]):
    """The files of a package that were written; as a mapping, those of the payload by their paths, in their order."""

    def __init__(self) -> None:
        self._database = database(
            "CREATE TABLE entry"
            " (number INTEGER PRIMARY KEY, path TEXT UNIQUE, size INTEGER, sha256 BLOB, sha512 BLOB, crc INTEGER)"
        )

    def add(self, entry: Entry) -> None:
        """Note a file that was written after all before."""
        row = (entry.path, entry.size, entry.sha256, entry.sha512, entry.crc)
        self._database.execute("INSERT INTO entry (path, size, sha256, sha512, crc) VALUES (?, ?, ?, ?, ?)", row)

    def add_stored(self, stored: Stored, crc: int = 0) -> None:
        """Note a file of the payload."""
        digests = bytes.fromhex(stored.sha256), bytes.fromhex(stored.sha512)
        self.add(Entry(f"{_DATA}{stored.path}", stored.size, *digests, crc))

    def as_written(self) -> Iterator[Entry]:
        """All files, tag files too, in the order in which they were written."""
        for row in self._database.execute("SELECT path, size, sha256, sha512, crc FROM entry ORDER BY number"):
            yield Entry(*row)

    def checksums(self, algorithm: str) -> Iterator[tuple[str, str]]:
        """The files of the payload by their paths from the package's root, in their order, each with one checksum."""
        for one in self._payload():
            yield one.path, (one.sha256 if algorithm == "sha256" else one.sha512).hex()

    @property
    def number(self) -> int:
        """How many files there are, tag files too."""
        return int(self._database.execute("SELECT count(*) FROM entry").fetchone()[0])

    @property
    def size(self) -> int:
        """The bytes of the payload."""
        return int(self._of_payload("coalesce(sum(size), 0)").fetchone()[0])

    def __getitem__(self, path: str) -> Stored:
        query = "SELECT path, size, sha256, sha512 FROM entry WHERE path = ?"
        row = self._database.execute(query, (f"{_DATA}{path}",)).fetchone()
        if row is None:
            raise KeyError(path)
        return _stored(Entry(*row))

    def __iter__(self) -> Iterator[str]:
        for one in self._payload():
            yield one.path.removeprefix(_DATA)

    def __len__(self) -> int:
        return int(self._of_payload("count(*)").fetchone()[0])

    def _payload(self) -> Iterator[Entry]:
        for row in self._of_payload("path, size, sha256, sha512, crc"):
            yield Entry(*row)

    def _of_payload(self, what: str) -> sqlite3.Cursor:
        query = f"SELECT {what} FROM entry WHERE path >= ? AND path < ? ORDER BY path"
        return self._database.execute(query, (_DATA, _BEHIND))


def _stored(entry: Entry) -> Stored:
    return Stored(entry.path.removeprefix(_DATA), entry.size, entry.sha256.hex(), entry.sha512.hex())
