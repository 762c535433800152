"""Puts a package into one file, zip or tar, in one pass, and reads it back."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import IO, Final

from teipipe.bags.archives import DAMAGED, KINDS, Write
from teipipe.bags.copying import Source, Told, copy_pieces, read_whole
from teipipe.bags.forms import check_archive
from teipipe.bags.items import Stored
from teipipe.bags.reading import open_bag
from teipipe.bags.rereading import FromDisk
from teipipe.bags.to_folder import AT_ONCE, in_turn
from teipipe.errors import TeipipeError
from teipipe.files.staging import Staging

_PIECE: Final = 1 << 20


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
        """Yield the files, by their paths in the package, that the disk doesn't give back as they should be."""
        if self._is_damaged():
            yield self._staging.target.name
            return
        with io.BufferedReader(FromDisk(str(self._staging.path))) as file:
            found = {name: self._digest(entry) for name, entry in self._kind.entries(file)}
        expected = {self._name(path): digest for path, digest in checksums.items()}
        wrong = {name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name)}
        for name in sorted(wrong):
            yield name.removeprefix(f"{self._folder}/")

    def _is_damaged(self) -> bool:
        """Whether the bytes around the files, which no checksum protects, aren't those that were written."""
        try:
            with open_bag(self._staging.path) as bag:
                return any(check_archive(bag))
        except TeipipeError:
            return True

    def _name(self, path: str) -> str:
        return f"{self._folder}/{path}"

    def _write(self, write: Write, data: bytes | memoryview) -> None:
        write(data)
        self._told(len(data))

    def _digest(self, entry: IO[bytes]) -> str:
        digest = sha256()
        hashed: Future[None] | None = None
        with suppress(*DAMAGED):  # it isn't what it should be then
            while piece := entry.read(_PIECE):
                self._told(len(piece))
                if hashed is not None:
                    hashed.result()
                if len(piece) < _PIECE:
                    hashed = None
                    digest.update(piece)
                else:  # while the next piece is read
                    hashed = self._hashing.submit(digest.update, piece)
        if hashed is not None:
            hashed.result()
        return digest.hexdigest()


def _ahead(source: Source) -> tuple[Source, tuple[bytes, Stored] | None]:
    return source, None if source.is_large else read_whole(source)
