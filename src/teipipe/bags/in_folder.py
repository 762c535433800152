"""Packages that lie in a folder: no link in it is followed, nothing but plain files is opened."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path
from typing import IO, Final

from teipipe.bags.containers import BUFFER, FREE, RATIO, Entry, Listing, Stream, taken
from teipipe.bags.safety import DEEPEST, shown
from teipipe.errors import BagError, UnreadableError

_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC

_KINDS: Final = (
    (stat.S_ISLNK, "a symbolic link"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISCHR, "a device"),
)


class InFolder:
    """The files of a folder, step by step from its own descriptor, so that nobody can put a link in between."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._root = -1
        try:
            self._root = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            self.listing = Listing(path, RATIO * (1 << 62))
            self._taken = 0
            self._walk(self._root, "", 0)
            self._refuse_holes()
        except OSError as error:
            self.close()
            raise UnreadableError(f"can't be read: {(error.strerror or '').lower()}", path=path) from error
        except BaseException:
            self.close()
            raise

    def _refuse_holes(self) -> None:
        """Raise BagError if there is much more to read than the files take on the disk."""
        size = sum(entry.size for entry in self.listing.files.values())
        if RATIO * self._taken + FREE < size and RATIO * sum(map(self._taken_by, self.listing.files)) + FREE < size:
            raise self.listing.refuse(f"its files claim to hold more than {RATIO} times what they take on the disk")

    def _taken_by(self, path: str) -> int:
        try:
            descriptor = self._opened(path)
        except UnreadableError:
            return 0
        try:
            return taken(descriptor)
        finally:
            os.close(descriptor)

    def _walk(self, folder: int, path: str, depth: int) -> None:
        if depth > DEEPEST:
            raise self.listing.refuse(f"“{shown(path)}” is more than {DEEPEST} folders deep")
        below: list[str] = []
        with os.scandir(folder) as found:
            for one in found:
                name = f"{path}{one.name}"
                status = one.stat(follow_symlinks=False)
                if stat.S_ISDIR(status.st_mode):
                    self.listing.add_folder(name)
                    below.append(one.name)
                    continue
                for is_kind, what in _KINDS:
                    if is_kind(status.st_mode):
                        raise self.listing.refuse(f"“{shown(name)}” is {what}")
                self.listing.add(name, Entry(status.st_size))
                self._taken += status.st_blocks * 512
        for name in below:
            try:
                child = os.open(name, _FOLDER, dir_fd=folder)
            except OSError as error:
                raise self._refusal(f"{path}{name}", error) from error
            try:
                self._walk(child, f"{path}{name}/", depth + 1)
            finally:
                os.close(child)

    def open(self, path: str) -> IO[bytes]:
        """The bytes of a file; raises UnreadableError."""
        if path not in self.listing.files:
            raise UnreadableError(f"has no file “{shown(path)}”", path=self.path)
        descriptor = self._opened(path)

        def fill(buffer: memoryview) -> int:
            try:
                return os.readv(descriptor, [buffer])
            except OSError as error:
                raise self._refusal(path, error) from error

        return io.BufferedReader(Stream(fill, lambda: os.close(descriptor)), BUFFER)

    def _opened(self, path: str) -> int:
        """A file, open for reading, step by step; raises UnreadableError, and BagError if it is no file by now."""
        *folders, name = path.split("/")
        held = self._root
        try:
            for folder in folders:
                child = os.open(folder, _FOLDER, dir_fd=held)
                self._release(held)
                held = child
            descriptor = os.open(name, _FILE, dir_fd=held)
        except OSError as error:
            raise self._refusal(path, error) from error
        finally:
            self._release(held)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise BagError(f"“{shown(path)}” is no plain file any more", path=self.path)
        return descriptor

    def close(self) -> None:
        """Let go of the folder."""
        if self._root >= 0:
            os.close(self._root)
            self._root = -1

    def _release(self, descriptor: int) -> None:
        if descriptor != self._root:
            os.close(descriptor)

    def _refusal(self, path: str, error: OSError) -> UnreadableError:
        return UnreadableError(f"“{shown(path)}” can't be read: {(error.strerror or '').lower()}", path=self.path)
