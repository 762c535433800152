"""Where in a document the characters stand that no font has a glyph for."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator

from lxml import etree

from teipipe.diagnostics import Diagnostic
from teipipe.documents import Document
from teipipe.rules import finding


def without_glyph(document: Document, missing: Collection[str]) -> Iterator[Diagnostic]:
    """A finding for each of the `missing` characters that the document has, at the first element whose text has it."""
    left = set(missing)
    for element in document.root.iter(etree.Element):
        for text, node in ((element.text, element), (element.tail, element.getparent())):
            for character in sorted(left.intersection(text or "")):
                if node is None:
                    continue
                left.discard(character)
                name = unicodedata.name(character, "a character without a name")
                message = f"no font has “{character}” (U+{ord(character):04X}, {name}), so books show its number"
                yield finding("missing-glyph", message, document.start(node))
        if not left:
            return
