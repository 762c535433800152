"""Which entries of a register are new, gone or changed, and in which facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from teipipe.deposit.statements import (
    Restated,
    Statement,
    attributes_of,
    elements_of,
    first,
    name_of,
    restated,
    statement,
)
from teipipe.documents import TEI_NAMESPACE, XML_NAMESPACE

_ID: Final = f"{{{XML_NAMESPACE}}}id"
_STAND_OFF: Final = f"{{{TEI_NAMESPACE}}}standOff"


@dataclass(frozen=True, slots=True)
class EntryChange:
    """An entry that is "added", "removed" or "changed": its id, its element, its name.

    `facts` has the first of those that have changed, `statements` in all.
    """

    kind: str
    id: str
    element: str
    name: str
    statements: int = 0
    facts: tuple[Restated, ...] = ()


def entry_changes(old: etree._Element | None, new: etree._Element | None) -> Iterator[EntryChange]:
    """Yield the entries that differ between two registers, in the order of the new one; None: there is no register."""
    before, after = _entries(old), _entries(new)
    for name, entry in after.items():
        was = before.get(name)
        if was is None:
            yield EntryChange("added", name, name_of(entry), _label(entry))
        else:
            facts, number = first(restated(_facts(was), _facts(entry)))
            if facts:
                yield EntryChange("changed", name, name_of(entry), _label(entry), number, facts)
    for name, entry in before.items():
        if name not in after:
            yield EntryChange("removed", name, name_of(entry), _label(entry))


def _entries(root: etree._Element | None) -> dict[str, etree._Element]:
    """The entries by their ids: what has an id in a list of the stand-off part."""
    found: dict[str, etree._Element] = {}
    for part in () if root is None else root.iterfind(_STAND_OFF):
        for element in part.iter("*"):
            parent = element.getparent()
            name = element.get(_ID)
            if name and parent is not None and name_of(parent).startswith("list"):
                found.setdefault(name.strip(), element)
    return found


def _label(entry: etree._Element) -> str:
    """The name that stands first in it."""
    first = next((one for one in elements_of(entry) if name_of(one).endswith("Name")), None)
    first = next(elements_of(entry), None) if first is None else first
    return "" if first is None else " ".join(str(first.xpath("string()")).split())[:80]


def _facts(entry: etree._Element) -> Iterator[Statement]:
    """What an entry says, each thing by its element and type; entries in it are entries of their own."""
    yield Statement(name_of(entry), "", attributes_of(entry), (), entry.sourceline or 0)
    for part in elements_of(entry):
        if not name_of(part).startswith("list"):
            kind = part.get("type")
            yield statement(part, f"{name_of(part)}[{kind}]" if kind else name_of(part))
