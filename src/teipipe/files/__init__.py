"""Writing: a file holds its old content or its new content, whole, whenever the process is stopped.

The only room that changes anything on the disk; what is new as a whole (`staging`) comes into being beside its place.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import stat
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath
from threading import Thread
from types import TracebackType
from typing import IO, Final

from teipipe.errors import OutputError

LOCK: Final = ".teipipe.lock"

_TEMPORARY: Final = re.compile(r"\.teipipe-\d+-\d+\.tmp")
_NUMBERS: Final = count(1)
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
#: So many files are written together, and so many at once are waited for until they are durable.
_OPEN: Final = 100
_AT_ONCE: Final = 8

#: Files in there may be any; what is written goes to whoever has them open.
_OF_PROCESSES: Final = (Path("/dev"), Path("/dev/fd"), Path("/proc/self/fd"))


def write(path: Path, data: bytes) -> bool:
    """Make the file `path` hold `data`; False if it did already, and nothing was done.

    Written beside the target, made durable, then renamed: whoever looks finds the old file or the new one. The
    folder's own entry is durable after `sync_folder`. Raises OutputError.
    """
    return bool(write_all({path: data}))


def write_all(files: Mapping[Path, bytes]) -> set[Path]:
    """Make files hold what is given for each, as `write` does; those that had to be written."""
    new = [(path, data) for path, data in files.items() if not holds(path, data)]
    for start in range(0, len(new), _OPEN):
        _write_together(new[start : start + _OPEN])
    return {path for path, _ in new}


def _write_together(files: Sequence[tuple[Path, bytes]]) -> None:
    written: list[tuple[Path, str, IO[bytes]]] = []
    try:
        for path, data in files:
            temporary = f"{path.parent}/.teipipe-{os.getpid()}-{next(_NUMBERS)}.tmp"
            try:
                descriptor = os.open(temporary, _NEW, 0o666)
                written.append((path, temporary, os.fdopen(descriptor, "wb")))
                written[-1][2].write(data)
                written[-1][2].flush()
            except OSError as error:
                raise refusal(path, error) from error
        _make_durable([(path, file.fileno()) for path, _, file in written])
        for path, temporary, _ in written:
            try:
                os.replace(temporary, path)  # noqa: PTH105 (a Path takes longer to make than this to be done)
            except OSError as error:
                raise refusal(path, error) from error
    except BaseException:
        for _, temporary, _ in written:
            Path(temporary).unlink(missing_ok=True)
        raise
    finally:
        for _, _, file in written:
            with suppress(OSError):  # what it holds is durable, or has been given up
                file.close()


def _make_durable(files: Sequence[tuple[Path, int]]) -> None:
    """Wait until open files are on the disk, several at once: it takes hardly longer for them than for one."""
    refused: list[OutputError] = []

    def wait_for(some: Sequence[tuple[Path, int]]) -> None:
        for path, descriptor in some:
            try:
                os.fsync(descriptor)
            except OSError as error:
                refused.append(refusal(path, error))

    threads = [Thread(target=wait_for, args=(files[first::_AT_ONCE],)) for first in range(1, min(_AT_ONCE, len(files)))]
    for thread in threads:
        thread.start()
    wait_for(files[::_AT_ONCE])
    for thread in threads:
        thread.join()
    if refused:
        raise refused[0]


def deliver(path: Path, data: bytes) -> bool:
    """`write` for a path that a user named, durable under its name.

    What is there and no file (a pipe, a terminal, /dev/stdout, /dev/null) is written into, never replaced. Raises
    OutputError.
    """
    try:
        if is_stream(path):
            with path.open("ab", buffering=0) as stream:
                stream.write(data)
            return True
    except OSError as error:
        raise refusal(path, error) from error
    is_new = write(path, data)
    if is_new:
        sync_folder(path.parent)
    return is_new


def is_stream(path: Path) -> bool:
    """Whether something is there that isn't kept on a disk, or the name stands for what a process has open."""
    if not os.path.exists(path):  # noqa: PTH110 (a Path raises if the name is too long)
        return False
    mode = path.stat().st_mode
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)) or path.parent in _OF_PROCESSES


@dataclass(frozen=True, slots=True)
class Signature:
    """By what a file is seen to be the same as before without reading it: two equal ones have the same content.

    Unless somebody changed it twice within some milliseconds, or set the clock back.
    """

    changed: int
    modified: int
    size: int
    node: int


def signature(path: Path | str) -> Signature | None:
    """The signature of a file (no link); None if it is none."""
    try:
        status = os.lstat(path)  # a Path takes longer to make than this to answer
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return Signature(status.st_ctime_ns, status.st_mtime_ns, status.st_size, status.st_ino)


def make_folder(path: Path) -> None:
    """Make the folder `path`, and those above it, unless it exists; raises OutputError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refusal(path, error) from error


def make_whole(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a new folder with files in it, by their paths (POSIX): all of them, durably, or nothing at all.

    Made beside its place, then renamed. Raises OutputError if something is there other than an empty folder.
    """
    temporary = folder.with_name(f".teipipe-{os.getpid()}-{next(_NUMBERS)}.tmp")
    try:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise _occupied(folder, "is there already, and no folder")
        if folder.exists() and any(folder.iterdir()):
            raise _occupied(folder, "is there already, and not empty")
        try:
            for name, data in files.items():
                path = temporary / name
                path.parent.mkdir(parents=True, exist_ok=True)
                write(path, data)
            for below in (temporary, *(path for path in temporary.rglob("*") if path.is_dir())):
                sync_folder(below)
            temporary.rename(folder)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
        sync_folder(folder.parent)
    except OSError as error:
        raise refusal(folder, error) from error


def holds(path: Path, data: bytes) -> bool:
    """Whether `path` is a file (no link) with exactly this content."""
    try:
        status = path.lstat()
        return stat.S_ISREG(status.st_mode) and status.st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable: files renamed into it survive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class OutputFolder:
    """One folder that results are written to, held by one process at a time.

    A context manager: entering makes the folder, locks it and clears away what a killed run left behind; leaving
    makes everything durable and releases it. Paths are POSIX, relative to the folder. Raises OutputError when the
    folder can't be written to, or another process is writing to it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = -1
        self._made = {"", "."}
        self._checked = {""}
        self._touched: set[Path] = set()

    def __enter__(self) -> OutputFolder:
        make_folder(self.path)
        try:
            interrupted = self._acquire()
        except OSError as error:
            raise refusal(self.path, error) from error
        if interrupted:
            self._clear_leftovers()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.sync()
        finally:
            (self.path / LOCK).unlink(missing_ok=True)
            os.close(self._lock)

    def write(self, name: str, data: bytes) -> bool:
        """Make the file `name` hold `data`; False if it did already."""
        return bool(self.write_all({name: data}))

    def write_all(self, files: Mapping[str, bytes]) -> set[str]:
        """Make files hold what is given for each; those that had to be written."""
        paths = {self._target(name): name for name in files}
        written = write_all({path: files[name] for path, name in paths.items()})
        self._touched.update(path.parent for path in written)
        return {paths[path] for path in written}

    def read(self, name: str) -> bytes | None:
        """What the file `name` holds; None if there is no such file."""
        try:
            return self._inside(name).read_bytes()
        except OSError:
            return None

    def signature(self, name: str) -> Signature | None:
        """The signature of the file `name`; None if there is no such file."""
        self._check(name)
        return signature(f"{self.path}/{name}")

    def append(self, name: str, data: bytes) -> None:
        """Add `data` to the end of the file `name`, durably; only what tolerates a torn end is written like this."""
        path = self._target(name)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            sync_folder(path.parent)
        except OSError as error:
            raise refusal(path, error) from error

    def remove(self, name: str) -> None:
        """Remove the file `name`, and the folders that this leaves empty."""
        path = self._inside(name)
        try:
            path.unlink(missing_ok=True)
            folder = path.parent
            while folder != self.path and not any(folder.iterdir()):
                folder.rmdir()
                self._made.discard(folder.relative_to(self.path).as_posix())
                self._checked.discard(folder.relative_to(self.path).as_posix())
                self._touched.discard(folder)
                folder = folder.parent
        except FileNotFoundError:
            return
        except OSError as error:
            raise refusal(path, error) from error
        self._touched.add(folder)

    def sync(self) -> None:
        """Make all that was written and removed since the last time durable."""
        folders = sorted(self._touched)
        self._touched.clear()
        for folder in folders:
            try:
                sync_folder(folder)
            except OSError as error:  # somebody has taken it away
                raise refusal(folder, error) from error

    def _acquire(self) -> bool:
        """Lock the folder; True if the run before was killed before it could take its lock file away."""
        path = self.path / LOCK
        while True:
            found = path.exists()
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = os.read(descriptor, 40).decode("ascii", "replace").strip()
                os.close(descriptor)
                raise OutputError(
                    f"process {holder or 'of unknown number'} is writing to this folder",
                    path=self.path,
                    help="wait until it is done, or write to another folder",
                ) from None
            # Between opening and locking, its last holder may have taken the file away: then it locks nothing.
            if is_same_file(descriptor, path):
                break
            os.close(descriptor)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        self._lock = descriptor
        return found

    def _clear_leftovers(self) -> None:
        for folder, _, names in os.walk(self.path, followlinks=False):
            for name in names:
                if _TEMPORARY.fullmatch(name):
                    Path(folder, name).unlink(missing_ok=True)

    def _target(self, name: str) -> Path:
        """The path of a file to be written, its folders made; a link on the way is never followed."""
        path = self._inside(name)
        if name.rpartition("/")[0] in self._made:
            return path
        for folder in reversed(PurePosixPath(name).parents):
            if folder.as_posix() in self._made:
                continue
            place = self.path / folder
            try:
                place.mkdir(exist_ok=True)
            except OSError as error:
                raise refusal(place, error) from error
            self._touched.add(place.parent)
            self._made.add(folder.as_posix())
        return path

    def _inside(self, name: str) -> Path:
        self._check(name)
        return self.path / name

    def _check(self, name: str) -> None:
        """Raise OutputError if a file would not lie inside, or a link is on the way; each folder is looked at once."""
        folder, _, last = name.rpartition("/")
        if folder in self._checked and last not in ("", ".", "..") and not name.startswith("/"):
            return
        path = PurePosixPath(name)
        if not path.parts or path.is_absolute() or ".." in path.parts:
            raise OutputError(f"“{name}” is no path inside the output folder", path=self.path)
        self._check_folder("" if len(path.parts) == 1 else str(path.parent))

    def _check_folder(self, folder: str) -> None:
        if folder in self._checked:
            return
        self._check_folder(folder.rpartition("/")[0])
        place = f"{self.path}/{folder}"
        if os.path.islink(place):  # noqa: PTH114 (a Path takes longer to make than this to answer)
            raise OutputError("is a link; the output folder holds none", path=Path(place))
        if os.path.isdir(place):  # noqa: PTH112
            self._checked.add(folder)


def _occupied(folder: Path, how: str) -> OutputError:
    return OutputError(how, path=folder, help="choose another name; what is there is left alone")


def is_same_file(descriptor: int, path: Path) -> bool:
    """Whether what is open is still what has that name."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except FileNotFoundError:
        return False


def refusal(path: Path, error: OSError) -> OutputError:
    """What is said when the system refuses to write `path`."""
    reason = (error.strerror or "can't be written").lower()
    return OutputError(f"can't be written: {reason}", path=path, help="check the permissions and the space on the disk")
