"""Reads all that a package says of itself, within limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from teipipe.bags import manifests
from teipipe.bags.manifests import Declaration, Manifest
from teipipe.bags.reading import Bag
from teipipe.bags.safety import place, shown
from teipipe.diagnostics import Diagnostic
from teipipe.errors import TeipipeError
from teipipe.rules import finding

#: bagit.txt and bag-info.txt have so many bytes at most.
_SMALL: Final = 1 << 20
#: All tag files that are read have so many together.
_ALL_TAGS: Final = 1 << 28


@dataclass(slots=True)
class TagFiles:
    """What the tag files of a package say, and what is wrong with them.

    `info` are the fields of bag-info.txt with their lines; `fetch` what fetch.txt says where to find, with its lines;
    `raw` the bytes of the manifests of tag files, by their names.
    """

    bag: Bag
    sizes: Mapping[str, int]
    declared: Declaration = field(default_factory=Declaration)
    info: list[tuple[str, str, int]] = field(default_factory=list)
    manifests: list[Manifest] = field(default_factory=list)
    fetch: Mapping[str, int] = field(default_factory=dict)
    raw: dict[str, bytes] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    _left: int = _ALL_TAGS

    def __post_init__(self) -> None:
        self._read_declaration()
        self._read_info()
        for path in self.sizes:
            if "/" not in path and (match := manifests.MANIFEST.fullmatch(path)):
                self._read_manifest(path, match[2], is_for_tags=bool(match[1]))
        self._read_fetch()

    @property
    def is_ours(self) -> bool:
        """Whether it says that teipipe made it."""
        return any(
            name.lower() == "bag-software-agent" and value.lower().startswith("teipipe") for name, value, _ in self.info
        )

    def field(self, name: str) -> tuple[str, int]:
        """The first field of that name in bag-info.txt, and its line; "" and 0 if there is none."""
        return next(((value, line) for label, value, line in self.info if label.lower() == name.lower()), ("", 0))

    def _read_declaration(self) -> None:
        data = self._read("bagit.txt", _SMALL)
        if data is not None:
            self.declared, found = manifests.read_declaration(data)
            self.found += found

    def _read_info(self) -> None:
        for name in ("bag-info.txt", "package-info.txt"):  # the second until version 0.95
            data = self._read(name, _SMALL)
            if data is not None and not self.info:
                self.info, found = manifests.read_info(name, data, self.declared)
                self.found += found

    def _read_manifest(self, path: str, name: str, *, is_for_tags: bool) -> None:
        algorithm = manifests.algorithm(name)
        if algorithm is None:
            self.found.append(
                finding("unknown-checksum", f"“{shown(name)}” is no checksum that is known here", place(path))
            )
            return
        data = self._read(path, manifests.LARGEST)
        if data is None:
            return
        most = manifests.MOST_ENTRIES - sum(len(manifest.entries) for manifest in self.manifests)
        manifest, found = manifests.read_manifest(
            path, algorithm, data, self.declared, is_for_tags=is_for_tags, most=most
        )
        self.manifests.append(manifest)
        self.found += found
        if is_for_tags:
            self.raw[path] = data

    def _read_fetch(self) -> None:
        data = self._read("fetch.txt", manifests.LARGEST)
        if data is None:
            return
        self.fetch, found = manifests.read_fetch(data, self.declared)
        self.found += found
        if self.fetch:
            message = f"files of this package may have to be fetched from elsewhere: {len(self.fetch)} are listed"
            self.found.append(finding("holey-package", message, place("fetch.txt")))

    def _read(self, path: str, limit: int) -> bytes | None:
        """A tag file; None if it can't be read, or is too large."""
        size = self.sizes.get(path)
        if size is None:
            return None
        if size > min(limit, self._left):
            message = f"“{shown(path)}” has more bytes than are read of such a file: {size}"
            self.found.append(finding("unread-file", message, place(path)))
            return None
        self._left -= size
        try:
            with self.bag.open(path) as stream:
                return stream.read(size)
        except TeipipeError as error:
            self.found.append(finding("unread-file", error.message, place(path)))
            return None
