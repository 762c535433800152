"""Reads the files of a package ahead of whoever writes them, several at once; small ones together, in batches.

Handing files over one by one, threads would wait for each other longer than for the disk.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Final, TypeVar

from teipipe.bags.copying import Source, read_whole
from teipipe.bags.hashing import Crc
from teipipe.bags.items import Stored

_In = TypeVar("_In")
_Out = TypeVar("_Out")

#: So many batches are dealt with at once, and so many are waiting for that, or for those before them.
AT_ONCE: Final = min(4, os.cpu_count() or 1)
_WAITING: Final = 4
#: A batch has so many files or bytes, or a little more.
_FILES: Final = 64
_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read, and what is known of it; of a large one nothing: it is read when its turn comes."""

    source: Source
    whole: tuple[bytes, Stored] | None
    crc: Crc


def read_ahead(sources: Iterable[Source], *, with_crc: bool) -> Iterator[Read]:
    """The sources, read and hashed, in their order."""

    def read(batch: list[Source]) -> list[Read]:
        return [_read(source, with_crc=with_crc) for source in batch]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done in in_turn(pool, read, batches(sources, lambda source: source.size)):
            done.reverse()
            while done:  # each is let go of once it is written
                yield done.pop()


def _read(source: Source, *, with_crc: bool) -> Read:
    crc = Crc()
    whole = None if source.is_large else read_whole(source)
    if whole is not None and with_crc:
        crc.update(whole[0])
    return Read(source, whole, crc)


def batches(of: Iterable[_In], size_of: Callable[[_In], int]) -> Iterator[list[_In]]:
    """Several at a time, in their order: few if they are large."""
    batch: list[_In] = []
    size = 0
    for one in of:
        batch.append(one)
        size += size_of(one)
        if size >= _BYTES or len(batch) == _FILES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def in_turn(pool: Executor, call: Callable[[_In], _Out], of: Iterable[_In]) -> Iterator[_Out]:
    """What `call` gives for each, in their order; a few are under way at once, and none any more when this ends."""
    waiting: deque[Future[_Out]] = deque()
    try:
        for one in of:
            waiting.append(pool.submit(call, one))
            if len(waiting) > _WAITING:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()
        wait(waiting)
