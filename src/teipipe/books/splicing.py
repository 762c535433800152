"""Puts the texts into a book, and sees to it that whatever leads somewhere leads to a place in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lxml import etree

_PARSER: Final = etree.XMLParser(collect_ids=False, huge_tree=True, resolve_entities=False, no_network=True)


def spliced(book: str, texts: Sequence[str]) -> str:
    """The whole book (XML): `book` with the `texts` in it, each a `text` element, in this order.

    Of references to what isn't in this book, the words stay; they lead to the edition on the web if that is known.
    """
    root = _parsed(book)
    place = root.find("texts")
    if place is None:
        raise ValueError("a book without a place for texts")
    for text in texts:
        place.append(_parsed(text))
    _resolve(root)
    return etree.tostring(root, encoding="unicode")


def _parsed(xml: str) -> etree._Element:
    return etree.fromstring(xml.encode(), _PARSER)


def _resolve(root: etree._Element) -> None:
    anchors = {element.get("id") for element in root.iter("{*}*") if element.get("id")}
    for element in list(root.iter("ref", "note-ref")):
        address = element.attrib.pop("href", None)
        if element.get("to") in anchors:
            continue
        element.tag = "span" if address is None else "link"
        for name in ("to", "page", "n"):
            element.attrib.pop(name, None)
        if address is not None:
            element.set("href", address)
    keys = {element.get("key") for element in root.iter("entry", "index-entry") if element.get("key")}
    for element in [see for see in root.iter("see") if see.get("key") not in keys]:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
