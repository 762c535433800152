"""Opens what a request may see: files in the output folder, never one behind a link, and no other kind of thing."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

#: Every kind of text is in UTF-8, except that XML says its encoding itself.
TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/vnd.microsoft.icon",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".wasm": "application/wasm",
    ".pdf": "application/pdf",
    ".epub": "application/epub+zip",
    ".zip": "application/zip",
}
OTHER: Final = "application/octet-stream"

_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
#: Without O_NONBLOCK, who opens a pipe waits for its writer.
_FILE: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be delivered, open; `name` is its path below the output folder."""

    name: str
    file: BinaryIO
    size: int

    @property
    def type(self) -> str:
        """Its media type."""
        return TYPES.get(os.path.splitext(self.name)[1].lower(), OTHER)  # noqa: PTH122 (the name is no path of ours)


class MovedError(Exception):
    """A folder was asked for without the slash at its end."""


def find(output: Path, path: Sequence[bytes]) -> Found | None:
    """The file that a path stands for (for a folder, its index.html); None if there is none that may be seen.

    Raises MovedError.
    """
    *folders, last = path
    if not all(map(_is_plain, folders)) or not (last == b"" or _is_plain(last)):
        return None
    opened: list[int] = []
    try:
        opened.append(os.open(output, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC))
        for folder in folders:
            opened.append(os.open(folder, _FOLDER, dir_fd=opened[-1]))
        return _file(opened[-1], (*folders, last or b"index.html"))
    except (OSError, ValueError):  # a name may be one that no file can have
        return None
    finally:
        for each in opened:
            os.close(each)


def name_of(path: Sequence[bytes]) -> str:
    """What the file that a path stands for would be called below the output folder."""
    return os.fsdecode(b"/".join((*path[:-1], path[-1] or b"index.html")))


def _is_plain(part: bytes) -> bool:
    """Whether this is a name, and not one that is kept for what nobody should see (or for `.` and `..`)."""
    return part != b"" and not part.startswith(b".") and b"\0" not in part and b"/" not in part


def _file(folder: int, path: Sequence[bytes]) -> Found | None:
    descriptor = os.open(path[-1], _FILE, dir_fd=folder)
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise MovedError
        if not stat.S_ISREG(status.st_mode):
            os.close(descriptor)
            return None
        return Found(os.fsdecode(b"/".join(path)), os.fdopen(descriptor, "rb"), status.st_size)
    except BaseException:
        with suppress(OSError):
            os.close(descriptor)
        raise
