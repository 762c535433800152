"""Reads what goes into a package, once, for its bytes and both checksums, and notices if it changes meanwhile."""

from __future__ import annotations

import fcntl
import os
import stat
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, wait
from contextlib import contextmanager, suppress
from errno import EINVAL
from hashlib import sha256, sha512
from mmap import PAGESIZE, mmap
from pathlib import Path
from typing import Any, Final, NamedTuple

from teipipe.bags.hashing import Crc
from teipipe.bags.items import Item, Stored
from teipipe.errors import UnreadableError

#: A file up to this size is read whole; a larger one piece by piece, and the piece is hashed by two threads.
WHOLE: Final = 1 << 20
PIECE: Final = 1 << 22
_BUFFERS: Final = 3

#: A link is never followed (who gives it decides what it may lead to), a pipe never waited for.
_OPEN: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC

#: Past what the system remembers of files, to the disk itself and from it; not all systems can.
DIRECT: Final = getattr(os, "O_DIRECT", 0)

#: What is told of bytes: how many were dealt with.
Told = Callable[[int], None]


class Source(NamedTuple):
    """An item as it was when it was looked at: its path in the payload, its file or bytes, its size."""

    path: str
    origin: str | bytes
    size: int
    sha256: str

    @property
    def is_large(self) -> bool:
        """Whether it is read piece by piece."""
        return self.size > WHOLE and isinstance(self.origin, str)


def source_of(item: Item) -> Source:
    """The item before it was looked at; without its Path, which takes more memory than all the rest of it."""
    if isinstance(item.source, bytes):
        return Source(item.path, item.source, len(item.source), item.sha256)
    return Source(item.path, os.fspath(item.source), 0, item.sha256)


def size_of(source: Source) -> int:
    """Its size, if it can be read by the looks of it; raises UnreadableError."""
    origin = source.origin
    if isinstance(origin, bytes):
        return source.size
    with _refusing(origin):
        status = os.lstat(origin)
    _require_file(origin, status)
    return status.st_size


def read_whole(source: Source) -> tuple[bytes, Stored]:
    """Its bytes, and what is known of them; raises UnreadableError if it can't be read, or was changed meanwhile."""
    if isinstance(source.origin, bytes):
        data = source.origin
    else:
        with _opened(source) as (descriptor, status), _refusing(source.origin):
            data = _all_of(descriptor, status.st_size)
            _require_unchanged(source.origin, descriptor, status, len(data))
    stored = Stored(source.path, len(data), sha256(data).hexdigest(), sha512(data).hexdigest())
    return data, _as_asked_for(source, stored)


def copy_pieces(
    source: Source, write: Callable[[memoryview], None], lanes: Sequence[Executor], crc: Crc | None = None
) -> Stored:
    """Give its bytes to `write`, piece by piece, and say what is known of them; raises UnreadableError as before.

    While one piece is written, and the next one read, it is hashed: by each algorithm in a lane of its own, an executor
    of one thread, so that the pieces keep their order. What there is besides is given to `crc`.
    """
    assert isinstance(source.origin, str)
    hashing = _Hashing(lanes, crc)
    size = 0
    try:
        with _opened(source) as (descriptor, status):
            while True:
                buffer = hashing.free()
                with _refusing(source.origin):
                    number = os.readv(descriptor, [buffer])
                if not number:
                    break
                hashing.take(buffer[:number])
                write(buffer[:number])
                size += number
                if size > source.size:
                    break
            with _refusing(source.origin):
                _require_unchanged(source.origin, descriptor, status, size)
    finally:
        hashing.wait()
    return _as_asked_for(source, Stored(source.path, size, *hashing.digests()))


class _Hashing:
    """Pieces of a file that are being hashed, while others are read and written."""

    def __init__(self, lanes: Sequence[Executor], crc: Crc | None) -> None:
        self._hashes = (sha256(), sha512())
        updates = [each.update for each in self._hashes]
        self._work: list[tuple[Executor, Callable[[memoryview], None]]] = list(zip(lanes, updates, strict=True))
        if crc is not None:
            self._work.append((lanes[0], crc.update))
        # They begin at pages, see write_past_memory.
        self._buffers: deque[tuple[memoryview, list[Future[None]]]] = deque(
            (memoryview(mmap(-1, PIECE)), []) for _ in range(_BUFFERS)
        )

    def free(self) -> memoryview:
        """A buffer of which nothing is used any more."""
        buffer, hashed = self._buffers[0]
        for each in hashed:
            each.result()
        return buffer

    def take(self, piece: memoryview) -> None:
        """Hash the bytes that the free buffer begins with."""
        buffer, _ = self._buffers.popleft()
        self._buffers.append((buffer, [lane.submit(update, piece) for lane, update in self._work]))

    def wait(self) -> None:
        """Until nothing is being hashed any more."""
        wait([each for _, hashed in self._buffers for each in hashed])

    def digests(self) -> tuple[str, str]:
        """Both checksums, once nothing is being hashed."""
        for _, hashed in self._buffers:
            for each in hashed:
                each.result()
        return self._hashes[0].hexdigest(), self._hashes[1].hexdigest()


@contextmanager
def _refusing(origin: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or "").lower()
        raise UnreadableError(f"can't be read: {reason}", path=Path(origin)) from error


@contextmanager
def _opened(source: Source) -> Iterator[tuple[int, os.stat_result]]:
    origin = os.fsdecode(source.origin)
    with _refusing(origin):
        descriptor = os.open(origin, _OPEN)
    try:
        status = os.fstat(descriptor)
        _require_file(origin, status)
        if status.st_size != source.size:
            raise _changed(origin)
        yield descriptor, status
    finally:
        os.close(descriptor)


def _require_file(origin: str, status: os.stat_result) -> None:
    if stat.S_ISLNK(status.st_mode):
        raise UnreadableError("is a link", path=Path(origin), help="give the file that it leads to")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError("is no file", path=Path(origin))


def _all_of(descriptor: int, size: int) -> bytes:
    """All bytes to the end of the file, wherever that is by now."""
    pieces = [os.read(descriptor, size + 1)]
    while pieces[-1]:
        if len(pieces) == 1 and len(pieces[0]) == size:
            break
        pieces.append(os.read(descriptor, WHOLE))
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _require_unchanged(origin: str, descriptor: int, before: os.stat_result, size: int) -> None:
    """Raise UnreadableError if the file isn't what it was, or its name stands for another one."""
    try:
        is_same = _identity(os.fstat(descriptor)) == _identity(before) == _identity(os.lstat(origin))
    except FileNotFoundError:
        is_same = False
    if not is_same or size != before.st_size:
        raise _changed(origin)


def _identity(status: os.stat_result) -> tuple[int, ...]:
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _as_asked_for(source: Source, stored: Stored) -> Stored:
    if source.sha256 and source.sha256 != stored.sha256:
        raise _changed(source.origin if isinstance(source.origin, str) else source.path)
    return stored


def _changed(origin: str) -> UnreadableError:
    return UnreadableError(
        "was changed while it was copied", path=Path(origin), help="wait until nobody works on it, and begin again"
    )


def write_fully(descriptor: int, data: Any) -> None:
    """Write all bytes to an open file: a system may take fewer at a time."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def write_past_memory(descriptor: int, piece: memoryview) -> None:
    """Write a piece, whose memory begins at a page, to a file that was opened with O_DIRECT.

    That takes a fifth of the time of processors, leaves nothing to wait for, and what is read back comes from the disk.
    A file's last piece, which isn't made of pages, and file systems that can't, are served in the usual way.
    """
    if len(piece) % PAGESIZE == 0:
        try:
            done = os.write(descriptor, piece)
        except OSError as error:
            if error.errno != EINVAL:
                raise
            done = 0
        piece = piece[done:]
    if piece:
        do_without_direct(descriptor)
        write_fully(descriptor, piece)


def ask_for_direct(descriptor: int) -> None:
    """Have what is written to an open file go past what the system remembers, if it can."""
    with suppress(OSError):
        fcntl.fcntl(descriptor, fcntl.F_SETFL, fcntl.fcntl(descriptor, fcntl.F_GETFL) | DIRECT)


def do_without_direct(descriptor: int) -> None:
    """Have it go the usual way from now on."""
    fcntl.fcntl(descriptor, fcntl.F_SETFL, fcntl.fcntl(descriptor, fcntl.F_GETFL) & ~DIRECT)
