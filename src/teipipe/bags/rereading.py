"""Reads back what was written, from the disk itself: what the system still remembers of it proves nothing."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from concurrent.futures import Executor, Future, wait
from errno import EINVAL
from hashlib import sha256
from mmap import mmap
from threading import local
from typing import Any, Final

from teipipe.bags.copying import DIRECT

_OPEN: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC
_PIECE: Final = 1 << 20


class Rereading:
    """Reads files back, by several threads at once; what it reads, it tells as numbers of bytes."""

    def __init__(self, hashing: Executor, told: Callable[[int], None]) -> None:
        self._hashing = hashing
        self._told = told
        self._own = local()

    def sha256(self, path: str) -> str:
        """The checksum of what is on the disk; raises OSError."""
        try:
            return self._read(path, _OPEN | DIRECT)
        except OSError as error:
            if error.errno != EINVAL:
                raise
            return self._read(path, _OPEN)

    def _read(self, path: str, flags: int) -> str:
        digest = sha256()
        now, later = self._buffers()
        hashed: Future[None] | None = None
        descriptor = os.open(path, flags)
        try:
            left = os.fstat(descriptor).st_size
            while left > 0 and (number := os.readv(descriptor, [now])):
                left -= number
                self._told(number)
                if hashed is not None:
                    hashed.result()
                if left > 0:
                    hashed = self._hashing.submit(digest.update, memoryview(now)[:number])
                else:
                    digest.update(memoryview(now)[:number])
                now, later = later, now
        finally:
            if hashed is not None:
                wait([hashed])
            os.close(descriptor)
        return digest.hexdigest()

    def _buffers(self) -> tuple[mmap, mmap]:
        if not hasattr(self._own, "buffers"):
            self._own.buffers = (mmap(-1, _PIECE), mmap(-1, _PIECE))
        first, second = self._own.buffers
        return first, second


class FromDisk(io.RawIOBase):
    """An open file, read from the disk itself in large pieces; for those who read little at a time, and go about."""

    def __init__(self, path: str) -> None:
        try:
            self._descriptor = os.open(path, _OPEN | DIRECT)
        except OSError:
            self._descriptor = os.open(path, _OPEN)
        self._path = path
        self._size = os.fstat(self._descriptor).st_size
        self._at = 0
        self._buffer = memoryview(mmap(-1, _PIECE))
        self._start = self._end = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go on reading from there."""
        self._at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        return self._at

    def tell(self) -> int:
        """Where reading goes on."""
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer, or as much of it as there is at once; 0 at the end."""
        if not self._start <= self._at < self._end:
            self._start = self._at - self._at % _PIECE
            self._end = self._start + self._load()
        view = memoryview(buffer).cast("B")
        found = self._buffer[self._at - self._start : self._end - self._start][: len(view)]
        view[: len(found)] = found
        self._at += len(found)
        return len(found)

    def close(self) -> None:
        """Let go of the file."""
        if not self.closed:
            os.close(self._descriptor)
        super().close()

    def _load(self) -> int:
        try:
            return os.preadv(self._descriptor, [self._buffer], self._start)
        except OSError as error:
            if error.errno != EINVAL:
                raise
        os.close(self._descriptor)
        self._descriptor = os.open(self._path, _OPEN)
        return os.preadv(self._descriptor, [self._buffer], self._start)
