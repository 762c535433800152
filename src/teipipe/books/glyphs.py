"""Where in a document the characters stand that no font has a glyph for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from lxml import etree

from teipipe.diagnostics import Diagnostic, Location
from teipipe.documents import Document
from teipipe.rules import finding


def without_glyph(documents: Iterable[Document], missing: Iterable[str], book: Location) -> Iterator[Diagnostic]:
    """A finding for each of the `missing` characters in each of the documents that have it, where it is first.

    Of those that none of them has, a finding about the book: they are in what the project says of itself.
    """
    left = set(missing)
    for document in documents:
        found = dict(_places(document, set(missing)))
        left -= found.keys()
        yield from (_finding(character, where) for character, where in found.items())
    yield from (_finding(character, book) for character in sorted(left))


def _places(document: Document, missing: set[str]) -> Iterator[tuple[str, Location]]:
    """The place of each of the characters that a document has."""
    for element in document.root.iter(etree.Element):
        for text, owner, after in _texts(element):
            for character in sorted(missing.intersection(text), key=text.index):
                missing.discard(character)
                yield character, document.text(owner, text.index(character), after=after)
        if not missing:
            return


def _texts(element: etree._Element) -> Iterator[tuple[str, etree._Element, bool]]:
    """What stands between the tags in an element: the text, and the element whose tag it follows, its end tag or not.

    Comments don't divide a text.
    """
    text, owner, after = element.text or "", element, False
    for child in element:
        if isinstance(child.tag, str):
            yield text, owner, after
            text, owner, after = "", child, True
        text += child.tail or ""
    yield text, owner, after


def _finding(character: str, where: Location) -> Diagnostic:
    name = unicodedata.name(character, "a character without a name")
    shown = f"“{character}” " if character.isprintable() and not unicodedata.combining(character) else ""
    message = f"no font has {shown}(U+{ord(character):04X}, {name}), so books show its number"
    return finding("missing-glyph", message if shown else message.replace("has (", "has the character ("), where)
