"""Which entry of the register comes before and after each on its list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from lxml import etree

from teipipe.documents import TEI_NAMESPACE, language_of
from teipipe.editions.surroundings import OF_LISTS
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
    """Say on each entry of a list where its neighbours are, what they are called and in what language that is.

    For the one before tp:previous, tp:previous-name, tp:previous-lang.
    """
    for entry in entries:
        for name in OF_LISTS:
            entry.attrib.pop(f"{_TP}{name}", None)
    for one, other in pairwise(in_order(entries)):
        for side, of, neighbour in (("next", one, other), ("previous", other, one)):
            of.set(f"{_TP}{side}", neighbour.get(f"{_TP}address", ""))
            of.set(f"{_TP}{side}-name", known_as(neighbour))
            named = _name(neighbour)
            if language := language_of(neighbour if named is None else named):
                of.set(f"{_TP}{side}-lang", language)


def in_order(entries: Sequence[etree._Element]) -> list[etree._Element]:
    """The entries of one list as readers see them: events by time, undated ones last; others by name."""
    return sorted(entries, key=lambda entry: _moment(entry) if entry.tag == f"{_TEI}event" else (0, _sorted_by(entry)))


def known_as(entry: etree._Element) -> str:
    """The name under which an entry stands; "" if it has none."""
    name = _name(entry)
    return "" if name is None else _words(name)


def _name(entry: etree._Element) -> etree._Element | None:
    named = [child for child in entry.iterchildren(*_NAMES) if _words(child)]
    return next((child for child in named if child.get("type") == "preferred"), named[0] if named else None)


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
