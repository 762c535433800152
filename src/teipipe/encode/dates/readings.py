"""What a date says, form by form: the days, months and years that stand in it; what it leaves out comes later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from teipipe.encode.dates.automaton import Fit
from teipipe.encode.dates.language import Language
from teipipe.encode.dates.tokens import Token, Tokens

_CENTURY: Final = 100
_NOON: Final = 12
#: Fields that begin the second of two, those of hours, and those of days.
_SECONDS: Final = frozenset(
    ("day2", "weekday2", "month2", "season2", "part2", "clock2", "hour2", "noon2", "midnight2", "tens2")
)
#: Which part of a point the field of a name is, of the first one and of the second.
_NAMES: Final[dict[str, dict[str, str]]] = {
    suffix: {
        name + suffix: name
        for name in ("year", "month", "day", "weekday", "part", "nth", "fraction", "season", "decade", "century")
    }
    for suffix in ("", "2")
}
_HOURS: Final = frozenset(("clock", "hour", "military", "noon", "midnight"))
_DAYS: Final = frozenset(("day", "month", "year", "weekday"))


class Point(NamedTuple):
    """One end of what a date says; None and 0 stand for what it leaves out.

    `part` is the first, second or last third, `nth` one of `fraction` parts, `season` its first and last month. Years
    and decades below 100 leave out their century, unless the date names an `era` (BC or AD).
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: int = 0
    nth: int = 0
    fraction: int = 0
    season: tuple[int, int] | None = None
    decade: int | None = None
    century: int | None = None
    era: str = ""

    @property
    def is_short(self) -> bool:
        """Whether it leaves out the century."""
        years = self.year if self.year is not None else self.decade
        return years is not None and years < _CENTURY and not self.era

    @property
    def lacks_year(self) -> bool:
        """Whether its year has to be looked for."""
        return self.is_short or (self.year is None and (self.month is not None or self.season is not None))

    @property
    def rank(self) -> tuple[int, int, int]:
        """What tells which of two comes first."""
        years = self.year if self.year is not None else self.decade
        return (years if years is not None else (self.century or 0) * _CENTURY, self.month or 0, self.day or 0)


class Clock(NamedTuple):
    """A time of day; it is `half` if it may be before noon or after."""

    hour: int
    minute: int = 0
    half: bool = False


@dataclass(slots=True)
class Reading:
    """One expression, from `start` to `end` of the plain text, and what it says, which is filled in as it is read.

    `kind` is that of its form, `sets` what the form says besides its words; `tokens` has the word for each field.
    """

    kind: str
    start: int
    end: int
    first: Point | None = None
    second: Point | None = None
    clock: Clock | None = None
    until: Clock | None = None
    sets: Mapping[str, Any] = field(default_factory=dict)
    tokens: Mapping[str, Token] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        """The value of the word for a field, None if there is none."""
        token = self.tokens.get(name)
        return None if token is None else token.value


def readings_of(tokens: Tokens, language: Language) -> list[Reading]:
    """The dates and times in some tokens, from left to right: at each place by the first form that fits."""
    found: list[Reading] = []
    letters, fit_at = tokens.letters, language.automaton.fit
    free = 0
    for start in language.starts.finditer(letters):
        at = start.start()
        fit = fit_at(letters, at) if at >= free else None
        while fit is not None:
            read = _read(fit, at, tokens)
            if read is not None:
                found += read
                free = fit.end
                break
            fit = fit_at(letters, at, fit.form.number + 1)
    return found


def _read(fit: Fit, at: int, tokens: Tokens) -> list[Reading] | None:
    """What a form reads from a place on; None if its words don't fit each other (April 30 to 5)."""
    form, places, end = fit
    if form.kind == "nothing":
        return []
    starts = tokens.starts
    reading = Reading(form.kind, starts[at], starts[end], sets=form.sets, tokens=tokens.at(places))
    if form.kind == "list":
        return _several(reading, places, tokens)
    if form.kind == "moment":
        return _moment(reading, places, tokens)
    read = _READERS[form.kind](reading) if form.kind in _READERS else reading
    return None if read is None else [read]


def _calendar(reading: Reading) -> Reading | None:
    first, second = _point(reading, ""), _point(reading, "2")
    if first is None:
        return None
    if second is None:
        reading.first = first
        return reading
    ends = _shared(first, second)
    if ends is None:
        return None
    reading.first, reading.second = ends
    return reading


def _double(reading: Reading) -> Reading | None:
    """A day by two calendars; the second one's month may stand for both."""
    first, second = _point(reading, ""), _point(reading, "2")
    if first is None or second is None:
        return None
    month, year = first.month or second.month, first.year if first.year is not None else second.year
    reading.first = first._replace(month=month, year=year)
    reading.second = second._replace(month=second.month or month, year=second.year if second.year is not None else year)
    return reading


def _several(reading: Reading, places: Mapping[str, int], tokens: Tokens) -> list[Reading] | None:
    """Two days that share their month, or two times that share half of a day, each by itself: January 7 and 10."""
    second = min(place for name, place in places.items() if name in _SECONDS)
    first = max(place for place in places.values() if place < second)
    end, start = tokens[first].end, tokens[second].start
    if (after := tokens[first + 1]).text == ".":
        end = after.end
    if {"clock2", "hour2", "noon2", "midnight2"} & set(places):
        times = _clock(reading)
        if times is None or times.until is None:
            return None
        one = replace(times, kind="clock", end=end, until=None)
        return [one, replace(times, kind="clock", start=start, clock=times.until, until=None)]
    both = _calendar(reading)
    if both is None or both.second is None:
        return None
    one = replace(both, kind="calendar", end=end, second=None)
    return [one, replace(both, kind="calendar", start=start, first=both.second, second=None)]


def _shared(first: Point, second: Point) -> tuple[Point, Point] | None:
    """Both ends of a range, each with what only the other one says; None if they don't make one."""
    if second.day and not second.month:
        second = second._replace(month=first.month)
    if first.day and not first.month:
        first = first._replace(month=second.month)
    if first.year is not None and first.year >= _CENTURY and second.is_short and second.year is not None:
        second = second._replace(year=first.year - first.year % _CENTURY + second.year)
    if first.year is None and second.year is not None and not first.decade:
        later = bool(first.month and second.month and first.month > second.month)
        first = first._replace(year=second.year - later)
    elif second.year is None and first.year is not None and not second.decade:
        later = bool(first.month and second.month and first.month > second.month)
        second = second._replace(year=first.year + later)
    if first.rank < second.rank or (
        first.rank == second.rank and (first.part or first.nth) < (second.part or second.nth)
    ):
        return first, second
    across = first.year is None and second.year is None and first.month and second.month and first.month > second.month
    return (first, second) if across or first.season else None


def _point(reading: Reading, suffix: str) -> Point | None:
    """One end: the fields with a suffix, and for the first what the form sets; None if there is nothing."""
    names, tens = _NAMES[suffix], reading.value("tens" + suffix)
    values: dict[str, Any] = {names[name]: token.value for name, token in reading.tokens.items() if name in names}
    for name in ("day", "nth", "century") if tens else ():
        if name in values:
            values[name] += tens
    if reading.sets and not suffix:
        values |= {name: reading.sets[name] for name in ("month", "day", "part") if name in reading.sets}
    if not suffix and "iso" in reading.tokens:
        values |= dict(zip(("year", "month", "day"), reading.value("iso"), strict=True))
    if not values:
        return None
    if "before-christ" in reading.tokens:
        values["era"] = "BC"
    elif "after-christ" in reading.tokens:
        values["era"] = "AD"
    return Point(**values)


def _clock(reading: Reading) -> Reading | None:
    first, second = _time(reading, ""), _time(reading, "2")
    if first is None and not {"clock", "hour", "military"} & set(reading.tokens):
        return reading
    if first is not None and second is not None and first.half and "meridiem" not in reading.tokens:
        afternoon = second.hour >= _NOON and (first.hour + _NOON, first.minute) < (second.hour, second.minute)
        first = Clock(first.hour % _NOON + (_NOON if afternoon else 0), first.minute, second.half)
    if first is not None and second is not None and (first.hour, first.minute) == (second.hour, second.minute):
        return None
    if first is not None and second == Clock(0) and "midnight2" not in reading.tokens:
        second = Clock(_NOON)  # ten to twelve a.m.
    reading.clock, reading.until = first, second
    return reading if first else None


def _moment(reading: Reading, places: Mapping[str, int], tokens: Tokens) -> list[Reading] | None:
    """A day with its time; if that is from one hour to another, each by itself."""
    day = _calendar(reading)
    both = None if day is None else _clock(day)
    if both is None or both.clock is None:
        return None
    if both.until is None and not both.clock.half:
        return [both]
    times = min(place for name, place in places.items() if name in _HOURS)
    last = max(place for name, place in places.items() if name in _DAYS and place < times)
    day = replace(both, kind="calendar", end=tokens[last].end)
    return [day, replace(both, kind="clock", start=tokens[times].start)]


def _time(reading: Reading, suffix: str) -> Clock | None:
    """A time of day, of the fields with a suffix."""
    if "noon" + suffix in reading.tokens:
        return Clock(_NOON)
    if "midnight" + suffix in reading.tokens:
        return Clock(0)
    if "military" + suffix in reading.tokens:
        number: int = reading.value("military" + suffix)
        return Clock(number // _CENTURY, number % _CENTURY)
    minute: int = reading.sets.get("minute", 0)
    if "clock" + suffix in reading.tokens:
        hour, minute = reading.value("clock" + suffix)
    elif "hour" + suffix in reading.tokens or "count" + suffix in reading.tokens:
        hour = reading.value("hour" + suffix) if "hour" + suffix in reading.tokens else reading.value("count" + suffix)
    elif not suffix and "hour" in reading.sets:
        hour, minute = reading.sets["hour"], reading.sets.get("minute", 0)
    else:
        return None
    meridiem = reading.value("meridiem" + suffix)
    if meridiem is None and "daypart" in reading.tokens:
        meridiem = _half_of_day(reading.value("daypart"), hour)
    if meridiem is None:
        token = reading.tokens.get("clock" + suffix)
        whole_day = bool(reading.sets.get("whole-day")) or (token is not None and token.text.startswith("0"))
        return Clock(hour, minute, half=1 <= hour <= _NOON and not whole_day)
    return Clock(hour % _NOON + _NOON * meridiem, minute) if 1 <= hour <= _NOON else Clock(hour, minute)


def _half_of_day(part: str, hour: int) -> int:
    """Which half of the day an hour of the morning, of the afternoon or at night is in."""
    if part == "night":
        return 1 if 6 <= hour < _NOON else 0
    return 0 if part == "morning" else 1


_READERS: Final[dict[str, Callable[[Reading], Reading | None]]] = {
    "calendar": _calendar,
    "double": _double,
    "clock": _clock,
}
