"""Puts a package into a folder, and reads it back."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from typing import Final

from teipipe.bags.ahead import AT_ONCE, batches, in_turn
from teipipe.bags.copying import DIRECT, Source, Told, copy_pieces, read_whole, write_fully, write_past_memory
from teipipe.bags.items import Stored
from teipipe.bags.records import Entries, Entry
from teipipe.bags.rereading import Rereading
from teipipe.files.staging import Staging

#: So many files are read back at once: whoever waits for the disk takes no processor.
_READ_BACK: Final = 4


class ToFolder:
    """Writes a package into the folder that will be it.

    One thread makes all files, for several would wait for each other at the folder that they make them in; others fill
    them.
    """

    def __init__(self, staging: Staging, lanes: Sequence[Executor], told: Told) -> None:
        self._staging = staging
        self._lanes = lanes
        self._told = told
        self._made = ""

    def store(self, sources: Iterable[Source]) -> Iterator[tuple[Stored, int]]:
        """Copy them into the payload, and yield what is known of each, in their order; no CRC-32."""
        self._make("data")
        with ThreadPoolExecutor(AT_ONCE) as pool:
            made = map(self._begun, batches(sources, lambda source: source.size))
            for batch in in_turn(pool, self._filled, made):
                for source, stored in batch:
                    yield stored or self._copied(source), 0

    def add(self, name: str, size: int, pieces: Iterable[bytes]) -> int:
        """Write a file of so many bytes."""
        descriptor = self._staging.create(name)
        try:
            for piece in pieces:
                write_fully(descriptor, piece)
        finally:
            os.close(descriptor)
        return 0

    def finish(self) -> None:
        """Nothing is added after this."""

    def changed(self, entries: Entries) -> Iterator[str]:
        """Yield the files, by their paths in the package, that the disk doesn't give back as they should be."""
        reading = Rereading(self._lanes, self._told)

        def damaged(batch: list[Entry]) -> list[str]:
            there = ((one, reading.sha256(f"{self._staging.path}/{one.path}")) for one in batch)
            return [one.path for one, digest in there if digest != one.sha256]

        with ThreadPoolExecutor(_READ_BACK) as pool:
            for found in in_turn(pool, damaged, batches(entries.as_written(), lambda one: one.size)):
                yield from found

    def _make(self, folder: str) -> None:
        if folder != self._made:
            self._staging.make_folder(folder)
            self._made = folder

    def _begun(self, batch: list[Source]) -> list[Source]:
        """The same, once their files are there; they are still empty."""
        for source in batch:
            path = f"data/{source.path}"
            self._make(path.rpartition("/")[0])
            if not source.is_large:
                os.close(self._staging.create(path))
        return batch

    def _filled(self, batch: list[Source]) -> list[tuple[Source, Stored | None]]:
        """What is known of each, once its file holds it; of a large one nothing: its turn comes later.

        Whoever has read and hashed bytes writes them: the processor still has them at hand.
        """
        return [(source, None if source.is_large else self._filled_one(source)) for source in batch]

    def _filled_one(self, source: Source) -> Stored:
        data, stored = read_whole(source)
        descriptor = self._staging.open(f"data/{source.path}")
        try:
            write_fully(descriptor, data)
        finally:
            os.close(descriptor)
        self._told(stored.size)
        return stored

    def _copied(self, source: Source) -> Stored:
        descriptor = self._staging.create(f"data/{source.path}", DIRECT)
        try:
            return copy_pieces(source, partial(self._write, descriptor), self._lanes)
        finally:
            os.close(descriptor)

    def _write(self, descriptor: int, piece: memoryview) -> None:
        write_past_memory(descriptor, piece)
        self._told(len(piece))
