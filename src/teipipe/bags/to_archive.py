"""Puts a package into one file, zip or tar, in one pass, and reads it back.

Nothing in it depends on when, where or by whom it was made. Nothing is compressed: versions of zlib differ in what they
make of the same bytes, and in a damaged archive all files but the damaged one can still be read.
"""

from __future__ import annotations

import os
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from typing import IO, Final

from teipipe.bags.copying import Source, Told, copy_pieces, read_whole
from teipipe.bags.items import Stored
from teipipe.bags.to_folder import AT_ONCE, in_turn
from teipipe.files.staging import Staging

_PIECE: Final = 1 << 20
_MODE: Final = 0o644
#: The earliest time that zip knows, as zip and as tar have it: 1 January 1980.
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)
_TAR_TIME: Final = 315_532_800

Write = Callable[[bytes | memoryview], object]


class ToArchive:
    """Writes a package into the archive that will be it; everything lies in one folder, called like the archive."""

    def __init__(self, staging: Staging, kind: type[_Zip] | type[_Tar], hashing: Executor, told: Told) -> None:
        self._staging = staging
        self._folder = staging.target.name[: -len(staging.target.suffix)]
        self._kind = kind
        self._archive = kind(os.fdopen(os.dup(staging.descriptor), "w+b"))
        self._hashing = hashing
        self._told = told

    def store(self, sources: Iterable[Source]) -> Iterator[Stored]:
        """Copy them into the payload, and yield what is known of each, in their order.

        Small files are read and hashed ahead, by several threads; a large one is read when its turn comes.
        """
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for source, ahead in in_turn(pool, _ahead, sources):
                with self._archive.entry(self._name(f"data/{source.path}"), source.size) as write:
                    if ahead is not None:
                        data, stored = ahead
                        self._write(write, data)
                    else:
                        stored = copy_pieces(source, partial(self._write, write), self._hashing)
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
        descriptor = os.dup(self._staging.descriptor)
        with os.fdopen(descriptor, "rb") as file:
            if hasattr(os, "posix_fadvise"):  # what the system still remembers of it proves nothing
                os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            file.seek(0)
            found = {name: self._digest(entry) for name, entry in self._kind.entries(file)}
        expected = {self._name(path): digest for path, digest in checksums.items()}
        wrong = {name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name)}
        for name in sorted(wrong):
            yield name.removeprefix(f"{self._folder}/")

    def _name(self, path: str) -> str:
        return f"{self._folder}/{path}"

    def _write(self, write: Write, data: bytes | memoryview) -> None:
        write(data)
        self._told(len(data))

    def _digest(self, entry: IO[bytes]) -> str:
        digest = sha256()
        while piece := entry.read(_PIECE):
            digest.update(piece)
            self._told(len(piece))
        return digest.hexdigest()


def _ahead(source: Source) -> tuple[Source, tuple[bytes, Stored] | None]:
    return source, None if source.is_large else read_whole(source)


class _Zip:
    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True)

    @contextmanager
    def entry(self, name: str, size: int) -> Iterator[Write]:
        info = zipfile.ZipInfo(name, _ZIP_TIME)
        info.create_system = 3  # those whose modes follow, whatever system this is
        info.external_attr = (0o100000 | _MODE) << 16
        info.file_size = size
        with self._zip.open(info, "w") as entry:
            yield entry.write

    def close(self) -> None:
        self._zip.close()
        self._file.close()

    @staticmethod
    def entries(file: IO[bytes]) -> Iterator[tuple[str, IO[bytes]]]:
        with zipfile.ZipFile(file) as archive:
            for info in archive.infolist():
                with archive.open(info) as entry:
                    yield info.filename, entry


class _Tar:
    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    @contextmanager
    def entry(self, name: str, size: int) -> Iterator[Write]:
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, _MODE, _TAR_TIME
        self._file.write(info.tobuf(tarfile.PAX_FORMAT, "utf-8", "strict"))
        yield self._file.write
        self._file.write(bytes(-size % tarfile.BLOCKSIZE))

    def close(self) -> None:
        self._file.write(bytes(2 * tarfile.BLOCKSIZE))
        self._file.write(bytes(-self._file.tell() % tarfile.RECORDSIZE))
        self._file.close()

    @staticmethod
    def entries(file: IO[bytes]) -> Iterator[tuple[str, IO[bytes]]]:
        with tarfile.open(fileobj=file, mode="r:", encoding="utf-8") as archive:
            while (info := archive.next()) is not None:
                entry = archive.extractfile(info)
                assert entry is not None
                with entry:
                    yield info.name, entry
                archive.members = []  # type: ignore[attr-defined] # it would remember every file


#: What writes an archive and reads it, by the ending of its name.
KINDS: Final[Mapping[str, type[_Zip] | type[_Tar]]] = {".zip": _Zip, ".tar": _Tar}
