"""Dates, times and durations: which strings are some, what they mean, and which comes first (XSD 1.0 part 2, 3.2.6-14).

As jing has it, a second may be the 60th, the hour not the 24th, and a duration’s parts are not converted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from teipipe.relaxng.datatypes.interface import DatatypeLimitError

_YEAR: Final = r"(?P<year>-?(?:[1-9][0-9]*[0-9]{4}|(?!0000)[0-9]{4}))"
_MONTH: Final = r"(?P<month>0[1-9]|1[0-2])"
_DAY: Final = r"(?P<day>0[1-9]|[12][0-9]|3[01])"
_MONTH_DAY: Final = rf"(?!02-3|(?:0[469]|11)-31){_MONTH}-{_DAY}"
_TIME: Final = r"(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9]|60)(?:\.(?P<fraction>[0-9]*))?"
_ZONE: Final = r"(?P<zone>Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
# Here as below, expressions are compiled when they are needed, since few documents need them.
_DURATION: Final = (
    r"(?P<sign>-)?P(?=[0-9T])(?:(?P<year>[0-9]+)Y)?(?:(?P<month>[0-9]+)M)?(?:(?P<day>[0-9]+)D)?"
    r"(?:T(?=[0-9.])(?:(?P<hour>[0-9]+)H)?(?:(?P<minute>[0-9]+)M)?"
    r"(?:(?P<second>(?=\.?[0-9])[0-9]*)(?:\.(?P<fraction>[0-9]*))?S)?)?"
)
_HALF_SPAN: Final = 14 * 3600
# Four months to which a duration of months is added, to see how many days it may have (3.2.6.2).
_STARTS: Final = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))


class Moment(NamedTuple):
    """A point in time, by the clock of Greenwich if it has a zone."""

    second: int  # from the first day of the year 0
    leap: int  # 1 in a 60th second
    fraction: str
    has_zone: bool


class Duration(NamedTuple):
    """A length of time, as the numbers that it is written with, without zeros that mean nothing."""

    is_negative: bool
    year: str
    month: str
    day: str
    hour: str
    minute: str
    second: str
    fraction: str


@dataclass(frozen=True)
class Calendar:
    """What strings of one of the types with dates or times must look like."""

    pattern: str

    @cached_property
    def _form(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def allows(self, text: str) -> bool:
        """Whether a string is a date or time of this type."""
        match = self._form.fullmatch(text)
        return match is not None and ("-02-29" not in text or _has_leap_day(match))

    def moment(self, text: str) -> Moment:
        """The beginning of what an allowed string means; what the type lacks is that of 2000-01-01, 0 o’clock."""
        match = self._form.fullmatch(text)
        parts = {} if match is None else {name: part for name, part in match.groupdict().items() if part is not None}
        year = _year(parts.get("year", "2000"))
        second = parts.get("second", "00")
        seconds = 86400 * _days(year, int(parts.get("month", "1")), int(parts.get("day", "1")))
        seconds += 3600 * int(parts.get("hour", "0")) + 60 * int(parts.get("minute", "0")) + min(int(second), 59)
        zone = parts.get("zone", "Z")
        if zone != "Z":
            offset = 3600 * int(zone[1:3]) + 60 * int(zone[4:6])
            seconds += offset if zone[0] == "-" else -offset
        return Moment(seconds, int(second == "60"), parts.get("fraction", "").rstrip("0"), "zone" in parts)


DATE_TIME: Final = Calendar(f"{_YEAR}-{_MONTH_DAY}T{_TIME}{_ZONE}")
DATE: Final = Calendar(f"{_YEAR}-{_MONTH_DAY}{_ZONE}")
TIME: Final = Calendar(f"{_TIME}{_ZONE}")
YEAR_MONTH: Final = Calendar(f"{_YEAR}-{_MONTH}{_ZONE}")
YEAR: Final = Calendar(f"{_YEAR}{_ZONE}")
MONTH_DAY: Final = Calendar(f"--{_MONTH_DAY}{_ZONE}")
DAY: Final = Calendar(f"---{_DAY}{_ZONE}")
MONTH: Final = Calendar(f"--{_MONTH}{_ZONE}")


def compare(one: Moment, other: Moment) -> int | None:
    """Below 0, 0 or above 0 as for the order of two moments; None if their zones would have to be known."""
    if one.has_zone == other.has_zone:
        return (one[:3] > other[:3]) - (one[:3] < other[:3])
    if other.has_zone:
        opposite = compare(other, one)
        return None if opposite is None else -opposite
    if one[:3] < (other.second - _HALF_SPAN, *other[1:3]):
        return -1
    return 1 if one[:3] > (other.second + _HALF_SPAN, *other[1:3]) else None


def is_duration(text: str) -> bool:
    """Whether a string is a duration."""
    return re.fullmatch(_DURATION, text) is not None


def duration(text: str) -> Duration:
    """What a string means that is a duration."""
    match = re.fullmatch(_DURATION, text)
    parts = {} if match is None else {name: part or "" for name, part in match.groupdict().items()}
    names = ("year", "month", "day", "hour", "minute", "second")
    numbers = [*[parts[name].lstrip("0") for name in names], parts["fraction"].rstrip("0")]
    return Duration(bool(parts["sign"]) and any(numbers), *numbers)


def compare_durations(one: Duration, other: Duration) -> int | None:
    """Below 0, 0 or above 0 as for the order of two durations; None if it depends on where they begin."""
    orders = {_order(one, other, *start) for start in _STARTS}
    return orders.pop() if len(orders) == 1 else None


def _order(one: Duration, other: Duration, year: int, month: int) -> int:
    first, second = _after(one, year, month), _after(other, year, month)
    return (first > second) - (first < second)


def _after(length: Duration, year: int, month: int) -> tuple[int, int]:
    """The moment a duration after the first of a month: seconds, and their fraction to a thousand places."""
    sign = -1 if length.is_negative else 1
    years, months, days, hours, minutes, seconds = (_number(part or "0") for part in length[1:7])
    total = 12 * year + month - 1 + sign * (12 * years + months)
    whole = 86400 * _days(total // 12, total % 12 + 1, 1)
    whole += sign * (86400 * days + 3600 * hours + 60 * minutes + seconds)
    return whole, sign * int(length.fraction[:1000].ljust(1000, "0"))


def _has_leap_day(match: re.Match[str]) -> bool:
    """Whether the year of a match, if it has one, has a 29th of February."""
    if "year" not in match.re.groupindex:
        return True
    # The last four digits tell whether it is a leap year; the year before 1 is -1, but 0 in the count of leap years.
    year = int(match["year"][-4:])
    return _is_leap(year - 1 if match["year"].startswith("-") else year)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _year(text: str) -> int:
    year = _number(text)
    return year + 1 if year < 0 else year


def _number(digits: str) -> int:
    if len(digits) > 4000:
        raise DatatypeLimitError(f"a number of {len(digits)} digits in a date or duration is too long to compute with")
    return int(digits)


def _days(year: int, month: int, day: int) -> int:
    """Days from a fixed one to a date of the Gregorian calendar."""
    year, month = (year, month - 3) if month > 2 else (year - 1, month + 9)
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + day - 1
