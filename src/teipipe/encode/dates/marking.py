"""Finds the dates of a text, in the order in which they stand, and says what was made of each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Final

from teipipe.diagnostics import Diagnostic
from teipipe.encode.blocks import Block, Span, Structure
from teipipe.encode.dates.context import Anchor, Context
from teipipe.encode.dates.figures import numeric_order
from teipipe.encode.dates.language import Language
from teipipe.encode.dates.languages import require_language
from teipipe.encode.dates.periods import period_between, period_of
from teipipe.encode.dates.readings import Reading, readings_of
from teipipe.encode.dates.resolved import Resolved
from teipipe.encode.dates.resolving import resolve
from teipipe.encode.dates.tokens import Tokens
from teipipe.encode.dates.values import Period
from teipipe.encode.decisions import Decision
from teipipe.encode.marked import Dated, Marked
from teipipe.encode.plain import Plain
from teipipe.encode.settings import Settings
from teipipe.encode.transcript import Transcript
from teipipe.rules import finding

RANK: Final = 30
#: So far around what may be a date its other words are looked for, in characters.
_REACH: Final = 40
#: Kinds of texts that tell of something: their heads may name its day, but not the day on which they were written.
_TALES: Final = frozenset(("essay", ""))
#: Blocks in which a text says its own date.
_DATED: Final = frozenset(("dateline", "docDate"))
_EMPTY: Final = frozenset(("pb", "lb", "gap"))
#: A line on top that is no longer than this may say the date of the document.
_LINE: Final = 240
_TOP: Final = 8
_HELP: Final = {
    "unreal-date": "look into the source; a slip of its own is marked as sic",
    "contradictory-date": "look into the source; one of the two is wrong",
    "ambiguous-date": "say by @when which of them it is",
}


def dates_in(transcript: Transcript, structure: Structure, brackets: Marked, settings: Settings) -> Dated:
    """The dates and times in the leaves of a text, and that of the document itself."""
    search = _Search(transcript, structure, brackets, require_language(settings.language, settings.dates))
    readings = list(search.readings())
    own, last = _own_date(readings, structure)
    context = Context(own, settings.context_date, record=structure.text_type not in _TALES, last=last)
    context.order = numeric_order(reading for _, _, reading in readings)
    context.expect(_first_years(readings))
    marked = _marked(readings, context, search, transcript)
    return Dated(marked.spans, marked.decisions, marked.findings, own, last)


_Found = tuple[int, Block, Reading]


class _Search:
    """Looks for dates in the leaves of a text, read without the signs of brackets."""

    def __init__(self, transcript: Transcript, structure: Structure, brackets: Marked, language: Language) -> None:
        self.language = language
        self._leaves = [leaf for leaf in structure.leaves if leaf.element not in _EMPTY]
        self._ends = [leaf.end for leaf in self._leaves]
        self._signs = sorted(
            (span.start, span.end)
            for span in (*structure.spans, *brackets.spans)
            if 0 < span.opening + span.closing < span.end - span.start
        )
        self._plain = Plain(transcript.text, (*structure.spans, *brackets.spans))

    def readings(self) -> Iterator[_Found]:
        """Each expression, with its leaf and that leaf's number."""
        text = self._plain.text
        for start, end in self._windows(text):
            for reading in readings_of(Tokens(text, start, end, self.language), self.language):
                number = bisect_right(self._ends, self._plain.offset(reading.start))
                if number < len(self._leaves):
                    yield number, self._leaves[number], reading

    def place(self, reading: Reading) -> tuple[int, int]:
        """Where an expression stands in the transcript; brackets that it begins or ends in are all in it."""
        start, end = self._plain.offset(reading.start), self._plain.end(reading.end)
        for first, last in self._around(start, end):
            if first < start < last < end or start < first < end < last:
                start, end = min(start, first), max(end, last)
        return start, end

    def _around(self, start: int, end: int) -> Iterable[tuple[int, int]]:
        at = bisect_right(self._signs, (end, end)) if self._signs else 0
        return self._signs[max(at - 3, 0) : at]

    def _windows(self, text: str) -> Iterator[tuple[int, int]]:
        """Stretches around what any date must have, divided where leaves end in them."""
        ends, offset = self._ends, self._plain.offset
        for begin, end in self._stretches(text):
            number, last = bisect_right(ends, offset(begin)), offset(end - 1)
            while number < len(ends) and ends[number] < last:
                cut = self._plain.index(ends[number])
                if cut > begin:
                    yield begin, cut
                    begin = cut
                number += 1
            if begin < end:
                yield begin, end

    def _stretches(self, text: str) -> list[tuple[int, int]]:
        """Stretches around what any date must have, with all of its words."""
        found: list[tuple[int, int]] = []
        begin, end, length = 0, -1, len(text)
        for _, first, last in self.language.anchors.find_matches_as_indexes(text):
            if last - first > 1 and (text[first - 1 : first].isalpha() or text[last : last + 1].isalpha()):
                continue
            if first - _REACH > end:
                if end >= 0:
                    found.append((begin, end))
                begin = max(first - _REACH, 0)
            end = min(last + _REACH, length)
        if end >= 0:
            found.append((begin, end))
        return found


def _marked(readings: list[_Found], context: Context, search: _Search, transcript: Transcript) -> Marked:
    spans: list[Span] = []
    decisions: list[Decision] = []
    findings: list[Diagnostic] = []
    for number, leaf, reading in readings:
        found = resolve(reading, number, context, search.language, quoted=leaf.element == "note")
        start, end = search.place(reading)
        if found is None or not leaf.start <= start < end <= leaf.end:
            continue
        if found.element:
            spans.append(Span(found.element, start, end, found.attributes, rank=RANK))
        decisions.append(_decision(found, start, end))
        if found.finding:
            expression = " ".join(transcript.text[start:end].split())
            message = f"“{expression}”: {found.said}"
            findings.append(finding(found.finding, message, transcript.place(start), _HELP[found.finding]))
    return Marked(tuple(spans), tuple(decisions), tuple(findings))


def _decision(found: Resolved, start: int, end: int) -> Decision:
    values = " ".join([f"{name}={value}" for name, value in found.attributes if name not in ("cert", "evidence")])
    result = f"{found.element} {values}".rstrip()
    return Decision(found.rule, start, end, found.certainty, result, found.reason, found.candidates)


def _own_date(readings: Iterable[_Found], structure: Structure) -> tuple[str, str]:
    """The date in a dateline, in the heads of a record, or in a line on top; and its last day, if it has several."""
    if structure.text_type in _TALES:
        return _best(reading for _, leaf, reading in readings if leaf.element in _DATED)
    found = list(readings)
    heads, front = structure.titles, set(structure.front)
    short = [(number, leaf, reading) for number, leaf, reading in found if leaf.end - leaf.start <= _LINE]
    groups = (
        [reading for _, leaf, reading in found if leaf.element in _DATED],
        [reading for _, leaf, reading in found if any(start <= leaf.start < end for start, end in heads)],
        [reading for _, leaf, reading in short if leaf in front],
        [reading for number, _, reading in short if number < _TOP],
    )
    return next((value for group in groups if (value := _best(group))[0]), ("", ""))


def _best(readings: Iterable[Reading]) -> tuple[str, str]:
    """The first day that is given with its year, or else the first month."""
    best = ("", "")
    for reading in readings:
        period = _dated(reading)
        if period and "-" in period.first and (not best[0] or period.first.count("-") > best[0].count("-")):
            best = (period.first, period.last if period.last != period.first else "")
    return best


def _first_years(readings: Iterable[_Found]) -> list[Anchor]:
    """The first dates of a text with a year, to one with a month, as what others before them can be near."""
    anchors: list[Anchor] = []
    for number, _, reading in readings:
        period = None if reading.sets.get("weak") else _dated(reading)
        if period:
            anchors.append(Anchor(period.first, period.last, number))
            if "-" in period.first:
                break
    return anchors


def _dated(reading: Reading) -> Period | None:
    """The period that a date names with its year, and nothing else."""
    point = reading.first
    if reading.kind not in ("calendar", "moment") or point is None or point.lacks_year or point.era:
        return None
    try:
        return period_of(point) if reading.second is None else period_between(point, reading.second)
    except ValueError:
        return None
