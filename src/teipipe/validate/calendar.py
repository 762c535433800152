"""Dates as TEI writes them: is there such a day, and which came first?"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

_ZONE: Final = r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?"
_CLOCK: Final = r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?:\.[0-9]+)?"
_YEAR: Final = r"(?P<year>-?(?:[1-9][0-9]{4,17}|[0-9]{4}))"

#: The forms of XML Schema Part 2 (second edition) that TEI's teidata.temporal.w3c admits; each is compiled when the
#: first date is compared with it.
_W3C: Final = (
    rf"{_YEAR}(?:-(?P<month>[0-9]{{2}})(?:-(?P<day>[0-9]{{2}})(?:T{_CLOCK})?)?)?{_ZONE}",
    rf"--(?P<month>[0-9]{{2}})(?:-(?P<day>[0-9]{{2}}))?{_ZONE}",
    rf"---(?P<day>[0-9]{{2}}){_ZONE}",
    rf"{_CLOCK}{_ZONE}",
)
#: What ISO 8601 has besides: basic forms, clock times without seconds, days of the year, weeks.
_ISO: Final = (
    rf"(?P<year>[0-9]{{4}})(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}}){_ZONE}",
    rf"{_YEAR}-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})T(?P<hour>[0-9]{{2}})(?::(?P<minute>[0-9]{{2}}))?{_ZONE}",
    rf"T?(?P<hour>[0-9]{{2}}):(?P<minute>[0-9]{{2}}){_ZONE}",
    r"(?P<year>[0-9]{4})-?(?P<ordinal>[0-9]{3})",
    r"(?P<year>[0-9]{4})-?W(?P<week>[0-9]{2})(?:-?(?P<weekday>[0-9]))?",
)

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAY: Final = 86_400
_WITHOUT_ZONE: Final = 14 * 3_600  # how far a local time may be from Greenwich


class MalformedDateError(ValueError):
    """Not written in any of the forms."""


class ImpossibleDateError(ValueError):
    """Written like a date, but there is no such day or hour; the message says why."""


class Moment(NamedTuple):
    """From the first to the last second (since the beginning of year 0) that a value may mean.

    An interval that is written the wrong way round is after itself. None if it doesn't lie on one line of time (a
    month without year, a time of day).
    """

    first: int | None
    last: int | None
    has_zone: bool

    def is_after(self, other: Moment) -> bool:
        """Whether this is certainly later than all of the other."""
        if self.first is None or other.last is None:
            return False
        slack = 0 if self.has_zone == other.has_zone else _WITHOUT_ZONE
        return self.first > other.last + slack


@lru_cache(maxsize=2000)
def moment(value: str, *, iso: bool = False) -> Moment:
    """What `value` means, by W3C's types, or also by ISO 8601's other forms.

    Raises MalformedDateError or ImpossibleDateError.
    """
    for form in (*_W3C, *_ISO) if iso else _W3C:
        if match := re.fullmatch(form, value):
            return _Reading(match).moment()
    raise MalformedDateError(value)


def suggestion(value: str) -> str | None:
    """The form that was probably meant by a malformed value, if it can be told without guessing."""
    patterns = (
        (r"(?P<year>\d{4})[-./ ](?P<month>\d{1,2})[-./ ](?P<day>\d{1,2})", "{year}-{month:0>2}-{day:0>2}"),
        (r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4})", "{year}-{month:0>2}-{day:0>2}"),
        (r"(?P<year>\d{4})[-/](?P<month>\d{1,2})", "{year}-{month:0>2}"),
        (r"(?P<hour>\d{1,2}):(?P<minute>\d{2})", "{hour:0>2}:{minute}:00"),
        (r"(?P<date>\d{4}-\d{2}-\d{2})[T ](?P<hour>\d{1,2}):(?P<minute>\d{2})", "{date}T{hour:0>2}:{minute}:00"),
        (r"(?P<date>\d{4}-\d{2}-\d{2}) (?P<time>\d{2}:\d{2}:\d{2})", "{date}T{time}"),
        (r"(?P<year>\d{3})", "0{year}"),
    )
    for pattern, form in patterns:
        if match := re.fullmatch(pattern, value.strip()):
            written = form.format(**match.groupdict())
            try:
                moment(written)
            except ValueError:
                return None
            return written
    for form in (
        r"(?P<day>\d{1,2})\.? (?P<month>[A-Z][a-z]+),? (?P<year>\d{4})",
        r"(?P<month>[A-Z][a-z]+) (?P<day>\d{1,2}),? (?P<year>\d{4})",
        r"(?P<month>[A-Z][a-z]+),? (?P<year>\d{4})",
    ):
        if (match := re.fullmatch(form, value.strip())) and match["month"] in _MONTHS:
            day = f"-{match['day']:0>2}" if "day" in match.groupdict() else ""
            return f"{match['year']}-{_MONTHS.index(match['month']) + 1:02}{day}"
    return None


class _Reading:
    """The parts of one value, checked."""

    def __init__(self, match: re.Match[str]) -> None:
        self.parts = {name: text for name, text in match.groupdict().items() if text is not None}
        self.zone = self.parts.pop("zone", None)

    def number(self, name: str) -> int | None:
        return int(self.parts[name]) if name in self.parts else None

    def moment(self) -> Moment:
        year, month, day = self.number("year"), self.number("month"), self.number("day")
        clock, offset = self.clock(), self.offset()
        self.check(year, month, day)
        if year is None:
            return Moment(None, None, self.zone is not None)
        first, last = self.days(year, month, day)
        start, end = first * _DAY + clock[0] - offset, last * _DAY + clock[1] - offset
        return Moment(start, end, self.zone is not None)

    def check(self, year: int | None, month: int | None, day: int | None) -> None:
        if year == 0:
            raise ImpossibleDateError("there is no year 0; before year 1 comes -0001")
        if month is not None and not 1 <= month <= 12:
            raise ImpossibleDateError(f"there is no month {self.parts['month']}")
        if day is None:
            return
        longest = 31 if month is None else _length(year, month)
        if not 1 <= day <= longest:
            if month is None:
                raise ImpossibleDateError(f"no month has a day {self.parts['day']}")
            when = f"{_MONTHS[month - 1]} {year}" if year is not None and month == 2 else _MONTHS[month - 1]
            raise ImpossibleDateError(f"{when} has {longest} days")

    def clock(self) -> tuple[int, int]:
        """First and last second of the day that are meant."""
        if "hour" not in self.parts:
            return 0, _DAY - 1
        hour, minute, second = self.number("hour") or 0, self.number("minute"), self.number("second")
        if hour > 24 or (hour == 24 and (minute or second)):
            raise ImpossibleDateError(f"no day has an hour {self.parts['hour']}")
        if (minute or 0) > 59:
            raise ImpossibleDateError(f"no hour has a minute {minute}")
        if (second or 0) > 59:
            raise ImpossibleDateError(f"no minute has a second {second}")
        start = hour * 3600 + (minute or 0) * 60 + (second or 0)
        return start, start + (0 if second is not None else 59 if minute is not None else 3599)

    def offset(self) -> int:
        """Seconds that the zone is east of Greenwich."""
        if self.zone in (None, "Z"):
            return 0
        assert self.zone is not None
        hours, minutes = int(self.zone[1:3]), int(self.zone[4:6])
        if hours > 14 or minutes > 59 or (hours == 14 and minutes):
            raise ImpossibleDateError(f"there is no time zone {self.zone}")
        return (hours * 3600 + minutes * 60) * (1 if self.zone[0] == "+" else -1)

    def days(self, year: int, month: int | None, day: int | None) -> tuple[int, int]:
        """First and last day meant, counted from the beginning of year 0."""
        astronomical = year + 1 if year < 0 else year
        january = _days_before(astronomical)
        if "ordinal" in self.parts:
            ordinal = self.number("ordinal") or 0
            if not 1 <= ordinal <= 365 + _is_leap(astronomical):
                raise ImpossibleDateError(f"{year} has no day {ordinal}")
            return january + ordinal - 1, january + ordinal - 1
        if "week" in self.parts:
            return self.week(year, january)
        if month is None:
            return january, _days_before(astronomical + 1) - 1
        before = sum(_length(year, earlier) for earlier in range(1, month))
        if day is None:
            return january + before, january + before + _length(year, month) - 1
        return january + before + day - 1, january + before + day - 1

    def week(self, year: int, january: int) -> tuple[int, int]:
        week, weekday = self.number("week") or 0, self.number("weekday")
        monday = january + 3 - (january + 3 + 5) % 7  # of the week with 4 January; day 0 is a Saturday
        weeks = 53 if (_days_before(year + 1) + 3 - (_days_before(year + 1) + 8) % 7 - monday) // 7 == 53 else 52
        if not 1 <= week <= weeks:
            raise ImpossibleDateError(f"{year} has no week {week}")
        if weekday is not None and not 1 <= weekday <= 7:
            raise ImpossibleDateError(f"no week has a day {weekday}")
        first = monday + 7 * (week - 1)
        return (first, first + 6) if weekday is None else (first + weekday - 1, first + weekday - 1)


def _is_leap(astronomical: int) -> bool:
    return astronomical % 4 == 0 and (astronomical % 100 != 0 or astronomical % 400 == 0)


def _length(year: int | None, month: int) -> int:
    """Days of a month; 29 February is allowed without a year, as any year may be meant."""
    if month != 2:
        return _DAYS[month - 1]
    return 29 if year is None or _is_leap(year + 1 if year < 0 else year) else 28


def _days_before(astronomical: int) -> int:
    """Days from the beginning of year 0 to that of another (Gregorian, also before 1582, as ISO 8601 counts)."""
    past = astronomical - 1
    return 365 * astronomical + past // 4 - past // 100 + past // 400 + 1
