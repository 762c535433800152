"""The tags of a document as spans of its bytes, and edits that know where everything is afterwards."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final
from xml.parsers import expat

_TAG: Final = re.compile(rb"""<(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>""")
_ATTRIBUTE: Final = re.compile(rb"""([^\s=<>/"']+)\s*=\s*("[^"]*"|'[^']*')""")
_NO_TEXT: Final = re.compile(rb"(?:\s++|<!--.*?-->|<\?.*?\?>)*+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute in a start tag; the value is between `begin` and `stop`, without the quotation marks."""

    name: bytes
    value: bytes
    start: int
    begin: int
    stop: int


@dataclass(slots=True)
class Element:
    """An element; `content` and `close` are where its start tag ends and its end tag begins, `end` if it is empty."""

    name: bytes
    start: int
    content: int
    close: int = 0
    end: int = 0
    parent: Element | None = None
    children: list[Element] = field(default_factory=list)

    @property
    def is_tag(self) -> bool:
        """Whether it is written as one tag."""
        return self.content == self.end

    def within(self, other: Element) -> bool:
        """Whether it is `other` or lies in it."""
        return other.start <= self.start and self.end <= other.end


class Markup:
    """The elements of a well-formed document in UTF-8, in document order; raises ExpatError if it isn't well-formed."""

    def __init__(self, data: bytes) -> None:
        self.data: Final = data
        self.elements: Final[list[Element]] = []
        self._open: list[Element] = []
        self._parser = expat.ParserCreate("UTF-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.Parse(data, True)
        del self._parser

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        start = self._parser.CurrentByteIndex
        tag = _TAG.match(self.data, start)
        assert tag, "documents with entities of their own are not mutated"
        element = Element(name.encode(), start, tag.end())
        if self._open:
            element.parent = self._open[-1]
            element.parent.children.append(element)
        self._open.append(element)
        self.elements.append(element)

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        if self.data[element.content - 2 : element.content] == b"/>":
            element.close = element.end = element.content
            return
        element.close = self._parser.CurrentByteIndex
        element.end = self.data.index(b">", element.close) + 1

    @cached_property
    def by_name(self) -> dict[bytes, list[Element]]:
        """The elements below the root, by their names."""
        found: dict[bytes, list[Element]] = {}
        for element in self.elements[1:]:
            found.setdefault(element.name, []).append(element)
        return found

    def attributes(self, element: Element) -> list[Attribute]:
        """The attributes of an element but for declarations of namespaces."""
        begin = element.start + 1 + len(element.name)
        return [
            Attribute(match[1], match[2][1:-1], match.start(1), match.start(2) + 1, match.end(2) - 1)
            for match in _ATTRIBUTE.finditer(self.data, begin, element.content)
            if not match[1].startswith(b"xmlns")
        ]

    @cached_property
    def by_attribute(self) -> dict[bytes, list[tuple[Element, Attribute]]]:
        """The attributes with their elements, by their names."""
        found: dict[bytes, list[tuple[Element, Attribute]]] = {}
        for element in self.elements:
            for attribute in self.attributes(element):
                found.setdefault(attribute.name, []).append((element, attribute))
        return found

    def solid(self, start: int) -> int:
        """The first byte from `start` that is neither white space nor in a comment or processing instruction."""
        match = _NO_TEXT.match(self.data, start)
        assert match
        return match.end()

    def texts(self, element: Element) -> Iterator[int]:
        """Where text starts that lies in an element itself: after each tag, at its first character that isn't white."""
        ends = [element.content, *(child.end for child in element.children)]
        stops = [*(child.start for child in element.children), element.close]
        for end, stop in zip(ends, stops, strict=True):
            if self.solid(end) < stop:
                yield self.solid(end)


@dataclass(frozen=True, slots=True)
class Edit:
    """Bytes from `start` up to `end` are to become `new`."""

    start: int
    end: int
    new: bytes


class Edited:
    """A document after some edits, which don't overlap: `data`, and where old bytes are in it."""

    def __init__(self, data: bytes, edits: Sequence[Edit]) -> None:
        self._edits = sorted(edits, key=lambda edit: (edit.start, edit.end))
        pieces: list[bytes] = []
        self._shifts = [0]
        done = 0
        for edit in self._edits:
            pieces += [data[done : edit.start], edit.new]
            done = edit.end
            self._shifts.append(self._shifts[-1] + len(edit.new) - (edit.end - edit.start))
        self.data: Final = b"".join([*pieces, data[done:]])

    def of(self, offset: int) -> int:
        """Where the old byte at `offset` is now; what was put in exactly there comes before it."""
        return offset + self._shifts[bisect_right(self._edits, offset, key=lambda edit: edit.end)]

    def at(self, start: int) -> int:
        """Where that begins which an edit put in at the old byte `start`."""
        return start + self._shifts[[edit.start for edit in self._edits].index(start)]
