"""Drawings: what they are, what their authors say that they show, and the text boxes in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from teipipe.transcriptions.word.names import DRAWING, PICTURE_FRAME, VML, W, local, words_of

if TYPE_CHECKING:
    from lxml import etree


def text_boxes(element: etree._Element) -> list[etree._Element]:
    """The text boxes in a drawing, those aside that lie in others."""
    return [box for box in element.iter(f"{W}txbxContent") if not _is_within(box, element)]


def lettering(element: etree._Element) -> list[str]:
    """The words that are drawn in a drawing (WordArt)."""
    return [found.get("string", "") for found in element.iter(f"{VML}textpath")]


def kind_of_picture(element: etree._Element) -> str:
    """What a drawing is, "" if it has nothing but text boxes."""
    if local(element) == "object":
        return "an embedded object"
    for data in element.iter(f"{DRAWING}graphicData"):
        uri = data.get("uri", "")
        if uri.endswith("/chart"):
            return "a chart"
        if uri.endswith("/diagram"):
            return "a diagram, with the words in it,"
    if next(element.iter(f"{DRAWING}blip", f"{VML}imagedata"), None) is not None:
        return "a picture"
    return ""


def alternative_text(element: etree._Element) -> str:
    """What its author says that a picture shows, "" if nothing."""
    for frame in element.iter(f"{PICTURE_FRAME}docPr", f"{VML}shape"):
        text = frame.get("descr") or frame.get("alt") or frame.get("title") or ""
        if text:
            return " ".join(text.split())
    return ""


def _is_within(box: etree._Element, element: etree._Element) -> bool:
    """Whether a text box lies in another one, or in what stands for another content."""
    for above in box.iterancestors():
        if above is element:
            return False
        if local(above) == "txbxContent" or (local(above) == "Fallback" and words_of(_choice(above))):
            return True
    return False


def _choice(fallback: etree._Element) -> etree._Element:
    first = fallback.getprevious()
    return fallback if first is None else first
