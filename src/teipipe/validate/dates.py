"""Checks that dates are real, that nothing ends before it begins, and that no attribute excludes its neighbour."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Final

from teipipe.attributes import ISO_DATES, RANGES, W3C_DATES
from teipipe.rules import finding
from teipipe.validate.calendar import ImpossibleDateError, MalformedDateError, Moment, moment, suggestion
from teipipe.validate.facts import TEI, value_of

if TYPE_CHECKING:
    from teipipe.diagnostics import Diagnostic
    from teipipe.documents import Document
    from teipipe.scan import Tag
    from teipipe.validate.context import Context

_ALL: Final = frozenset((*W3C_DATES, *ISO_DATES))
#: TEI P5, att.datable.w3c: which attributes do not go together.
_EXCLUSIVE: Final = (
    ("when", ("notBefore", "notAfter", "from", "to")),
    ("from", ("notBefore",)),
    ("to", ("notAfter",)),
)
#: Dating attributes that a rule of these names: a finding on one is one on all.
EXCLUSIVE: Final = frozenset(W3C_DATES)
_FORMS: Final = "write it as 1956, 1956-08, 1956-08-30, 1956-08-30T14:00:00 or 14:00:00"
#: What ISO 8601-2 writes for "about", "perhaps" and unknown digits or ends.
_UNCERTAIN: Final = r"(?=.*(?:[~?%Xu]|\.\.))[0-9XuTWZ~?%./:+-]+"
_DURATION: Final = r"P(?:[0-9.,]+[YMWD])*(?:T(?:[0-9.,]+[HMS])+)?"


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Yield what is wrong with the dating attributes of TEI's elements."""
    facts = context.corpus.references(document).facts
    for tag in facts.dated:
        attributes = tag[2]
        left_out = ("from", "to") if tag[1][len(TEI) :] in RANGES else ()
        values = {
            name: value.strip()
            for name, value in zip(attributes[::2], attributes[1::2], strict=True)
            if name in _ALL and name not in left_out
        }
        if any(_judge(document, tag, values)):
            for other in facts.alike(tag):
                yield from _judge(document, other, values)


def _judge(document: Document, tag: Tag, values: dict[str, str]) -> Iterator[Diagnostic]:
    moments: dict[str, Moment] = {}
    for name in (*W3C_DATES, *ISO_DATES):
        if name not in values:
            continue
        value = values[name]
        try:
            found = moments[name] = _interval(value) if name in ISO_DATES else moment(value)
        except MalformedDateError:
            meant = suggestion(value)
            message = f"“{value}” is not written as a date in @{name}"
            advice = f"did you mean “{meant}”?" if meant else _FORMS
            yield finding("malformed-date", message, document.at_tag(tag, name, 0), advice)
        except ImpossibleDateError as error:
            yield finding("impossible-date", f"“{value}” is no date: {error}", document.at_tag(tag, name, 0))
        else:
            if found.is_after(found):
                where = document.at_tag(tag, name, 0)
                yield finding("reversed-dates", f"“{value}” ends before it begins", where, "exchange the two")
    if len(values) > 1:
        for suffix in ("", "-iso"):
            yield from _order(document, tag, moments, suffix)
        yield from _together(document, tag, values)


def _interval(value: str) -> Moment:
    """An ISO 8601 value: a moment, or two with a slash between. Durations and uncertain parts are not judged."""
    if re.fullmatch(_DURATION, value) or re.fullmatch(_UNCERTAIN, value):
        return Moment(None, None, False)
    first, slash, last = value.partition("/")
    if not slash:
        return moment(value, iso=True)
    bounds = [None if not part or re.fullmatch(_DURATION, part) else moment(part, iso=True) for part in (first, last)]
    start, end = bounds
    has_zone = any(bound.has_zone for bound in bounds if bound)
    return Moment(start.first if start else None, end.last if end else None, has_zone)


def _order(document: Document, tag: Tag, moments: dict[str, Moment], suffix: str) -> Iterator[Diagnostic]:
    for early in ("from", "notBefore"):
        for late in ("to", "notAfter"):
            first, last = early + suffix, late + suffix
            begin, end = moments.get(first), moments.get(last)
            if begin and end and begin.is_after(end):
                yield finding(
                    "reversed-dates",
                    f"@{first} “{value_of(tag, first)}” is after @{last} “{value_of(tag, last)}”",
                    document.at_tag(tag, first, 0),
                    "exchange them, or mend one",
                    related=((document.at_tag(tag, last, 0), f"@{last}"),),
                )
                return


def _together(document: Document, tag: Tag, names: Collection[str]) -> Iterator[Diagnostic]:
    for name, others in _EXCLUSIVE:
        present = [other for other in others if other in names]
        if name in names and present:
            yield finding(
                "conflicting-dates",
                f"@{name} and @{' and @'.join(present)} don't go together",
                document.at_tag(tag, name),
                "a known date is @when; a span is @from and @to; an uncertain one @notBefore and @notAfter",
            )
            return
