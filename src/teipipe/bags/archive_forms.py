"""What our archives consist of around the bytes of the files: all of it follows from their names, sizes and CRC-32.

`to_archive` writes archives by the libraries of Python; what is said here is compared with what is there, so that no
byte of a package can change unseen. A test holds both against each other.
"""

from __future__ import annotations

import struct
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

#: From here on, zip has numbers in further fields.
_LIMIT: Final = (1 << 31) - 1
_MANY: Final = 0xFFFF
_ALL: Final = 0xFFFFFFFF
_1980: Final = 33
_UNIX: Final = 3
_ATTRIBUTES: Final = 0o100644 << 16
_UTF_8: Final = 0x800
_TAR_TIME: Final = 315_532_800


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an archive: about which file it is, "" if about all; what it is; its bytes, or those of the file."""

    name: str
    what: str
    data: bytes = b""
    content: int = 0


@dataclass(frozen=True, slots=True)
class File:
    """A file in an archive, in the order in which they lie there."""

    name: str
    size: int
    crc: int = 0


def tar_parts(files: Sequence[File]) -> Iterator[Part]:
    """Yield the parts of a tar file."""
    position = 0
    for file in files:
        header = _tar_header(file.name, file.size)
        padding = -file.size % tarfile.BLOCKSIZE
        yield Part(file.name, "the header", header)
        yield Part(file.name, "the bytes", content=file.size)
        yield Part(file.name, "the padding", bytes(padding))
        position += len(header) + file.size + padding
    position += 2 * tarfile.BLOCKSIZE
    yield Part("", "the end", bytes(2 * tarfile.BLOCKSIZE + -position % tarfile.RECORDSIZE))


@lru_cache(maxsize=1024)
def _tar_header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o644, _TAR_TIME
    return info.tobuf(tarfile.PAX_FORMAT, "utf-8", "strict")


def zip_parts(files: Sequence[File]) -> Iterator[Part]:
    """Yield the parts of a zip file; those of its directory follow after all files."""
    offsets, position = [], 0
    for file in files:
        offsets.append(position)
        header = _local_header(file)
        yield Part(file.name, "the header", header)
        yield Part(file.name, "the bytes", content=file.size)
        position += len(header) + file.size
    start = position
    for file, offset in zip(files, offsets, strict=True):
        entry = _directory_entry(file, offset)
        yield Part(file.name, "the line in the directory", entry)
        position += len(entry)
    yield Part("", "the end", _directory_end(len(files), position - start, start))


def _encoded(name: str) -> tuple[bytes, int]:
    return name.encode(), 0 if name.isascii() else _UTF_8


def _is_huge(size: int) -> bool:
    return size * 1.05 > _LIMIT


@lru_cache(maxsize=1024)
def _local_header(file: File) -> bytes:
    name, flags = _encoded(file.name)
    size, version, extra = file.size, 20, b""
    if _is_huge(file.size):
        size, version, extra = _ALL, 45, struct.pack("<2H2Q", 1, 16, file.size, file.size)
    fields = (b"PK\3\4", version, flags, 0, 0, _1980, file.crc, size, size, len(name), len(extra))
    return struct.pack("<4s5H3L2H", *fields) + name + extra


@lru_cache(maxsize=1024)
def _directory_entry(file: File, offset: int) -> bytes:
    name, flags = _encoded(file.name)
    large: list[int] = []
    size, place = file.size, offset
    if file.size > _LIMIT:
        size, large = _ALL, [file.size, file.size]
    if offset > _LIMIT:
        place, large = _ALL, [*large, offset]
    extra = struct.pack(f"<2H{len(large)}Q", 1, 8 * len(large), *large) if large else b""
    version = 45 if large or _is_huge(file.size) else 20
    made_by = version | _UNIX << 8
    start = (b"PK\1\2", made_by, version, flags, 0, 0, _1980, file.crc, size, size, len(name), len(extra))
    return struct.pack("<4s6H3L5H2L", *start, 0, 0, 0, _ATTRIBUTES, place) + name + extra


def _directory_end(count: int, size: int, start: int) -> bytes:
    before = b""
    shown_count, shown_size, shown_start = count, size, start
    if count > _MANY or start > _LIMIT or size > _LIMIT:
        before = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, start)
        before += struct.pack("<4sLQL", b"PK\6\7", 0, start + size, 1)
        shown_count, shown_size, shown_start = min(count, _MANY), min(size, _ALL), min(start, _ALL)
    return before + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, shown_count, shown_count, shown_size, shown_start, 0)
