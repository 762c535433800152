"""Reads back what was written, from the disk itself: what the system still remembers of it proves nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future, wait
from errno import EINVAL
from hashlib import sha256
from mmap import mmap
from threading import local
from typing import Final

_OPEN: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC
#: Read past what the system remembers, into memory that begins at a page; some file systems can't.
_DIRECT: Final = getattr(os, "O_DIRECT", 0)
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
            return self._read(path, _OPEN | _DIRECT)
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
