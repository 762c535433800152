"""From the number of a node, as the stylesheets count them, to its place."""

from __future__ import annotations

from array import array
from xml.parsers import expat

from teipipe.diagnostics import Location
from teipipe.documents import Document


def node_offsets(data: bytes) -> array[int]:
    """The byte of each node of a well-formed document in UTF-8, in document order, as XPath's data model has them.

    These are elements, texts (whole, over CDATA sections and references), comments and processing instructions; what
    stands in the DOCTYPE is none. A node out of an entity begins where the reference does.
    """
    offsets = array("Q")
    parser = expat.ParserCreate("UTF-8", "}")
    in_text = False

    def node(*about: object) -> None:
        nonlocal in_text
        in_text = False
        offsets.append(parser.CurrentByteIndex)

    def text(characters: str) -> None:
        nonlocal in_text
        if not in_text:
            in_text = True
            offsets.append(parser.CurrentByteIndex)

    def end(name: str) -> None:
        nonlocal in_text
        in_text = False

    def enter_doctype(*about: object) -> None:
        parser.CommentHandler = parser.ProcessingInstructionHandler = None

    def leave_doctype() -> None:
        parser.CommentHandler, parser.ProcessingInstructionHandler = node, node

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = node, end, text
    parser.StartDoctypeDeclHandler, parser.EndDoctypeDeclHandler = enter_doctype, leave_doctype
    leave_doctype()
    parser.Parse(data, True)
    parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
    parser.StartDoctypeDeclHandler = parser.EndDoctypeDeclHandler = None
    parser.CommentHandler = parser.ProcessingInstructionHandler = None
    return offsets


class NodePlaces:
    """The places of nodes of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._offsets: array[int] | None = None

    def place(self, number: int, attribute: str) -> Location:
        """The place of a node, of the outermost element for 0, or of an attribute by its name as written."""
        if not number:
            return self._document.outermost()
        if self._offsets is None:
            self._offsets = node_offsets(self._document.data)
        offset = self._offsets[number - 1]
        return self._document.places.attribute(offset, (attribute,)) if attribute else self._document.at(offset)
