"""A schema as it is written, in either syntax: a tree of RELAX NG's own elements, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from teipipe.diagnostics import Location
from teipipe.errors import SchemaError
from teipipe.places import Places

RNG_NAMESPACE: Final = "http://relaxng.org/ns/structure/1.0"
ANNOTATIONS_NAMESPACE: Final = "http://relaxng.org/ns/compatibility/annotations/1.0"
XSD_LIBRARY: Final = "http://www.w3.org/2001/XMLSchema-datatypes"
XML_NAMESPACE: Final = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One file of a schema: `path` as findings show it, `file` where it lies, `places` from bytes to lines."""

    path: Path
    file: Path
    places: Places

    @classmethod
    def of(cls, path: Path, data: bytes, *, file: Path | None = None) -> Source:
        """The file `path` with the content `data`, in UTF-8."""
        return cls(path, file or path, Places(path, data))


@dataclass(slots=True, eq=False)
class Node:
    """One element of the full syntax (RELAX NG specification, section 3).

    `name` is the local name in RELAX NG's namespace (`element`, `ref`, `anyName` …); `attributes` those without a
    namespace, as written, but `href` with `xml:base` applied; `text` the characters of `name`, `value` and `param`.
    `offset` is the byte of `source` where it begins. `namespaces` are the prefixes in scope ("" for the default one).
    What annotations say about it in words (`a:documentation`) is `documentation`; all other annotations are checked by
    the reader and left out.
    """

    name: str
    attributes: dict[str, str]
    source: Source
    offset: int
    namespaces: Mapping[str, str]
    children: list[Node] = field(default_factory=list)
    text: str = ""
    documentation: str = ""

    def all(self) -> list[Node]:
        """Itself and all those in it, those that are nested less deeply first."""
        found = level = [self]
        while level := [child for node in level for child in node.children]:
            found += level
        return found

    @property
    def location(self) -> Location:
        """The place where it begins."""
        return self.source.places.at(self.offset)

    def error(self, message: str, help: str | None = None, *, attribute: str | None = None) -> SchemaError:
        """The error that something is wrong with this element, or with an attribute of it."""
        where = self.location if attribute is None else self.source.places.attribute(self.offset, (attribute,))
        return SchemaError(message, where, help=help)


def beside(node: Node, other: Node) -> str:
    """Where `other` is, in words, for a message about `node`."""
    there = other.location
    if other.source is node.source:
        return f"column {there.column} of this line" if there.line == node.location.line else f"line {there.line}"
    return f"line {there.line} of {there.path}"
