"""Days in figures: which of them is the month, and which century it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from teipipe.encode.dates.context import Anchor, Context
from teipipe.encode.dates.language import Language
from teipipe.encode.dates.readings import Reading
from teipipe.encode.dates.resolved import Resolved, impossible, inferred
from teipipe.encode.dates.values import ImpossibleDateError, day_value
from teipipe.encode.decisions import Candidate, Certainty

_MONTHS: Final = 12
#: Days: what is so near to the date of a document speaks for an order, if the other one is so far away.
_NEAR: Final = 31
_FAR: Final = 90
#: So many dates in words, all written alike, tell an order.
_ALIKE: Final = 3


def numeric_date(reading: Reading, leaf: int, context: Context, language: Language) -> Resolved:
    """A day in figures: which of them is the month is told by what they can be, by the language, or by the document."""
    one, sign, two, last = _figures(reading)
    year: int | None = int(last)
    if len(last) == 2:
        year = context.century_for(int(last), leaf).year
    if year is None:
        return Resolved("date", (), "numeric-date", Certainty.LOW, "nothing tells the century")
    possible = _possible(year, one, two)
    if not possible:
        return impossible("no month and day of the calendar")
    order, certainty, reason = _order(possible, sign, reading, context, language)
    if not order:
        candidates = tuple(Candidate(value, value, (f"{name} first",)) for name, value in possible.items())
        said = " or ".join(possible.values())
        rule = "ambiguous-numeric-date"
        return Resolved("date", (), rule, Certainty.LOW, reason, candidates, "ambiguous-date", said)
    value = possible[order]
    context.remember(Anchor(value, value, leaf, certainty=certainty))
    extra = () if certainty is Certainty.HIGH else inferred(certainty, "internal")
    return Resolved("date", (("when", value), *extra), "numeric-date", certainty, reason)


def numeric_order(readings: Iterable[Reading]) -> str:
    """Which comes first in dates in figures; "" if nothing tells.

    That is told by those that can be read in one way alone, or else by those in words, if they are all written alike.
    """
    figures: set[str] = set()
    words: list[str] = []
    for reading in readings:
        if reading.kind == "numeric":
            one, sign, two, _ = _figures(reading)
            if sign == "/" and (one > _MONTHS >= two or two > _MONTHS >= one):
                figures.add("day" if one > two else "month")
        elif "day" in reading.tokens and "month" in reading.tokens:
            words.append("day" if reading.tokens["day"].start < reading.tokens["month"].start else "month")
    if figures:
        return figures.pop() if len(figures) == 1 else ""
    return words[0] if len(words) >= _ALIKE and len(set(words)) == 1 else ""


def _figures(reading: Reading) -> tuple[int, str, int, str]:
    """The first number, the sign, the second number, the year as it stands."""
    one, sign, two, last, *dashed = reading.value("numeric")
    if one is None:
        (one, two, last), sign = dashed, "-"
    return int(one), sign, int(two), last


def _possible(year: int, one: int, two: int) -> dict[str, str]:
    """The days that it may be, by what comes first."""
    found = {}
    for order, month, day in (("day", two, one), ("month", one, two)):
        try:
            if 1 <= month <= _MONTHS:
                found[order] = day_value(year, month, day)
        except ImpossibleDateError:
            continue
    return found


def _near(possible: dict[str, str], context: Context) -> str:
    """What comes first, if that brings the day near to the one of the document, and the other way far from it."""
    if context.document.count("-") < 2:
        return ""
    own = date.fromisoformat(context.document)
    away = {order: abs((date.fromisoformat(value) - own).days) for order, value in possible.items()}
    near, far = sorted(away, key=lambda order: away[order])
    return near if away[near] <= _NEAR and away[far] >= _FAR else ""


def _order(
    possible: dict[str, str], sign: str, reading: Reading, context: Context, language: Language
) -> tuple[str, Certainty, str]:
    """Whether the day or the month comes first, and why; "" if nothing tells."""
    if len(set(possible.values())) == 1:
        return next(iter(possible)), Certainty.HIGH, "only so it is a date"
    if sign == ".":
        return "day", Certainty.HIGH, "with points, the day comes first"
    weekday = reading.value("weekday")
    fitting = [order for order, value in possible.items() if date.fromisoformat(value).isoweekday() == weekday]
    if len(fitting) == 1:
        return fitting[0], Certainty.HIGH, "the day of the week fits"
    if context.order:
        return context.order, Certainty.MEDIUM, "so it is in other dates of the document"
    if near := _near(possible, context):
        return near, Certainty.MEDIUM, f"near the date of the document, {context.document}"
    if language.slashes != "unknown":
        return language.slashes, Certainty.HIGH, "so it is in the language of the document"
    return "", Certainty.LOW, "day and month may be either way round"
