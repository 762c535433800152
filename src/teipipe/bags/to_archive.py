"""Puts a package into one file, zip or tar, in one pass, and reads it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from pathlib import Path

from teipipe.bags.archives import KINDS, Write
from teipipe.bags.copying import Source, Told, copy_pieces, read_whole
from teipipe.bags.forms import check_archive
from teipipe.bags.items import Stored
from teipipe.bags.reading import Bag, open_bag
from teipipe.bags.rereading import stretches
from teipipe.bags.to_folder import AT_ONCE, in_turn
from teipipe.errors import TeipipeError
from teipipe.files.staging import Staging


def folder_in(target: Path) -> str:
    """The folder in an archive that everything lies in."""
    return target.name[: -len(target.suffix)]


class ToArchive:
    """Writes a package into the archive that will be it; everything lies in one folder, called like the archive."""

    def __init__(self, staging: Staging, hashing: Executor, told: Told) -> None:
        target = staging.target
        self._staging = staging
        self._folder = folder_in(target)
        self._kind = KINDS[target.suffix.lower()]
        self._archive = self._kind(staging.descriptor)
        self._hashing = hashing
        self._told = told

    def store(self, sources: Iterable[Source]) -> Iterator[Stored]:
        """Copy them into the payload, and yield what is known of each, in their order.

        Small files are read and hashed ahead, by several threads; a large one is read when its turn comes.
        """
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for source, ahead in in_turn(pool, _ahead, sources):
                with self._archive.entry(self._name(f"data/{source.path}"), source.size) as write:
                    if ahead is None:
                        stored = copy_pieces(source, partial(self._write, write), self._hashing)
                    else:
                        data, stored = ahead
                        self._write(write, data)
                yield stored

    def add(self, name: str, data: bytes) -> None:
        """Write a tag file."""
        with self._archive.entry(self._name(name), len(data)) as write:
            write(data)

    def finish(self) -> None:
        """Write the end of the archive; nothing is added after it."""
        self._archive.close()

    def changed(self, checksums: Mapping[str, str]) -> Iterator[str]:
        """Yield the files, by their paths in the package, that the disk doesn't give back as they should be.

        First come the bytes around them, which no checksum protects.
        """
        left = dict(checksums)
        try:
            with open_bag(self._staging.path) as bag:
                if any(check_archive(bag)):
                    yield self._staging.target.name
                    return
                for path, digest in stretches(str(self._staging.path), _places(bag), self._hashing, self._told):
                    if left.pop(path, None) != digest:
                        yield path
        except TeipipeError:
            yield self._staging.target.name
            return
        yield from sorted(left)

    def _name(self, path: str) -> str:
        return f"{self._folder}/{path}"

    def _write(self, write: Write, data: bytes | memoryview) -> None:
        write(data)
        self._told(len(data))


def _places(bag: Bag) -> list[tuple[str, int, int]]:
    """The files in an archive as they lie there: path, where the bytes begin, how many there are."""
    entries = ((member.path, bag.entry(member.path)) for member in bag.members())
    found = [(path, entry.offset, entry.size) for path, entry in entries if entry is not None]
    return sorted(found, key=lambda one: one[1])


def _ahead(source: Source) -> tuple[Source, tuple[bytes, Stored] | None]:
    return source, None if source.is_large else read_whole(source)
