"""The structure while it is made: sections, turns, lists, and what was decided on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from teipipe.encode.blocks import Attributes, Block, Label, Span
from teipipe.encode.decisions import Certainty, Decision
from teipipe.encode.structure.units import Unit
from teipipe.encode.structure.vocabulary import Vocabulary


@dataclass(slots=True)
class Section:
    """A division that is being filled: `kind` is its @type, `level` how deep it lies."""

    kind: str
    level: int
    children: list[Block | Section] = field(default_factory=list)


@dataclass
class Draft:
    """What has been found in a text so far."""

    text: str
    vocabulary: Vocabulary
    spans: list[Span] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    present: list[tuple[int, int]] = field(default_factory=list)
    titles: list[tuple[int, int]] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    notes: int = 0

    def start(self, name: str, unit: Unit) -> re.Match[str] | None:
        """A phrase of a list at the beginning of a unit."""
        if name not in self.vocabulary.lists_at(unit.first):
            return None
        return self.vocabulary.phrases[name].start(self.text, unit.start, unit.end, unit.first)

    def whole(self, name: str, unit: Unit) -> re.Match[str] | None:
        """A phrase of a list that is all of a unit."""
        return self.vocabulary.whole(name, self.text, unit.start, unit.end, unit.first)

    def decide(
        self, rule: str, place: tuple[int, int], result: str, reason: str = "", certainty: Certainty = Certainty.HIGH
    ) -> None:
        """Note a decision."""
        self.decisions.append(Decision(rule, *place, certainty, result, reason))

    def mark(self, element: str, start: int, end: int, attributes: Attributes = (), rank: int = 0) -> None:
        """Mark a stretch within a leaf."""
        if end > start:
            self.spans.append(Span(element, start, end, attributes, rank=rank))


class Builder:
    """Puts blocks, in the order of the text, where they belong: into the turn, list or section that is open."""

    def __init__(self) -> None:
        self.root = Section("", 0)
        self._path = [self.root]
        self._turn: list[Block] | None = None
        self._list: list[Block] | None = None

    @property
    def in_turn(self) -> bool:
        """Whether a turn is open."""
        return self._turn is not None

    @property
    def section(self) -> Section:
        """The section that is open."""
        return self._path[-1]

    def open(self, kind: str, level: int = 1) -> None:
        """Begin a section; it closes those of its level and deeper ones."""
        self.end_turn()
        while self._path[-1].level >= level:
            self._path.pop()
        section = Section(kind, level)
        self._path[-1].children.append(section)
        self._path.append(section)

    def turn(self, first: Block) -> None:
        """Begin a turn with its label."""
        self.end_turn()
        self._turn = [first]

    def end_turn(self) -> None:
        """Nothing more belongs to the turn."""
        self.end_list()
        if self._turn is not None:
            turn, self._turn = self._turn, None
            if len(turn) == 1 and turn[0].element == "speaker":
                turn.append(Block("p", turn[0].end, turn[0].end))
            self.section.children.append(container("sp", turn))

    def add(self, block: Block) -> None:
        """Add a block."""
        self.end_list()
        self._put(block)

    def item(self, *blocks: Block) -> None:
        """Add an item, with its label if it has one, to the list that is open."""
        if self._list is None:
            self._list = []
        self._list += blocks

    def end_list(self) -> None:
        """Nothing more belongs to the list."""
        if self._list is not None:
            items, self._list = self._list, None
            self._put(container("list", items))

    def page(self, block: Block) -> None:
        """A page break, which interrupts nothing."""
        if self._list is not None:
            self._list.append(block)
        else:
            self._put(block)

    def _put(self, block: Block) -> None:
        (self.section.children if self._turn is None else self._turn).append(block)


def container(element: str, children: list[Block], attributes: Attributes = ()) -> Block:
    """A block that holds others."""
    return Block(element, children[0].start, children[-1].end, attributes, tuple(children))
