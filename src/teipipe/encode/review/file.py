"""The part of the page about one file: its numbers, what is doubtful in full, what is certain folded away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from teipipe.encode.decisions import Decision
from teipipe.encode.review.cards import LABELS, Cards, all_of
from teipipe.encode.review.levels import LEVELS, Group, Level, counts_of, groups_of, rule_in_words
from teipipe.encode.review.strips import of_kind, table_of
from teipipe.encode.review.whole import MOST, whole
from teipipe.encode.review.written import Written
from teipipe.reports.html.markup import EMPTY, Html, counted, tag, words

if TYPE_CHECKING:
    from teipipe.diagnostics import Diagnostic
    from teipipe.encode.encoder import Encoding

_ALL: Final = "the review in JSON has all"
#: So many findings of a file are listed.
_FINDINGS: Final = 50
#: Of each rule in a file, so many cards and rows are shown, and after so many in the page only one.
_CARDS: Final = 60
_ROWS: Final = 150
_FEW: Final = 1


@dataclass(slots=True)
class Room:
    """How much more the page may hold: cards, rows, characters of transcripts that are shown as a whole."""

    cards: int = 2_500
    rows: int = 6_000
    whole: int = 300_000

    def of_cards(self, wanted: int) -> int:
        """So many of the cards that a rule wants can be shown."""
        number = min(wanted, _CARDS if self.cards > 0 else _FEW)
        self.cards -= number
        return number

    def of_rows(self, wanted: int) -> int:
        """So many of the rows that a rule wants can be shown."""
        number = min(wanted, _ROWS if self.rows > 0 else _FEW)
        self.rows -= number
        return number


def file_section(encoding: Encoding, number: int, title: str, room: Room) -> Html:
    """All about one file; `number` makes its anchors."""
    part = _Part(encoding, number, room)
    inside = Html("\n".join(part.pieces(title)))
    return tag("section", inside, id=f"file-{number}", class_="of-file", aria_labelledby=f"file-{number}-head")


class _Part:
    def __init__(self, encoding: Encoding, number: int, room: Room) -> None:
        self._encoding = encoding
        self._number = number
        self._room = room
        transcript = encoding.transcript
        self._written = Written(transcript.text, encoding.tei.decode())
        self._anchors: dict[Decision, str] = {}
        self._is_whole = self._written.agrees and len(transcript.text) <= min(MOST, room.whole)
        if self._is_whole:
            room.whole -= len(transcript.text)
        paragraphs = [leaf.start for leaf in encoding.structure.leaves] if self._is_whole else []
        self._cards = Cards(transcript, self._written, number, paragraphs)

    def pieces(self, title: str) -> Iterator[Html]:
        """The part from its heading to the whole text."""
        encoding = self._encoding
        yield tag("h2", tag("code", words(title)), id=f"file-{self._number}-head")
        yield tag("p", words(self._said()), class_="said")
        if not encoding.decisions:
            yield tag("p", words("Nothing was decided."))
        else:
            yield table_of(counts_of(encoding.decisions))
        groups = groups_of(encoding.transcript, encoding.decisions)
        levels = [piece for level in LEVELS for piece in self._level(level, groups)]
        yield from self._findings()
        yield from levels
        if self._is_whole:
            yield whole(encoding, self._written, self._number, self._anchors)
        else:
            yield tag("p", words("The text is too long to be shown here beside its TEI."), class_="said")

    def _said(self) -> str:
        transcript, structure = self._encoding.transcript, self._encoding.structure
        lines = transcript.text.count("\n") + (not transcript.text.endswith("\n"))
        return f"Profile {structure.profile}; {counted(lines, 'line')}, {transcript.encoding}."

    def _findings(self) -> Iterator[Html]:
        """What was reported besides what was decided: characters, encodings, whatever has no decision at its place."""
        places = {self._cards.location(each) for each in self._encoding.decisions}
        found = [each for each in self._encoding.findings if (each.location.line, each.location.column) not in places]
        if not found:
            return
        rows = [_finding(each) for each in found[:_FINDINGS]]
        if len(found) > _FINDINGS:
            rows.append(tag("li", words(f"{len(found) - _FINDINGS:,} more; {_ALL}")))
        yield tag("h3", words("Reported besides"))
        yield tag("ul", *rows, class_="reported")

    def _level(self, level: Level, groups: list[Group]) -> Iterator[Html]:
        mine = [group for group in groups if group.level == level]
        if not mine:
            return
        total = sum(group.total for group in mine)
        title = f"{LABELS[level].capitalize()} ({total:,})"
        blocks = [self._folded(group) if level == "high" else self._open(group) for group in mine]
        yield tag("section", tag("h3", words(title)), *blocks, class_="level")

    def _open(self, group: Group) -> Html:
        """A rule and its cards."""
        shown = group.alike[: self._room.of_cards(len(group.alike))]
        cards = []
        for alike in shown:
            anchor = self._anchor(alike.first, alike.others)
            cards.append(self._cards.card(alike, anchor))
        heading = tag("h4", *_heading(group))
        return tag("div", heading, *cards, _left_out(group, all_of(shown)), class_="group", **_data(group))

    def _folded(self, group: Group) -> Html:
        """A rule and a table of what was decided by it."""
        shown = group.alike[: self._room.of_rows(len(group.alike))]
        reasons = {alike.first.reason for alike in group.alike}
        reason = tag("p", words(*reasons), class_="reason") if len(reasons) == 1 and reasons != {""} else EMPTY
        rows = [
            self._cards.row(alike, self._anchor(alike.first, alike.others), with_reason=not reason) for alike in shown
        ]
        heads = (tag("th", words(title), scope="col") for title in ("Text", "What was made of it", "Where"))
        table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows), class_="rows")
        summary = tag("summary", *_heading(group))
        return tag("details", summary, reason, table, _left_out(group, all_of(shown)), class_="group", **_data(group))

    def _anchor(self, first: Decision, others: list[Decision]) -> str:
        anchor = f"d{self._number}-{len(self._anchors) + 1}"
        self._anchors[first] = anchor
        self._anchors.update(dict.fromkeys(others, anchor))
        return anchor


def _heading(group: Group) -> Iterator[Html]:
    """How many, of which kind, and the rule in words."""
    yield tag("span", words(of_kind(group.total, group.kind)), class_="kind")
    yield words(" ")
    yield tag("span", words(rule_in_words(group.rule)), class_="by")
    alike = len(group.alike)
    if group.total > 1 and alike < group.total:
        said = "all alike" if alike == 1 else f"{alike:,} different"
        yield tag("span", words(f" {said}"), class_="said")


def _data(group: Group) -> dict[str, str]:
    return {"data_kind": group.kind, "data_level": group.level}


def _left_out(group: Group, shown: int) -> Html:
    rest = group.total - shown
    return tag("p", words(f"{rest:,} more not shown here; {_ALL}."), class_="said") if rest else EMPTY


def _finding(found: Diagnostic) -> Html:
    place = found.location
    where = "" if place.line is None else f"{place.line}:{place.column or 1} "
    help = tag("span", words(found.help), class_="reason") if found.help else EMPTY
    code = tag("code", words(found.code), class_=str(found.severity))
    return tag("li", tag("span", words(where), class_="number"), code, words(f" {found.message}"), help)
