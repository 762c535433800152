"""Puts a package into one file, zip or tar, in one pass, and reads it back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from pathlib import Path

from teipipe.bags.ahead import AT_ONCE, batches, in_turn, read_ahead
from teipipe.bags.archive_forms import CONTENT, File, tar_parts, zip_parts
from teipipe.bags.archives import KINDS, Write, Zip
from teipipe.bags.copying import Source, Told, copy_pieces
from teipipe.bags.hashing import Crc
from teipipe.bags.items import Stored
from teipipe.bags.records import Entries
from teipipe.bags.rereading import Stretch, Stretches
from teipipe.files.staging import Staging


def folder_in(target: Path) -> str:
    """The folder in an archive that everything lies in."""
    return target.name[: -len(target.suffix)]


class ToArchive:
    """Writes a package into the archive that will be it; everything lies in one folder, called like the archive."""

    def __init__(self, staging: Staging, lanes: Sequence[Executor], told: Told) -> None:
        target = staging.target
        self._staging = staging
        self._folder = folder_in(target)
        self._archive = KINDS[target.suffix.lower()](staging.descriptor)
        self._lanes = lanes
        self._told = told

    def store(self, sources: Iterable[Source]) -> Iterator[tuple[Stored, int]]:
        """Copy them into the payload, and yield what is known of each, in their order, with its CRC-32 for a zip file.

        Small files are read and hashed ahead, by several threads; a large one is read when its turn comes.
        """
        with_crc = isinstance(self._archive, Zip)
        for read in read_ahead(sources, with_crc=with_crc):
            name = self._name(f"data/{read.source.path}")
            with self._archive.entry(name, read.source.size, read.crc) as write:
                if read.whole is None:
                    crc = read.crc if with_crc else None
                    stored = copy_pieces(read.source, partial(self._write, write), self._lanes, crc)
                else:
                    data, stored = read.whole
                    self._write(write, data)
            yield stored, read.crc.value

    def add(self, name: str, size: int, pieces: Iterable[bytes]) -> int:
        """Write a file of so many bytes; its CRC-32 for a zip file."""
        crc = Crc()
        with self._archive.entry(self._name(name), size, crc) as write:
            for piece in pieces:
                crc.update(piece)
                write(piece)
        return crc.value

    def finish(self) -> None:
        """Write the end of the archive; nothing is added after it."""
        self._archive.close()

    def changed(self, entries: Entries) -> Iterator[str]:
        """Yield what the disk doesn't give back as it should be: files, by their paths in the package.

        The archive's own name stands for the bytes around them, which no checksum protects: they are compared.
        """
        reading = Stretches(str(self._staging.path), self._lanes[0], self._told)
        try:
            with ThreadPoolExecutor(AT_ONCE) as pool:
                together = batches(self._stretches(entries), lambda one: one.size)
                for found in in_turn(pool, reading.damaged, together):
                    yield from found
        finally:
            reading.close()

    def _stretches(self, entries: Entries) -> Iterator[Stretch]:
        """Yield what the archive should consist of, from its start to its end, and that there is nothing behind."""
        files = _Files(entries, self._folder)
        whole = self._staging.target.name
        position = 0
        contents = entries.as_written()
        for part in zip_parts(files) if isinstance(self._archive, Zip) else tar_parts(files):
            if part.what == CONTENT:
                entry = next(contents)
                yield Stretch(entry.path, position, entry.size, digest=entry.sha256)
                position += entry.size
            else:
                yield Stretch(whole, position, len(part.data), data=part.data)
                position += len(part.data)
        yield Stretch(whole, position, 1, data=b"")

    def _name(self, path: str) -> str:
        return f"{self._folder}/{path}"

    def _write(self, write: Write, data: bytes | memoryview) -> None:
        write(data)
        self._told(len(data))


class _Files(Collection[File]):
    """The files of an archive as they lie there."""

    def __init__(self, entries: Entries, folder: str) -> None:
        self._entries = entries
        self._folder = folder

    def __iter__(self) -> Iterator[File]:
        for entry in self._entries.as_written():
            yield File(f"{self._folder}/{entry.path}", entry.size, entry.crc)

    def __len__(self) -> int:
        return self._entries.number

    def __contains__(self, file: object) -> bool:
        return any(file == one for one in self)
