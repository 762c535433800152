"""Reads packages, whoever made them: a folder, a zip or a tar file, of which nothing is believed."""

from __future__ import annotations

import re
import stat
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from teipipe.bags.containers import BUFFER, RATIO, Container, Damage, Entry, OpenFile
from teipipe.bags.in_folder import InFolder
from teipipe.bags.in_tar import InTar
from teipipe.bags.in_zip import InZip
from teipipe.bags.safety import shown
from teipipe.errors import BagError, UnreadableError

#: What lies at the root of a package, and hardly anywhere else.
_SIGNS: Final = re.compile(r"bagit\.txt|bag-info\.txt|(tag)?manifest-[A-Za-z0-9]+\.txt", re.IGNORECASE)
#: What macOS adds to an archive, about the files in it.
_OF_MACOS: Final = "__MACOSX"


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a package: its path from the package's root (POSIX), and its size in bytes."""

    path: str
    size: int


class Bag:
    """A package that is open for reading; no path of it leads out of it, and nothing in it is a link.

    `root` is where it begins in what it lies in: "", or the name of a folder with a slash.
    """

    def __init__(self, path: Path, container: Container) -> None:
        self.path = path
        self.container = container
        self.root = _root(container)

    def members(self) -> Iterator[Member]:
        """All files, in order of their paths."""
        start = len(self.root)
        for path in sorted(self.container.listing.files):
            if path.startswith(self.root):
                yield Member(path[start:], self.container.listing.files[path].size)

    def beside(self) -> list[str]:
        """Files of the archive that lie beside the package, and aren't looked at."""
        return sorted(path for path in self.container.listing.files if not path.startswith(self.root))

    def entry(self, path: str) -> Entry | None:
        """What is known of a file; None if there is none."""
        return self.container.listing.files.get(f"{self.root}{path}")

    def has_folder(self, path: str) -> bool:
        """Whether there is such a folder."""
        return f"{self.root}{path}" in self.container.listing.folders

    @property
    def damages(self) -> Sequence[Damage]:
        """What is wrong with the archive though it can be read, by paths in the package."""
        start = len(self.root)
        return [Damage(one.path[start:], one.message) for one in self.container.listing.damages]

    def open(self, path: str) -> IO[bytes]:
        """A file's bytes, from its start; raises UnreadableError if it isn't there, or can't be read.

        Reading from the stream raises UnreadableError and BagError as well, and no others.
        """
        return self.container.open(f"{self.root}{path}")

    def extract(self, folder: Path, below: str = "") -> None:
        """Write the files below a path of the package into a folder, by their paths from there; raises OutputError.

        Nothing that is there is replaced, no link in it followed.
        """
        from teipipe.files.unpacking import unpack  # who only verifies needs nothing that writes

        start = f"{below.rstrip('/')}/" if below else ""
        names = [member.path for member in self.members() if member.path.startswith(start)]
        # In the order in which they lie there.
        names.sort(key=lambda name: self.container.listing.files[f"{self.root}{name}"].offset)
        unpack(folder, ((name[len(start) :], self.open(name)) for name in names))


@contextmanager
def open_bag(path: Path) -> Iterator[Bag]:
    """The package in a folder, a .zip, a .tar or a .tar.gz file; what it is shows in its first bytes, not in its name.

    Raises UnreadableError if there is none, BagError if it can't be read safely (links, devices, paths that lead out,
    more than it claims to hold).
    """
    container = _container(path)
    try:
        yield Bag(path, container)
    finally:
        container.close()


def _container(path: Path) -> Container:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            if not any(
                _SIGNS.fullmatch(one.name) for one in path.iterdir()
            ):  # else all that lies in it would be gone through
                raise _no_package(path)
            return InFolder(path)
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("is neither a folder nor a file", path=path)
        file = path.open("rb", buffering=0)
    except OSError as error:
        raise UnreadableError(f"can't be read: {(error.strerror or '').lower()}", path=path) from error
    except ValueError as error:  # a NUL in it
        raise UnreadableError("there is no such file", path=path) from error
    source = OpenFile(path, file)
    try:
        first = source.read(0, 512)
        limit = source.budget()
        if first.startswith(b"\x1f\x8b"):
            source = _inflated(source)
            return InTar(source, RATIO * source.size, is_unpacked=True)
        if first.startswith((b"PK\3\4", b"PK\5\6")) or path.suffix.lower() == ".zip":
            return InZip(source, limit)
        return InTar(source, limit)
    except BaseException:
        source.close()
        raise


def _no_package(path: Path) -> UnreadableError:
    return UnreadableError("is no package: there is no bagit.txt in it", path=path)


def _inflated(source: OpenFile) -> OpenFile:
    """A gzip file unpacked: into a file without a name, that is gone when it is closed."""
    try:
        unpacked = tempfile.TemporaryFile()  # noqa: SIM115 (the container closes it)
    except OSError as error:
        raise UnreadableError(
            "can't be unpacked: there is no place for temporary files", path=source.path, help="unpack it (gunzip)"
        ) from error
    try:
        _inflate(source, unpacked)
        unpacked.flush()
    except zlib.error as error:
        unpacked.close()
        raise BagError("is damaged: it can't be unpacked", path=source.path) from error
    except OSError as error:
        unpacked.close()
        raise UnreadableError(
            f"can't be unpacked: {(error.strerror or '').lower()}", path=source.path, help="unpack it (gunzip)"
        ) from error
    except BaseException:
        unpacked.close()
        raise
    source.close()
    return OpenFile(source.path, unpacked)


def _inflate(source: OpenFile, unpacked: IO[bytes]) -> None:
    """Unpack a gzip file into another; raises BagError, zlib.error, OSError."""
    inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
    limit = source.budget()
    position = 0
    while packed := inflater.unconsumed_tail or source.read(position, BUFFER):
        if not inflater.unconsumed_tail:
            position += len(packed)
        unpacked.write(inflater.decompress(packed, 1 << 20))
        if unpacked.tell() > limit:
            raise BagError(f"holds more than {RATIO} times what it takes itself", path=source.path)
        if inflater.eof:
            break
    if not inflater.eof:
        raise BagError("is cut off", path=source.path)
    if inflater.unused_data or position < source.size:
        raise BagError("has something behind the end of what is packed", path=source.path)


def _root(container: Container) -> str:
    """Where the package begins: where its bagit.txt is, or would have to be; raises UnreadableError, BagError."""
    files = container.listing.files
    if any("/" not in path and _SIGNS.fullmatch(path) for path in files):
        return ""
    counts: dict[str, int] = {}
    for path in files:
        counts[path.partition("/")[0]] = counts.get(path.partition("/")[0], 0) + 1
    tops = {
        path.partition("/")[0] for path in files if path.count("/") == 1 and _SIGNS.fullmatch(path.partition("/")[2])
    }
    if not tops or isinstance(container, InFolder):
        raise _no_package(container.path)
    top = max(sorted(tops), key=lambda name: counts[name])
    for path in files:
        if path.partition("/")[0] not in (top, _OF_MACOS):
            raise container.listing.refuse(f"“{shown(path)}” lies beside the package “{shown(top)}”")
    return f"{top}/"
