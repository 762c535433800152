"""What is written is a date of the calendar: as EDTF, a library reads the same first and last day in it."""

from __future__ import annotations

from calendar import day_name, month_name, monthrange
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.encode.dates.dating import found_in, values_in

from teipipe.encode.dates.periods import period_of
from teipipe.encode.dates.readings import Point
from teipipe.encode.dates.values import (
    ImpossibleDateError,
    Period,
    from_julian,
    last_day,
    part_of,
    shifted_day,
)

YEARS = st.integers(1000, 2099)
MONTHS = st.integers(1, 12)


def _point(*days: Any, **values: Any) -> Point:
    """A point of what is given and of nothing else: year, month, day, and others by their names."""
    return Point(*days, **values)


#: Every shape of what a date can name.
POINTS = st.one_of(
    st.builds(_point, YEARS),
    st.builds(_point, YEARS, MONTHS),
    st.builds(_point, YEARS, MONTHS, st.integers(1, 28)),
    st.builds(_point, YEARS, part=st.integers(1, 3)),
    st.builds(_point, YEARS, MONTHS, part=st.integers(1, 3)),
    st.builds(_point, YEARS, MONTHS, nth=st.integers(1, 2), fraction=st.just(2)),
    st.builds(_point, YEARS, nth=st.integers(1, 4), fraction=st.just(4)),
    st.builds(_point, YEARS, season=st.sampled_from([(3, 5), (6, 8), (9, 11), (12, 2)])),
    st.builds(_point, YEARS, season=st.sampled_from([(3, 5), (6, 8), (9, 11)]), part=st.integers(1, 3)),
    st.builds(_point, decade=st.integers(100, 209).map(lambda number: number * 10), part=st.integers(0, 3)),
    st.builds(_point, century=st.integers(11, 21), part=st.integers(0, 3)),
    st.builds(_point, century=st.integers(11, 21), nth=st.integers(1, 2), fraction=st.just(2)),
    st.builds(_point, st.integers(1, 900), era=st.just("BC")),
    st.builds(_point, century=st.integers(1, 9), era=st.just("BC")),
)


def _days(found: object) -> tuple[int, ...]:
    return tuple(found[:3])  # type: ignore[index]


@settings(max_examples=100, deadline=None)
@given(POINTS)
def test_a_library_for_edtf_reads_the_same_days(point: Point) -> None:
    period = period_of(point)
    read = parse_edtf(period.edtf())
    first, last = _days(read.lower_strict()), _days(read.upper_strict())
    if period.first.startswith("-") or period.first.startswith("0000"):
        years = [int(value) for value in (period.first, period.last)]
        assert [first[0], last[0]] == years
        return
    begin, end = period.days()
    assert (first, last) == (begin.timetuple()[:3], end.timetuple()[:3])


@pytest.mark.parametrize(
    ("bounds", "edtf"),
    [
        (Period("1956-09-21", "", open=True), "[1956-09-21..]"),
        (Period("", "1956-01", open=True), "[..1956-01]"),
        (Period("1956-08-30", "1956-08-31", open=True), "[1956-08-30..1956-08-31]"),
        (Period("-07-20", "-07-20"), ""),
    ],
)
def test_bounds_are_edtf_too(bounds: Period, edtf: str) -> None:
    if edtf:
        assert bounds.edtf() == edtf
        parse_edtf(edtf)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1000, 1, 1), date(2099, 12, 31)))
def test_a_day_is_read_in_whichever_way_it_is_written(day: date) -> None:
    month, number, year = month_name[day.month], day.day, day.year
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if not 11 <= number <= 13 else 0, "th")
    weekday = day_name[day.weekday()]
    for written in (
        f"{number} {month} {year}",
        f"{month} {number}, {year}",
        f"{month} {number} {year}",
        f"{number}{ending} {month} {year}",
        f"{number}{ending} of {month}, {year}",
        f"{month} {number}{ending}, {year}",
        f"{weekday}, {number} {month} {year}",
        f"{weekday}, {month} {number}, {year}",
        f"{month.upper()} {number}, {year}",
        f"{day:%Y-%m-%d}",
        f"{number}.{day.month}.{year}",
        f"{number:02}.{day.month:02}.{year}",
    ):
        assert values_in(f"It was {written}, they say.") == [(written, f"when={day.isoformat()}")]


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1001, 1, 1), date(2098, 12, 31)), st.integers(2, 999))
def test_days_are_counted_by_the_calendar(day: date, count: int) -> None:
    start = f"{day.day} {month_name[day.month]} {day.year}"
    later, earlier = (day + timedelta(days=number) for number in (count, -count))
    assert values_in(f"He came on {start}, and {count} days later he left.")[1] == (
        f"{count} days later",
        f"when={later.isoformat()} cert=medium",
    )
    assert values_in(f"He left on {start}; {count} days earlier he had come.")[1][1].startswith(
        f"when={earlier.isoformat()}"
    )


@given(st.dates(date(1000, 1, 1), date(2097, 12, 31)), st.integers(0, 400))
def test_a_range_of_days_has_both_ends(day: date, length: int) -> None:
    other = day + timedelta(days=length + 1)
    first, second = (f"{one.day} {month_name[one.month]} {one.year}" for one in (day, other))
    expected = f"from={day.isoformat()} to={other.isoformat()}"
    assert values_in(f"from {first} to {second}")[0] == (f"{first} to {second}", expected)


@given(POINTS.filter(lambda point: not point.era), st.integers(1, 3))
def test_the_thirds_of_a_period_make_it_up(point: Point, number: int) -> None:
    whole = period_of(Point(point.year, point.month, decade=point.decade, century=point.century, season=point.season))
    begin, end = whole.days()
    if whole.open or point.day or (begin.year, begin.month) == (end.year, end.month):
        return
    parts = [part_of(whole, part, 3).days() for part in (1, 2, 3)]
    assert (parts[0][0], parts[-1][1]) == (begin, end)
    assert all(last + timedelta(days=1) == first for (_, last), (first, _) in pairwise(parts))


@pytest.mark.parametrize(
    ("julian", "gregorian"),
    [
        ((1917, 10, 25), "1917-11-07"),
        ((1582, 10, 5), "1582-10-15"),
        ((1700, 2, 28), "1700-03-10"),
        ((1700, 2, 29), "1700-03-11"),
        ((1900, 2, 28), "1900-03-12"),
        ((1900, 2, 29), "1900-03-13"),
        ((1900, 3, 1), "1900-03-14"),
        ((1861, 2, 19), "1861-03-03"),
    ],
)
def test_julian_days(julian: tuple[int, int, int], gregorian: str) -> None:
    assert from_julian(*julian).isoformat() == gregorian


@given(st.integers(1582, 2090), MONTHS, st.integers(1, 27))
def test_the_julian_calendar_counts_day_by_day(year: int, month: int, day: int) -> None:
    first = from_julian(year, month, day)
    assert (from_julian(year, month, day + 1) - first).days == 1
    assert (first - date(year, month, day)).days in (10, 11, 12, 13)


@pytest.mark.parametrize("day", [(1917, 2, 29), (1917, 13, 1), (1917, 4, 31), (1916, 2, 30)])
def test_the_julian_calendar_has_no_such_day(day: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_julian(*day)


@given(st.integers(1, 9998), MONTHS)
def test_months_end_where_the_calendar_says(year: int, month: int) -> None:
    assert last_day(f"{year:04}-{month:02}").day == monthrange(year, month)[1]


def test_beyond_the_calendar_there_is_nothing() -> None:
    with pytest.raises(ImpossibleDateError):
        shifted_day(date(9999, 12, 31), 1)


@settings(max_examples=60)
@given(st.text(alphabet="0123456789 .,-–/:'’()MayJune ofthe daylaterin", max_size=60))
def test_nothing_breaks_the_search(text: str) -> None:
    spans = found_in(text).spans
    assert all(span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
