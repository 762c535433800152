"""From what an expression says to its value: with what it leaves out, by a rule, with a certainty and a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from teipipe.encode.dates.calendars import double_date
from teipipe.encode.dates.context import Anchor, Context
from teipipe.encode.dates.figures import numeric_date
from teipipe.encode.dates.hours import time_of_day
from teipipe.encode.dates.language import Language
from teipipe.encode.dates.named import calendar_date, moment
from teipipe.encode.dates.readings import Reading
from teipipe.encode.dates.relative import relative_period
from teipipe.encode.dates.resolved import Resolved, inferred
from teipipe.encode.decisions import Certainty

_RESOLVERS: Final[dict[str, Callable[[Reading, int, Context], Resolved | None]]] = {
    "calendar": calendar_date,
    "double": double_date,
    "clock": time_of_day,
    "moment": moment,
}


def resolve(reading: Reading, leaf: int, context: Context, language: Language, *, quoted: bool) -> Resolved | None:
    """The value of an expression in a leaf; None if it is no date after all.

    What is `quoted` (in a note) isn't counted from the day of the document.
    """
    if reading.kind == "relative":
        return _relative(reading, leaf, context, quoted=quoted)
    if reading.kind == "numeric":
        return numeric_date(reading, leaf, context, language)
    if reading.kind == "duration":
        return Resolved("date", (), "unanchored-date", Certainty.LOW, "a length of time, not a date of the calendar")
    return _RESOLVERS[reading.kind](reading, leaf, context)


def _relative(reading: Reading, leaf: int, context: Context, *, quoted: bool) -> Resolved | None:
    """A date that is counted from another one."""
    found = relative_period(reading, leaf, context, quoted=quoted)
    period = found.period
    if period is None:
        element = "" if found.stays else "date"
        return Resolved(element, (), "unanchored-date", Certainty.LOW, found.reason, found.candidates)
    first, last = period.first or period.last, period.last or period.first
    context.remember(Anchor(first, last, leaf, period.open, strong=False, certainty=found.certainty))
    attributes = period.attributes() + inferred(found.certainty, found.evidence)
    return Resolved("date", attributes, "relative-date", found.certainty, found.reason, found.candidates)
