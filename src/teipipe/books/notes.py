"""Notes with which Typst has trouble become notes behind what they stand in.

Where pages end, it loses notes in notes, loses words of tables with notes, and fails on some lists with notes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree


def unnest(root: etree._Element) -> None:
    """Put each note of a note behind it, without a mark there: its mark stays where it was."""
    last: dict[etree._Element, etree._Element] = {}
    inner = [(note, outer) for note in root.iter("note") if (outer := _outermost(note, "note")) is not None]
    for note, outer in inner:
        _keep_language(note, outer)
        _mark(note)
        before = last.get(outer, outer)
        before.addnext(note)
        note.tail, before.tail = before.tail, None
        last[outer] = note


def put_behind(root: etree._Element, *names: str) -> None:
    """Put the notes of elements (tables, lists) behind these, in a paragraph without words."""
    behind: dict[etree._Element, etree._Element] = {}
    inner = [(note, outer) for note in root.iter("note") if (outer := _outermost(note, *names)) is not None]
    for note, outer in inner:
        _keep_language(note, outer)
        if note.get("mark") == "no":
            _drop(note)
        else:
            _mark(note)
        if outer not in behind:
            behind[outer] = outer.makeelement("p", {})
            outer.addnext(behind[outer])
        behind[outer].append(note)
        note.tail = None


def _mark(note: etree._Element) -> None:
    """Let the mark of a note stand where it was."""
    mark = note.makeelement("note-ref", {"n": note.get("n", "")})
    if note.get("id"):
        mark.set("to", note.get("id", ""))
    mark.tail, note.tail = note.tail, None
    parent = note.getparent()
    assert parent is not None
    parent.replace(note, mark)
    note.set("mark", "no")


def _drop(note: etree._Element) -> None:
    """Take a note away; what follows it stays."""
    anchor = note.makeelement("span", {})
    anchor.tail, note.tail = note.tail, None
    parent = note.getparent()
    assert parent is not None
    parent.replace(note, anchor)


def _outermost(note: etree._Element, *names: str) -> etree._Element | None:
    outermost = None
    for ancestor in note.iterancestors(*names):
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
