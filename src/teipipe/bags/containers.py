"""What packages lie in: a folder or an archive, whose files are listed before any is opened, within limits."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final, Protocol

from teipipe.bags.safety import danger, shown
from teipipe.errors import BagError, UnreadableError

#: A package has so many files and folders at most, and their paths have so many bytes together.
MOST_MEMBERS: Final = 250_000
MOST_NAMES: Final = 50_000_000
#: So many times what an archive takes on the disk may come out of it, and so much besides.
RATIO: Final = 200
FREE: Final = 100_000_000

BUFFER: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in a container: its size; in an archive, where its bytes begin, how many there are, packed by what method.

    `crc` is the checksum that the archive itself has of it, None if it has none.
    """

    size: int
    offset: int = 0
    packed: int = 0
    method: int = 0
    crc: int | None = None


@dataclass(frozen=True, slots=True)
class Damage:
    """What is wrong with an archive at one of its files, though that can be read."""

    path: str
    message: str


class Container(Protocol):
    """What a package lies in; paths start from its own root. Streams raise TeipipeErrors alone."""

    path: Path
    listing: Listing

    def open(self, path: str) -> IO[bytes]:
        """The bytes of one of its files; may be called, and the streams read, from several threads."""

    def close(self) -> None:
        """Let go of what is open."""


@dataclass(slots=True)
class Listing:
    """The files of a container as they are found: nothing gets in that is unsafe, is there twice, or is too much."""

    path: Path
    budget: int
    files: dict[str, Entry] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    damages: list[Damage] = field(default_factory=list)
    _size: int = 0
    _names: int = 0

    def add(self, name: str, entry: Entry) -> None:
        """Take in a file; raises BagError."""
        path = self._checked(name)
        if path in self.files or path in self.folders:
            raise self.refuse(f"“{shown(path)}” is in it twice")
        self.files[path] = entry
        self._size += entry.size
        if self._size > self.budget:
            raise self.refuse(f"with “{shown(path)}” it claims to hold more than {RATIO} times what it takes itself")
        self._add_folders(path.rpartition("/")[0])

    def add_folder(self, name: str) -> None:
        """Take in a folder; raises BagError."""
        if name.rstrip("/") not in ("", "."):
            self._add_folders(self._checked(name.rstrip("/")))

    def refuse(self, message: str) -> BagError:
        """The error that the container can't be read safely."""
        known = (
            f" (and before that, at “{shown(self.damages[0].path)}”: {self.damages[0].message})" if self.damages else ""
        )
        return BagError(f"{message}{known}", path=self.path)

    def damaged(self, path: str, message: str) -> None:
        """Note what is wrong at a file, though it can be read."""
        if len(self.damages) < 100:
            self.damages.append(Damage(path, message))

    def _checked(self, name: str) -> str:
        path = name
        while path.startswith("./"):
            path = path[2:]
        if reason := danger(path):
            raise self.refuse(f"the path “{shown(name)}” {reason}")
        self._names += len(path)
        if len(self.files) + len(self.folders) >= MOST_MEMBERS or self._names > MOST_NAMES:
            raise self.refuse(f"it has more than {MOST_MEMBERS} files and folders, or {MOST_NAMES} bytes of names")
        return path

    def _add_folders(self, folder: str) -> None:
        while folder and folder not in self.folders:
            if folder in self.files:
                raise self.refuse(f"“{shown(folder)}” is both a file and a folder")
            self.folders.add(folder)
            folder = folder.rpartition("/")[0]


def taken(descriptor: int) -> int:
    """How many bytes an open file takes on the disk: fewer than it is long, if it has holes.

    Only if it has: file systems that compress, or are late in counting, say that other files take next to nothing, too.
    """
    status = os.fstat(descriptor)
    try:
        has_holes = 0 < status.st_size > os.lseek(descriptor, 0, os.SEEK_HOLE)
    except OSError:  # its system doesn't know of holes
        has_holes = False
    return min(status.st_size, status.st_blocks * 512) if has_holes else status.st_size


class OpenFile:
    """A file that is read at any place, from any thread."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self.path = path
        self._file = file
        self._descriptor = file.fileno()
        self.size = os.fstat(self._descriptor).st_size

    def budget(self) -> int:
        """How many bytes may come out of it."""
        return RATIO * taken(self._descriptor) + FREE

    def read(self, offset: int, size: int) -> bytes:
        """The bytes there; fewer at its end. Raises UnreadableError."""
        try:
            data = os.pread(self._descriptor, size, offset)
        except OSError as error:
            raise self._refusal(error) from error
        if len(data) == size or offset + len(data) >= self.size:
            return data
        return data + self.read(offset + len(data), size - len(data)) if data else data

    def fill(self, buffer: memoryview, offset: int) -> int:
        """Fill a buffer with the bytes there, as far as they go; raises UnreadableError."""
        done = 0
        try:
            while done < len(buffer) and (size := os.preadv(self._descriptor, [buffer[done:]], offset + done)):
                done += size
        except OSError as error:
            raise self._refusal(error) from error
        return done

    def close(self) -> None:
        """Let go of it."""
        self._file.close()

    def _refusal(self, error: OSError) -> UnreadableError:
        return UnreadableError(f"can't be read: {(error.strerror or '').lower()}", path=self.path)


class Stream(io.RawIOBase):
    """What a function fills buffers with, piece by piece; it fills nothing at the end."""

    def __init__(self, fill: Callable[[memoryview], int], release: Callable[[], None] | None = None) -> None:
        super().__init__()
        self._fill = fill
        self._release = release

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as it goes."""
        return self._fill(memoryview(buffer))

    def close(self) -> None:
        """Let go of what it reads."""
        release, self._release = self._release, None
        if release is not None:
            release()
        super().close()


def stored(source: OpenFile, name: str, offset: int, size: int) -> IO[bytes]:
    """A stream of bytes that lie in an archive as they are."""
    if size <= BUFFER and len(data := source.read(offset, size)) == size:
        return io.BytesIO(data)
    position = 0

    def fill(buffer: memoryview) -> int:
        nonlocal position
        wanted = min(len(buffer), size - position)
        done = source.fill(buffer[:wanted], offset + position)
        position += done
        if done < wanted:
            raise BagError(f"“{shown(name)}” ends after {position} of {size} bytes", path=source.path)
        return done

    return io.BufferedReader(Stream(fill), BUFFER)
