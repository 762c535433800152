"""Which entry of the register comes before and after each on its list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from lxml import etree

from teipipe.documents import TEI_NAMESPACE
from teipipe.saxon import NAMESPACE

_TEI: Final = f"{{{TEI_NAMESPACE}}}"
_TP: Final = f"{{{NAMESPACE}}}"
_NAMES: Final = tuple(
    f"{_TEI}{name}" for name in ("persName", "orgName", "placeName", "eventName", "name", "label", "head")
)
_DATES: Final = ("when", "from", "notBefore", "to", "notAfter")
#: Of more digits Python makes no number.
_YEAR: Final = re.compile(r"-?\d{1,4000}")
#: Characters that don't count for the order of names.
_SIGNS: Final = str.maketrans("", "", "“”‘’\"'([")


def stamp_neighbours(entries: Sequence[etree._Element]) -> None:
    """Say on each entry of a list what its neighbours are called and where they are (tp:previous, tp:previous-name)."""
    for entry in entries:
        for name in ("previous", "previous-name", "next", "next-name"):
            entry.attrib.pop(f"{_TP}{name}", None)
    for one, other in pairwise(in_order(entries)):
        for side, of, neighbour in (("next", one, other), ("previous", other, one)):
            of.set(f"{_TP}{side}", neighbour.get(f"{_TP}address", ""))
            of.set(f"{_TP}{side}-name", known_as(neighbour))


def in_order(entries: Sequence[etree._Element]) -> list[etree._Element]:
    """The entries of one list as readers see them: events by time, undated ones last; others by name."""
    return sorted(entries, key=lambda entry: _moment(entry) if entry.tag == f"{_TEI}event" else (0, _sorted_by(entry)))


def known_as(entry: etree._Element) -> str:
    """The name under which an entry stands; "" if it has none."""
    named = [child for child in entry.iterchildren(*_NAMES) if _words(child)]
    first = next((child for child in named if child.get("type") == "preferred"), named[0] if named else None)
    return "" if first is None else _words(first)


def _words(element: etree._Element) -> str:
    return " ".join(str(element.xpath("string()")).split())


def _sorted_by(entry: etree._Element) -> str:
    plain = known_as(entry).lower().translate(_SIGNS)
    letters = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.category(c).startswith("M"))
    return re.sub(r"^[\W_]+", "", letters)


def _moment(event: etree._Element) -> tuple[int, str]:
    value = next((str(event.get(name)).strip() for name in _DATES if event.get(name)), "")
    year = _YEAR.match(value)
    return (int(year[0]) if year else 99_999, value) if value else (100_000, "")
