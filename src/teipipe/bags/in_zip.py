"""Packages that lie in a zip file: its directory and the headers in it must say the same."""

from __future__ import annotations

import io
import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from teipipe.bags.archive_forms import ZIP_CENTRAL, ZIP_END, ZIP_END_64, ZIP_LOCAL, ZIP_LOCATOR
from teipipe.bags.containers import BUFFER, MOST_MEMBERS, MOST_NAMES, Entry, Listing, OpenFile, Stream, stored
from teipipe.bags.safety import shown
from teipipe.errors import BagError, UnreadableError

_LONGEST_COMMENT: Final = 0xFFFF
_STORED, _DEFLATED = 0, 8
_ENCRYPTED: Final = 0x2041
_SIZES_FOLLOW: Final = 0x0008
_UTF_8: Final = 0x0800


@dataclass(slots=True)
class _Record:
    """What the directory says of a file."""

    raw: bytes
    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    mode: int


class InZip:
    """The files of a zip file, stored or deflated."""

    is_unpacked = False

    def __init__(self, source: OpenFile, budget: int) -> None:
        self.path: Path = source.path
        self.listing = Listing(source.path, budget)
        self.source = source
        self._occupied: list[tuple[int, int, str]] = []
        self._walk()

    def open(self, path: str) -> IO[bytes]:
        """The bytes of a file; raises UnreadableError."""
        entry = self.listing.files.get(path)
        if entry is None:
            raise UnreadableError(f"has no file “{shown(path)}”", path=self.path)
        if entry.method == _STORED:
            return stored(self.source, path, entry.offset, entry.size)
        return io.BufferedReader(Stream(_Inflated(self.source, path, entry).fill), BUFFER)

    def close(self) -> None:
        """Let go of the file."""
        self.source.close()

    def _walk(self) -> None:
        start, size, count = self._directory()
        for record in self._records(start, size, count):
            self._add(record, start)
        self._occupied.sort()
        end, before = 0, ""
        for first, last, name in self._occupied:
            if first < end:
                raise self.listing.refuse(f"“{shown(name)}” and “{shown(before)}” lie one over the other")
            end, before = last, name

    def _directory(self) -> tuple[int, int, int]:
        """Where the directory begins, how long it is, how many files it lists."""
        whole = self.source.size
        tail_start = max(0, whole - ZIP_END.size - _LONGEST_COMMENT)
        tail = self.source.read(tail_start, whole - tail_start)
        at = len(tail) - ZIP_END.size
        while at >= 0 and not (
            tail.startswith(b"PK\5\6", at) and ZIP_END.unpack_from(tail, at)[7] == len(tail) - at - ZIP_END.size
        ):
            at = tail.rfind(b"PK\5\6", 0, at + 3) if at else -1
        if at < 0:
            raise self.listing.refuse("the end of its directory is missing or damaged: it is no zip file, or cut off")
        _, disk, first_disk, here, count, size, start, _ = ZIP_END.unpack_from(tail, at)
        end = tail_start + at
        if self.source.read(max(0, end - ZIP_LOCATOR.size), 4) == b"PK\6\7":
            end, here, count, size, start, disk = self._directory_64(end)
        if disk or first_disk not in (0, 0xFFFF) or here != count:
            raise self.listing.refuse(
                "the end of its directory says that it is one of several: only whole ones are read"
            )
        if start + size != end:
            raise self.listing.refuse("its directory isn't where the end of it says")
        if count > MOST_MEMBERS or size > MOST_NAMES + MOST_MEMBERS * 100:
            raise self.listing.refuse(f"it has more than {MOST_MEMBERS} files and folders")
        return start, size, count

    def _directory_64(self, end: int) -> tuple[int, int, int, int, int, int]:
        locator = self.source.read(end - ZIP_LOCATOR.size, ZIP_LOCATOR.size) if end >= ZIP_LOCATOR.size else b""
        if len(locator) == ZIP_LOCATOR.size and locator.startswith(b"PK\6\7"):
            _, disk, place, disks = ZIP_LOCATOR.unpack(locator)
            record = self.source.read(place, ZIP_END_64.size)
            if (
                len(record) == ZIP_END_64.size
                and record.startswith(b"PK\6\6")
                and place + ZIP_END_64.size == end - ZIP_LOCATOR.size
            ):
                _, length, _, _, _, other, here, count, size, start = ZIP_END_64.unpack(record)
                if length == ZIP_END_64.size - 12:
                    return place, here, count, size, start, disk or other or disks > 1
        raise self.listing.refuse("the end of its directory (zip64) is damaged")

    def _records(self, start: int, size: int, count: int) -> Iterator[_Record]:
        last = "the start"
        position, end = start, start + size
        buffer, buffered = b"", start
        for _ in range(count):
            at = position - buffered
            if at + (1 << 18) > len(buffer) and buffered + len(buffer) < end:
                buffer, buffered = self.source.read(position, min(1 << 20, end - position)), position
                at = 0
            if len(buffer) - at < ZIP_CENTRAL.size:
                raise self.listing.refuse(f"its directory ends after {last}, before all {count} files are listed")
            fields = ZIP_CENTRAL.unpack_from(buffer, at)
            _, _, _, flags, method, _, _, crc, packed, length, name_size, extra_size, comment_size, disk = fields[:14]
            _, attributes, offset = fields[14:]
            name_at = at + ZIP_CENTRAL.size
            raw = buffer[name_at : name_at + name_size]
            extra = buffer[name_at + name_size : name_at + name_size + extra_size]
            name = _name(raw, flags)
            if fields[0] != b"PK\1\2" or len(raw) < name_size or len(extra) < extra_size or disk not in (0, 0xFFFF):
                self._check_signature(fields[0], name, last)
                raise self.listing.refuse(f"its directory is damaged at “{shown(name)}”, after {last}")
            length, packed, offset = self._sizes_64(extra, name, length, packed, offset)
            yield _Record(raw, name, flags, method, crc, packed, length, offset, attributes >> 16)
            last = f"“{shown(name)}”"
            position += ZIP_CENTRAL.size + name_size + extra_size + comment_size
        if position != end:
            raise self.listing.refuse(f"its directory is longer than what it lists, after {last}")

    def _check_signature(self, signature: bytes, name: str, last: str) -> None:
        if signature != b"PK\1\2":
            raise self.listing.refuse(
                f"its directory is damaged after {last} (what should be the next reads “{shown(name)}”)"
            )

    def _sizes_64(self, extra: bytes, name: str, size: int, packed: int, offset: int) -> tuple[int, int, int]:
        """Sizes and place, where they are too large for the record, from its further field (zip64)."""
        wanted = [number == 0xFFFFFFFF for number in (size, packed, offset)]
        if not any(wanted):
            return size, packed, offset
        while len(extra) >= 4:
            kind, length = struct.unpack_from("<2H", extra)
            if kind == 1 and length >= 8 * sum(wanted):
                numbers = (
                    iter(struct.unpack_from(f"<{sum(wanted)}Q", extra, 4)) if len(extra) >= 4 + length else iter(())
                )
                found = [
                    next(numbers, None) if want else value
                    for want, value in zip(wanted, (size, packed, offset), strict=True)
                ]
                if all(value is not None and value < 1 << 62 for value in found):
                    return found[0] or 0, found[1] or 0, found[2] or 0
            extra = extra[4 + length :]
        raise self.listing.refuse(f"the sizes of “{shown(name)}” (zip64) are damaged")

    def _add(self, record: _Record, directory: int) -> None:
        name = record.name
        if record.flags & _ENCRYPTED:
            raise self.listing.refuse(f"“{shown(name)}” is encrypted")
        kind = stat.S_IFMT(record.mode)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise self.listing.refuse(
                f"“{shown(name)}” is {'a symbolic link' if kind == stat.S_IFLNK else 'no plain file'}"
            )
        if record.method not in (_STORED, _DEFLATED):
            raise self.listing.refuse(f"“{shown(name)}” is packed by a method that isn't read (number {record.method})")
        start = self._local(record)
        end = start + record.packed
        if end > directory:
            raise self.listing.refuse(f"“{shown(name)}” doesn't end before the directory begins")
        if record.method == _STORED and record.size != record.packed:
            raise self.listing.refuse(f"“{shown(name)}” has two sizes, {record.size} and {record.packed} bytes")
        self._occupied.append((record.offset, end, name))
        if name.endswith("/"):
            if record.size:
                raise self.listing.refuse(f"“{shown(name)}” is a folder that has bytes")
            self.listing.add_folder(name)
        else:
            self.listing.add(name, Entry(record.size, start, record.packed, record.method, record.crc))

    def _local(self, record: _Record) -> int:
        """Where the bytes of a file begin: behind its own header, which is held against the directory."""
        shown_name = shown(record.name)
        raw = self.source.read(record.offset, ZIP_LOCAL.size + len(record.raw) + 64)
        if len(raw) < ZIP_LOCAL.size:
            raise self.listing.refuse(f"“{shown_name}” isn't where the directory says")
        signature, _, flags, method, _, _, crc, packed, size, name_size, extra_size = ZIP_LOCAL.unpack_from(raw)
        own = raw[ZIP_LOCAL.size : ZIP_LOCAL.size + name_size]
        if signature != b"PK\3\4":
            raise self.listing.refuse(f"“{shown_name}” isn't where the directory says, or its header is damaged")
        if own != record.raw:
            other = shown(_name(own, flags))
            self.listing.damaged(record.name, f"its own header calls it “{other}”")
            if name_size != len(record.raw):
                raise self.listing.refuse(f"“{shown_name}” is called “{other}” by its own header")
        expected = (record.crc, record.packed, record.size)
        unsaid = (0, 0xFFFFFFFF) if flags & _SIZES_FOLLOW else (0xFFFFFFFF,)
        known = tuple(
            other if said in unsaid else said for said, other in zip((crc, packed, size), expected, strict=True)
        )
        if known != expected or method != record.method or (flags ^ record.flags) & (_ENCRYPTED | _SIZES_FOLLOW):
            self.listing.damaged(record.name, "its own header says other things of it than the directory")
        return record.offset + ZIP_LOCAL.size + int(name_size) + int(extra_size)


class _Inflated:
    """A deflated file, read from its start; it gives neither more nor less than the directory says."""

    def __init__(self, source: OpenFile, name: str, entry: Entry) -> None:
        self._source = source
        self._name = name
        self._entry = entry
        self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        self._read = 0
        self._given = 0

    def fill(self, buffer: memoryview) -> int:
        """Fill a buffer as far as it goes; raises BagError."""
        data = b""
        while not data and not self._inflater.eof:
            packed = self._inflater.unconsumed_tail or self._more()
            try:
                data = self._inflater.decompress(packed, len(buffer))
            except zlib.error as error:
                raise self._refuse("is damaged: it can't be unpacked") from error
            if not packed and not data and not self._inflater.eof:
                raise self._refuse("ends before it is whole")
        self._given += len(data)
        if self._given > self._entry.size or (not data and self._given < self._entry.size):
            raise self._refuse(
                f"is {'more' if data else 'less'} than the {self._entry.size} bytes that it claims to be"
            )
        if not data and (self._inflater.unused_data or self._read < self._entry.packed):
            raise self._refuse("has more packed bytes than belong to it")
        buffer[: len(data)] = data
        return len(data)

    def _more(self) -> bytes:
        data = self._source.read(self._entry.offset + self._read, min(BUFFER, self._entry.packed - self._read))
        self._read += len(data)
        return data

    def _refuse(self, what: str) -> BagError:
        return BagError(f"“{shown(self._name)}” {what}", path=self._source.path)


def _name(raw: bytes, flags: int) -> str:
    """The name of a file: UTF-8, whether it says so or not, else in the code page of MS-DOS."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("utf-8", "surrogateescape") if flags & _UTF_8 else raw.decode("cp437")
