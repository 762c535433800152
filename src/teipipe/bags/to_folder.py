"""Puts a package into a folder, several files at once, and reads it back."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from functools import partial
from typing import Final, TypeVar

from teipipe.bags.copying import DIRECT, Source, Told, copy_pieces, read_whole, write_fully, write_past_memory
from teipipe.bags.items import Stored
from teipipe.bags.rereading import Rereading
from teipipe.files.staging import Staging

_In = TypeVar("_In")
_Out = TypeVar("_Out")

#: So many files are dealt with at once, and so many are waiting for that, or for those before them.
AT_ONCE: Final = 4
_WAITING: Final = 16


class ToFolder:
    """Writes a package into the folder that will be it."""

    def __init__(self, staging: Staging, hashing: Executor, told: Told) -> None:
        self._staging = staging
        self._hashing = hashing
        self._told = told
        self._made: set[str] = set()

    def store(self, sources: Iterable[Source]) -> Iterator[Stored]:
        """Copy them into the payload, and yield what is known of each, in their order."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            yield from in_turn(pool, self._store, self._with_folders(sources))

    def add(self, name: str, data: bytes) -> None:
        """Write a tag file."""
        descriptor = self._staging.create(name)
        try:
            write_fully(descriptor, data)
        finally:
            os.close(descriptor)

    def finish(self) -> None:
        """Nothing is added after this."""

    def changed(self, checksums: Mapping[str, str]) -> Iterator[str]:
        """Yield the files, by their paths in the package, that the disk doesn't give back as they should be."""
        reading = Rereading(self._hashing, self._told)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            found = in_turn(pool, reading.sha256, (f"{self._staging.path}/{path}" for path in checksums))
            for (path, expected), digest in zip(checksums.items(), found, strict=True):
                if digest != expected:
                    yield path

    def _with_folders(self, sources: Iterable[Source]) -> Iterator[Source]:
        self._make("data")
        for source in sources:
            self._make(f"data/{source.path}".rpartition("/")[0])
            yield source

    def _make(self, folder: str) -> None:
        if folder not in self._made:
            self._staging.make_folder(folder)
            self._made.add(folder)

    def _store(self, source: Source) -> Stored:
        if not source.is_large:
            data, stored = read_whole(source)
            self.add(f"data/{source.path}", data)
            self._told(stored.size)
            return stored
        descriptor = self._staging.create(f"data/{source.path}", DIRECT)
        try:
            return copy_pieces(source, partial(self._write, descriptor), self._hashing)
        finally:
            os.close(descriptor)

    def _write(self, descriptor: int, piece: memoryview) -> None:
        write_past_memory(descriptor, piece)
        self._told(len(piece))


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
