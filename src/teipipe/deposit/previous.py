"""A package of an earlier version, as far as it is needed to say what has changed since; nothing in it is believed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from lxml import etree

from teipipe.bags.manifests import LARGEST, payload_checksums
from teipipe.bags.reading import Bag, open_bag
from teipipe.deposit import layout
from teipipe.deposit.package import Package, load
from teipipe.documents import Document, NotParsedError
from teipipe.errors import BagError, TeipipeError, UnreadableError

#: As large may what is read of it be: what it says of itself, its configuration, a document, a schema.
_DESCRIPTION: Final = 50_000_000
_CONFIGURATION: Final = 1_000_000
_DOCUMENT: Final = 20_000_000

_MANIFEST: Final = "manifest-sha256.txt"


class Previous:
    """What is asked of the package."""

    def __init__(self, bag: Bag) -> None:
        """Raises BagError if it isn't one of teipipe's, UnreadableError if it can't be read."""
        self.path = bag.path
        self._bag = bag
        try:
            description = self.read(layout.DESCRIPTION, _DESCRIPTION)
        except UnreadableError as error:
            message = f"it has no data/{layout.DESCRIPTION}, so it is no package of teipipe's"
            raise BagError(message, path=bag.path) from error
        self.package: Package = load(description)

    def read(self, path: str, limit: int = _DOCUMENT) -> bytes:
        """The bytes of a file of the payload; raises UnreadableError if it isn't there or too large, BagError."""
        return self._read(f"data/{path}", limit)

    @cached_property
    def receipt(self) -> str:
        """What stands for the whole package; "" if it has no such manifest."""
        try:
            return hashlib.sha512(self._read("tagmanifest-sha512.txt", _DESCRIPTION)).hexdigest()
        except UnreadableError:
            return ""

    @cached_property
    def checksums(self) -> Mapping[str, str]:
        """SHA-256 of the files of the project and of teipipe's stylesheets, by their paths in the payload."""
        try:
            found = payload_checksums(_MANIFEST, self._read(_MANIFEST, LARGEST))
        except UnreadableError as error:
            raise BagError(f"it has no {_MANIFEST} that can be read", path=self.path) from error
        kept = (f"{layout.PROJECT}/", f"{layout.STYLESHEETS}/")
        return {path: checksum for path, checksum in found.items() if path.startswith(kept)}

    @cached_property
    def settings(self) -> Mapping[str, Any]:
        """What the configuration said; nothing if it had none, or can't be read."""
        path = self.package.configuration
        try:
            return settings_in(self.read(path, _CONFIGURATION), path) if path else {}
        except UnreadableError:
            return {}

    def root(self, path: str) -> etree._Element:
        """The outermost element of a document; raises UnreadableError that says why it can't be compared."""
        return root_of(self.read(path), Path(path))

    def _read(self, path: str, limit: int) -> bytes:
        with self._bag.open(path) as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            raise UnreadableError(f"larger than {limit:,} bytes", path=Path(path))
        return data


def settings_in(data: bytes, path: str) -> Mapping[str, Any]:
    """The table of teipipe in a configuration; empty if it isn't TOML, or has none."""
    import tomllib

    try:
        values = tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):  # not TOML, not UTF-8
        return {}
    if path.endswith("pyproject.toml"):
        tools = values.get("tool")
        values = tools.get("teipipe", {}) if isinstance(tools, dict) else {}
    return values if isinstance(values, dict) else {}


def root_of(raw: bytes, path: Path) -> etree._Element:
    """The outermost element of a document in these bytes; raises UnreadableError that says why there is none."""
    document = Document(path, raw)
    try:
        return document.root
    except NotParsedError:
        problem = next(iter(document.problems), None)
        line = problem.location.line if problem is not None else None
        where = f", line {line}" if line else ""
        raise UnreadableError(f"not well-formed{where}", path=path) from None


def packages(folder: Path, edition: str) -> list[tuple[Path, Package]]:
    """The packages of an edition in a folder, whatever they lie in there, the newest first.

    By day, then by version. What can't be read is no package.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return []
    found = [(path, package) for path in paths if (package := package_at(path)) and package.edition == edition]
    return sorted(found, key=lambda one: (one[1].date, _in_order(one[1].version), one[0].name), reverse=True)


def package_at(path: Path) -> Package | None:
    """What the package in a folder or an archive says of itself; None if there is none of teipipe's."""
    is_archive = path.is_file() and path.name.lower().endswith((".zip", ".tar", ".tar.gz", ".tgz"))
    if not (is_archive or (path / "bagit.txt").is_file()):
        return None
    try:
        with open_bag(path) as bag:
            return Previous(bag).package
    except TeipipeError:
        return None


def _in_order(version: str) -> tuple[tuple[int, str], ...]:
    """A version as it is counted: 1.10 comes after 1.9."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.findall(r"\d+|[^\d.]+", version))
