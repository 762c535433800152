"""One pass of expat over a document: is it well-formed, and at which byte does each thing start?"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from typing import Final
from xml.parsers import expat

from teipipe.diagnostics import Diagnostic
from teipipe.malformed import DECLARE_DIRECTLY, INCLUDE_IT, malformed
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


class _Stop(Exception):  # noqa: N818 (a signal, not an error)
    """Ends the scan from inside a handler; the problem is kept in the scan."""


class Scan:
    """The outcome: `problem`, or None if well-formed; `offsets` of the "<" of each start tag, in document order.

    An element that comes out of an entity has the offset of the reference.
    """

    def __init__(self, places: Places) -> None:
        self.places = places
        self.problem: Diagnostic | None = None
        self.offsets = array("Q")
        self._open: list[int] = []
        self._declared: set[str] = {"xml", "xmlns", "amp", "lt", "gt", "quot", "apos"}
        self._parser = expat.ParserCreate("UTF-8", "}")
        self._parser.ordered_attributes = True
        # Attributes that only a DTD supplies are in no tree here, so the stream leaves them out as well.
        self._parser.specified_attributes = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartNamespaceDeclHandler = self._namespace
        self._parser.EntityDeclHandler = self._entity
        self._parser.ExternalEntityRefHandler = self._external
        self._run()

    def _run(self) -> None:
        try:
            self._parser.Parse(self.places.data, True)
        except _Stop:
            pass
        except expat.ExpatError as error:
            self.problem = malformed(self.places, error, self._parser.ErrorByteIndex, self._open, self._declared)
        finally:
            del self._parser  # it refers back to here; without it, both are freed at once

    def _start(self, name: str, attributes: list[str]) -> None:
        offset = self._parser.CurrentByteIndex
        self.offsets.append(offset)
        self._open.append(offset)
        if len(self._open) > MAX_DEPTH:
            self._stop("limit-exceeded", f"elements are nested more than {MAX_DEPTH} deep")
        if len(attributes) > 2 * MAX_ATTRIBUTES:
            self._stop("limit-exceeded", f"one element has more than {MAX_ATTRIBUTES} attributes")
        if len(name) > MAX_NAME and len(name.rpartition("}")[2]) > MAX_NAME:
            self._stop("limit-exceeded", f"a name is longer than {MAX_NAME} characters")

    def _end(self, name: str) -> None:
        self._open.pop()

    def _namespace(self, prefix: str | None, uri: str | None) -> None:
        self._declared.add(prefix or "")

    def _entity(
        self,
        name: str,
        is_parameter: bool,
        value: str | None,
        base: str | None,
        system: str | None,
        public: str | None,
        notation: str | None,
    ) -> None:
        if is_parameter:
            begin = self.places.data.rfind(b"<!ENTITY", 0, self._parser.CurrentByteIndex + 1)
            self._stop("parameter-entity", f"the parameter entity “{name}” is declared", DECLARE_DIRECTLY, begin)
        self._declared.add(name)

    def _external(self, context: str | None, base: str | None, system: str | None, public: str | None) -> int:
        name = (context or "").rpartition("\f")[2]
        self._stop("external-entity", f"the entity “{name}” stands for another file, “{system}”", INCLUDE_IT)
        return 0

    def _stop(self, rule: str, message: str, help: str | None = None, offset: int | None = None) -> None:
        where = self.places.at(max(self._parser.CurrentByteIndex if offset is None else offset, 0))
        self.problem = finding(rule, message, where, help)
        raise _Stop


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
