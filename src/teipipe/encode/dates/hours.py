"""Times of day: hours, and parts of a day."""

from __future__ import annotations

from teipipe.encode.blocks import Attributes
from teipipe.encode.dates.context import Context
from teipipe.encode.dates.readings import Clock, Reading
from teipipe.encode.dates.resolved import Resolved, inferred
from teipipe.encode.dates.values import ImpossibleDateError, clock_value
from teipipe.encode.decisions import Candidate, Certainty


def time_of_day(reading: Reading, leaf: int, context: Context) -> Resolved | None:
    """A time of day, or a part of a day, which carries the date of its day."""
    if reading.clock is None:
        return _day_part(reading, leaf, context)
    if reading.clock.half or (reading.until and reading.until.half):
        later = reading.clock._replace(hour=reading.clock.hour % 12 + 12)
        candidates = tuple(
            Candidate(value, value) for value in (_value(reading.clock._replace(half=False)), _value(later)) if value
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
    day = anchor.last[:10]
    attributes = (("when", day), *inferred(Certainty.MEDIUM, "internal"))
    return Resolved("time", attributes, "time-of-day", Certainty.MEDIUM, f"of {day}, which stands before it")
