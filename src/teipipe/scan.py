"""Passes of expat over a document: is it well-formed, which tags matter to checks, and at which byte do they start?"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, TypeAlias
from xml.parsers import expat

from teipipe.attributes import XML_BASE
from teipipe.diagnostics import Diagnostic
from teipipe.places import Places
from teipipe.rules import finding

#: Documented limits, the smallest of what expat, libxml2 and Saxon's parser allow each, so that all see the same.
MAX_DEPTH: Final = 250
MAX_ATTRIBUTES: Final = 200
MAX_NAME: Final = 1000

_LITERAL: Final = rb"""(?:"[^"]*+"|'[^']*+')"""
_EXTERNAL_SUBSET: Final = re.compile(
    rb"(?:\s++|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE\s++[^\s\[>]++\s++"
    rb"(SYSTEM\s++" + _LITERAL + rb"|PUBLIC\s++" + _LITERAL + rb"\s*+" + _LITERAL + rb")",
    re.DOTALL,
)


def without_external_subset(data: bytes) -> bytes:
    """`data` of the same length, blanks where the document names a DTD file: no parser can fetch what it doesn't see.

    (libxml2, told not to collect ids, loads a local DTD whatever else it is told.)
    """
    match = _EXTERNAL_SUBSET.match(data) if b"<!DOCTYPE" in data else None
    if match is None:
        return data
    start, end = match.span(1)
    return data[:start] + re.sub(rb"[^\r\n]", b" ", data[start:end]) + data[end:]


#: A start tag as the checks get it: the byte of its "<" (of the reference if it comes out of an entity); the element's
#: name, and all attributes as [name, value, name, value …], names as expat writes them: the namespace, “}”, local name.
Tag: TypeAlias = tuple[int, str, list[str]]


class Reading:
    """What one pass over a document found.

    `problem` is what kept it from being read, None if it is well-formed; `root` the name of its outermost element, as
    in a Tag; `tags` all start tags that have a watched attribute, in document order; `is_valid` what a schema said
    that was part of the pass, None if there was none. Where it is not `is_exact`, tags that say the same are given
    once, without their places.
    """

    # No dataclass: making one takes as long as reading a small document.
    __slots__ = ("is_exact", "is_valid", "problem", "root", "tags")

    def __init__(
        self,
        problem: Diagnostic | None = None,
        root: str = "",
        tags: Sequence[Tag] = (),
        is_valid: bool | None = None,
        *,
        is_exact: bool = True,
    ) -> None:
        self.problem = problem
        self.root = root
        self.tags = tags
        self.is_valid = is_valid
        self.is_exact = is_exact


class StopError(Exception):
    """Ends a pass from inside a handler."""


def read(places: Places, watch: frozenset[str]) -> Reading:
    """One pass: is the document well-formed and within the limits, and which tags have an attribute of `watch`?"""
    # The parser of the first pass is gone when the second begins: a huge tag makes it huge.
    return _read(places, watch) or Reading(problem(places))


def _read(places: Places, watch: frozenset[str]) -> Reading | None:
    """The same for a well-formed document; None if it isn't, or exceeds a limit."""
    root = ""
    tags: list[Tag] = []
    depth: list[str] = []
    enter, keep, is_unwatched = depth.append, tags.append, watch.isdisjoint
    parser = parser_for(places.data)

    def start(name: str, attributes: list[str]) -> None:
        enter(name)
        if attributes and not is_unwatched(attributes[::2]):
            keep((parser.CurrentByteIndex, name, attributes))
        if len(depth) > MAX_DEPTH or len(attributes) > 2 * MAX_ATTRIBUTES or len(name) > MAX_NAME:
            check_limits(len(depth), name, attributes)

    def outermost(name: str, attributes: list[str]) -> None:
        nonlocal root
        root = name
        parser.StartElementHandler = start
        start(name, attributes)

    parser.StartElementHandler = outermost
    # Only how many are open counts, so it doesn't matter which of the same name is taken away; a function of C, as
    # this is called for every element.
    parser.EndElementHandler = depth.remove
    try:
        parser.Parse(places.data, True)
    except (StopError, expat.ExpatError):
        return None
    finally:
        # They refer back to the parser; without them, all is freed at once.
        parser.StartElementHandler = parser.EndElementHandler = None
    return Reading(None, root, tags)


def parser_for(data: bytes) -> expat.XMLParserType:
    """A parser as every pass over the UTF-8 `data` uses it; it stops where another file or parameter entity comes in.

    Attributes come as a list, with those that only the DTD supplies.
    """
    parser = expat.ParserCreate("UTF-8", "}")
    parser.ordered_attributes = True
    if b"<!ENTITY" in data:
        parser.EntityDeclHandler = _entity
        parser.ExternalEntityRefHandler = _external
    return parser


def check_limits(depth: int, name: str, attributes: list[str]) -> None:
    """Raise an exception, to end a pass, if an element exceeds the limits; `problem` then says which one."""
    if _excess(depth, name, attributes):
        raise StopError


def _excess(depth: int, name: str, attributes: list[str]) -> str:
    if depth > MAX_DEPTH:
        return f"elements are nested more than {MAX_DEPTH} deep"
    if len(attributes) > 2 * MAX_ATTRIBUTES:
        return f"one element has more than {MAX_ATTRIBUTES} attributes"
    if len(name) > MAX_NAME and len(name.rpartition("}")[2]) > MAX_NAME:
        return f"a name is longer than {MAX_NAME} characters"
    return ""


def _entity(name: str, is_parameter: bool, *more: str | None) -> None:
    if is_parameter:
        raise StopError


def _external(context: str | None, base: str | None, system: str | None, public: str | None) -> int:
    raise StopError


def problem(places: Places) -> Diagnostic | None:
    """Why a pass over this document can't get to its end, None if it can: a second pass, that remembers more."""
    return _Search(places).problem


class _Search:
    """A pass that knows at each moment which tags are open and what is declared."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.problem: Diagnostic | None = None
        self._open: list[int] = []
        self._declared: set[str] = {"xml", "xmlns", "amp", "lt", "gt", "quot", "apos"}
        self._parser = expat.ParserCreate("UTF-8", "}")
        self._parser.ordered_attributes = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartNamespaceDeclHandler = self._namespace
        self._parser.EntityDeclHandler = self._entity
        self._parser.ExternalEntityRefHandler = self._external
        try:
            self._parser.Parse(self.places.data, True)
        except StopError:
            pass
        except expat.ExpatError as error:
            from teipipe.malformed import malformed

            self.problem = malformed(self.places, error, self._parser.ErrorByteIndex, self._open, self._declared)
        finally:
            del self._parser  # it refers back to here; without it, both are freed at once

    def _start(self, name: str, attributes: list[str]) -> None:
        self._open.append(self._parser.CurrentByteIndex)
        excess = _excess(len(self._open), name, attributes)
        if excess:
            self._stop("limit-exceeded", excess)

    def _end(self, name: str) -> None:
        self._open.pop()

    def _namespace(self, prefix: str | None, uri: str | None) -> None:
        self._declared.add(prefix or "")

    def _entity(self, name: str, is_parameter: bool, *more: str | None) -> None:
        if is_parameter:
            from teipipe.malformed import DECLARE_DIRECTLY

            begin = self.places.data.rfind(b"<!ENTITY", 0, self._parser.CurrentByteIndex + 1)
            self._stop("parameter-entity", f"the parameter entity “{name}” is declared", DECLARE_DIRECTLY, begin)
        self._declared.add(name)

    def _external(self, context: str | None, base: str | None, system: str | None, public: str | None) -> int:
        from teipipe.malformed import INCLUDE_IT

        name = (context or "").rpartition("\f")[2]
        self._stop("external-entity", f"the entity “{name}” stands for another file, “{system}”", INCLUDE_IT)
        return 0

    def _stop(self, rule: str, message: str, help: str | None = None, offset: int | None = None) -> None:
        where = self.places.at(max(self._parser.CurrentByteIndex if offset is None else offset, 0))
        self.problem = finding(rule, message, where, help)
        raise StopError


def start_tags(data: bytes) -> array[int]:
    """The byte of the "<" of each start tag of a well-formed document, of the reference for one out of an entity."""
    offsets = array("Q")
    parser = expat.ParserCreate("UTF-8", "}")

    def start(name: str, attributes: dict[str, str]) -> None:
        offsets.append(parser.CurrentByteIndex)

    parser.StartElementHandler = start
    parser.Parse(data, True)
    parser.StartElementHandler = None
    return offsets


def bases(data: bytes, watch: frozenset[str]) -> list[str]:
    """For each Tag of a well-formed document, the xml:base in force there, joined from the outermost in; "" if none."""
    found: list[str] = []
    above = [""]
    parser = parser_for(data)

    def start(name: str, attributes: list[str]) -> None:
        base = above[-1]
        names = attributes[::2]
        if XML_BASE in names:
            from urllib.parse import urljoin

            base = urljoin(base, attributes[2 * names.index(XML_BASE) + 1].strip())
        above.append(base)
        if not watch.isdisjoint(names):
            found.append(base)

    def end(name: str) -> None:
        above.pop()

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)
    parser.StartElementHandler = None
    return found


class TextOffsets:
    """The byte of every character of the text of a well-formed document.

    Text is found by runs: run 2n is what follows the start tag of element n (from 0, in document order), run 2n+1
    what follows its end tag, each up to the next tag, over comments and processing instructions.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pieces: dict[int, list[tuple[int, int, str]]] = {}
        self._length = 0
        self._run = -1
        self._count = 0
        self._open: list[int] = []
        self._in_cdata = False
        self._parser = expat.ParserCreate("UTF-8", "}")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartCdataSectionHandler = lambda: self._cdata(True)
        self._parser.EndCdataSectionHandler = lambda: self._cdata(False)
        self._parser.Parse(data, True)
        del self._parser

    def offset(self, run: int, index: int) -> int | None:
        """The byte of the character `index` of a run, of the reference if it comes out of an entity; None if empty."""
        pieces = self._pieces.get(run)
        if not pieces:
            return None
        begin, offset, text = pieces[max(bisect_right(pieces, index, key=lambda piece: piece[0]) - 1, 0)]
        return offset + len(text[: index - begin].encode("utf-8"))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._open.append(self._count)
        self._begin(2 * self._count)
        self._count += 1

    def _end(self, name: str) -> None:
        self._begin(2 * self._open.pop() + 1)

    def _begin(self, run: int) -> None:
        self._run = run
        self._length = 0

    def _cdata(self, inside: bool) -> None:
        self._in_cdata = inside

    def _text(self, text: str) -> None:
        offset = self._parser.CurrentByteIndex
        is_reference = not self._in_cdata and self._data[offset : offset + 1] == b"&"
        self._pieces.setdefault(self._run, []).append((self._length, offset, "" if is_reference else text))
        self._length += len(text)
