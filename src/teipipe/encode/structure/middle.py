"""The text between top and bottom: sections, scenes, turns, lists, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from teipipe.encode.blocks import Block, Label
from teipipe.encode.decisions import Certainty
from teipipe.encode.structure import participants
from teipipe.encode.structure.draft import Builder, Draft, container
from teipipe.encode.structure.enumerations import Entry, is_list, mark_of, ordinals_from, run_from
from teipipe.encode.structure.enumerations import Mark as Number
from teipipe.encode.structure.headings import Headings
from teipipe.encode.structure.labels import Candidate
from teipipe.encode.structure.marks import Marks, begins_another, listed
from teipipe.encode.structure.units import Unit
from teipipe.encode.transcript import Mark

#: Divisions in which nobody speaks.
_CLOSED: Final = ("agenda", "resolution", "participants", "preface")
_STAGE: Final = re.compile(r"\([^()\n]{2,300}\)[.:]?")
_DELIVERY: Final = re.compile(r"\((?=[^\W\d_])[^()\n\d]{2,80}\)(?=\s)")
_EDITORIAL: Final = re.compile(r"\[[^\[\]\n]{2,400}\]\.?")

Labels = dict[int, tuple[Candidate, str]]


class Middle:
    """Reads units into the sections, turns and lists of a builder."""

    def __init__(
        self,
        draft: Draft,
        builder: Builder,
        units: list[Unit],
        bounds: tuple[int, int],
        labels: Labels,
        headings: Headings,
        marks: Marks,
    ) -> None:
        self._draft = draft
        self._builder = builder
        self._units = units[: bounds[1]]
        self._first, self._last = bounds
        self._labels = labels
        self._headings = headings
        self._said = marks
        self._marks: list[Number | None] = []
        self._numbered = 0
        self._before = ""
        self._tried: set[int] = set()

    def read(self) -> None:
        """Read all of them."""
        units, labels = self._units, self._labels
        text = self._draft.text
        at = self._first
        self._marks = [
            mark_of(text, unit) if self._first <= number < self._last and number not in labels else None
            for number, unit in enumerate(units)
        ]
        while at < self._last:
            unit = units[at]
            if unit.page is not None:
                self._page(unit)
                at += 1
                continue
            at = self._one(at, unit)
            self._before = text[max(units[at - 1].start, units[at - 1].end - 3) : units[at - 1].end].rstrip()
        self._builder.end_turn()

    def _page(self, unit: Unit) -> None:
        self._builder.page(_break(unit))

    def _one(self, at: int, unit: Unit) -> int:
        """Read one unit, or more that belong to it; the number of the next."""
        if at in self._labels:
            self._turn(*self._labels[at], unit)
            return at + 1
        if at in self._headings.found:
            self._heading(at, unit)
            return at + 1
        following = self._marked_up(at) or self._present(at, unit) or self._list(at)
        if following:
            return following
        self._paragraph(at, unit)
        return at + 1

    def _heading(self, at: int, unit: Unit) -> None:
        kind, level, reason, certainty = self._headings.found[at]
        self._builder.open(kind, level)
        self._builder.add(Block("head", unit.start, unit.end))
        rule = "scene" if kind == "scene" else "heading"
        self._draft.decide(rule, (unit.start, unit.end), f"div type={kind}", reason, certainty)

    def _present(self, at: int, unit: Unit) -> int:
        """A list of those present in the midst of the text: with the first words of a scene."""
        if self._builder.in_turn or unit.end - unit.start > 2000:
            return 0
        found = participants.heading(self._draft, unit)
        if found is None or self._draft.text[found[1] - 1] != ":":
            return 0
        if found[1] == unit.end and not participants.follow(self._draft, self._units, at + 1):
            return 0
        kind = self._builder.section.kind
        following = participants.read(self._draft, self._builder, self._units, at, set(self._labels))
        self._builder.open(kind if kind not in ("participants", "") else self._draft.vocabulary.profile.body, 1)
        return following

    def _marked_up(self, at: int) -> int:
        """A table or a list of a word processor; the number of the first unit behind it, 0 if there is none."""
        table = self._said.tables.get(at)
        if table is not None and table[1] <= self._last:
            self._builder.add(table[0])
            return table[1]
        items: list[tuple[Unit, Mark]] = []
        while at < self._last and at in self._said.items:
            mark = self._said.items[at]
            if items and begins_another(items[0][1], mark):
                break
            items.append((self._units[at], mark))
            at += 1
        if not items:
            return 0
        self._builder.add(listed(self._draft.text, items))
        place = (items[0][0].start, items[-1][0].end)
        self._draft.decide("list", place, "list", "the word processor says so")
        return at

    def _leave(self) -> None:
        """Begin a division of the text if the one that is open can't hold what comes."""
        section = self._builder.section
        if section.kind in _CLOSED and len(section.children) > 1 and not self._builder.in_turn:
            self._builder.open(self._draft.vocabulary.profile.body, 1)

    def _turn(self, candidate: Candidate, reason: str, unit: Unit) -> None:
        self._leave()
        draft, text = self._draft, self._draft.text
        for person in candidate.named:
            for start, end in person.repeated:
                draft.mark("surplus", start, end, (("reason", "repeated"),), rank=2)
                draft.decide("repeated-honorific", (start, end), "surplus reason=repeated", "the next word is the same")
            pc = candidate.pc if person is candidate.named[-1] else None
            draft.labels.append(Label(candidate.start, candidate.end, person.name, person.role, pc))
        self._signs(candidate)
        sure = Certainty.HIGH if candidate.sure or "present" in reason or "begins" in reason else Certainty.MEDIUM
        draft.decide("turn", (candidate.start, candidate.end), "sp", reason, sure)
        at = candidate.end
        if at < unit.end and not text[at].isspace():
            draft.mark("seg", candidate.start, candidate.end, (("type", "speaker"),))
            self._builder.turn(Block("p", unit.start, unit.end))
            return
        self._builder.turn(Block("speaker", candidate.start, candidate.end))
        while at < unit.end and text[at].isspace():
            at += 1
        if at < unit.end:
            self._spoken(at, unit)

    def _signs(self, candidate: Candidate) -> None:
        if candidate.pc is not None:
            self._draft.mark("pc", *candidate.pc, rank=1)
        elif candidate.kind == "brackets":
            start = candidate.start
            self._draft.mark("pc", start, start + 1, rank=1)
            close = self._draft.text.index("]", start)
            self._draft.mark("pc", close, candidate.end, rank=1)

    def _spoken(self, start: int, unit: Unit) -> None:
        """What is said behind a label; a remark on how stands first, in round brackets."""
        draft, text = self._draft, self._draft.text
        if text[start] != "(":
            self._add_p(start, unit)
            return
        whole = _STAGE.fullmatch(text, start, min(unit.end, start + 310))
        if whole and whole.end() == unit.end:
            self._stage(start, unit.end)
            return
        match = _DELIVERY.match(text, start, unit.end)
        if match:
            draft.mark("stage", *match.span(), (("type", "delivery"),), rank=1)
            sure = Certainty.HIGH if text[start + 1].islower() else Certainty.MEDIUM
            draft.decide("stage", match.span(), "stage type=delivery", "in round brackets, before what is said", sure)
        self._add_p(start, unit)

    def _stage(self, start: int, end: int) -> None:
        is_delivery = self._draft.vocabulary.stage.match(self._draft.text, start, end) is not None
        kind = "delivery" if is_delivery else "business"
        self._builder.add(Block("stage", start, end, (("type", kind),)))
        self._draft.decide("stage", (start, end), f"stage type={kind}", "all of it stands in round brackets")

    def _add_p(self, start: int, unit: Unit, n: str = "") -> None:
        self._builder.add(Block("p", start, unit.end, (("n", n),) if n else ()))

    def _paragraph(self, at: int, unit: Unit) -> None:
        if self._builder.section.kind == "agenda":
            self._leave()
        text = self._draft.text
        if self._builder.in_turn:
            if text[unit.start] == "(" and _STAGE.fullmatch(text, unit.start, unit.end):
                self._stage(unit.start, unit.end)
                return
            if text[unit.start] == "[" and _EDITORIAL.fullmatch(text, unit.start, unit.end) and self._turn_may_end(at):
                self._builder.end_turn()
            elif self._draft.start("narrative", unit):
                self._builder.end_turn()
                self._draft.decide(
                    "narrative", (unit.start, unit.end), "p", "it tells of the meeting", Certainty.MEDIUM
                )
        elif text[unit.start] == "(" and self._draft.vocabulary.stage.fullmatch(text, unit.start, unit.end):
            self._stage(unit.start, unit.end)
            return
        self._add_p(unit.start, unit, self._number(at))

    def _turn_may_end(self, at: int) -> bool:
        following = at + 1
        while following < self._last and self._units[following].page is not None:
            following += 1
        return following >= self._last or following in self._labels or following in self._headings.found

    def _number(self, at: int) -> str:
        """The number of a numbered paragraph, which counts on from the one before."""
        mark = self._marks[at]
        if mark is None or mark.style[1] != "1" or self._builder.in_turn:
            return ""
        if mark.values[0] not in (1, self._numbered + 1):
            return ""
        self._numbered = mark.values[0]
        return mark.shown

    def _list(self, at: int) -> int:
        """A list that begins at a unit; the number of the first unit behind it, 0 if there is none."""
        entries = self._ordinals(at) or self._marked(at)
        if not entries:
            return 0
        block = self._listed(entries)
        self._builder.add(block)
        number = len(entries)
        self._draft.decide("list", (block.start, block.end), "list", f"{number} units that count on, as items do")
        return entries[-1].last + 1

    def _listed(self, entries: Sequence[Entry]) -> Block:
        """Items as a list, with the page breaks between them."""
        children: list[Block] = []
        for number, entry in enumerate(entries):
            children += self._item(entry)
            behind = entries[number + 1].number if number + 1 < len(entries) else entry.last + 1
            children += (_break(self._units[one]) for one in range(entry.last + 1, behind))
        return container("list", children)

    def _item(self, entry: Entry) -> list[Block]:
        unit, mark, text = self._units[entry.number], self._marks[entry.number], self._draft.text
        label: list[Block] = []
        start = unit.start
        if mark is not None:
            label = [Block("label", start, mark.end)]
            start = mark.end + len(text[mark.end : unit.end]) - len(text[mark.end : unit.end].lstrip())
        if not entry.inner:
            return [*label, Block("item", start, unit.end)]
        between = [_break(self._units[one]) for one in range(entry.number + 1, entry.inner[0].number)]
        return [*label, container("item", [Block("p", start, unit.end), *between, self._listed(entry.inner)])]

    def _ordinals(self, at: int) -> list[Entry]:
        """The items that begin with ordinals, below a line that ends with a colon."""
        if not self._before.endswith(":"):
            return []
        run = ordinals_from(self._draft, self._units, at, self._headings.barred)
        return [Entry(number) for number in run] if len(run) >= 2 else []

    def _marked(self, at: int) -> list[Entry]:
        """The items that have numbers, letters or bullets."""
        mark = self._marks[at]
        if mark is None or at in self._tried:
            return []
        entries = run_from(self._marks, self._units, at, self._headings.barred)
        numbers = [entry.number for entry in entries]
        is_announced = self._before.endswith(":") and (len(numbers) > 1 or not mark.values)
        if is_announced or (len(numbers) > 1 and is_list(self._draft.text, self._units, numbers, self._before)):
            return entries
        self._tried.update(numbers)
        return []


def _break(unit: Unit) -> Block:
    return Block("pb", unit.start, unit.end, (("n", unit.page),) if unit.page else ())
