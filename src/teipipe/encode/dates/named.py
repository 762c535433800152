"""Dates that name a day, a month, a year or a longer period, with what they leave out, and days with their time."""

from __future__ import annotations

from datetime import date
from typing import Final

from teipipe.encode.dates.context import Anchor, Context, Year
from teipipe.encode.dates.periods import period_between, period_of, without_year
from teipipe.encode.dates.readings import Point, Reading
from teipipe.encode.dates.resolved import Resolved, impossible, inferred
from teipipe.encode.dates.values import ImpossibleDateError, Period, clock_value, from_julian
from teipipe.encode.decisions import Certainty

#: Between these, a number that nothing marks as a year may be one.
_EARLIEST_ALONE: Final = 1700
_LATEST_ALONE: Final = 2050
_CENTURY: Final = 100
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def calendar_date(reading: Reading, leaf: int, context: Context) -> Resolved | None:
    """A day, a month, a year or a longer period, or from one to another."""
    first, second = reading.first, reading.second
    assert first is not None  # its reader gives it
    if reading.sets.get("weak") and not _stands_alone(first, context):
        return None
    year = _told_year(reading, leaf, context) or year_of(first, leaf, context)
    if year is not None:
        if year.year is None:
            return _yearless(reading, first, second, year)
        second = _with_year(second, year.year, first)
        first = _with_year(first, year.year)
    assert first is not None
    try:
        if "old-style" in reading.tokens and first.year and first.month and first.day:
            return _julian(from_julian(first.year, first.month, first.day).isoformat(), leaf, context)
        period = period_of(first) if second is None else period_between(first, second)
    except (ImpossibleDateError, ValueError) as error:
        return impossible(str(error))
    if first.era != "BC":
        strong = not reading.sets.get("weak") and year is None
        certainty = Certainty.HIGH if year is None else year.certainty
        context.remember(Anchor(period.first, period.last, leaf, period.open, strong, certainty))
    return _weighed(reading, first, second, period, year)


def _weighed(reading: Reading, first: Point, second: Point | None, period: Period, year: Year | None) -> Resolved:
    """A value with the rule that it was found by."""
    attributes = period.attributes()
    if second is None and _is_another_weekday(first, period):
        return _contradictory(period, year)
    if year is not None:
        certainty = year.certainty
        if first.part and certainty is Certainty.HIGH:
            certainty = Certainty.MEDIUM
        attributes += inferred(certainty, year.evidence)
        return Resolved("date", attributes, "year-by-context", certainty, year.reason, year.candidates)
    if first.part or (second and second.part):
        attributes += inferred(Certainty.MEDIUM, "conjecture")
        return Resolved("date", attributes, "partial-date", Certainty.MEDIUM, "a third of its unit")
    if "circa" in reading.tokens:
        return Resolved(
            "date", (*attributes, ("cert", "medium")), "partial-date", Certainty.MEDIUM, "given as approximate"
        )
    if period.open:
        return Resolved("date", attributes, "partial-date", Certainty.MEDIUM, "a winter lies in two years")
    if second is not None:
        return Resolved("date", attributes, "date-range", Certainty.HIGH, "both ends are given")
    rule = "calendar-date" if first.day else "partial-date"
    return Resolved("date", attributes, rule, Certainty.HIGH, "it is given")


def _julian(day: str, leaf: int, context: Context) -> Resolved:
    context.remember(Anchor(day, day, leaf))
    return Resolved("date", (("when", day),), "double-date", Certainty.HIGH, "Julian, given as Gregorian")


def _is_another_weekday(point: Point, period: Period) -> bool:
    return bool(point.weekday and point.day) and date.fromisoformat(period.first).isoweekday() != point.weekday


def _contradictory(period: Period, year: Year | None) -> Resolved:
    """A day whose day of the week is another: the date stands, less surely."""
    day = date.fromisoformat(period.first)
    said = f"{day.isoformat()} was a {_WEEKDAYS[day.weekday()]}"
    if year is None:
        attributes = (*period.attributes(), ("cert", "medium"))
        return Resolved(
            "date", attributes, "calendar-date", Certainty.MEDIUM, said, finding="contradictory-date", said=said
        )
    attributes = period.attributes() + inferred(Certainty.LOW, year.evidence)
    return Resolved(
        "date", attributes, "year-by-context", Certainty.LOW, year.reason, year.candidates, "contradictory-date", said
    )


def _stands_alone(point: Point, context: Context) -> bool:
    """Whether a number that nothing marks as a year is taken for one."""
    year = point.year or 0
    if point.is_short:
        return bool(context.before(1, 0)[0] or context.own()[0])
    return _EARLIEST_ALONE <= year <= _LATEST_ALONE and year % _CENTURY != 0


def _told_year(reading: Reading, leaf: int, context: Context) -> Year | None:
    """The year, if the expression tells it by another one (of last year, of that year); None if it doesn't."""
    where = reading.sets.get("anchor")
    if where == "document":
        own, evidence = context.own()
        if not own or not context.record:
            return Year(None)
        year = int(own[:4]) + (reading.value("year-word") or 0)
        return Year(year, Certainty.HIGH, f"counted from the date of the document, {own}", evidence)
    if where == "text":
        anchor, away = context.before(1, leaf)
        if anchor is None or away > 1:
            return Year(None)
        return Year(int(anchor.last[:4]), anchor.certainty, f"that of {anchor.last}, which stands before it")
    return None


def year_of(point: Point, leaf: int, context: Context) -> Year | None:
    """The year that has to be looked for; None if it stands there."""
    if not point.lacks_year:
        return None
    if point.is_short:
        return context.century_for(point.year if point.year is not None else point.decade or 0, leaf)
    return context.year_for(point, leaf)


def _with_year(point: Point | None, year: int, first: Point | None = None) -> Point | None:
    """An end of a date with its year; the second end's is the next one, if it comes before the first."""
    if point is None:
        return None
    if point.decade is not None:
        return point._replace(decade=year)
    across = first is not None and (point.month or 0) < (first.month or 0)
    return point._replace(year=year + across)


def _yearless(reading: Reading, first: Point, second: Point | None, year: Year) -> Resolved | None:
    if first.season or (first.is_short and first.month is None):
        return None
    try:
        period = without_year(first, second)
    except ImpossibleDateError as error:
        return impossible(str(error))
    attributes = period.attributes() if period.first else ()
    return Resolved("date", attributes, "year-by-context", Certainty.LOW, year.reason)


def moment(reading: Reading, leaf: int, context: Context) -> Resolved | None:
    """A day with its time."""
    assert reading.clock is not None
    day = calendar_date(reading, leaf, context)
    if day is None or not day.attributes or day.attributes[0][0] != "when":
        return day
    try:
        value = f"{day.attributes[0][1]}T{clock_value(reading.clock.hour, reading.clock.minute)}"
    except ImpossibleDateError:
        return day
    return day._replace(attributes=(("when", value), *day.attributes[1:]))
