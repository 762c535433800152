"""A document as xmlschema gets it, and the way from a place back to the element."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from copy import deepcopy
from functools import cached_property
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from teipipe.diagnostics import Location
    from teipipe.documents import Document


class Tree:
    """The tree of a well-formed document; raises NotParsedError if libxml2 refuses it after all."""

    def __init__(self, document: Document) -> None:
        self.document = document
        tree = document.tree
        if b"<!--" in document.data or b"<?" in document.data.lstrip()[2:]:
            # xmlschema takes the text before a comment for the whole; for the schema there are no comments.
            tree = deepcopy(tree)
            etree.strip_tags(tree, etree.Comment, etree.ProcessingInstruction)
        self.tree = tree
        self.is_copy = tree is not document.tree

    @cached_property
    def _originals(self) -> dict[etree._Element, etree._Element]:
        return dict(zip(self.tree.getroot().iter("*"), self.document.root.iter("*"), strict=True))

    def original(self, element: etree._Element) -> etree._Element:
        """The document's own element for one of this tree."""
        return self._originals[element] if self.is_copy else element

    @cached_property
    def _starts(self) -> tuple[list[tuple[int, int]], list[etree._Element]]:
        elements = list(self.document.root.iter("*"))
        return [_point(self.document.start(element)) for element in elements], elements

    def around(self, place: Location) -> list[etree._Element]:
        """The element whose start tag came last before a place, and those around it, from the inside."""
        starts, elements = self._starts
        number = max(bisect_right(starts, _point(place)) - 1, 0)
        # Elements out of one entity have one place; the first of them holds it.
        while number and starts[number - 1] == starts[number]:
            number -= 1
        return list(_outwards(elements[number]))


def _point(place: Location) -> tuple[int, int]:
    return place.line or 0, place.column or 0


def _outwards(element: etree._Element) -> Iterator[etree._Element]:
    yield element
    yield from element.iterancestors()
