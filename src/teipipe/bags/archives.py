"""Zip and tar, as plain as they can be: nothing in them depends on when, where, by whom or by what they were made.

Nothing is compressed: versions of zlib differ in what they make of the same bytes, and of a damaged archive all files
but the damaged one can still be read. What is written here is read back by Python's own modules.
"""

from __future__ import annotations

import os
import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Final
from zlib import crc32

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

Write = Callable[[bytes | memoryview], None]


class _Appending:
    """Writes to the end of an open file, and knows where that is."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.position = 0

    def write(self, data: bytes | memoryview) -> None:
        """Write all of it; a system may take fewer bytes at a time."""
        self.position += len(data)
        view = memoryview(data)
        while view:
            view = view[os.write(self.descriptor, view) :]


class Zip(_Appending):
    """A zip file that is being written."""

    def __init__(self, descriptor: int) -> None:
        super().__init__(descriptor)
        self._directory: list[bytes] = []

    @contextmanager
    def entry(self, name: str, size: int) -> Iterator[Write]:
        """What the bytes of a new entry are given to, `size` of them."""
        crc = 0

        def write(data: bytes | memoryview) -> None:
            nonlocal crc
            crc = crc32(data, crc)
            self.write(data)

        at = self.position
        self.write(local_header(File(name, size)))
        yield write
        os.pwrite(self.descriptor, struct.pack("<L", crc), at + CRC_AT)
        self._directory.append(directory_entry(File(name, size, crc), at))

    def close(self) -> None:
        """Write the directory."""
        start = self.position
        for entry in self._directory:
            self.write(entry)
        self.write(directory_end(len(self._directory), self.position - start, start))

    @staticmethod
    def entries(file: IO[bytes]) -> Iterator[tuple[str, IO[bytes]]]:
        """The names of what is in a zip file, and their bytes, each to be read before the next one."""
        with zipfile.ZipFile(file) as archive:
            for info in archive.infolist():
                with archive.open(info) as entry:
                    yield info.filename, entry


class Tar(_Appending):
    """A tar file that is being written."""

    @contextmanager
    def entry(self, name: str, size: int) -> Iterator[Write]:
        """What the bytes of a new entry are given to, `size` of them."""
        self.write(tar_header(name, size))
        yield self.write
        self.write(tar_padding(size))

    def close(self) -> None:
        """Write the end, and fill the last record."""
        self.write(tar_end(self.position))

    @staticmethod
    def entries(file: IO[bytes]) -> Iterator[tuple[str, IO[bytes]]]:
        """The names of what is in a tar file, and their bytes, each to be read before the next one."""
        with tarfile.open(fileobj=file, mode="r:", encoding="utf-8") as archive:
            while (info := archive.next()) is not None:
                entry = archive.extractfile(info)
                assert entry is not None
                with entry:
                    yield info.name, entry
                archive.members = []  # type: ignore[attr-defined] # it would remember every file


#: What is raised where an archive can't be read.
DAMAGED: Final = (zipfile.BadZipFile, tarfile.TarError, EOFError)

#: What writes an archive and reads it, by the ending of its name.
KINDS: Final[Mapping[str, type[Zip] | type[Tar]]] = {".zip": Zip, ".tar": Tar}
