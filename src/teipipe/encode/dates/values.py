"""What dates mean by the calendar: days, months, years, longer periods, their thirds and halves, and their values."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, time, timedelta
from typing import Final, NamedTuple

from teipipe.encode.blocks import Attributes

FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 2099
_MONTHS: Final = 12
#: Days from 1 March 4801 BC, by the Julian calendar, to 1 January of the year 1, by the Gregorian one.
_JULIAN_ORIGIN: Final = 32083 + 1721425


class ImpossibleDateError(ValueError):
    """There is no such day in the calendar; the message says why."""


class Period(NamedTuple):
    """From the first to the last day of what an expression names, in the form of ISO 8601, as precise as it is named.

    A single day, month or year has the same `first` and `last`. One that is `open` has bounds, of a day that can't be
    named itself; a bound that isn't known is "".
    """

    first: str
    last: str
    open: bool = False

    def attributes(self) -> Attributes:
        """Its value in TEI's attributes."""
        if self.open:
            return tuple((name, value) for name, value in (("notBefore", self.first), ("notAfter", self.last)) if value)
        if self.first == self.last:
            return (("when", self.first),)
        return (("from", self.first), ("to", self.last))

    def edtf(self) -> str:
        """Its value as EDTF (ISO 8601-2); times of day have none."""
        if self.open:
            return f"[{self.first}..{self.last}]"
        return self.first if self.first == self.last else f"{self.first}/{self.last}"

    def days(self) -> tuple[date, date]:
        """Its first and its last day; raises ValueError if one isn't known or lies before the year 1."""
        return first_day(self.first), last_day(self.last)


def first_day(value: str) -> date:
    """The first day of a day, month or year."""
    parts = [int(part) for part in value[:10].split("-")]
    return date(*[*parts, 1, 1][:3])


def last_day(value: str) -> date:
    """The last day of a day, month or year."""
    parts = [int(part) for part in value[:10].split("-")]
    if len(parts) == 1:
        return date(parts[0], _MONTHS, 31)
    return date(parts[0], parts[1], parts[2] if parts[2:] else monthrange(parts[0], parts[1])[1])


def day_value(year: int, month: int, day: int) -> str:
    """A day; raises ImpossibleDateError if the month hasn't so many."""
    if not 1 <= month <= _MONTHS:
        raise ImpossibleDateError(f"there are {_MONTHS} months")
    days = monthrange(year, month)[1] if year > 0 else monthrange(year % 400 + 400, month)[1]
    if not 1 <= day <= days:
        raise ImpossibleDateError(f"that month has {days} days")
    return f"{year_value(year)}-{month:02}-{day:02}"


def month_value(year: int, month: int) -> str:
    """A month; raises ImpossibleDateError if the year hasn't so many."""
    if not 1 <= month <= _MONTHS:
        raise ImpossibleDateError(f"there are {_MONTHS} months")
    return f"{year_value(year)}-{month:02}"


def year_value(year: int) -> str:
    """A year; that before the year 1 is the year 0, as in ISO 8601."""
    return f"-{-year:04}" if year < 0 else f"{year:04}"


def single(value: str) -> Period:
    """The period that is one day, month or year."""
    return Period(value, value)


def years(first: int, last: int) -> Period:
    """From the first day of one year to the last of another."""
    return Period(year_value(first), year_value(last))


def century(number: int, *, before_christ: bool = False) -> Period:
    """A century: the nineteenth is 1801 to 1900."""
    return years(1 - 100 * number, 100 - 100 * number) if before_christ else years(100 * number - 99, 100 * number)


def months(first: int, last: int) -> Period:
    """From one month to another, counted from the beginning of year 0."""
    (year, month), (other, to) = divmod(first, _MONTHS), divmod(last, _MONTHS)
    return Period(month_value(year, month + 1), month_value(other, to + 1))


def part_of(period: Period, number: int, parts: int) -> Period:
    """One of several equal parts of a period (the first third of a year): in whole months, or days within one month.

    What is left over in a month goes to its last part.
    """
    first, last = period.days()
    length = (last.year - first.year) * _MONTHS + last.month - first.month + 1
    if length == 1:
        step = 30 // parts
        start = first.replace(day=1 + (number - 1) * step)
        end = last if number == parts else first.replace(day=number * step)
        return Period(start.isoformat(), end.isoformat())
    if length % parts:
        raise ImpossibleDateError(f"it has no {parts} equal parts in months")
    start_month = first.year * _MONTHS + first.month - 1 + (number - 1) * (length // parts)
    end_month = start_month + length // parts - 1
    if parts != 3 and start_month % _MONTHS == 0 and end_month % _MONTHS == _MONTHS - 1:
        return years(start_month // _MONTHS, end_month // _MONTHS)
    return months(start_month, end_month)


def shifted_day(day: date, count: int) -> str:
    """The day that is so many days later; raises ImpossibleDateError beyond the years that the calendar has."""
    try:
        return (day + timedelta(days=count)).isoformat()
    except OverflowError:
        raise ImpossibleDateError("there is no such year") from None


def shifted_month(day: date, count: int) -> str:
    """The month that is so many months later."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + count, _MONTHS)
    if not 1 <= year <= date.max.year:
        raise ImpossibleDateError("there is no such year")
    return month_value(year, month + 1)


def from_julian(year: int, month: int, day: int) -> date:
    """The Gregorian date of a Julian one; raises ImpossibleDateError if that calendar has no such day."""
    days = 29 if month == 2 and year % 4 == 0 else monthrange(1999, month)[1]
    if not 1 <= day <= days:
        raise ImpossibleDateError(f"that month has {days} days")
    march_years = year + 4800 - (month < 3)
    months_since_march = (month - 3) % _MONTHS
    since = day + (153 * months_since_march + 2) // 5 + 365 * march_years + march_years // 4
    return date.fromordinal(since - _JULIAN_ORIGIN)


def clock_value(hour: int, minute: int = 0) -> str:
    """A time of day; raises ImpossibleDateError if the clock has no such hour. Hour 24 is the end of the day."""
    try:
        return time(0 if hour == 24 and not minute else hour, minute).isoformat()
    except ValueError:
        raise ImpossibleDateError("the clock has no such time") from None
