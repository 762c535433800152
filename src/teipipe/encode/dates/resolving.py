"""From what an expression says to its value: with what it leaves out, by a rule, with a certainty and a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from teipipe.encode.blocks import Attributes
from teipipe.encode.dates.context import Anchor, Context, Year
from teipipe.encode.dates.language import Language
from teipipe.encode.dates.periods import period_between, period_of, without_year
from teipipe.encode.dates.readings import Clock, Point, Reading
from teipipe.encode.dates.relative import relative_period
from teipipe.encode.dates.values import (
    ImpossibleDateError,
    Period,
    clock_value,
    from_julian,
    single,
)
from teipipe.encode.decisions import Candidate, Certainty

_EARLIEST_ALONE: Final = 1700
_LATEST_ALONE: Final = 2050
_CENTURY: Final = 100
_MONTHS: Final = 12
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Resolved:
    """An expression with its value: the element it becomes, by which rule, how surely and why.

    `finding` is the rule of what has to be reported, "" if nothing has; `said` what it says beyond the expression.
    """

    element: str
    attributes: Attributes
    rule: str
    certainty: Certainty
    reason: str
    candidates: tuple[Candidate, ...] = ()
    finding: str = ""
    said: str = ""


def resolve(reading: Reading, leaf: int, context: Context, language: Language, *, quoted: bool) -> Resolved | None:
    """The value of an expression in a leaf; None if it is no date after all.

    What is `quoted` (in a note) isn't counted from the day of the document.
    """
    if reading.kind == "relative":
        return relative(reading, leaf, context, quoted=quoted)
    return _RESOLVERS[reading.kind](reading, leaf, context, language)


def _calendar(reading: Reading, leaf: int, context: Context, language: Language) -> Resolved | None:
    first, second = reading.first, reading.second
    assert first is not None  # its reader gives it
    if reading.sets.get("weak") and not _stands_alone(first, context):
        return None
    year = _year(first, leaf, context)
    if year is not None:
        if year.year is None:
            return _yearless(reading, first, second, year)
        second = _with_year(second, year.year, first)
        first = _with_year(first, year.year)
    assert first is not None
    try:
        if "old-style" in reading.tokens and first.year and first.month and first.day:
            period = single(from_julian(first.year, first.month, first.day).isoformat())
            context.remember(Anchor(period.first, period.last, leaf))
            return Resolved("date", period.attributes(), "double-date", Certainty.HIGH, "Julian, given as Gregorian")
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
        attributes += (("cert", certainty.value), ("evidence", year.evidence))
        return Resolved("date", attributes, "year-by-context", certainty, year.reason, year.candidates)
    if first.part or (second and second.part):
        cautious = (("cert", "medium"), ("evidence", "conjecture"))
        return Resolved("date", attributes + cautious, "partial-date", Certainty.MEDIUM, "a third of its unit")
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
    attributes = (*period.attributes(), ("cert", "low"), ("evidence", year.evidence))
    return Resolved(
        "date", attributes, "year-by-context", Certainty.LOW, year.reason, year.candidates, "contradictory-date", said
    )


def _stands_alone(point: Point, context: Context) -> bool:
    """Whether a number that nothing marks as a year is taken for one."""
    year = point.year or 0
    if point.is_short:
        return bool(context.before(1, 0)[0] or context.own()[0])
    return _EARLIEST_ALONE <= year <= _LATEST_ALONE and year % _CENTURY != 0


def _year(point: Point, leaf: int, context: Context) -> Year | None:
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
        return replace(point, decade=year)
    across = first is not None and (point.month or 0) < (first.month or 0)
    return replace(point, year=year + across)


def _yearless(reading: Reading, first: Point, second: Point | None, year: Year) -> Resolved | None:
    if first.season or first.is_short:
        return None
    try:
        period = without_year(first, second)
    except ImpossibleDateError as error:
        return impossible(str(error))
    attributes = period.attributes() if period.first else ()
    return Resolved("date", attributes, "year-by-context", Certainty.LOW, year.reason)


def impossible(why: str) -> Resolved:
    """A date that the calendar hasn't: it is marked, without a value, and reported."""
    return Resolved("date", (), "impossible-date", Certainty.LOW, why, finding="unreal-date", said=why)


def _double(reading: Reading, leaf: int, context: Context, language: Language) -> Resolved | None:
    """A day by both calendars: one of the two is the Gregorian date of the other, which is Julian."""
    first, second = reading.first, reading.second
    assert first is not None
    assert second is not None
    year = _year(first, leaf, context)
    if year is not None:
        if year.year is None:
            return None
        first, second = replace(first, year=year.year), replace(second, year=year.year)
    certainty = year.certainty if year else Certainty.HIGH
    inferred = (("cert", year.certainty.value), ("evidence", year.evidence)) if year else ()
    pairs = [(first, second), (second, first)]
    if first.month == _MONTHS and second.month == 1 and first.year == second.year and first.year is not None:
        pairs = [(replace(first, year=first.year - 1), second), (first, replace(second, year=first.year + 1))]
    for julian, gregorian in pairs:
        day = _gregorian(julian)
        if day is not None and day == _day(gregorian):
            context.remember(Anchor(day, day, leaf))
            return Resolved(
                "date", (("when", day), *inferred), "double-date", certainty, "one is the other by the Julian calendar"
            )
    days = [_day(point) for point in (first, second)]
    if "" in days:
        return impossible("one of the two is no day of the calendar")
    apart = (date.fromisoformat(days[1]) - date.fromisoformat(days[0])).days
    if apart == 1:
        context.remember(Anchor(days[0], days[1], leaf))
        period = Period(days[0], days[1])
        return Resolved("date", period.attributes() + inferred, "date-range", certainty, "two days in succession")
    reason = f"the two days are {abs(apart)} days apart, which the calendars never were then"
    candidates = tuple(Candidate(day, day) for day in days)
    return Resolved("date", (), "double-date", Certainty.LOW, reason, candidates, "contradictory-date", reason)


def _day(point: Point) -> str:
    try:
        return period_of(point).first
    except ValueError:
        return ""


def _gregorian(point: Point) -> str | None:
    try:
        return from_julian(point.year or 0, point.month or 0, point.day or 0).isoformat()
    except ValueError:
        return None


def _numeric(reading: Reading, leaf: int, context: Context, language: Language) -> Resolved | None:
    """A day in figures: which of them is the month is told by what they can be, by the language, or by the document."""
    one, sign, two, last, *dashed = reading.value("numeric")
    if one is None:
        (one, two, last), sign = dashed, "-"
    year = int(last)
    by_century = None
    if len(last) == 2:
        by_century = context.century_for(year, leaf)
        if by_century.year is None:
            return Resolved("date", (), "numeric-date", Certainty.LOW, "nothing tells the century")
        year = by_century.year
    ways: dict[str, str] = {}
    for order, (month, day) in {"day": (int(two), int(one)), "month": (int(one), int(two))}.items():
        try:
            ways[order] = period_of(Point(year, month, day)).first if 1 <= month <= _MONTHS else ""
        except ImpossibleDateError:
            ways[order] = ""
    possible = {order: value for order, value in ways.items() if value}
    if not possible:
        return impossible("no month and day of the calendar")
    order, certainty, reason = _order(possible, sign, reading, context, language)
    if not order:
        candidates = tuple(Candidate(value, value, (f"{name} first",)) for name, value in possible.items())
        return Resolved(
            "date",
            (),
            "ambiguous-numeric-date",
            Certainty.LOW,
            reason,
            candidates,
            "ambiguous-date",
            " or ".join(possible.values()),
        )
    value = possible[order]
    context.remember(Anchor(value, value, leaf))
    extra: Attributes = ()
    if certainty is not Certainty.HIGH:
        extra = (("cert", certainty.value), ("evidence", "internal"))
    return Resolved("date", (("when", value), *extra), "numeric-date", certainty, reason)


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
    if language.slashes != "unknown":
        return language.slashes, Certainty.HIGH, "so it is in the language of the document"
    return "", Certainty.LOW, "day and month may be either way round"


def numeric_order(readings: Iterable[Reading]) -> str:
    """Which comes first in dates in figures, by those that can be read in one way alone; "" if none tells."""
    orders = set()
    for reading in readings:
        if reading.kind == "numeric" and reading.value("numeric")[1] == "/":
            one, two = int(reading.value("numeric")[0]), int(reading.value("numeric")[2])
            if one > _MONTHS >= two:
                orders.add("day")
            elif two > _MONTHS >= one:
                orders.add("month")
    return orders.pop() if len(orders) == 1 else ""


def _clock(reading: Reading, leaf: int, context: Context, language: Language) -> Resolved | None:
    """A time of day, or a part of a day, which carries the date of its day."""
    if reading.clock is None:
        return _day_part(reading, leaf, context)
    if reading.clock.half or (reading.until and reading.until.half):
        later = replace(reading.clock, hour=reading.clock.hour % 12 + 12)
        candidates = tuple(
            Candidate(value, value) for value in (_value(replace(reading.clock, half=False)), _value(later)) if value
        )
        return Resolved("time", (), "time-of-day", Certainty.LOW, "before noon or after, it doesn’t say", candidates)
    try:
        first = clock_value(reading.clock.hour, reading.clock.minute)
        attributes: Attributes = (("when", first),)
        if reading.until:
            attributes = (("from", first), ("to", clock_value(reading.until.hour, reading.until.minute)))
    except ImpossibleDateError:
        return None
    return Resolved("time", attributes, "time-of-day", Certainty.HIGH, "it is given")


def _value(clock: Clock) -> str:
    try:
        return clock_value(clock.hour, clock.minute)
    except ImpossibleDateError:
        return ""


def _day_part(reading: Reading, leaf: int, context: Context) -> Resolved:
    anchor, away = context.before(3, leaf)
    if anchor is None or away or anchor.bound or anchor.first != anchor.last:
        return Resolved("time", (), "time-of-day", Certainty.LOW, "nothing tells of which day")
    attributes = (("when", anchor.last[:10]), ("cert", "medium"), ("evidence", "internal"))
    return Resolved(
        "time", attributes, "time-of-day", Certainty.MEDIUM, f"of {anchor.last[:10]}, which stands before it"
    )


def _moment(reading: Reading, leaf: int, context: Context, language: Language) -> Resolved | None:
    """A day with its time."""
    assert reading.clock is not None
    day = _calendar(replace(reading, kind="calendar"), leaf, context, language)
    if day is None or not day.attributes or day.attributes[0][0] != "when":
        return day
    try:
        value = f"{day.attributes[0][1]}T{clock_value(reading.clock.hour, reading.clock.minute)}"
    except ImpossibleDateError:
        return day
    return replace(day, attributes=(("when", value), *day.attributes[1:]))


def _duration(reading: Reading, leaf: int, context: Context, language: Language) -> Resolved | None:
    return Resolved("date", (), "unanchored-date", Certainty.LOW, "a length of time, not a date of the calendar")


def relative(reading: Reading, leaf: int, context: Context, *, quoted: bool) -> Resolved | None:
    """A date that is counted from another one."""
    found = relative_period(reading, leaf, context, quoted=quoted)
    if found.period is None:
        return Resolved("date", (), "unanchored-date", Certainty.LOW, found.reason, found.candidates)
    context.remember(
        Anchor(
            found.period.first or found.period.last,
            found.period.last or found.period.first,
            leaf,
            bound=found.period.open,
            strong=False,
        )
    )
    attributes = (*found.period.attributes(), ("cert", found.certainty.value), ("evidence", found.evidence))
    return Resolved("date", attributes, "relative-date", found.certainty, found.reason, found.candidates)


_RESOLVERS: Final[dict[str, Callable[[Reading, int, Context, Language], Resolved | None]]] = {
    "calendar": _calendar,
    "double": _double,
    "numeric": _numeric,
    "clock": _clock,
    "moment": _moment,
    "duration": _duration,
}
