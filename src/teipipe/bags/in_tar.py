"""Packages that lie in a tar file: its headers are read strictly, one after the other, and believed in nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from teipipe.bags.containers import Entry, Listing, OpenFile, stored
from teipipe.bags.safety import shown, text
from teipipe.errors import UnreadableError

_BLOCK: Final = 512
#: A header may have so many bytes of further fields (POSIX pax), or of a long name (GNU).
_LONGEST: Final = 1 << 20
#: What may stand behind the end: tapes had records of some thousand bytes, filled with zeros.
_TAIL: Final = 1 << 20

_NOTHING: Final = bytes(_BLOCK)
_FILES: Final = (b"0", b"\0", b"7")
_REFUSED: Final = {
    b"1": "a hard link",
    b"2": "a symbolic link",
    b"3": "a device",
    b"4": "a device",
    b"6": "a named pipe",
    b"S": "a file with holes",
}


@dataclass(slots=True)
class _Header:
    name: str
    size: int
    kind: bytes


@dataclass(slots=True)
class _Further:
    """What is said of the next file ahead of its header."""

    name: str | None = None
    size: int | None = None
    fields: dict[str, str] = field(default_factory=dict)


class InTar:
    """The files of a tar file (ustar, pax or GNU)."""

    def __init__(self, source: OpenFile, budget: int, *, is_unpacked: bool = False) -> None:
        self.path: Path = source.path
        self.is_unpacked = is_unpacked
        self.listing = Listing(source.path, budget)
        self.source = source
        self._walk()

    def open(self, path: str) -> IO[bytes]:
        """The bytes of a file; raises UnreadableError."""
        entry = self.listing.files.get(path)
        if entry is None:
            raise UnreadableError(f"has no file “{shown(path)}”", path=self.path)
        return stored(self.source, path, entry.offset, entry.size)

    def close(self) -> None:
        """Let go of the file."""
        self.source.close()

    def _walk(self) -> None:
        offset, last = 0, "the start"
        further = _Further()
        while block := self.source.read(offset, _BLOCK):
            if len(block) < _BLOCK:
                raise self.listing.refuse(f"it is cut off in the header after {last}")
            if block == _NOTHING:
                break
            header = self._header(block, offset, last)
            offset += _BLOCK
            name = header.name if further.name is None else further.name
            size = header.size if further.size is None else further.size
            if offset + size > self.source.size:
                raise self.listing.refuse(f"“{shown(name)}” claims {size} bytes, and the archive ends before that")
            if header.kind in (b"x", b"g", b"L", b"K"):
                if size > _LONGEST:
                    raise self.listing.refuse(f"what is said of the file after {last} takes more than {_LONGEST} bytes")
                self._read_further(header.kind, self.source.read(offset, size), further, last)
            else:
                self._add(name, size, header.kind, offset)
                last = f"“{shown(name)}”"
                further = _Further()
            offset += -(-size // _BLOCK) * _BLOCK
        self._look_behind(offset, last)

    def _header(self, block: bytes, offset: int, last: str) -> _Header:
        raw = block[:100].split(b"\0")[0]
        is_tar = block[257:262] == b"ustar" or self.listing.files
        if not is_tar and not _has_own_sum(block):
            name = shown(raw.decode("utf-8", "replace"))
            raise self.listing.refuse(
                f"it is no zip or tar file, or the header of its first file (“{name}”) is damaged"
            )
        if block[257:263] == b"ustar\0" and (prefix := block[345:500].split(b"\0")[0]):
            raw = prefix + b"/" + raw
        name = text(raw, f"the file after {last}")
        try:
            size = _number(block[124:136])
        except ValueError:
            raise self.listing.refuse(
                f"the header of “{shown(name)}” (byte {offset}, after {last}) is damaged"
            ) from None
        if not _has_own_sum(block):
            self.listing.damaged(
                name, f"its header (byte {offset}, after {last}) doesn't have the checksum that it gives"
            )
        return _Header(name, size, block[156:157])

    def _add(self, name: str, size: int, kind: bytes, offset: int) -> None:
        if kind in _REFUSED:
            raise self.listing.refuse(f"“{shown(name)}” is {_REFUSED[kind]}")
        if kind == b"5" or (kind in _FILES and name.endswith("/") and not size):
            self.listing.add_folder(name)
        elif kind in _FILES:
            self.listing.add(name, Entry(size, offset, size))
        else:
            raise self.listing.refuse(f"“{shown(name)}” is of a kind that isn't known ({kind!r})")

    def _read_further(self, kind: bytes, data: bytes, further: _Further, last: str) -> None:
        what = f"the file after {last}"
        if kind == b"L":
            further.name = text(data.rstrip(b"\0"), what)
        if kind not in (b"x", b"g"):
            return
        for key, value in self._records(data, what):
            if key.startswith(b"GNU.sparse."):
                raise self.listing.refuse(f"{what} has holes")
            if key in (b"path", b"size", b"linkpath", b"hdrcharset") and kind == b"g":
                raise self.listing.refuse(f"after {last}, all files are said to have the same {key.decode()}")
            if key == b"path":
                further.name = text(value, what)
            elif key == b"size":
                if not value.isdigit() or len(value) > 19:
                    raise self.listing.refuse(f"{what} claims a size of “{shown(value[:30].decode('latin-1'))}”")
                further.size = int(value)

    def _records(self, data: bytes, what: str) -> list[tuple[bytes, bytes]]:
        """What a pax header says: each record is its length, a space, a key, "=", a value, a line break."""
        records = []
        while data:
            length, space, _ = data[:12].partition(b" ")
            size = int(length) if length.isdigit() else 0
            key, equals, value = data[len(length) + 1 : size - 1].partition(b"=")
            if not space or not equals or size > len(data) or data[size - 1 : size] != b"\n":
                raise self.listing.refuse(f"what is said of {what} is damaged")
            records.append((key, value))
            data = data[size:]
        return records

    def _look_behind(self, end: int, last: str) -> None:
        """Behind the end there are zeros; other programs may read what else stands there."""
        rest = self.source.read(end, _TAIL)
        if rest.strip(b"\0") or self.source.size - end > _TAIL:
            self.listing.damaged("", f"something stands behind its end, after {last}")
        elif len(rest) < 2 * _BLOCK:
            self.listing.damaged("", f"its end is missing, after {last}")


def _has_own_sum(block: bytes) -> bool:
    """Whether a header has the checksum that it gives; some programs took bytes for signed numbers."""
    try:
        total = _number(block[148:156])
    except ValueError:
        return False
    plain = block[:148] + b" " * 8 + block[156:]
    return total == sum(plain) or total == sum(plain) - 256 * sum(byte > 127 for byte in plain)


def _number(raw: bytes) -> int:
    """A number in a header: octal digits, or (GNU) binary with the first bit set; raises ValueError."""
    if raw[:1] == b"\x80":
        return int.from_bytes(raw[1:])
    digits = raw.strip(b" \0")
    if not digits.isdigit():
        raise ValueError("no digits")
    return int(digits, 8)
