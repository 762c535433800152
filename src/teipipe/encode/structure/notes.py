"""Notes at the end of a text, and the references to them."""

from __future__ import annotations

import re
from typing import Final

from teipipe.encode.blocks import Attributes, Block
from teipipe.encode.structure.draft import Draft, Section
from teipipe.encode.structure.units import Unit

_BRACKETED: Final = re.compile(r"\[(\d{1,4})\](?=\s)")
_NUMBERED: Final = re.compile(r"(\d{1,4})[.)]?(?=\s)|\[(\d{1,4})\](?=\s)|(\*{1,3}|†|‡)(?=\s)")
_RULE: Final = re.compile(r"[_\-–—*=~\s]{3,}")
_REFERENCE: Final = re.compile(r"\[(\d{1,4})\]")
#: So many paragraphs of a note may have no number, and so many numbers of notes may be missing.
_PLAIN: Final = 6
_GAP: Final = 3


def notes_of(draft: Draft, units: list[Unit], first: int, labelled: set[int]) -> tuple[Section, int] | None:
    """The notes at the end, and the number of their first unit, or of their heading.

    They are units with numbers in square brackets that count up to the last one, or with any below a heading.
    """
    text = draft.text
    start, head = _bracketed(text, units, first, labelled), -1
    if start < 0:
        start, head = _headed(draft, units, first, labelled)
    elif start > first and draft.whole("notes", units[start - 1]):
        head = start - 1
    if start < 0:
        return None
    section = Section("notes", 1)
    if head >= 0:
        section.children.append(Block("head", units[head].start, units[head].end))
    ids = _read_notes(draft, units, start, section)
    top = head if head >= 0 else start
    draft.decide(
        "notes",
        (units[top].start, units[-1].end),
        "div type=notes",
        f"{len(ids)} numbered notes at the end of the text",
    )
    _references(draft, units[top].start, ids)
    return section, top


def _bracketed(text: str, units: list[Unit], first: int, labelled: set[int]) -> int:
    start, least, count, plain = -1, 0, 0, 0
    for number in range(len(units) - 1, first - 1, -1):
        unit = units[number]
        match = _BRACKETED.match(text, unit.start, unit.end)
        if match is None:
            plain += 1
            if number in labelled or plain > _PLAIN:
                break
            continue
        value = int(match[1])
        if least and not 0 <= least - value <= _GAP:
            break
        start, least, count, plain = number, value, count + 1, 0
        if value <= 1:
            break
    return start if least == 1 or (1 < least <= _GAP and count >= _GAP) else -1


def _headed(draft: Draft, units: list[Unit], first: int, labelled: set[int]) -> tuple[int, int]:
    """Notes under a heading or a rule: the first, and the heading."""
    text = draft.text
    for number in range(len(units) - 2, first, -1):
        unit = units[number]
        if number in labelled:
            break
        is_head = draft.whole("notes", unit) is not None
        if not is_head and not _RULE.fullmatch(text, unit.start, min(unit.end, unit.start + 200)):
            continue
        following = units[number + 1]
        match = _NUMBERED.match(text, following.start, following.end)
        if match and (match[1] or match[2] or "*") in ("1", "*"):
            return number + 1, number if is_head else -1
        break
    return -1, -1


def _read_notes(draft: Draft, units: list[Unit], start: int, section: Section) -> dict[str, str]:
    """Add the notes to a section; their ids by their numbers."""
    ids: dict[str, str] = {}
    notes: list[list[Unit]] = []
    last = 0
    for unit in units[start:]:
        match = _NUMBERED.match(draft.text, unit.start, unit.end) if unit.page is None else None
        shown = (match[1] or match[2] or match[3]) if match else ""
        if match and (not shown.isdigit() or 0 <= int(shown) - last <= _GAP):
            last = int(shown) if shown.isdigit() else last
            notes.append([unit])
            ids.setdefault(shown, f"n{draft.notes + len(notes)}")
            draft.mark("seg", unit.start, match.end(), (("type", "label"),))
        elif notes:
            notes[-1].append(unit)
    items: list[Block] = []
    for paragraphs in notes:
        draft.notes += 1
        attributes = (("xml:id", f"n{draft.notes}"),)
        note = _note(paragraphs, attributes)
        items.append(Block("item", note.start, note.end, (), (note,)))
    section.children.append(Block("list", items[0].start, items[-1].end, (), tuple(items)))
    return ids


def _note(units: list[Unit], attributes: Attributes) -> Block:
    if len(units) == 1:
        return Block("note", units[0].start, units[0].end, attributes)
    children = tuple(
        Block("p", unit.start, unit.end) if unit.page is None else Block("pb", unit.start, unit.end, number_of(unit))
        for unit in units
    )
    return Block("note", units[0].start, units[-1].end, attributes, children)


def number_of(unit: Unit) -> Attributes:
    """The number of a page break, as an attribute."""
    return (("n", unit.page),) if unit.page else ()


def _references(draft: Draft, end: int, ids: dict[str, str]) -> None:
    """Numbers in square brackets in the text that are those of notes."""
    for match in _REFERENCE.finditer(draft.text, 0, end):
        if match[1] in ids:
            draft.mark("ref", *match.span(), (("target", f"#{ids[match[1]]}"),), rank=1)
            draft.decide(
                "note-reference", match.span(), f"ref target=#{ids[match[1]]}", "there is a note of this number"
            )
