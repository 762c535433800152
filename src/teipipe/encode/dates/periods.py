"""The period that an expression names, once its year is known."""

from __future__ import annotations

from teipipe.encode.dates.readings import Point
from teipipe.encode.dates.values import (
    ImpossibleDateError,
    Period,
    century,
    day_value,
    month_value,
    months,
    part_of,
    single,
    year_value,
    years,
)

_MONTHS = 12
_THIRDS = 3


def period_of(point: Point) -> Period:
    """What one end of a date names; raises ImpossibleDateError if the calendar has no such day."""
    period = _whole(point)
    try:
        if point.fraction:
            if not 1 <= point.nth <= point.fraction:
                raise ImpossibleDateError(f"there are {point.fraction} such parts")
            period = part_of(period, point.nth, point.fraction)
        return part_of(period, point.part, _THIRDS) if point.part else period
    except ImpossibleDateError:
        raise
    except ValueError:  # before the year 1 there are no parts to count
        return period


def period_between(first: Point, second: Point) -> Period:
    """What a range names."""
    if first.season and second.season is None and second.year and first.year is not None:
        begin, end = first.season
        if begin > end and second.year == first.year + 1:
            return months(first.year * _MONTHS + begin - 1, second.year * _MONTHS + end - 1)
        second = Point(second.year, season=first.season)
    begins, ends = period_of(first), period_of(second)
    return Period(begins.first, ends.last, begins.open or ends.open)


def without_year(first: Point, second: Point | None) -> Period:
    """A month or a day whose year nothing tells; raises ImpossibleDateError if no year has it."""
    values = []
    for point in (first, second or first):
        if point.month is None or point.part or point.fraction:
            return Period("", "")
        whole = day_value(2000, point.month, point.day) if point.day else month_value(2000, point.month)
        values.append(f"-{whole[4:]}")
    return Period(values[0], values[1])


def _whole(point: Point) -> Period:
    if point.century is not None:
        if not 1 <= point.century <= 21:
            raise ImpossibleDateError("there is no such century")
        return century(point.century, before_christ=point.era == "BC")
    if point.decade is not None:
        return years(point.decade, point.decade + 9)
    year = point.year
    if year is None:
        raise ImpossibleDateError("nothing tells the year")
    if point.era == "BC":
        year = 1 - year
    if point.season:
        return _season(year, *point.season)
    if point.month is None:
        return single(year_value(year))
    return single(day_value(year, point.month, point.day) if point.day else month_value(year, point.month))


def _season(year: int, first: int, last: int) -> Period:
    """A season of a year; winter may be at its beginning or at its end, so it has bounds."""
    if first <= last:
        return months(year * _MONTHS + first - 1, year * _MONTHS + last - 1)
    return Period(month_value(year - 1, first), month_value(year + 1, last), open=True)
