"""The bytes around the files of our archives: all of them follow from the names, sizes and CRC-32 of the files.

`archives` writes them; checking compares them with what is there, so that no byte of a package changes unseen.
"""

from __future__ import annotations

import struct
import tarfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

#: The place of a file's CRC-32 in its header in a zip file.
CRC_AT: Final = 14

#: What the part of an archive is called that is a file's own bytes.
CONTENT: Final = "the bytes"

_MODE: Final = 0o644
#: The earliest time that zip knows, as zip's date and as tar's seconds: 1 January 1980.
_DATE: Final = 1 << 5 | 1
_SECONDS: Final = 315_532_800

#: The parts of a zip file (PKWARE's APPNOTE, 4.3): headers before files, the directory, and the ends of it.
ZIP_LOCAL: Final = struct.Struct("<4s5H3L2H")
ZIP_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
ZIP_END: Final = struct.Struct("<4s4H2LH")
ZIP_END_64: Final = struct.Struct("<4sQ2H2L4Q")
ZIP_LOCATOR: Final = struct.Struct("<4sLQL")
#: What can't be said in four bytes, or in two, is said elsewhere (APPNOTE, 4.5.3), which takes version 4.5 to read.
_FOUR: Final = 0xFFFFFFFF
_TWO: Final = 0xFFFF
_PLAIN, _LARGE = 20, 45
_UNIX: Final = 3 << 8
_IN_UTF_8: Final = 1 << 11
#: So many parts are remembered: whoever checks small archives again and again makes the same ones.
_REMEMBERED: Final = 256


@dataclass(frozen=True, slots=True)
class File:
    """A file in an archive: the name that it has there, its size, its CRC-32."""

    name: str
    size: int
    crc: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an archive: about which file it is, "" if about all; what it is; its bytes, or how many of the file."""

    name: str
    what: str
    data: bytes = b""
    content: int = 0


def zip_parts(files: Collection[File]) -> Iterator[Part]:
    """Yield the parts of a zip file: the directory, about each file once more, follows after all of them."""
    position = 0
    for file in files:
        header = local_header(file)
        yield Part(file.name, "the header", header)
        yield Part(file.name, CONTENT, content=file.size)
        position += len(header) + file.size
    start, at = position, 0
    for file in files:
        entry = directory_entry(file, at)
        yield Part(file.name, "the line in the directory", entry)
        position += len(entry)
        at += len(local_header(file)) + file.size
    yield Part("", "the end", directory_end(len(files), position - start, start))


def tar_parts(files: Collection[File]) -> Iterator[Part]:
    """Yield the parts of a tar file."""
    position = 0
    for file in files:
        header, padding = tar_header(file.name, file.size), tar_padding(file.size)
        yield Part(file.name, "the header", header)
        yield Part(file.name, CONTENT, content=file.size)
        yield Part(file.name, "the padding", padding)
        position += len(header) + file.size + len(padding)
    yield Part("", "the end", tar_end(position))


@lru_cache(maxsize=_REMEMBERED)
def local_header(file: File) -> bytes:
    """What stands before a file in a zip file."""
    name, flags = _encoded(file.name)
    extra = _in_eight([file.size, file.size]) if file.size >= _FOUR else b""
    said = min(file.size, _FOUR)
    version = _LARGE if extra else _PLAIN
    header = (b"PK\3\4", version, flags, 0, 0, _DATE, file.crc, said, said, len(name), len(extra))
    return ZIP_LOCAL.pack(*header) + name + extra


@lru_cache(maxsize=_REMEMBERED)
def directory_entry(file: File, at: int) -> bytes:
    """What the directory of a zip file says of a file, whose header is `at` this place."""
    name, flags = _encoded(file.name)
    large = [number for number in (file.size, file.size, at) if number >= _FOUR]
    extra = _in_eight(large) if large else b""
    version = _LARGE if large else _PLAIN
    sizes = (min(file.size, _FOUR), min(file.size, _FOUR), len(name), len(extra))
    header = (b"PK\1\2", _UNIX | version, version, flags, 0, 0, _DATE, file.crc, *sizes, 0, 0, 0)
    return ZIP_CENTRAL.pack(*header, (0o100000 | _MODE) << 16, min(at, _FOUR)) + name + extra


def directory_end(number: int, size: int, start: int) -> bytes:
    """What stands behind the directory of a zip file: how many files it lists, how long it is, where it begins."""
    end = b""
    if number >= _TWO or start + size >= _FOUR:
        versions = (_UNIX | _LARGE, _LARGE)
        end += ZIP_END_64.pack(b"PK\6\6", ZIP_END_64.size - 12, *versions, 0, 0, number, number, size, start)
        end += ZIP_LOCATOR.pack(b"PK\6\7", 0, start + size, 1)
    shown = min(number, _TWO)
    return end + ZIP_END.pack(b"PK\5\6", 0, 0, shown, shown, min(size, _FOUR), min(start, _FOUR), 0)


@lru_cache(maxsize=_REMEMBERED)
def tar_header(name: str, size: int) -> bytes:
    """What stands before a file in a tar file."""
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, _MODE, _SECONDS
    return info.tobuf(tarfile.PAX_FORMAT, "utf-8", "strict")


def tar_padding(size: int) -> bytes:
    """What fills the last block of a file in a tar file."""
    return bytes(-size % tarfile.BLOCKSIZE)


def tar_end(position: int) -> bytes:
    """The end of a tar file, which fills its last record."""
    size = 2 * tarfile.BLOCKSIZE
    return bytes(size + -(position + size) % tarfile.RECORDSIZE)


def _encoded(name: str) -> tuple[bytes, int]:
    return name.encode(), 0 if name.isascii() else _IN_UTF_8


def _in_eight(numbers: list[int]) -> bytes:
    """Numbers that are too large for where they belong."""
    return struct.pack(f"<2H{len(numbers)}Q", 1, 8 * len(numbers), *numbers)
