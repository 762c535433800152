"""Dates that are counted from others: from one that stands before them, or from that of the document."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, NamedTuple

from teipipe.encode.dates.context import Anchor, Context, weekday_near
from teipipe.encode.dates.readings import Reading
from teipipe.encode.dates.values import (
    ImpossibleDateError,
    Period,
    first_day,
    month_value,
    months,
    part_of,
    shifted_day,
    shifted_month,
    single,
    year_value,
    years,
)
from teipipe.encode.decisions import Candidate, Certainty

#: So many leaves before it a date may still bound one that is counted onwards; beyond, nothing is said.
_REACH: Final = 5
_MONTHS: Final = 12
_PRECISION: Final = {"day": 3, "week": 3, "month": 2, "year": 1, "decade": 1, "century": 1}


class Relative(NamedTuple):
    """What was found: None if nothing tells, with the reason. What `stays` is not even marked as a date."""

    period: Period | None
    certainty: Certainty = Certainty.LOW
    reason: str = ""
    evidence: str = "internal"
    candidates: tuple[Candidate, ...] = ()
    stays: bool = False


def relative_period(reading: Reading, leaf: int, context: Context, *, quoted: bool) -> Relative:
    """The period that an expression names by way of another date."""
    where = reading.sets.get("anchor", "none")
    if where == "none":
        return _undirected(reading, context, quoted=quoted)
    count = _count(reading)
    if count is None:
        return Relative(None, reason="it isn’t said how many")
    try:
        if where == "document":
            return _from_document(reading, count, context, quoted=quoted)
        return _from_text(reading, count, leaf, context)
    except (ImpossibleDateError, ValueError, OverflowError) as error:
        return Relative(None, reason=str(error))


def _count(reading: Reading) -> int | None:
    by: int = reading.sets.get("by", 0)
    if "deictic" in reading.tokens:
        return int(reading.value("deictic"))
    if "days" in reading.sets:
        return int(reading.sets["days"])
    if "count" in reading.tokens or "number" in reading.tokens:
        number = reading.value("count") if "count" in reading.tokens else reading.value("number")
        return by * int(number) if number is not None and number < 1000 else None
    return by


def _unit(reading: Reading) -> str:
    for name in ("unit", "units"):
        if name in reading.tokens:
            return str(reading.value(name))
    if "month" in reading.tokens or "season" in reading.tokens:
        return "month"
    return "day"


def _from_document(reading: Reading, count: int, context: Context, *, quoted: bool) -> Relative:
    own, evidence = context.own()
    unit = _unit(reading)
    if not own or quoted or not context.record:
        named = {"month", "season", "weekday"} & set(reading.tokens)
        return Relative(None, reason="the document has no date that it could be counted from", stays=not named)
    if count and unit in ("decade", "century") and not {"count", "number"} & set(reading.tokens):
        return Relative(None, reason="it may be counted in whole ones, or from the day of the document")
    if own.count("-") + 1 < _PRECISION[unit]:
        return Relative(None, reason=f"the document’s own date, {own}, is less precise")
    period = _shifted(reading, unit, count, Anchor(own, own, -1))
    if period is None:
        return Relative(None, reason="it may be either")
    if context.last and evidence == "internal":
        until = _shifted(reading, unit, count, Anchor(context.last, context.last, -1))
        if until is not None and until != period:
            period = Period(period.first, until.last, open=True)
            reason = f"counted from the dates of the document, {own} to {context.last}"
            return Relative(period, Certainty.MEDIUM, reason, evidence)
    sure = evidence == "internal" and (count == 0 or "deictic" in reading.tokens) and "part" not in reading.tokens
    certainty = Certainty.HIGH if sure else Certainty.MEDIUM
    return Relative(period, certainty, f"counted from the date of the document, {own}", evidence)


def _bounded(reading: Reading, leaf: int, context: Context) -> Relative:
    """What was shortly before or after a date that stands in this paragraph or in the one before."""
    anchor, away = context.before(1, leaf)
    if anchor is None or away > 1 or anchor.bound:
        return Relative(None, reason="no date stands before it that it could be counted from")
    after = reading.sets["bound"] == "after"
    period = Period(anchor.first, "", open=True) if after else Period("", anchor.last, open=True)
    return Relative(period, Certainty.MEDIUM, f"{reading.sets['bound']} {anchor.last}, which stands before it")


def _from_text(reading: Reading, count: int, leaf: int, context: Context) -> Relative:
    if "bound" in reading.sets:
        return _bounded(reading, leaf, context)
    unit = _unit(reading)
    precision = 1 if "month" in reading.tokens or "season" in reading.tokens else _PRECISION[unit]
    anchor, away = context.before(precision, leaf)
    if anchor is None or away > _REACH or anchor.leaf < 0:
        return Relative(None, reason="no date stands before it that it could be counted from")
    if away or anchor.bound:
        if count <= 0 or anchor.precision < precision:
            return Relative(None, reason=f"the nearest date before it, {anchor.last}, stands in another paragraph")
        bound = _shifted(reading, unit, count, Anchor(anchor.first, anchor.first, leaf))
        reason = f"not before: {anchor.first} stands in an earlier paragraph" if away else f"after {anchor.first}"
        return Relative(bound and Period(bound.first, "", open=True), Certainty.LOW, reason)
    if unit == "day" and anchor.first != anchor.last:
        return Relative(None, reason=f"counted from {anchor.first} to {anchor.last}: from which day, it doesn’t say")
    certainty = Certainty.HIGH if count == 0 and "part" not in reading.tokens else Certainty.MEDIUM
    return Relative(
        _shifted(reading, unit, count, anchor), certainty, f"counted from {anchor.last}, which stands before it"
    )


def _shifted(reading: Reading, unit: str, count: int, anchor: Anchor) -> Period | None:
    """The period that is so many units later than a day, or that month, weekday or season of its year."""
    day = first_day(anchor.last)
    if "weekday" in reading.tokens:
        return single(weekday_near(day, reading.value("weekday"), count).isoformat()) if count else None
    if "month" in reading.tokens:
        return single(_month(day, reading.value("month"), count, anchor.precision))
    if "season" in reading.tokens:
        first, last = reading.value("season")
        return _season(day, first, last, count)
    if "daypart" in reading.tokens and reading.value("daypart") == "night" and unit == "day":
        evening = date.fromisoformat(shifted_day(day, count))
        return Period(evening.isoformat(), shifted_day(evening, 1), open=True)
    if unit == "day":
        return single(shifted_day(day, count))
    if unit == "week" and "part" not in reading.tokens:
        monday = date.fromisoformat(shifted_day(day - timedelta(days=day.isoweekday() - 1), 7 * count))
        counted = "count" in reading.tokens or "number" in reading.tokens
        return Period(monday.isoformat(), shifted_day(monday, 6), open=counted)
    if unit == "month":
        return _part(reading, single(shifted_month(day, count)))
    if unit == "year":
        return _part(reading, single(year_value(day.year + count))) if day.year + count > 0 else None
    if unit == "week":
        return None
    length = 10 if unit == "decade" else 100
    if "count" in reading.tokens or "number" in reading.tokens:
        return single(year_value(day.year + count * length)) if day.year + count * length > 0 else None
    start = (day.year - (length == 100)) // length * length + (length == 100) + count * length
    return years(start, start + length - 1)


def _part(reading: Reading, period: Period) -> Period:
    """The third of a period that is named: early this year."""
    part = reading.value("part")
    return part_of(period, part, 3) if part else period


def _month(day: date, month: int, count: int, precision: int) -> str:
    """That month of the year, or the next or last one of that name."""
    if count == 0 or precision == 1:
        return month_value(day.year + (count if precision == 1 else 0), month)
    if count > 0:
        return month_value(day.year + (month <= day.month), month)
    return month_value(day.year - (month >= day.month), month)


def _season(day: date, first: int, last: int, count: int) -> Period | None:
    if first > last:
        return None
    year = day.year
    if count > 0:
        year += first <= day.month
    elif count < 0:
        year -= last >= day.month
    return months(year * _MONTHS + first - 1, year * _MONTHS + last - 1)


def _undirected(reading: Reading, context: Context, *, quoted: bool) -> Relative:
    """A day of the week alone: the one before the document's own day, or after it."""
    own, _ = context.own()
    if "weekday" not in reading.tokens or quoted or not context.record or own.count("-") < 2:
        return Relative(None, reason="nothing tells from which day it is counted")
    day = first_day(own)
    near = [weekday_near(day, reading.value("weekday"), direction).isoformat() for direction in (-1, 1)]
    candidates = tuple(
        Candidate(value, value, (reason,))
        for value, reason in zip(near, ("the last one before the document", "the next one after it"), strict=True)
    )
    return Relative(None, reason="it doesn’t say whether it is the last one or the next", candidates=candidates)
