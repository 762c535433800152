"""Files that come as streams are written into a folder: new ones only, and never through a link."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Final

from teipipe.errors import OutputError
from teipipe.files import make_folder, refusal

_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_CHUNK: Final = 1 << 20


def unpack(folder: Path, files: Iterable[tuple[str, IO[bytes]]]) -> None:
    """Write streams to their paths (POSIX) below a folder, which is made unless it is there.

    Nothing that is there is replaced. Not durable: for what is needed for a moment. Raises OutputError.
    """
    make_folder(folder)
    root = _open(folder)
    try:
        for name, stream in files:
            with stream:
                _write(folder, root, name, stream)
    finally:
        os.close(root)


def _open(folder: Path) -> int:
    try:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise refusal(folder, error) from error


def _write(folder: Path, root: int, name: str, stream: IO[bytes]) -> None:
    """Write one file, step by step from the folder's own descriptor."""
    *steps, last = name.split("/")
    if not all(step not in ("", ".", "..") for step in (*steps, last)):
        raise OutputError(f"“{name}” is no path inside this folder", path=folder)
    held = root
    try:
        for step in steps:
            below = _step(held, step)
            if held != root:
                os.close(held)
            held = below
        file = os.fdopen(os.open(last, _NEW, 0o666, dir_fd=held), "wb", buffering=0)
    except OSError as error:
        raise refusal(folder / name, error) from error
    finally:
        if held != root:
            os.close(held)
    with file:
        try:
            shutil.copyfileobj(stream, file, _CHUNK)
        except OSError as error:
            raise refusal(folder / name, error) from error


def _step(folder: int, name: str) -> int:
    try:
        return os.open(name, _FOLDER, dir_fd=folder)
    except FileNotFoundError:
        os.mkdir(name, dir_fd=folder)
        return os.open(name, _FOLDER, dir_fd=folder)
