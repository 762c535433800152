"""What dates leave out, from what stands around them: their year, their century, the day that they are counted from."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, NamedTuple

from teipipe.encode.dates.readings import Point
from teipipe.encode.dates.values import first_day
from teipipe.encode.decisions import Candidate, Certainty

#: From the surest on.
_ORDER: Final = tuple(Certainty)
_MONTHS: Final = 12
#: How many months nearer another year must bring a date than the year that is spoken of.
_OTHER_YEAR: Final = 4
#: A date after that of its document is as unlikely as one that is so many months further away.
_FUTURE: Final = 6
#: From which difference on one year is sure.
_CLEAR: Final = 4
_DAY: Final = 3
_MONTH: Final = 2


class Anchor(NamedTuple):
    """A date that others may be counted from: its first value and its last, and the number of its leaf.

    `bound` is true if it is only known not to be earlier; `strong` if it stands there with its year; otherwise
    `certainty` says how sure its year is.
    """

    first: str
    last: str
    leaf: int
    bound: bool = False
    strong: bool = True
    certainty: Certainty = Certainty.HIGH

    @property
    def precision(self) -> int:
        """1 if it is a year, 2 a month, 3 a day."""
        return min(self.first.lstrip("-").count("-") + 1, _DAY)


class Year(NamedTuple):
    """A year that was found, how sure it is and why, and which others it may be; None if nothing tells."""

    year: int | None
    certainty: Certainty = Certainty.LOW
    reason: str = "nothing in the document tells the year"
    evidence: str = "internal"
    candidates: tuple[Candidate, ...] = ()

    def at_most(self, certainty: Certainty) -> Year:
        """The same, no surer than what it rests on."""
        if _ORDER.index(certainty) <= _ORDER.index(self.certainty):
            return self
        return self._replace(certainty=certainty)


class Context:
    """What is known at a place of a document: its own date, the one that the user gave, the dates that stand before.

    `last` is the last day of the document, if it is of several. `order` is that of day and month in its dates in
    figures, "" if none tells.
    """

    def __init__(self, document: str, given: str, *, record: bool, last: str = "") -> None:
        self.document = document
        self.last = last
        self.given = given
        self.record = record
        self.order = ""
        self._dates: list[Anchor] = []
        self._later: list[Anchor] = []

    def remember(self, anchor: Anchor) -> None:
        """A date that stands here."""
        self._dates.append(anchor)

    def expect(self, anchors: list[Anchor]) -> None:
        """The dates with years that a document has at all: if none stands before, the first one tells."""
        self._later = anchors

    def own(self) -> tuple[str, str]:
        """The date that the document is of, and the kind of evidence for it; "" if there is none."""
        return (self.document, "internal") if self.document else (self.given, "external")

    def before(self, precision: int, leaf: int) -> tuple[Anchor | None, int]:
        """The nearest date before that is at least so precise, and how many leaves away it stands."""
        for anchor in self._dates[:-50:-1]:
            if anchor.precision >= precision:
                return anchor, leaf - anchor.leaf
        return None, 0

    def year_for(self, point: Point, leaf: int) -> Year:
        """The year of a month or day: near the dates before it, near that of the document, by its weekday."""
        found = self._year_for(point, leaf)
        if found.year is None or not (point.weekday and point.day and point.month):
            return found
        fitting = [
            year
            for year in range(found.year - 6, found.year + 7)
            if _falls_on(year, point.month, point.day, point.weekday)
        ]
        if found.year in fitting:
            return Year(found.year, Certainty.HIGH, f"{found.reason}; the day of the week fits", found.evidence)
        near = sorted(fitting, key=lambda year: (abs(year - (found.year or 0)), year))
        if not near:
            return found
        others = tuple(Candidate(str(year), str(year), ("the day of the week fits",)) for year in near[:2])
        return Year(
            found.year,
            Certainty.LOW,
            f"{found.reason}; but the day of the week doesn’t fit",
            found.evidence,
            (Candidate(str(found.year), str(found.year), (found.reason,)), *others),
        )

    def century_for(self, years: int, leaf: int) -> Year:
        """The full year of one in two figures."""
        anchor, _ = self.before(1, leaf)
        own, evidence = self.own()
        value = anchor.first if anchor else own or (self._later[0].first if self._later else "")
        if not value:
            return Year(None)
        near = int(value[:4])
        year = min((near // 100 * 100 + years + shift for shift in (-100, 0, 100)), key=lambda year: abs(year - near))
        return Year(
            year,
            Certainty.HIGH,
            f"in the century of {value}",
            "external" if value == own and not anchor and evidence == "external" else "internal",
        )

    def _year_for(self, point: Point, leaf: int) -> Year:
        month = point.month or (point.season or (6, 6))[0]
        local, away = self.before(_MONTH, leaf)
        strong = next((anchor for anchor in self._dates[:-50:-1] if anchor.strong), None)
        if strong and strong.leaf == leaf and strong.precision == 1 and (not local or local.leaf < leaf):
            local, away = strong, 0
        own, evidence = self.own()
        if own and (local is None or (self.record and away)):
            return _near(month, own, f"near the date of the document, {own}", evidence, past=self.record)
        if local:
            by_text = _near(month, local.last, f"near {local.last}, which stands before it").at_most(local.certainty)
            if not (own and self.record):
                return by_text
            return _agreed(by_text, _near(month, own, f"near the date of the document, {own}", evidence, past=True))
        if strong:
            return _near(month, strong.last, f"near {strong.last}, which stands before it")
        for anchor in self._later[-1:]:
            found = _near(month, anchor.first, f"near {anchor.first}, which stands behind it")
            return found.at_most(Certainty.MEDIUM if anchor.leaf == leaf else Certainty.LOW)
        return Year(None)


def _near(month: int, value: str, reason: str, evidence: str = "internal", *, past: bool = False) -> Year:
    """The year that brings a month nearest to a date, in which the year of that date weighs more than others."""
    parts = [int(part) for part in value[:7].split("-")]
    if len(parts) < _MONTH:
        return Year(parts[0], Certainty.MEDIUM, reason, evidence)
    weights = {}
    for year in (parts[0], parts[0] - 1, parts[0] + 1):
        distance = (year - parts[0]) * _MONTHS + month - parts[1]
        weights[year] = abs(distance) + (_OTHER_YEAR if year != parts[0] else 0)
        weights[year] += _FUTURE if past and distance > 0 else 0
    first, second = sorted(weights, key=lambda year: weights[year])[:2]
    ahead = past and (first, month) > (parts[0], parts[1])
    clear = weights[second] - weights[first] >= _CLEAR and not ahead
    candidates = () if clear else tuple(Candidate(str(year), str(year), (reason,)) for year in (first, second))
    return Year(first, Certainty.HIGH if clear else Certainty.MEDIUM, reason, evidence, candidates)


def _agreed(text: Year, own: Year) -> Year:
    if text.year == own.year:
        return text if text.certainty is Certainty.HIGH else own
    candidates = tuple(Candidate(str(found.year), str(found.year), (found.reason,)) for found in (text, own))
    return Year(text.year, Certainty.MEDIUM, text.reason, text.evidence, candidates)


def _falls_on(year: int, month: int, day: int, weekday: int) -> bool:
    try:
        return date(year, month, day).isoweekday() == weekday
    except ValueError:
        return False


def weekday_near(day: date, weekday: int, direction: int) -> date:
    """The nearest such weekday before a day (direction -1) or after it (1)."""
    distance = (weekday - day.isoweekday()) % 7 if direction > 0 else (day.isoweekday() - weekday) % 7
    return day + timedelta(days=direction * (distance or 7))


def day_of(value: str) -> date:
    """The day of a value that may be more or less precise."""
    return first_day(value)
