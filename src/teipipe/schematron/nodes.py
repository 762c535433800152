"""From the number of a node, as the stylesheets count them, to its place."""

from __future__ import annotations

from array import array
from collections.abc import Collection
from functools import cached_property

from teipipe.diagnostics import Location
from teipipe.documents import Document
from teipipe.scan import parser_for


class _Walk:
    """One pass over a document, that meets its nodes in document order.

    These are elements, texts (whole, over CDATA sections and references), comments and processing instructions; what
    stands in the DOCTYPE is none. A node out of an entity begins where the reference does.
    """

    def __init__(self, data: bytes, wanted: Collection[int] | None = None) -> None:
        """Go over a well-formed document in UTF-8; of the nodes `wanted`, by their numbers from 1, keep the paths."""
        self.offsets = array("Q")
        self.paths: dict[int, str] = {}
        self._wanted = wanted
        self._steps: list[str] = []
        self._counts: list[dict[str, int]] = [{}]
        self._in_text = False
        self._parser = parser_for(data)
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler, self._parser.EndDoctypeDeclHandler = self._enter_doctype, self._listen
        self._listen()
        try:
            self._parser.Parse(data, True)
        finally:
            del self._parser  # it refers back to here; without it, both are freed at once

    def _listen(self) -> None:
        self._parser.CommentHandler, self._parser.ProcessingInstructionHandler = self._comment, self._instruction

    def _enter_doctype(self, *about: object) -> None:
        self._parser.CommentHandler = self._parser.ProcessingInstructionHandler = None

    def _node(self, step: str) -> None:
        self._in_text = False
        self.offsets.append(self._parser.CurrentByteIndex)
        if self._wanted is not None:
            counts = self._counts[-1]
            counts[step] = counts.get(step, 0) + 1
            self._steps.append(f"{step}[{counts[step]}]")
            if len(self.offsets) in self._wanted:
                self.paths[len(self.offsets)] = f"/{'/'.join(self._steps)}"

    def _leaf(self, step: str) -> None:
        self._node(step)
        if self._wanted is not None:
            self._steps.pop()

    def _start(self, name: str, attributes: object) -> None:
        if self._wanted is None:
            self._node("")
            return
        namespace, _, local = name.rpartition("}")
        self._node(f"Q{{{namespace}}}{local}")
        self._counts.append({})

    def _end(self, name: str) -> None:
        self._in_text = False
        if self._wanted is not None:
            self._steps.pop()
            self._counts.pop()

    def _text(self, characters: str) -> None:
        if not self._in_text:
            self._leaf("text()")
            self._in_text = True

    def _comment(self, words: str) -> None:
        self._leaf("comment()")

    def _instruction(self, target: str, words: str) -> None:
        self._leaf(f"processing-instruction({target})")


def node_paths(document: Document, wanted: Collection[int]) -> dict[int, str]:
    """The paths of nodes of a well-formed document by their numbers, as fn:path has them (XPath 3.1, 14.9.1).

    By one pass, where fn:path counts the siblings of each.
    """
    return {0: "/", **_Walk(document.data, wanted).paths}


class NodePlaces:
    """The places of nodes of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def _offsets(self) -> array[int]:
        return _Walk(self._document.data).offsets

    def place(self, number: int, attribute: str) -> Location:
        """The place of a node, of the outermost element for 0, or of an attribute by its name as written."""
        if not number:
            return self._document.outermost()
        offset = self._offsets[number - 1]
        return self._document.places.attribute(offset, (attribute,)) if attribute else self._document.at(offset)
