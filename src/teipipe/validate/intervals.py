"""What the dating attributes of an element come to: the span of time in which it lies, as wide as it may be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

from teipipe.attributes import ISO_DATES, W3C_DATES
from teipipe.documents import TEI_NAMESPACE
from teipipe.validate.calendar import Moment, moment

if TYPE_CHECKING:
    from lxml import etree

_DATE: Final = f"{{{TEI_NAMESPACE}}}date"
_EARLY: Final = ("when", "from", "notBefore")
_LATE: Final = ("when", "to", "notAfter")
_NAMES: Final = {name: name.removesuffix("-iso") for name in (*W3C_DATES, *ISO_DATES)}


class Interval(NamedTuple):
    """A span of time: as numbers, None at an end that is open; as it is written; and the element that says so."""

    span: Moment
    words: str
    element: etree._Element

    def is_after(self, other: Interval) -> bool:
        """Whether all of this is certainly later than all of the other."""
        return self.span.is_after(other.span)


def interval(element: etree._Element) -> Interval | None:
    """When an element lies by its dating attributes (TEI P5, att.datable.w3c and att.datable.iso).

    None if it has none, or one that can't be read: that is another check's concern.
    """
    written = {name: value.strip() for name in _NAMES if (value := element.get(name)) is not None}
    if not written:
        return None
    early: list[Moment] = []
    late: list[Moment] = []
    try:
        for name, value in written.items():
            found = moment(value, iso=name.endswith("-iso"))
            early += [found] if _NAMES[name] in _EARLY else []
            late += [found] if _NAMES[name] in _LATE else []
    except ValueError:
        return None
    has_zone = all(found.has_zone for found in (*early, *late))
    # Two that say the same (@when and @notBefore) both hold; of two spans, the narrower one isn't known better.
    first = _least([found.first for found in early])
    last = _most([found.last for found in late])
    values = list(dict.fromkeys(written.values()))
    words = values[0] if len(values) == 1 else " to ".join(values[:2])
    if "when" not in written and len(written) == 1:
        words = f"{_WORDS[_NAMES[next(iter(written))]]} {words}"
    return Interval(Moment(first, last, has_zone), words, element)


_WORDS: Final = {"when": "in", "from": "from", "to": "up to", "notBefore": "not before", "notAfter": "not after"}


def intervals(element: etree._Element) -> list[Interval | None]:
    """Those of an element, or, if it has no dating attributes itself, of all dates in it."""
    own = interval(element)
    if own is not None or any(name in element.attrib for name in _NAMES):
        return [own]
    return [interval(date) for date in element.iter(_DATE)]


def union(found: Iterable[Interval | None]) -> Interval | None:
    """The span that holds all of them, named by its ends; None without any, or if one can't be told."""
    known: list[Interval] = []
    for one in found:
        if one is None:
            return None
        known.append(one)
    if not known:
        return None
    first = _least([one.span.first for one in known])
    last = _most([one.span.last for one in known])
    earliest = min(known, key=lambda one: float("-inf") if one.span.first is None else one.span.first)
    latest = max(known, key=lambda one: float("inf") if one.span.last is None else one.span.last)
    words = latest.words if earliest.words == latest.words else f"{earliest.words} to {latest.words}"
    return Interval(Moment(first, last, all(one.span.has_zone for one in known)), words, latest.element)


def _least(ends: list[int | None]) -> int | None:
    known = [end for end in ends if end is not None]
    return min(known) if known and len(known) == len(ends) else None


def _most(ends: list[int | None]) -> int | None:
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None
