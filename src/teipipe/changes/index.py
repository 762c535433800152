"""What is known of every document of a project, kept on the disk: found by its stat, or its content, to be the same.

What is there is never trusted: an index that is damaged, of another version or of another project is as good as none,
and one that can't be written costs time only.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Final, NamedTuple

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
    CREATE TABLE files (name TEXT PRIMARY KEY, stat TEXT, seen INTEGER, content BLOB, summary TEXT, seal INTEGER)
    WITHOUT ROWID;
"""


class _Row(NamedTuple):
    name: str
    stat: str
    seen: int
    content: bytes
    summary: str | None

    @property
    def seal(self) -> int:
        """What tells that a bit of it has changed on the disk."""
        text = f"{self.name}\0{self.stat}\0{self.seen}\0{self.summary}"
        return zlib.crc32(text.encode("utf-8", "surrogatepass"), zlib.crc32(self.content))


#: Makes the summary of a document; None if it can't be read or isn't well-formed.
Summarise = Callable[[Path], Summary | None]


class Index:
    """The summaries of the documents of the project in `root`; kept in `folder`, or if that is None, nowhere."""

    def __init__(self, root: Path, folder: Path | None) -> None:
        self._root = absolute(root)
        self._home = f"{self._root}{os.sep}"
        self._rows: dict[str, _Row] = {}
        self._database = None if folder is None else self._opened(folder)

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
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
        for name in gone:
            del self._rows[name]
        self._rows.update((row.name, row) for row in new)
        if self._database is not None and (new or gone):
            # Where it can't be written, it is found out again next time.
            with suppress(sqlite3.Error), self._database:
                _write(self._database, gone, new)
        return names

    def summaries(self) -> Iterator[tuple[str, Summary | None]]:
        """Every document with what is known of it; None for one that isn't well-formed."""
        for row in self._rows.values():
            yield row.name, None if row.summary is None else Summary.unpack(row.summary)

    def _opened(self, folder: Path) -> sqlite3.Connection | None:
        """The database; None if it can't be had, without a complaint: everything is read anew."""
        path = folder / f"index-{hashlib.sha256(os.fsencode(self._root)).hexdigest()[:16]}.sqlite"
        for _ in range(2):
            try:
                make_folder(folder)
                database = sqlite3.connect(path, timeout=_PATIENCE)
                with ExitStack() as stack:
                    stack.callback(database.close)
                    self._rows = {row.name: row for row in _loaded(database, self._home)}
                    stack.pop_all()
                return database
            except (sqlite3.Error, ValueError, TypeError) as error:
                if getattr(error, "sqlite_errorcode", None) in _OUT_OF_REACH:
                    return None
                with suppress(OSError):
                    path.unlink()
            except (OSError, TeipipeError):
                return None
        return None


def _loaded(database: sqlite3.Connection, home: str) -> Iterator[_Row]:
    """What the database has about the project in the folder `home`; a new one gets its tables.

    Raises sqlite3.Error, ValueError or TypeError if it is nothing that could have been written here.
    """
    version = f"{FORMAT} {__version__}"
    (form,) = database.execute("PRAGMA user_version").fetchone()
    if form == 0:
        database.executescript(f"BEGIN IMMEDIATE;{_TABLES}PRAGMA user_version = {FORMAT};")
        database.execute("INSERT INTO about VALUES (?, ?)", (version, home))
        database.commit()
    elif form != FORMAT or database.execute("SELECT version, root FROM about").fetchall() != [(version, home)]:
        raise ValueError
    for *values, seal in database.execute("SELECT name, stat, seen, content, summary, seal FROM files"):
        row = _Row(*values)
        if row.seal != seal:
            raise ValueError
        if row.summary is not None:
            Summary.unpack(row.summary)
        yield row


def _write(database: sqlite3.Connection, gone: Iterable[str], new: Sequence[_Row]) -> None:
    database.executemany("DELETE FROM files WHERE name = ?", [(name,) for name in gone])
    rows = ((*row, row.seal) for row in new)
    database.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)", rows)


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
