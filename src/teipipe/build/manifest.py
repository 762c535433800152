"""What an output folder holds of ours: the record that rebuilding, removing and checking go by."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any, Final

from teipipe.documents import read_bytes
from teipipe.errors import OutputError, UnreadableError
from teipipe.files import LOCK, OutputFolder
from teipipe.saxon import Message

MANIFEST: Final = "manifest.json"

#: Lines "checksum path" of what a build is about to write; gone when it is done.
JOURNAL: Final = ".teipipe.journal"

_ORIGIN: Final = ("id", "source", "sha256", "title", "created", "key")
_MESSAGE: Final = ("code", "severity", "at", "text")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: its path below the output folder, its checksum, and the id of the document it belongs to, or "".

    Of a file about the whole, `key` stands for all that it was made of (see `keys`); "" if it is made anew each time.
    """

    path: str
    sha256: str
    document: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """One document: its id, where its source lies in the project, that file's checksum, its title, when it was made.

    `key` stands for all that its files were made of, "" if not all could be made; `messages` is what the stylesheets
    reported then.
    """

    id: str
    source: str
    sha256: str
    title: str
    created: str = ""
    key: str = ""
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """All files of an edition and the documents that they were made from, each in order."""

    files: tuple[Entry, ...] = ()
    documents: tuple[Origin, ...] = ()

    def dump(self, about: Mapping[str, str]) -> bytes:
        """The manifest as JSON, with a line for each document and file; `about` are facts that stand at its head."""
        facts = "".join(f" {_json(name)}: {_json(value)},\n" for name, value in about.items())
        documents = ",\n".join(_json(_of_origin(each)) for each in sorted(self.documents, key=lambda origin: origin.id))
        files = ",\n".join(_json(_of_entry(each)) for each in sorted(self.files, key=lambda entry: entry.path))
        return f'{{\n{facts} "documents": [\n{documents}\n ],\n "files": [\n{files}\n ]\n}}\n'.encode()


def _of_origin(origin: Origin) -> dict[str, object]:
    record: dict[str, object] = {name: getattr(origin, name) for name in _ORIGIN}
    if origin.messages:
        record["messages"] = [[getattr(message, name) for name in _MESSAGE] for message in origin.messages]
    return record


def _of_entry(entry: Entry) -> dict[str, object]:
    record: dict[str, object] = {"path": entry.path, "sha256": entry.sha256, "document": entry.document}
    return {**record, "key": entry.key} if entry.key else record


def checksum(data: bytes) -> str:
    """The SHA-256 of `data`, in hexadecimal."""
    return sha256(data).hexdigest()


def load(folder: OutputFolder) -> Manifest:
    """The manifest in an output folder; an empty one if it is new, or if its record is damaged.

    Raises OutputError if the folder holds files and none of them says that it is ours.
    """
    data = folder.read(MANIFEST)
    if data is None and folder.read(JOURNAL) is None:
        foreign = sorted(path.name for path in folder.path.iterdir() if path.name != LOCK)
        if foreign:
            raise OutputError(
                f"holds files that are no edition of teipipe's (“{foreign[0]}”)",
                path=folder.path,
                help="empty the folder, or name another one as output",
            )
    try:
        return _read(json.loads(data)) if data else Manifest()
    except (ValueError, KeyError, TypeError):
        return Manifest()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of an edition that was built into a folder; raises UnreadableError if it has none of ours."""
    path = folder / MANIFEST
    try:
        return _read(json.loads(read_bytes(path)))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableError("is not the manifest of an edition", path=path, help="build the edition again") from error


def _read(record: Any) -> Manifest:
    files = tuple(
        Entry(_text(item["path"]), _text(item["sha256"]), _text(item["document"]), _text(item.get("key", "")))
        for item in record["files"]
        if _is_inside(_text(item["path"]))
    )
    return Manifest(files, tuple(_origin(item) for item in record["documents"]))


def _origin(item: Any) -> Origin:
    names = {name: _text(item.get(name, "")) for name in _ORIGIN}
    messages = (Message(*map(_text, message)) for message in item.get("messages", ()))
    return Origin(**names, messages=tuple(messages))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a string")
    return value


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


class Journal:
    """Keeps in the output folder what is about to be written, so that a killed build's files are known as ours.

    `left` is what a killed build noted: each path with its checksums.
    """

    def __init__(self, folder: OutputFolder) -> None:
        self._folder = folder
        self.left = _parse(folder.read(JOURNAL) or b"")

    def note(self, files: Mapping[str, str]) -> None:
        """Record, durably, that these paths will get content with these checksums."""
        if files:
            lines = "".join(f"{digest} {path}\n" for path, digest in files.items())
            self._folder.append(JOURNAL, lines.encode())

    def close(self) -> None:
        """Take the journal away: the manifest says it all."""
        self._folder.remove(JOURNAL)


def _parse(data: bytes) -> dict[str, set[str]]:
    """Each path with the checksums noted for it; a line torn at the end is left out."""
    noted: dict[str, set[str]] = {}
    for line in data.decode("utf-8", "replace").split("\n")[:-1]:
        digest, _, path = line.partition(" ")
        if _is_inside(path) and len(digest) == 64:
            noted.setdefault(path, set()).add(digest)
    return noted


def _is_inside(path: str) -> bool:
    """Whether a recorded path is one that we would have written: a record may have come with somebody's repository."""
    pure = PurePosixPath(path)
    return bool(pure.parts) and not pure.is_absolute() and ".." not in pure.parts
