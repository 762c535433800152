"""What is known of every document of a project, kept on the disk: found by its stat, or its content, to be the same.

What is there is never trusted: an index that is damaged, of another version or of another project is as good as none,
and one that can't be written costs time only.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from teipipe import __version__
from teipipe.documents import read_bytes
from teipipe.errors import TeipipeError, UnreadableError
from teipipe.files import make_folder
from teipipe.folders import absolute, absolute_name
from teipipe.validate.summary import Summary, name_of

#: To be raised when the form of the index, or what a summary says, changes.
FORMAT: Final = 1

#: Seconds to wait for another run that writes the same index.
_PATIENCE: Final = 5.0
#: A file that was written so shortly before the index may have been written again since, within the clock's grain: as
#: git does, its content is looked at.
_GRAIN: Final = 2_000_000_000

#: Another run has it, or it can't be opened or written here: nothing is wrong with it.
_OUT_OF_REACH: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)

_TABLES: Final = """
    CREATE TABLE about (version TEXT, root TEXT);
    CREATE TABLE files (name TEXT PRIMARY KEY, stat TEXT, seen INTEGER, content BLOB, summary TEXT) WITHOUT ROWID;
    CREATE TABLE links (target TEXT, source TEXT, PRIMARY KEY (target, source)) WITHOUT ROWID;
    CREATE INDEX sources ON links (source);
"""


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    stat: str
    seen: int
    content: bytes
    summary: str | None


#: Makes the summary of a document; None if it can't be read or isn't well-formed.
Summarise = Callable[[Path], Summary | None]


class Index:
    """The summaries of the documents of the project in `root`; kept in `folder`, or if that is None, nowhere."""

    def __init__(self, root: Path, folder: Path | None) -> None:
        self._root = absolute(root)
        self._home = f"{self._root}{os.sep}"
        self._database = self._opened(folder)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def name(self, path: Path) -> str:
        """How the index calls a file."""
        return name_of(absolute_name(path), self._home)

    def refresh(
        self, documents: Sequence[Path], summarise: Summarise, progress: Callable[[int], None]
    ) -> dict[str, Path]:
        """Have the index know these documents, and only these, as they are now; they by the names that it has for them.

        Only what has changed is read. `progress` is told how many are done.
        """
        names = {self.name(path): path for path in documents}
        new: list[_Row] = []
        for name, path in names.items():
            known = self._rows.get(name)
            row = _current(name, path, known, summarise)
            if row is not None and row is not known:
                new.append(row)
            progress(1)
        gone = self._rows.keys() - names.keys()
        if new or gone:
            self._write([*gone, *(row.name for row in new)], new)
        return names

    def pointing_at(self, names: Iterable[str]) -> set[str]:
        """The documents that point at files."""
        found: set[str] = set()
        for name in names:
            answers = self._database.execute("SELECT source FROM links WHERE target = ?", (name,))
            found.update(source for (source,) in answers)
        return found

    def summaries(self) -> Iterator[tuple[str, Summary | None]]:
        """Every document with what is known of it; None for one that isn't well-formed."""
        for row in self._rows.values():
            yield row.name, None if row.summary is None else Summary.unpack(row.summary)

    def _opened(self, folder: Path | None) -> sqlite3.Connection:
        if folder is not None:
            path = folder / f"index-{hashlib.sha256(os.fsencode(self._root)).hexdigest()[:16]}.sqlite"
            for _ in range(2):
                try:
                    make_folder(folder)
                    return self._ready(sqlite3.connect(path, timeout=_PATIENCE))
                except (sqlite3.Error, ValueError) as error:
                    if getattr(error, "sqlite_errorcode", None) in _OUT_OF_REACH:
                        break
                    with suppress(OSError):
                        path.unlink()
                except (OSError, TeipipeError):
                    break
        return self._ready(sqlite3.connect(":memory:"))

    def _ready(self, database: sqlite3.Connection) -> sqlite3.Connection:
        """The database with its tables, empty if they were those of something else; raises sqlite3.Error."""
        version = f"{FORMAT} {__version__}"
        try:
            (form,) = database.execute("PRAGMA user_version").fetchone()
            is_new = form == 0
            if form not in (0, FORMAT):
                raise ValueError
            if not is_new and database.execute("SELECT version, root FROM about").fetchall() != [(version, self._home)]:
                raise ValueError
            if is_new:
                database.executescript(f"BEGIN IMMEDIATE;{_TABLES}PRAGMA user_version = {FORMAT};")
                database.execute("INSERT INTO about VALUES (?, ?)", (version, self._home))
                database.commit()
            self._rows = {row.name: row for row in _rows(database)}
        except (sqlite3.Error, ValueError):
            database.close()
            raise
        return database

    def _write(self, gone: Iterable[str], new: Sequence[_Row]) -> None:
        """All of it or nothing; where it can't be kept on the disk, in memory."""
        listed = list(gone)
        try:
            with self._database:
                _replace(self._database, listed, new)
        except sqlite3.OperationalError:
            memory = sqlite3.connect(":memory:")
            self._database.backup(memory)
            self._database.close()
            self._database = memory
            _replace(memory, listed, new)
        for name in listed:
            self._rows.pop(name, None)
        self._rows.update((row.name, row) for row in new)


def _rows(database: sqlite3.Connection) -> Iterator[_Row]:
    """What the database says of each document; raises ValueError if that is nothing that could have been written."""
    for values in database.execute("SELECT name, stat, seen, content, summary FROM files"):
        row = _Row(*values)
        if [type(value) for value in values[:4]] != [str, str, int, bytes]:
            raise ValueError
        if row.summary is not None:
            Summary.unpack(row.summary)
        yield row


def _current(name: str, path: Path, row: _Row | None, summarise: Summarise) -> _Row | None:
    """What is known of a document, newly found out if need be; None if there is no such file."""
    try:
        stat = path.stat()
    except OSError:
        return None
    now = time.time_ns()
    key = f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}"
    if row is not None and row.stat == key and max(stat.st_mtime_ns, stat.st_ctime_ns) < row.seen - _GRAIN:
        return row
    try:
        content = hashlib.sha256(read_bytes(path)).digest()
    except UnreadableError:
        return _Row(name, "", now, b"", None)
    if row is not None and row.content == content:
        return _Row(name, key, now, content, row.summary)
    summary = summarise(path)
    return _Row(name, key, now, content, None if summary is None else summary.pack())


def _replace(database: sqlite3.Connection, gone: Iterable[str], new: Iterable[_Row]) -> None:
    listed = [(name,) for name in gone]
    database.executemany("DELETE FROM files WHERE name = ?", listed)
    database.executemany("DELETE FROM links WHERE source = ?", listed)
    for row in new:
        values = (row.name, row.stat, row.seen, row.content, row.summary)
        database.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?)", values)
        if row.summary is not None:
            targets = ((target, row.name) for target, _ in Summary.unpack(row.summary).targets())
            database.executemany("INSERT OR IGNORE INTO links VALUES (?, ?)", targets)
