"""Zip and tar, as plain as they can be: nothing in them depends on when, where, by whom or by what they were made.

Nothing is compressed: versions of zlib differ in what they make of the same bytes, and of a damaged archive all files
but the damaged one can still be read. Tests have Python's own modules read what is written here.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from mmap import mmap
from typing import Final

from teipipe.bags.archive_forms import (
    CRC_AT,
    File,
    directory_end,
    directory_entry,
    local_header,
    tar_end,
    tar_header,
    tar_padding,
)
from teipipe.bags.copying import PIECE, ask_for_direct, do_without_direct, write_past_memory
from teipipe.bags.hashing import Crc
from teipipe.bags.records import database

Write = Callable[[bytes | memoryview], None]


class _Appending:
    """Writes to the end of an open file, past what the system remembers, and knows where that is."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._buffer = memoryview(mmap(-1, PIECE))
        self._filled = 0
        self._patches: list[tuple[int, bytes]] = []
        self.position = 0
        ask_for_direct(descriptor)

    def write(self, data: bytes | memoryview) -> None:
        """Write all of it, in large pieces."""
        self.position += len(data)
        view = memoryview(data)
        while view:
            part = view[: len(self._buffer) - self._filled]
            self._buffer[self._filled : self._filled + len(part)] = part
            self._filled += len(part)
            view = view[len(part) :]
            if self._filled == len(self._buffer):
                self.flush()

    def patch(self, place: int, data: bytes) -> None:
        """Write something over what was written at a place: at the end, if that is on the disk already."""
        start = self.position - self._filled
        gone = data[: max(0, start - place)]
        if gone:
            self._patches.append((place, gone))
        held = data[len(gone) :]
        if held:
            at = place + len(gone) - start
            self._buffer[at : at + len(held)] = held

    def finish(self) -> None:
        """Write what has not been written."""
        self.flush()
        do_without_direct(self._descriptor)
        for place, data in self._patches:
            os.pwrite(self._descriptor, data, place)

    def flush(self) -> None:
        """Write what is held back."""
        write_past_memory(self._descriptor, self._buffer[: self._filled])
        self._filled = 0


class Zip(_Appending):
    """A zip file that is being written."""

    def __init__(self, descriptor: int) -> None:
        super().__init__(descriptor)
        # It would grow by a line with each file.
        self._directory = database("CREATE TABLE line (data BLOB)")

    @contextmanager
    def entry(self, name: str, size: int, crc: Crc | None = None) -> Iterator[Write]:
        """What the bytes of a new entry are given to, `size` of them; `crc` is asked for their CRC-32 after that.

        Without one, it is computed here.
        """
        own = Crc()

        def write(data: bytes | memoryview) -> None:
            own.update(data)
            self.write(data)

        at = self.position
        self.write(local_header(File(name, size)))
        yield write if crc is None else self.write
        value = (crc or own).value
        self.patch(at + CRC_AT, struct.pack("<L", value))
        line = directory_entry(File(name, size, value), at)
        self._directory.execute("INSERT INTO line VALUES (?)", (line,))

    def close(self) -> None:
        """Write the directory."""
        start = self.position
        number = 0
        for (line,) in self._directory.execute("SELECT data FROM line ORDER BY rowid"):
            number += 1
            self.write(line)
        self.write(directory_end(number, self.position - start, start))
        self.finish()


class Tar(_Appending):
    """A tar file that is being written."""

    @contextmanager
    def entry(self, name: str, size: int, crc: Crc | None = None) -> Iterator[Write]:
        """What the bytes of a new entry are given to, `size` of them; their CRC-32 doesn't matter."""
        self.write(tar_header(name, size))
        yield self.write
        self.write(tar_padding(size))

    def close(self) -> None:
        """Write the end, and fill the last record."""
        self.write(tar_end(self.position))
        self.finish()


#: What writes an archive, by the ending of its name.
KINDS: Final[Mapping[str, type[Zip] | type[Tar]]] = {".zip": Zip, ".tar": Tar}
