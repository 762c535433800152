"""What a TEI document marks in its transcript: each element with the stretch of the transcript that it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lxml import etree

TEI: Final = "{http://www.tei-c.org/ns/1.0}"
#: What separates words: Unicode's White_Space.
_SOLID: Final = re.compile("[^\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_CONTENT: Final = re.compile(r'content:\s*"([^"]*)"')
_ESCAPE: Final = re.compile(r"\\(?:([0-9a-fA-F]{1,6}) ?|(.))", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mark:
    """An element that stands for [start, end) of a transcript, signs that it sets included.

    `path` are the elements around it, outermost first; `role_end` is where titles at the beginning of a name end, and
    `role_start` where those at its end begin: the name itself lies between.
    """

    element: str
    start: int
    end: int
    attributes: Mapping[str, str]
    path: tuple[str, ...]
    signs: str = ""
    children: tuple[Mark, ...] = field(default=(), repr=False)


class Marks:
    """The marks of a document in the transcript `source`; raises ValueError if it isn't one of that transcript.

    The text of the document is what stands in its element `text`, without what editors say themselves: notes of type
    editorial and corrections. It has the transcript's characters in their order, but for blanks, so the places of one
    are those of the other.
    """

    def __init__(self, tei: bytes, source: str) -> None:
        self._signs: dict[tuple[str, str], str] = {}
        self._offsets = [at for match in _SOLID.finditer(source) for at in range(match.start(), match.end())]
        self._characters: list[str] = []
        self._count = 0
        self.all: list[Mark] = []
        root = etree.fromstring(tei, etree.XMLParser(huge_tree=True))
        self._read_signs(root)
        text = root.find(f"{TEI}text")
        if text is None:
            raise ValueError("there is no text in it")
        self._walk(text, ())
        ours, theirs = "".join(self._characters), "".join(_SOLID.findall(source))
        if ours != theirs:
            at = next((at for at, pair in enumerate(zip(ours, theirs, strict=False)) if pair[0] != pair[1]), -1)
            raise ValueError(f"its text isn't the transcript: “{ours[at : at + 30]}” for “{theirs[at : at + 30]}”")
        self.all.sort(key=lambda mark: (mark.start, -mark.end))

    def of(self, *elements: str) -> list[Mark]:
        """The marks of some elements, in the order of the text."""
        return [mark for mark in self.all if mark.element in elements]

    def _read_signs(self, root: etree._Element) -> None:
        for rendition in root.iter(f"{TEI}rendition"):
            match = _CONTENT.search("".join(str(text) for text in rendition.itertext()))
            name = rendition.get("{http://www.w3.org/XML/1998/namespace}id")
            if match and name:
                sign = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)) if escape[1] else escape[2], match[1])
                self._signs[name, rendition.get("scope") or ""] = sign

    def _sign(self, element: etree._Element, scope: str) -> str:
        for pointer in (element.get("rendition") or "").split():
            if sign := self._signs.get((pointer.rpartition("#")[2], scope)):
                self._add(sign)
                return sign
        return ""

    def _add(self, text: str | None) -> None:
        for word in _SOLID.findall(text or ""):
            self._characters.append(word)
            self._count += len(word)

    def _walk(self, element: etree._Element, path: tuple[str, ...]) -> Mark | None:
        name = str(element.tag).removeprefix(TEI)
        if name in ("corr", "reg", "expan") or (name == "note" and element.get("type") == "editorial"):
            return None
        first = self._count
        before = self._sign(element, "before")
        self._add(element.text)
        inside = (*path, _step(name, element))
        children: list[Mark] = []
        for child in element:
            if isinstance(child.tag, str) and (mark := self._walk(child, inside)) is not None:
                children.append(mark)
            self._add(child.tail)
        after = self._sign(element, "after")
        if self._count == first or self._count > len(self._offsets):
            return None
        start, end = self._offsets[first], self._offsets[self._count - 1] + 1
        mark = Mark(name, start, end, dict(element.attrib), path, f"{before} {after}".strip(), tuple(children))
        self.all.append(mark)
        return mark


def _step(name: str, element: etree._Element) -> str:
    kind = element.get("type")
    return f"{name}[{kind}]" if kind and name == "div" else name


def children_of(mark: Mark, element: str) -> Iterator[Mark]:
    """What stands directly in a mark, of one element."""
    return (child for child in mark.children if child.element == element)


def read(tei: Path, source: Path) -> Marks:
    """The marks of a TEI file in its transcript."""
    return Marks(tei.read_bytes(), source.read_text(encoding="utf-8"))
