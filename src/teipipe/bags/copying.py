"""Reads what goes into a package, once, for its bytes and both checksums, and notices if it changes meanwhile."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from errno import EINVAL
from hashlib import sha256, sha512
from mmap import PAGESIZE, mmap
from pathlib import Path
from typing import Any, Final

from teipipe.bags.items import Item, Stored
from teipipe.errors import UnreadableError

#: A file up to this size is read whole; a larger one piece by piece, and the piece is hashed by two threads.
WHOLE: Final = 1 << 20
PIECE: Final = 1 << 22

#: A link is never followed (who gives it decides what it may lead to), a pipe never waited for.
_OPEN: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC

#: Past what the system remembers of files, to the disk itself and from it; not all systems can.
DIRECT: Final = getattr(os, "O_DIRECT", 0)

#: What is told of bytes: how many were dealt with.
Told = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Source:
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


def looked_at(source: Source) -> Source:
    """With its size, if it can be read by the looks of it; raises UnreadableError."""
    origin = source.origin
    if isinstance(origin, bytes):
        return source
    with _refusing(origin):
        status = os.lstat(origin)
    _require_file(origin, status)
    return replace(source, size=status.st_size)


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


def copy_pieces(source: Source, write: Callable[[memoryview], None], hashing: Executor) -> Stored:
    """Give its bytes to `write`, piece by piece, and say what is known of them; raises UnreadableError as before.

    While one piece is written, it is hashed, by each algorithm in a thread of its own; the next one is read into the
    other of two buffers.
    """
    assert isinstance(source.origin, str)
    by_sha256, by_sha512 = sha256(), sha512()
    hashed: list[Future[None]] = []
    size = 0
    buffers = (memoryview(mmap(-1, PIECE)), memoryview(mmap(-1, PIECE)))  # they begin at pages, see write_past_memory
    try:
        with _opened(source) as (descriptor, status):
            while True:
                buffer = buffers[0]
                with _refusing(source.origin):
                    number = os.readv(descriptor, [buffer])
                if not number:
                    break
                piece = buffer[:number]
                _finish(hashed)
                hashed = [hashing.submit(each.update, piece) for each in (by_sha256, by_sha512)]
                write(piece)
                size += number
                if size > source.size:
                    break
                buffers = (buffers[1], buffer)
            with _refusing(source.origin):
                _require_unchanged(source.origin, descriptor, status, size)
    finally:
        wait(hashed)
    _finish(hashed)
    return _as_asked_for(source, Stored(source.path, size, by_sha256.hexdigest(), by_sha512.hexdigest()))


def _finish(hashed: list[Future[None]]) -> None:
    for each in hashed:
        each.result()


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
