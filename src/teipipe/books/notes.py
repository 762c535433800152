"""Notes in notes. Typst loses some of them where pages end, so they become notes beside those that they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree


def unnest(root: etree._Element) -> None:
    """Put each note of a note behind it, without a mark there: its mark stays where it was."""
    last: dict[etree._Element, etree._Element] = {}
    inner = [(note, outer) for note in root.iter("note") for outer in [_outermost(note)] if outer is not None]
    for note, outer in inner:
        _keep_language(note, outer)
        mark = note.makeelement("note-ref", {"n": note.get("n", "")})
        if note.get("id"):
            mark.set("to", note.get("id", ""))
        mark.tail, note.tail = note.tail, None
        parent = note.getparent()
        assert parent is not None
        parent.replace(note, mark)
        before = last.get(outer, outer)
        before.addnext(note)
        note.tail, before.tail = before.tail, None
        note.set("mark", "no")
        last[outer] = note


def _outermost(note: etree._Element) -> etree._Element | None:
    outermost = None
    for ancestor in note.iterancestors("note"):
        outermost = ancestor
    return outermost


def _keep_language(note: etree._Element, outer: etree._Element) -> None:
    """Say of a note in which language and direction it stands, if its place said so."""
    for ancestor in note.iterancestors():
        for name in ("lang", "dir"):
            value = ancestor.get(name)
            if value is not None and note.get(name) is None:
                note.set(name, value)
        if ancestor is outer:
            return
