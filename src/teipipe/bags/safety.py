"""Names of files in packages that others made: which are safe to look for, and how they are shown."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Final

from teipipe.diagnostics import Location
from teipipe.errors import BagError

#: A path may have so many bytes, a name in it too, as file systems have it; and lie so deep.
LONGEST_PATH: Final = 4096
LONGEST_NAME: Final = 255
DEEPEST: Final = 100

#: Nearly all paths are like this; if they are short as well, nothing else need be looked at.
_PLAIN: Final = re.compile(r"(?:\w[\w. -]*/){0,20}\w[\w. -]*", re.ASCII)
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SHORT: Final = 120


def visible(name: str) -> str:
    """A name in which all that moves the cursor, or isn't seen, is written out."""
    return _UNSEEN.sub(lambda match: match[0].encode("unicode_escape").decode(), name)


def shown(name: str) -> str:
    """A name for a message: visible, and cut if it is too long."""
    plain = visible(name)
    return plain if len(plain) <= 2 * _SHORT else f"{plain[:_SHORT]}…{plain[-_SHORT:]}"


def place(path: str, line: int | None = None) -> Location:
    """A file of a package, or a line in it, as the place of a finding."""
    return Location(Path(visible(path)), line, None if line is None else 1)


def danger(path: str) -> str:
    """Why a path is no way to a file below the package's root, "" if it is one."""
    if len(path) <= LONGEST_NAME and _PLAIN.fullmatch(path):
        return ""
    parts = path.split("/")
    reasons = (
        (not path, "is empty"),
        ("\0" in path, "has a NUL in it"),
        (path.startswith("/"), "starts from the root of the file system"),
        (".." in parts, "leads out of the package by “..”"),
        ("\\" in path, "has a backslash, which leads to other places on Windows"),
        (_DRIVE.match(path) is not None, "starts with a drive letter"),
        (path.startswith("~"), "starts with “~”, which stands for somebody's home folder"),
        ("" in parts or "." in parts, "has an empty step, or “.”, in it"),
    )
    return next((reason for applies, reason in reasons if applies), "") or _excess(path, parts)


def _excess(path: str, parts: list[str]) -> str:
    try:
        size = len(path.encode())
    except UnicodeEncodeError:
        return "is no UTF-8"
    if size > LONGEST_PATH:
        return f"is longer than {LONGEST_PATH} bytes"
    if len(parts) > DEEPEST:
        return f"is more than {DEEPEST} folders deep"
    if size > LONGEST_NAME and any(len(part.encode()) > LONGEST_NAME for part in parts):
        return f"has a name of more than {LONGEST_NAME} bytes"
    return ""


def folded(path: str) -> str:
    """What two names have in common that some file systems take for one."""
    if path.isascii():
        return path if path.islower() else path.lower()  # the same object, if it can be: there may be many
    return composed(unicodedata.normalize("NFD", path).casefold())


def composed(path: str) -> str:
    """A path in Normalization Form C."""
    return path if path.isascii() else unicodedata.normalize("NFC", path)


def text(raw: bytes, what: str) -> str:
    """The name that bytes of an archive are; raises BagError if they are no UTF-8."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        name = shown(raw.decode("utf-8", "surrogateescape"))
        raise BagError(f"{what} is called “{name}”, which is no UTF-8") from None
