"""Something new on the disk: it is made beside its place, durable before it takes it, and replaces nothing.

A run that is killed leaves nothing at the place. What it leaves beside it is known by its name, and by a lock that ends
with the process: the next run clears it away, and leaves alone what another run is working on.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from itertools import count
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Final

from teipipe.errors import OutputError
from teipipe.files import is_same_file, refusal, sync_folder

_NAME: Final = re.compile(r"\.teipipe-([0-9a-f]{16})-(\d+)-\d+\.tmp")
_NUMBERS: Final = count(1)
_NEW: Final = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_OPEN: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC

#: Of the system call renameat2: paths start from the working folder; what is there already is not replaced.
_FROM_HERE: Final = -100
_NO_REPLACE: Final = 1
#: What a file system answers that doesn't know this kind of renaming, or no second names for a file.
_UNKNOWN: Final = {errno.EINVAL, errno.ENOSYS, errno.EPERM, errno.ENOTSUP, errno.EMLINK}


class Staging:
    """The folder, or the file, that will become `target`; a context manager: gone after it unless `publish` was called.

    `path` is where it is until then. Raises OutputError if something is there already, another run is making it, or
    it can't be written to.
    """

    def __init__(self, target: Path, *, is_folder: bool) -> None:
        self.target = target
        self.is_folder = is_folder
        self.path = target
        self._lock = -1
        self._is_published = False

    def __enter__(self) -> Staging:
        require_free(self.target)
        with self.refusing():
            self._clear_leftovers()
            self._begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._is_published:
            _remove(self.path)
        os.close(self._lock)

    @property
    def descriptor(self) -> int:
        """What the file is open as, for reading and writing."""
        return self._lock

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Tell of an OSError as of the target: nobody knows the name beside it."""
        try:
            yield
        except OSError as error:
            raise refusal(self.target, error) from error

    def make_folder(self, name: str) -> None:
        """Make a folder in it, by its path (POSIX), with those above it."""
        os.makedirs(f"{self.path}/{name}", exist_ok=True)  # noqa: PTH103 (a Path takes longer to make than this)

    def create(self, name: str, flags: int = 0) -> int:
        """A new file in it, open for reading and writing, with further flags if the system knows them.

        The caller closes it.
        """
        path = f"{self.path}/{name}"
        try:
            return os.open(path, _NEW | flags, 0o666)
        except OSError as error:
            if not flags or error.errno != errno.EINVAL:
                raise
        Path(path).unlink(missing_ok=True)  # some systems make it before they look at the flags
        return os.open(path, _NEW, 0o666)

    def open(self, name: str) -> int:
        """A file that was made in it, open for writing; the caller closes it."""
        return os.open(f"{self.path}/{name}", os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)

    def sync(self) -> None:
        """Wait until everything in it is on the disk."""
        if not self.is_folder:
            os.fsync(self._lock)
            return
        if _sync_everything(self._lock):
            return
        for folder, _, names in os.walk(self.path):
            for name in names:
                _sync(f"{folder}/{name}")
            _sync(folder)

    def publish(self) -> None:
        """Give it its name, unless something has it by now."""
        with self.refusing():
            _rename(self.path, self.target, is_folder=self.is_folder)
            self.path = self.target
            sync_folder(self.target.parent)
            self._is_published = True

    def _begin(self) -> None:
        """Make it, and lock it: between the two, another run may take it for a leftover and clear it away."""
        while True:
            name = f".teipipe-{_digest(self.target)}-{os.getpid()}-{next(_NUMBERS)}.tmp"
            path = self.target.with_name(name)
            try:
                if self.is_folder:
                    path.mkdir()
                descriptor = os.open(path, _OPEN | os.O_DIRECTORY) if self.is_folder else os.open(path, _NEW, 0o666)
                if _holds(descriptor) and is_same_file(descriptor, path):
                    self.path, self._lock = path, descriptor
                    return
            except FileExistsError:  # it is somebody else's
                raise
            except BaseException:  # some file systems know no locks; and whoever is interrupted has made it, too
                _remove(path)
                raise
            os.close(descriptor)

    def _clear_leftovers(self) -> None:
        ours = _digest(self.target)
        with os.scandir(self.target.parent) as entries:
            found = [(Path(entry.path), match) for entry in entries if (match := _NAME.fullmatch(entry.name))]
        for path, match in found:
            if not _cleared(path) and match[1] == ours:
                raise OutputError(
                    f"process {match[2]} is making it",
                    path=self.target,
                    help="wait until it is done, or choose another name",
                )


def require_free(target: Path) -> None:
    """Raise OutputError if something is at `target`, or nothing can be made there."""
    advice = "what is there is left alone: choose another name"
    if os.path.lexists(target):
        raise OutputError("is there already", path=target, help=advice)
    folder = target.parent
    if not folder.is_dir():
        raise OutputError("there is no such folder", path=folder, help="make it, or choose another place")
    require_writable(folder)


def require_writable(folder: Path) -> None:
    """Raise OutputError if nothing can be made in a folder, or in the nearest one above it that there is."""
    there = next((one for one in (folder, *folder.absolute().parents) if one.exists()), folder)
    try:
        with TemporaryFile(dir=there):  # it has no name, so nothing is left of it
            pass
    except OSError as error:
        reason = (error.strerror or "").lower()
        raise OutputError(f"can't be written to: {reason}", path=folder, help="choose another place") from error


def _digest(target: Path) -> str:
    """Stands for the name of the target, which may be as long as a name can be."""
    return sha256(os.fsencode(target.name)).hexdigest()[:16]


def _holds(descriptor: int) -> bool:
    """Lock it; False if another process has."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _cleared(path: Path) -> bool:
    """Remove what a killed run left; False if its process is alive. What isn't ours to remove stays."""
    try:
        descriptor = os.open(path, _OPEN)
    except OSError:  # it is gone by now, or a link, or somebody else's
        return True
    try:
        if not _holds(descriptor):
            return False
        with suppress(PermissionError):
            _remove(path)
        return True
    finally:
        os.close(descriptor)


def _remove(path: Path) -> None:
    with suppress(FileNotFoundError):
        if stat.S_ISDIR(path.lstat().st_mode):
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()


def _sync(path: str) -> None:
    descriptor = os.open(path, _OPEN)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_everything(descriptor: int) -> bool:
    """Have the file system of an open folder write all that it holds back; False if that can't be asked for.

    Ten thousand files are durable after it in a tenth of the time that they take one by one.
    """
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "syncfs"):
        return False
    if library.syncfs(descriptor):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return True


def _rename(source: Path, target: Path, *, is_folder: bool) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    code = errno.ENOSYS
    if hasattr(library, "renameat2"):
        if not library.renameat2(_FROM_HERE, os.fsencode(source), _FROM_HERE, os.fsencode(target), _NO_REPLACE):
            return
        code = ctypes.get_errno()
    if code not in _UNKNOWN:
        raise _taken(target) if code in (errno.EEXIST, errno.ENOTEMPTY) else OSError(code, os.strerror(code))
    # Some file systems can't: there a file gets a second name, a folder is refused where anything lies in another.
    if not is_folder:
        try:
            os.link(source, target)
        except FileExistsError:
            raise _taken(target) from None
        except OSError as error:
            if error.errno not in _UNKNOWN:
                raise
        else:
            source.unlink()
            return
    if os.path.lexists(target):
        raise _taken(target)
    source.rename(target)


def _taken(target: Path) -> OutputError:
    return OutputError(
        "is there by now: another process made it", path=target, help="compare it, or choose another name"
    )
