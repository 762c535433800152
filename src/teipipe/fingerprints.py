"""What makes a finding the same one in the next run, wherever its line has moved meanwhile."""

from __future__ import annotations

import hashlib
import os
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.parsers import expat

from teipipe.attributes import XML_ID
from teipipe.diagnostics import Diagnostic
from teipipe.documents import Document
from teipipe.errors import UnreadableError
from teipipe.folders import absolute
from teipipe.scan import StopError, parser_for

#: Of a long word, name or value so many bytes go in, so that a huge one costs no more than others.
_LONGEST: Final = 200

# Compiled when first used: most runs find nothing. All see bytes of UTF-8, and start at the place itself.
_SPACE: Final = rb"(?:[ \t\r\n]|&#(?:0*(?:9|10|13|32)|x0*(?:9|[aA]|[dD]|20));)"
_TOKEN: Final = rb"(?:(?!%s)(?s:.)){1,%d}" % (_SPACE, _LONGEST)
_MARKUP: Final = rb"<(?:\?(?s:.){0,%d}?\?>|[/!?]?[^\s<>/]{0,%d})" % (5 * _LONGEST, _LONGEST)
_WORD: Final = rb"\s{0,%d}([^\s<]{1,%d})" % (_LONGEST, _LONGEST)
_TAG: Final = rb"""<[^\s<>/!?=]++(?:[^"'<>]++|"[^"]*+"|'[^']*+')*+>"""
_ATTRIBUTE: Final = rb"""([^\s=<>/"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')"""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a finding is known by.

    `path` is its file; `element` the path of the element it is in (or that it is about), `value` what stands in the
    source at its place, both "" for a finding about the whole file; `fingerprint` is made of these and the rule.
    """

    fingerprint: str
    path: str
    element: str
    value: str


def fingerprints(diagnostics: Sequence[Diagnostic], root: Path) -> list[str]:
    """For each finding, 32 hexadecimal digits that stay the same as long as it is the same finding.

    Into them go, and nothing else:

    - its rule, with the assertion of a project's own schema, if there is one (`Diagnostic.code`);
    - its file, by its path from `root`, with forward slashes;
    - the element at its place: the names from the nearest `xml:id` on, of itself or above, as in `#p12/persName`; from
      the outermost element if there is none, as in `TEI/text/body/p`; without namespaces and without positions;
    - what stands in the source at its place: of an attribute its name and the token that is pointed at (all of its
      value if the name is), of a tag its name, of an instruction all of it, of a text the word that begins there;
      each up to 200 bytes;
    - its number, counted from 0, among the findings of the same run that agree in all this: so each has another
      fingerprint, and one more of the same is new.

    So neither line nor message matters, nor what stands before, after and around it. A finding about a whole file has
    only the first two and the number. Of a file that isn't well-formed the elements are known up to the error; one
    that can't be read any more is taken as a whole. Each file that something was found in is read once.
    """
    return [mark.fingerprint for mark in marks(diagnostics, root)]


def marks(diagnostics: Sequence[Diagnostic], root: Path) -> list[Mark]:
    """For each finding, its fingerprint and what went into it (see `fingerprints`)."""
    by_file: dict[Path, set[tuple[int, int]]] = {}
    for diagnostic in diagnostics:
        place = diagnostic.location
        if place.line is not None:
            by_file.setdefault(place.path, set()).add((place.line, place.column or 1))
    spots = {path: _spots(path, points) for path, points in by_file.items()}
    names = {path: _shown(path, root) for path in {diagnostic.location.path for diagnostic in diagnostics}}
    seen: Counter[tuple[str, ...]] = Counter()
    found: list[Mark] = []
    for diagnostic in diagnostics:
        place = diagnostic.location
        spot = spots.get(place.path, {}).get((place.line or 0, place.column or 1), _NOWHERE)
        key = (diagnostic.code, names[place.path], *spot)
        found.append(Mark(_digest((*key, str(seen[key]))), names[place.path], *spot))
        seen[key] += 1
    return found


#: The element and the value at a place.
_Spot = tuple[str, str]
_NOWHERE: Final[_Spot] = ("", "")


def _digest(parts: Iterable[str]) -> str:
    # No part holds a NUL: it is no character of XML, and of no path.
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _shown(path: Path, root: Path) -> str:
    return Path(os.path.relpath(absolute(path), absolute(root))).as_posix()


def _spots(path: Path, points: set[tuple[int, int]]) -> dict[tuple[int, int], _Spot]:
    """What is at each line and column of a file; nothing if the file is gone."""
    try:
        document = Document.read(path)
    except UnreadableError:
        return {}
    offsets = document.places.offsets(points)
    found = dict(_Pass(document.data, sorted(set(offsets.values()))).found)
    return {point: found[offset] for point, offset in offsets.items()}


class _Pass:
    """One pass of expat up to the last of some bytes: `found` has for each of them, in order, what is there."""

    def __init__(self, data: bytes, offsets: Sequence[int]) -> None:
        self.found: list[tuple[int, _Spot]] = []
        self._data = data
        self._offsets = offsets
        self._next = offsets[0]
        self._tag = _Tag(data, -1)
        self._last_tag = -1
        self._open: list[tuple[str, list[str], int]] = []
        self._element: str | None = None  # the path of what is open, once it was asked for
        self._parser = parser_for(data)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        try:
            self._parser.Parse(data, True)
        except (StopError, expat.ExpatError):
            pass
        finally:
            del self._parser  # it refers back to here; without it, both are freed at once
        self._take(None)

    def _start(self, name: str, attributes: list[str]) -> None:
        begin = self._parser.CurrentByteIndex
        self._reach(begin)
        self._open.append((name, attributes, begin))
        self._element = None
        self._last_tag = begin

    def _end(self, name: str) -> None:
        begin = self._parser.CurrentByteIndex
        if self._next >= begin and self._data.startswith(b"</", begin):
            end = self._data.index(b">", begin)
            # Of <a/> expat says that it ends behind it, where the end tag of another one may begin.
            if self._next <= end and self._tag_at(self._open[-1][2]).empty_until != begin:
                begin = end  # the end tag belongs to the element
        self._reach(begin)
        self._open.pop()
        self._element = None

    def _reach(self, limit: int) -> None:
        """Take what is before the byte `limit`, and end the pass if that was all."""
        if self._next < limit:
            self._take(limit)
            if len(self.found) == len(self._offsets):
                raise StopError

    def _tag_at(self, begin: int) -> _Tag:
        if self._tag.begin != begin:
            self._tag = _Tag(self._data, begin)
        return self._tag

    def _take(self, limit: int | None) -> None:
        for number in range(len(self.found), len(self._offsets)):
            offset = self._offsets[number]
            if limit is not None and offset >= limit:
                self._next = offset
                return
            if self._element is None:
                self._element = _path([(name, attributes) for name, attributes, _ in self._open])
            tag = self._tag_at(self._last_tag)
            value = tag.value(offset) if offset < tag.end else _outside(self._data, offset)
            self.found.append((offset, (self._element, value)))


class _Tag:
    """The start tag at the byte `begin`; its `end` is 0 if there is none, as with one out of an entity.

    `empty_until` is that end if the tag is an element by itself, else -1.
    """

    def __init__(self, data: bytes, begin: int) -> None:
        self.begin = begin
        self._data = data
        match = re.compile(_TAG).match(data, begin) if begin >= 0 else None
        self.end = match.end() if match else 0
        self.empty_until = self.end if match and match[0].endswith(b"/>") else -1
        self._attributes = list(re.compile(_ATTRIBUTE).finditer(data, begin, self.end)) if match else []
        self._begins = [attribute.start() for attribute in self._attributes]

    def value(self, offset: int) -> str:
        """What stands at a byte of it."""
        number = bisect_right(self._begins, offset) - 1
        match = self._attributes[number] if number >= 0 else None
        if match is None or offset >= match.end():
            return _outside(self._data, self.begin)
        begin, end = match.span(2 if match[2] is not None else 3)
        if offset < begin:
            value = b" ".join(self._data[begin : min(end, begin + _LONGEST)].split())
        else:
            token = re.compile(_TOKEN).match(self._data, offset, end)
            value = token[0] if token else b""
        return f"{_text(match[1])}={_text(value)}"


def _outside(data: bytes, offset: int) -> str:
    """The name of the tag, the instruction or the word that begins at a byte."""
    markup = re.compile(_MARKUP).match(data, offset)
    if markup:
        return _text(b" ".join(markup[0].split()))
    word = re.compile(_WORD).match(data, offset)
    return _text(word[1]) if word else ""


def _text(data: bytes) -> str:
    # What was cut off in the middle of a character, or is none, goes.
    return data.decode("utf-8", "ignore").replace("\0", "")


def _path(elements: Sequence[tuple[str, list[str]]]) -> str:
    """The names of elements, given from the outermost in, from the last one on that has an xml:id."""
    steps: list[str] = []
    for name, attributes in reversed(elements):
        names = attributes[::2]
        if XML_ID in names:
            steps.append("#" + " ".join(attributes[2 * names.index(XML_ID) + 1][:_LONGEST].split()))
            break
        steps.append(name.rpartition("}")[2])
    return "/".join(reversed(steps))
