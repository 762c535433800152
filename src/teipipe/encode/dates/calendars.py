"""Days by two calendars, the Julian and the Gregorian one."""

from __future__ import annotations

from datetime import date
from typing import Final

from teipipe.encode.dates.context import Anchor, Context
from teipipe.encode.dates.named import year_of
from teipipe.encode.dates.periods import period_of
from teipipe.encode.dates.readings import Point, Reading
from teipipe.encode.dates.resolved import Resolved, impossible, inferred
from teipipe.encode.dates.values import Period, from_julian
from teipipe.encode.decisions import Candidate, Certainty

_DECEMBER: Final = 12


def double_date(reading: Reading, leaf: int, context: Context) -> Resolved | None:
    """A day by both calendars: one of the two is the Gregorian date of the other; or else two days in succession."""
    first, second = reading.first, reading.second
    assert first is not None
    assert second is not None
    year = year_of(first, leaf, context)
    if year is not None:
        if year.year is None:
            return None
        first, second = first._replace(year=year.year), second._replace(year=year.year)
    certainty = year.certainty if year else Certainty.HIGH
    attributes = inferred(certainty, year.evidence) if year else ()
    if day := _same(first, second):
        context.remember(Anchor(day, day, leaf, certainty=certainty))
        reason = "one is the other by the Julian calendar"
        return Resolved("date", (("when", day), *attributes), "double-date", certainty, reason)
    days = [_day(point) for point in (first, second)]
    if "" in days:
        return impossible("one of the two is no day of the calendar")
    apart = (date.fromisoformat(days[1]) - date.fromisoformat(days[0])).days
    if apart == 1:
        period = Period(days[0], days[1])
        context.remember(Anchor(period.first, period.last, leaf, certainty=certainty))
        return Resolved("date", period.attributes() + attributes, "date-range", certainty, "two days in succession")
    reason = f"the two days are {abs(apart)} days apart, which the calendars never were then"
    candidates = tuple(Candidate(day, day) for day in days)
    return Resolved("date", (), "double-date", Certainty.LOW, reason, candidates, "contradictory-date", reason)


def _same(first: Point, second: Point) -> str:
    """The Gregorian date, if one of two days is the other by the Julian calendar; "" if not."""
    pairs = [(first, second), (second, first)]
    if first.month == _DECEMBER and second.month == 1 and first.year == second.year and first.year is not None:
        pairs = [(first._replace(year=first.year - 1), second), (first, second._replace(year=first.year + 1))]
    for julian, gregorian in pairs:
        try:
            day = from_julian(julian.year or 0, julian.month or 0, julian.day or 0).isoformat()
        except ValueError:
            continue
        if day == _day(gregorian):
            return day
    return ""


def _day(point: Point) -> str:
    try:
        return period_of(point).first
    except ValueError:
        return ""
