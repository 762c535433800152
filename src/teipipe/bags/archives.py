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

Write = Callable[[bytes | memoryview], None]

_MODE: Final = 0o644
#: The earliest time that zip knows, as zip's date and as tar's seconds: 1 January 1980.
_DATE: Final = 1 << 5 | 1
_SECONDS: Final = 315_532_800

#: The parts of a zip file (PKWARE's APPNOTE, 4.3): headers before files, the directory, and the ends of it.
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")
_END_64: Final = struct.Struct("<4sQ2H2L4Q")
_LOCATOR: Final = struct.Struct("<4sLQL")
_CRC_AT: Final = 14
#: What can't be said in four bytes, or in two, is said elsewhere (APPNOTE, 4.5.3), which takes version 4.5 to read.
_FOUR: Final = 0xFFFFFFFF
_TWO: Final = 0xFFFF
_PLAIN, _LARGE = 20, 45
_UNIX: Final = 3 << 8
_IN_UTF_8: Final = 1 << 11


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
        raw = name.encode()
        flags = 0 if name.isascii() else _IN_UTF_8
        extra = _in_eight([size, size]) if size >= _FOUR else b""
        said = min(size, _FOUR)
        version = _LARGE if extra else _PLAIN
        header = (b"PK\3\4", version, flags, 0, 0, _DATE, 0, said, said, len(raw), len(extra))
        self.write(_LOCAL.pack(*header) + raw + extra)
        yield write
        os.pwrite(self.descriptor, struct.pack("<L", crc), at + _CRC_AT)
        self._directory.append(_central(raw, flags, crc, size, at))

    def close(self) -> None:
        """Write the directory."""
        start, number = self.position, len(self._directory)
        for entry in self._directory:
            self.write(entry)
        size = self.position - start
        if number >= _TWO or start + size >= _FOUR:
            at = self.position
            versions = (_UNIX | _LARGE, _LARGE)
            self.write(_END_64.pack(b"PK\6\6", _END_64.size - 12, *versions, 0, 0, number, number, size, start))
            self.write(_LOCATOR.pack(b"PK\6\7", 0, at, 1))
        shown = min(number, _TWO)
        self.write(_END.pack(b"PK\5\6", 0, 0, shown, shown, min(size, _FOUR), min(start, _FOUR), 0))

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
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, _MODE, _SECONDS
        self.write(info.tobuf(tarfile.PAX_FORMAT, "utf-8", "strict"))
        yield self.write
        self.write(bytes(-size % tarfile.BLOCKSIZE))

    def close(self) -> None:
        """Write the end, and fill the last record."""
        self.write(bytes(2 * tarfile.BLOCKSIZE))
        self.write(bytes(-self.position % tarfile.RECORDSIZE))

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


def _central(name: bytes, flags: int, crc: int, size: int, at: int) -> bytes:
    large = [number for number in (size, size, at) if number >= _FOUR]
    extra = _in_eight(large) if large else b""
    version = _LARGE if large else _PLAIN
    sizes = (min(size, _FOUR), min(size, _FOUR), len(name), len(extra))
    header = (b"PK\1\2", _UNIX | version, version, flags, 0, 0, _DATE, crc, *sizes, 0, 0, 0)
    return _CENTRAL.pack(*header, (0o100000 | _MODE) << 16, min(at, _FOUR)) + name + extra


def _in_eight(numbers: list[int]) -> bytes:
    """Numbers that are too large for where they belong."""
    return struct.pack(f"<2H{len(numbers)}Q", 1, 8 * len(numbers), *numbers)


#: What is raised where an archive can't be read.
DAMAGED: Final = (zipfile.BadZipFile, tarfile.TarError, EOFError)
#: What writes an archive and reads it, by the ending of its name.
KINDS: Final[Mapping[str, type[Zip] | type[Tar]]] = {".zip": Zip, ".tar": Tar}
