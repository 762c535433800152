"""Reads back what was written, from the disk itself: what the system still remembers of it proves nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, wait
from errno import EINVAL
from hashlib import sha256
from mmap import mmap
from threading import local
from typing import Final

from teipipe.bags.copying import DIRECT, PIECE, do_without_direct

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


def stretches(
    path: str, found: Iterable[tuple[str, int, int]], reading: Executor, told: Callable[[int], None]
) -> Iterator[tuple[str, str]]:
    """Yield the checksum of each stretch of a file: of its name, where it begins, how long it is, in that order.

    What lies between them is passed over. Raises OSError.
    """
    pieces = _pieces(path, reading)
    start, piece = 0, memoryview(b"")
    for name, offset, size in found:
        digest = sha256()
        at, end = offset, offset + size
        while at < end:
            if at >= start + len(piece):
                start, piece = next(pieces, (at, memoryview(b"")))
                if not piece:  # the file is shorter than it was
                    break
                continue
            part = piece[at - start : end - start]
            digest.update(part)
            told(len(part))
            at += len(part)
        yield name, digest.hexdigest()


def _pieces(path: str, reading: Executor) -> Iterator[tuple[int, memoryview]]:
    """Yield a file piece by piece, each with where it begins, good until the next one; that is read meanwhile."""
    descriptor = _opened(path)
    free, other = (memoryview(mmap(-1, PIECE)) for _ in range(2))
    size = os.fstat(descriptor).st_size
    offset = 0
    ahead = reading.submit(_read_at, descriptor, free, offset)
    try:
        while number := ahead.result():
            piece = free[:number]
            free, other = other, free
            if offset + number < size:
                ahead = reading.submit(_read_at, descriptor, free, offset + number)
            yield offset, piece
            offset += number
            if offset >= size:
                return
    finally:
        wait([ahead])
        os.close(descriptor)


def _opened(path: str) -> int:
    try:
        return os.open(path, _OPEN | DIRECT)
    except OSError as error:
        if error.errno != EINVAL:
            raise
    return os.open(path, _OPEN)


def _read_at(descriptor: int, buffer: memoryview, offset: int) -> int:
    try:
        return os.preadv(descriptor, [buffer], offset)
    except OSError as error:
        if error.errno != EINVAL:
            raise
    do_without_direct(descriptor)
    return os.preadv(descriptor, [buffer], offset)
