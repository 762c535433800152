"""Reads back what was written, from the disk itself: what the system still remembers of it proves nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, wait
from dataclasses import dataclass
from errno import EINVAL
from hashlib import sha256
from itertools import cycle
from mmap import PAGESIZE, mmap
from threading import local
from typing import Final

from teipipe.bags.copying import DIRECT, PIECE, do_without_direct

_OPEN: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC
_PIECE: Final = 1 << 20


class Rereading:
    """Reads files back, by several threads at once; what it reads, it tells as numbers of bytes."""

    def __init__(self, lanes: Sequence[Executor], told: Callable[[int], None]) -> None:
        self._lanes = cycle(lanes)
        self._told = told
        self._own = local()

    def sha256(self, path: str) -> bytes:
        """The checksum of what is on the disk; raises OSError."""
        try:
            return self._read(path, _OPEN | DIRECT)
        except OSError as error:
            if error.errno != EINVAL:
                raise
            return self._read(path, _OPEN)

    def _read(self, path: str, flags: int) -> bytes:
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
                    hashed = self._own.lane.submit(digest.update, memoryview(now)[:number])
                else:
                    digest.update(memoryview(now)[:number])
                now, later = later, now
        finally:
            if hashed is not None:
                wait([hashed])
            os.close(descriptor)
        return digest.digest()

    def _buffers(self) -> tuple[mmap, mmap]:
        if not hasattr(self._own, "buffers"):
            self._own.buffers = (mmap(-1, _PIECE), mmap(-1, _PIECE))
            self._own.lane = next(self._lanes)
        first, second = self._own.buffers
        return first, second


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bytes of a file that should be these, or have this SHA-256: whose they are, where they begin, how many."""

    name: str
    offset: int
    size: int
    data: bytes = b""
    digest: bytes | None = None

    def is_in(self, piece: memoryview) -> bool:
        """Whether these bytes are as they should be."""
        return piece == self.data if self.digest is None else sha256(piece).digest() == self.digest


class Stretches:
    """Reads a file back, several stretches at once; what it reads, it tells as numbers of bytes."""

    def __init__(self, path: str, ahead: Executor, told: Callable[[int], None]) -> None:
        self._descriptor = _opened(path)
        self._ahead = ahead
        self._told = told
        self._own = local()

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._descriptor)

    def damaged(self, stretches: Sequence[Stretch]) -> list[str]:
        """Of stretches that lie one behind the other, the names of those that aren't as they should be.

        Raises OSError.
        """
        if any(one.size > PIECE for one in stretches):
            return [one.name for one in stretches if not self._is_in_pieces(one)]
        start, size = stretches[0].offset, sum(one.size for one in stretches)
        there = self._read(self._buffers()[0], start, size)
        self._told(sum(one.size for one in stretches if one.digest is not None))
        places = ((one, one.offset - start) for one in stretches)
        return [one.name for one, at in places if not one.is_in(there[at : at + one.size])]

    def _is_in_pieces(self, stretch: Stretch) -> bool:
        """Whether a stretch of any size is as it should be; the next piece is read while one is hashed."""
        digest, data = sha256(), bytearray()
        buffer, other = self._buffers()
        offset, end = stretch.offset, stretch.offset + stretch.size
        ahead = self._ahead.submit(self._read, buffer, offset, min(PIECE, end - offset))
        try:
            while piece := ahead.result():
                offset += len(piece)
                buffer, other = other, buffer
                if offset < end:
                    ahead = self._ahead.submit(self._read, buffer, offset, min(PIECE, end - offset))
                if stretch.digest is None:
                    data += piece
                else:
                    digest.update(piece)
                    self._told(len(piece))
                if offset >= end:
                    break
        finally:
            wait([ahead])
        return data == stretch.data if stretch.digest is None else digest.digest() == stretch.digest

    def _read(self, buffer: memoryview, offset: int, size: int) -> memoryview:
        """The bytes there, fewer at the end; past what the system remembers they can be read by whole pages alone."""
        start = offset - offset % PAGESIZE
        left = buffer[: -(-(offset + size - start) // PAGESIZE) * PAGESIZE]
        number = 0
        while left and (new := _read_at(self._descriptor, left, start + number)):
            number += new
            left = left[new:]
        return buffer[offset - start : min(number, offset + size - start)]

    def _buffers(self) -> tuple[memoryview, memoryview]:
        if not hasattr(self._own, "buffers"):
            # Small stretches have PIECE bytes at most, and come to as many together before the last of them.
            self._own.buffers = tuple(memoryview(mmap(-1, 2 * PIECE + 2 * PAGESIZE)) for _ in range(2))
        first, second = self._own.buffers
        return first, second


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
