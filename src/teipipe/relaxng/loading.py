"""Schemas from files: which syntax it is, and what `include` and `externalRef` lead to."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from teipipe.diagnostics import Location
from teipipe.documents import read_bytes
from teipipe.encodings import decode
from teipipe.errors import SchemaError, UnreadableError
from teipipe.folders import absolute, is_inside
from teipipe.relaxng.read_xml import read_xml
from teipipe.relaxng.restrictions import check_restrictions
from teipipe.relaxng.simple import Grammar
from teipipe.relaxng.simplify import simplify
from teipipe.relaxng.syntax import Node, Source

#: Documented limits: bytes of one file, files in all, and how deep one may include the next.
MAX_BYTES: Final = 20_000_000
MAX_FILES: Final = 1000
MAX_DEPTH: Final = 100

#: The bytes of a file; raises UnreadableError.
ReadFile = Callable[[Path], bytes]


def load_grammar(path: Path, root: Path | None = None) -> Grammar:
    """The schema in the file `path`, which may include files in the folder `root` (by default: its own) and below.

    Raises SchemaError, also if one of the files can't be read.
    """
    home = absolute(path).parent if root is None else absolute(root)

    def read_inside(file: Path) -> bytes:
        if not is_inside(file, home):
            raise UnreadableError(_OUTSIDE)
        return read_bytes(file, MAX_BYTES)

    try:
        raw = read_bytes(path, MAX_BYTES)
    except UnreadableError as error:
        raise SchemaError(error.message, Location(path), help=error.help) from error
    return load_grammar_from(raw, path, read_inside)


def load_grammar_from(raw: bytes, path: Path, read_file: ReadFile) -> Grammar:
    """The schema `raw` of the file `path`; `read_file` gives the bytes of what it includes, by their absolute paths."""
    loader = _Loader(read_file)
    root = loader.load(raw, path)
    grammar = simplify(root, loader.included)
    check_restrictions(grammar)
    return grammar


def read_schema(raw: bytes, path: Path, file: Path) -> Node:
    """The outermost element of a schema in either syntax; `path` is how findings show it, `file` where it lies."""
    data, problem = decode(raw, path)
    if problem is not None:
        raise SchemaError(problem.message, problem.location, help=problem.help)
    source = Source.of(path, data, file=file)
    if data.lstrip().startswith(b"<"):
        return read_xml(source)
    from teipipe.relaxng.compact import read_compact

    return read_compact(source)


@dataclass(slots=True)
class _File:
    """A file that is being gone through: where it lies, its outermost element, what it takes in and is not yet read."""

    file: Path
    root: Node
    links: Iterator[Node]


_OUTSIDE: Final = "outside"


class _Loader:
    def __init__(self, read_file: ReadFile) -> None:
        self._read_file = read_file
        self._roots: dict[Path, Node] = {}
        self.included: dict[Node, Node] = {}

    def load(self, raw: bytes, path: Path) -> Node:
        """Read a schema and all that it includes, each file once."""
        file = absolute(path)
        root = self._roots[file] = read_schema(raw, path, file)
        above = [_File(file, root, _links(root))]
        while above:
            node = next(above[-1].links, None)
            if node is None:
                above.pop()
                continue
            target = _target(node, above[-1].file)
            if any(target == one.file for one in above):
                raise node.error(f"“{node.attributes['href']}” includes itself", attribute="href")
            inner = self._roots.get(target)
            if inner is None:
                inner = self._roots[target] = self._read(node, target)
                if len(above) == MAX_DEPTH or len(self._roots) > MAX_FILES:
                    raise node.error(f"more than {MAX_FILES} files, or {MAX_DEPTH} within each other", attribute="href")
                above.append(_File(target, inner, _links(inner)))
            self.included[node] = inner
        return root

    def _read(self, node: Node, target: Path) -> Node:
        href = node.attributes["href"]
        try:
            raw = self._read_file(target)
        except UnreadableError as error:
            if error.message == _OUTSIDE:
                help = "schemas include only files of it"
                raise node.error(f"“{href}” leads out of the project", help, attribute="href") from None
            raise node.error(f"“{href}” can't be included: {error.message}", attribute="href") from error
        return read_schema(raw, node.source.path.parent / unquote(urlsplit(href).path), target)


def _links(root: Node) -> Iterator[Node]:
    return iter([node for node in root.all() if "href" in node.attributes])


def _target(node: Node, file: Path) -> Path:
    """The file that an `href` leads to, from the root of the file system."""
    href = node.attributes["href"]
    try:
        parts = urlsplit(href)
    except ValueError:
        raise node.error(f"“{href}” is no address", attribute="href") from None
    if parts.fragment or "#" in href:
        message = f"“{href}” leads to a part of a file; only whole files are included"
        raise node.error(message, "leave out what follows “#”", attribute="href")
    if parts.scheme or parts.netloc:
        raise node.error(f"“{href}” leads out of the project", "schemas include only files of it", attribute="href")
    return Path(os.path.normpath(file.parent / unquote(parts.path)))
