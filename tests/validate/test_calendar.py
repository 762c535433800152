"""Dates are what the calendar says, and compare as spans of time."""

from __future__ import annotations

import datetime

import pytest

from teipipe.validate.calendar import ImpossibleDateError, MalformedDateError, moment, suggestion

_DAY = 86_400


def test_every_day_of_some_years_is_where_the_standard_library_has_it() -> None:
    first = moment("0001-01-01").first
    assert first is not None
    for year in (1, 4, 99, 100, 400, 1600, 1899, 1900, 1955, 1956, 2000, 2024, 9999):
        for ordinal in range(1, 366):
            day = datetime.date(year, 1, 1) + datetime.timedelta(days=ordinal - 1)
            found = moment(day.isoformat())
            expected = first + (day.toordinal() - 1) * _DAY
            assert (found.first, found.last) == (expected, expected + _DAY - 1)
            assert moment(f"{year:04}-{ordinal:03}", iso=True).first == found.first


def test_weeks_are_where_the_standard_library_has_them() -> None:
    for year in range(1950, 2030):
        weeks = datetime.date(year, 12, 28).isocalendar().week
        for week in (1, 2, 26, weeks):
            monday = datetime.date.fromisocalendar(year, week, 1)
            found = moment(f"{year}-W{week:02}", iso=True)
            assert found.first == moment(monday.isoformat()).first
            assert found.last == moment((monday + datetime.timedelta(days=6)).isoformat()).last
        with pytest.raises(ImpossibleDateError):
            moment(f"{year}-W{weeks + 1:02}", iso=True)


@pytest.mark.parametrize(
    "value",
    [
        *("1956", "-0044", "12345", "1956-02", "1956-02-29", "2000-02-29", "-0001-02-28", "1956Z", "1956-02+03:00"),
        *("--02", "--02-29", "---31", "--12Z", "14:00:00", "24:00:00", "23:59:59.999", "14:00:00-14:00"),
        *("1956-08-30T14:00:00", "1956-08-30T24:00:00Z", "1956-08-30T00:00:00+14:00"),
    ],
)
def test_real(value: str) -> None:
    moment(value)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("1956-02-30", "February 1956 has 29 days"),
        ("1900-02-29", "February 1900 has 28 days"),
        ("1956-04-31", "April has 30 days"),
        ("1956-00", "there is no month 00"),
        ("1956-01-00", "January has 31 days"),
        ("--02-30", "February has 29 days"),
        ("--13", "there is no month 13"),
        ("---00", "no month has a day 00"),
        ("0000", "there is no year 0; before year 1 comes -0001"),
        ("24:00:01", "no day has an hour 24"),
        ("12:60:00", "no hour has a minute 60"),
        ("12:00:60", "no minute has a second 60"),
        ("1956-08-30T25:00:00", "no day has an hour 25"),
        ("1956Z+14:01"[:4] + "+14:01", "there is no time zone +14:01"),
    ],
)
def test_impossible(value: str, reason: str) -> None:
    with pytest.raises(ImpossibleDateError, match=f"^{reason.replace('+', '[+]')}$"):
        moment(value)


@pytest.mark.parametrize(
    "value",
    [
        *(
            "",
            " 1956",
            "56",
            "01956",
            "1956-9",
            "1956-9-16",
            "1956/09/16",
            "16.9.1956",
            "September 1956",
            "1956-09-16T",
        ),
        *("1956-09-16T14", "14:00", "1956-W03", "--2-1", "1956-09-16 14:00:00", "1956-09-16T14:00:00+3:00", "+1956"),
    ],
)
def test_malformed(value: str) -> None:
    with pytest.raises(MalformedDateError):
        moment(value)


@pytest.mark.parametrize(
    ("early", "late", "reversed_"),
    [
        ("1956-08-31", "1956-08-30", True),
        ("1956-08-30", "1956-08-30", False),
        ("1956-08-31", "1956-08", False),
        ("1956-09-01", "1956-08", True),
        ("1957", "1956-12-31", True),
        ("-0044", "-0045", True),
        ("-0001-12-31", "0001-01-01", False),
        ("--12-20", "--01-06", False),
        ("22:00:00", "02:00:00", False),
        ("1956-08-30T12:00:00Z", "1956-08-30T12:00:00+01:00", True),
        ("1956-08-30T12:00:00", "1956-08-30T11:00:00Z", False),
        ("1956-08-31T12:00:00", "1956-08-30T11:00:00Z", True),
    ],
)
def test_order(early: str, late: str, reversed_: bool) -> None:
    assert moment(early).is_after(moment(late)) is reversed_


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1956-9-16", "1956-09-16"),
        ("1956/09/16", "1956-09-16"),
        ("16.9.1956", "1956-09-16"),
        ("16. 9. 1956", "1956-09-16"),
        ("16 September 1956", "1956-09-16"),
        ("September 16, 1956", "1956-09-16"),
        ("September 1956", "1956-09"),
        ("1956-9", "1956-09"),
        ("14:30", "14:30:00"),
        ("1956-09-16 14:30", "1956-09-16T14:30:00"),
        ("1956-09-16 14:30:10", "1956-09-16T14:30:10"),
        ("988", "0988"),
        ("9/16/1956", None),
        ("31.2.1956", None),
        ("autumn 1956", None),
    ],
)
def test_suggestion(written: str, meant: str | None) -> None:
    assert suggestion(written) == meant
