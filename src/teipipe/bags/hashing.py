"""Reads the files of a package and computes all their checksums, several at a time, in memory that doesn't grow."""

from __future__ import annotations

import os
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import IO, Final, Protocol

from teipipe.bags.manifests import Algorithm
from teipipe.bags.reading import Bag
from teipipe.errors import TeipipeError

#: A file up to this size is read whole; a larger one piece by piece, each hashed by every algorithm at the same time.
_WHOLE: Final = 1 << 20
#: So many files, or bytes, are given to a thread at once.
_FILES: Final = 64
_SECONDS: Final = 0.2
#: So many bytes are read before threads would have started.
_FEW: Final = 1 << 21


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be read: its path, its size as far as known, the checksums that are wanted."""

    path: str
    size: int
    algorithms: tuple[Algorithm, ...]


@dataclass(frozen=True, slots=True)
class Digested:
    """A file that was read: its checksums by the names of algorithms, CRC-32 too; or why it can't be read."""

    path: str
    size: int
    digests: dict[str, bytes]
    crc: int = 0
    problem: str = ""


class _Hash(Protocol):
    def update(self, data: memoryview, /) -> None: ...


class Crc:
    """CRC-32, as zip files have it."""

    def __init__(self) -> None:
        self.value = 0

    def update(self, data: bytes | memoryview, /) -> None:
        """Take in more bytes."""
        self.value = zlib.crc32(data, self.value)


class _Count:
    """Bytes that were read, by any thread."""

    def __init__(self, tell: Callable[[int], None] | None) -> None:
        self._tell = tell
        self._lock = Lock()
        self._new = 0

    def add(self, size: int) -> None:
        """Count more; from any thread."""
        with self._lock:
            self._new += size

    def tell(self) -> None:
        """Tell of what is new, if somebody listens; from one thread alone."""
        with self._lock:
            new, self._new = self._new, 0
        if new and self._tell is not None:
            self._tell(new)


def digest_all(bag: Bag, jobs: Iterable[Job], progress: Callable[[int], None] | None) -> Iterator[Digested]:
    """Read all files; those that can't be read have a problem, and are no exception."""
    count = _Count(progress)
    jobs = list(jobs)
    if sum(job.size for job in jobs) <= _FEW:
        for job in jobs:
            yield _digest(bag, job, None, count)
        count.tell()
        return
    workers = min(8, os.cpu_count() or 1)
    with ThreadPoolExecutor(workers) as reading, ThreadPoolExecutor(workers) as hashing:
        waiting: deque[Future[list[Digested]]] = deque()
        try:
            for batch in _batches(jobs):
                waiting.append(reading.submit(_digest_some, bag, batch, hashing, count))
                while len(waiting) > 2 * workers:
                    yield from _wait(waiting.popleft(), count)
            while waiting:
                yield from _wait(waiting.popleft(), count)
        finally:
            for future in waiting:
                future.cancel()
    count.tell()


def _wait(future: Future[list[Digested]], count: _Count) -> list[Digested]:
    while not future.done():
        with suppress(NotYet):
            future.result(_SECONDS)
        count.tell()
    count.tell()
    return future.result()


def _batches(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    batch: list[Job] = []
    size = 0
    for job in jobs:
        batch.append(job)
        size += job.size
        if len(batch) == _FILES or size >= _WHOLE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _digest_some(bag: Bag, jobs: Sequence[Job], hashing: Executor | None, count: _Count) -> list[Digested]:
    return [_digest(bag, job, hashing, count) for job in jobs]


def _digest(bag: Bag, job: Job, hashing: Executor | None, count: _Count) -> Digested:
    hashes = {algorithm.name: algorithm.make() for algorithm in job.algorithms}
    crc = Crc()
    entry = bag.entry(job.path)
    has_crc = entry is not None and entry.crc is not None
    everything: list[_Hash] = [*hashes.values(), crc] if has_crc else [*hashes.values()]
    size, problem = 0, ""
    try:
        with bag.open(job.path) as stream:
            for number in _feed(stream, job.size, everything, hashing):
                size += number
                count.add(number)
    except TeipipeError as error:
        problem = error.message
    return Digested(job.path, size, {name: one.digest() for name, one in hashes.items()}, crc.value, problem)


def _feed(stream: IO[bytes], size: int, hashes: Sequence[_Hash], hashing: Executor | None) -> Iterator[int]:
    """Give a stream to hashes; yield how many bytes were read."""
    if size <= _WHOLE or hashing is None:
        while data := stream.read(min(size, _WHOLE) + 1):
            for one in hashes:
                one.update(memoryview(data))
            yield len(data)
        return
    buffers = (memoryview(bytearray(_WHOLE)), memoryview(bytearray(_WHOLE)))
    busy: list[Future[None]] = []
    while number := stream.readinto(buffers[0]):  # type: ignore[attr-defined]
        for future in busy:
            future.result()
        busy = [hashing.submit(one.update, buffers[0][:number]) for one in hashes]
        buffers = (buffers[1], buffers[0])
        yield number
    for future in busy:
        future.result()
