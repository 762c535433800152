"""Reads the statement of provenance out of a file, whoever wrote it, and looks only at bounded parts of it."""

from __future__ import annotations

import json
import mmap
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import BinaryIO, Final

from teipipe.errors import UnreadableError
from teipipe.provenance.stamps import HEADING, INSTRUCTION, MEMBER, PREFIX
from teipipe.provenance.statement import MADE_WITH, Statement, of_fields, of_line

#: So many bytes at the beginning and at the end of a file are looked through. A statement is much shorter.
_ENDS: Final = 1 << 18
#: What the metadata of a PDF, and the package document of an e-book, may have.
_METADATA: Final = 1 << 20
_PACKAGE: Final = 1 << 20
#: An e-book may have so many files, and their list so many bytes; the file in which a PDF is looked for so many.
_MEMBERS: Final = 100_000
_DIRECTORY: Final = 1 << 25
_LARGEST: Final = 1 << 34
#: So many members of JSON that are called as ours may stand behind it.
_TRIES: Final = 20

_META: Final = re.compile(r"<meta\s([^<>]{1,8000})>", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"""([\w.:-]{1,100})\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_HEAD_END: Final = re.compile(r"</head|<body", re.IGNORECASE)
_IN_XML: Final = re.compile(rf"<\?{INSTRUCTION} ([^?]{{1,20000}})\?>")
_IN_PACKAGE: Final = re.compile(rf"<(?:\w+:)?meta\s[^<>]*property=[\"']{PREFIX}:([\w-]+)[\"'][^<>]*>([^<]{{1,8000}})</")
_KEYWORDS: Final = re.compile(rb"<pdf:Keywords>([^<]{1,100000})</pdf:Keywords>")
_ROOTFILE: Final = re.compile(r"<(?:\w+:)?rootfile\s[^<>]*full-path=[\"']([^\"'<>]{1,1000})[\"']")
_MEMBER: Final = re.compile(rf'"{MEMBER}"\s*:\s*(?=\{{)')
_END_OF_DIRECTORY: Final = struct.Struct("<4s4H2LH")


@dataclass(frozen=True, slots=True)
class Read:
    """A file: its checksum, its size in bytes, what it says of itself; None if that is nothing."""

    sha256: str
    size: int
    statement: Statement | None


def read(path: Path) -> Read:
    """What a file says of itself; raises UnreadableError if it can't be read."""
    try:
        # Path has no room for an opener.
        with open(path, "rb", opener=_open) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableError("is no file", path=path)
            if status.st_size > _LARGEST:
                raise UnreadableError("is larger than anything that teipipe makes", path=path)
            digest = _sum(file)
            return Read(digest, status.st_size, _found(file, status.st_size))
    except FileNotFoundError:
        raise UnreadableError("no such file", path=path) from None
    except OSError as error:
        why = "is a folder" if path.is_dir() else error.strerror or "it can't be read"
        raise UnreadableError(why[0].lower() + why[1:], path=path) from error
    except ValueError as error:  # a name that no system has
        raise UnreadableError("no such file", path=path) from error


def _open(path: str, flags: int) -> int:
    # Whoever opens a pipe would wait for somebody to write into it.
    return os.open(path, flags | os.O_NONBLOCK | os.O_CLOEXEC)


def _sum(file: BinaryIO) -> str:
    found = sha256()
    while data := file.read(1 << 20):
        found.update(data)
    return found.hexdigest()


def _found(file: BinaryIO, size: int) -> Statement | None:
    file.seek(0)
    start = file.read(_ENDS)
    if b"%PDF-" in start[:1024]:
        return _of_pdf(file)
    if start.startswith(b"PK\x03\x04"):
        return _of_epub(file, size)
    file.seek(max(0, size - _ENDS))
    end = file.read(_ENDS)
    return _of_text(start.decode("utf-8-sig", "replace"), end.decode("utf-8", "replace"))


def _of_text(start: str, end: str) -> Statement | None:
    """What stands at the beginning or at the end of a page, a text, JSON or XML."""
    begin = start.lstrip()[:1000].lower()
    if begin.startswith("{"):
        return _of_json(end)
    if begin.startswith("<"):
        return _of_html(start) if "<html" in begin else _of_xml(start, end)
    return _of_lines(end)


def _of_html(text: str) -> Statement | None:
    end = _HEAD_END.search(text)
    head = text[: end.start()] if end else text
    return of_fields(_metas(head))


def _metas(head: str) -> Iterator[tuple[str, str]]:
    for meta in _META.finditer(head):
        found = {name.lower(): unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(meta[1])}
        name = found.get("name", "")
        if name == "generator":
            yield MADE_WITH, found.get("content", "")
        elif name.startswith(f"{PREFIX}."):
            yield name.removeprefix(f"{PREFIX}."), found.get("content", "")


def _of_xml(start: str, end: str) -> Statement | None:
    found = [*_IN_XML.finditer(start), *_IN_XML.finditer(end)]
    return of_line(found[-1][1].strip()) if found else None


def _of_json(end: str) -> Statement | None:
    for place in reversed(list(_MEMBER.finditer(end))[-_TRIES:]):
        try:
            value, _ = json.JSONDecoder().raw_decode(end[place.end() : place.end() + 20_000])
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            return of_fields(_members(value))
    return None


def _members(value: dict[str, object]) -> Iterator[tuple[str, str]]:
    for name, content in value.items():
        for one in content if isinstance(content, list) else [content]:
            if isinstance(one, str):
                yield name, one


def _of_lines(end: str) -> Statement | None:
    """The last lines: nothing may come behind them, for the text itself may quote such lines."""
    start = end.rfind(f"⟨{HEADING}")
    lines = end[start:].strip().removesuffix("⟩") if start >= 0 else ""
    if "⟩" in lines:
        return None
    fields = (line.strip().partition(": ") for line in lines.split("\n")[1:])
    return of_fields((name, value) for name, _, value in fields)


def _of_pdf(file: BinaryIO) -> Statement | None:
    """What the metadata say, which is plain XML in such files."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        start = data.rfind(b"<x:xmpmeta")
        found = _KEYWORDS.search(data[start : start + _METADATA]) if start >= 0 else None
    words = unescape(found[1].decode("utf-8", "replace")) if found else ""
    _, is_there, line = words.rpartition(f"{INSTRUCTION}: ")
    return of_line(line.strip()) if is_there else None


def _of_epub(file: BinaryIO, size: int) -> Statement | None:
    if not _is_bounded(file, size):
        return None
    try:
        with zipfile.ZipFile(file) as container:
            found = _ROOTFILE.search(_text(container, "META-INF/container.xml"))
            package = _text(container, unescape(found[1])) if found else ""
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, ValueError, EOFError, zlib.error, OSError):
        return None
    return of_fields((name, unescape(value)) for name, value in _IN_PACKAGE.findall(package))


def _is_bounded(file: BinaryIO, size: int) -> bool:
    """Whether the list of files at the end of a container is one that it takes no time to read."""
    file.seek(max(0, size - (1 << 16) - _END_OF_DIRECTORY.size))
    end = file.read()
    place = end.rfind(b"PK\x05\x06")
    if place < 0 or len(end) - place < _END_OF_DIRECTORY.size:
        return False
    _, _, _, _, number, length, _, _ = _END_OF_DIRECTORY.unpack_from(end, place)
    return bool(number <= _MEMBERS and length <= _DIRECTORY)


def _text(container: zipfile.ZipFile, name: str) -> str:
    with container.open(name) as member:
        return member.read(_PACKAGE).decode("utf-8", "replace")
