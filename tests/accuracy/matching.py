"""Matching what was found with what is gold, and counting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """Something marked: what of [start, end), and with which value; `group` is the row of a table that it counts in.

    `spans` are other stretches that are the same thing (a name without the titles around it). `where` says where it
    stands, if that matters (a name in the label of a turn).
    """

    start: int
    end: int
    kind: str
    value: str = ""
    group: str = ""
    spans: frozenset[tuple[int, int]] = frozenset()
    where: str = ""

    @property
    def places(self) -> frozenset[tuple[int, int]]:
        """Every stretch that it may be said to have."""
        return self.spans | {(self.start, self.end)}


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold item and what stands for it among ours; one of them is None if the other stands alone.

    `is_exact` if both have the same stretch; else they only overlap, and count as missed and as wrong.
    """

    gold: Item | None
    ours: Item | None
    is_exact: bool = False

    @property
    def fault(self) -> str:
        """What is wrong with it: missed, too much, bounds, kind, value, or nothing."""
        if self.gold is None:
            return "too much"
        if self.ours is None:
            return "missed"
        if not self.is_exact:
            return "bounds"
        if self.gold.kind != self.ours.kind:
            return "kind"
        return "" if self.gold.value == self.ours.value else "value"

    @property
    def start(self) -> int:
        """Where it is."""
        return min(item.start for item in (self.gold, self.ours) if item is not None)


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many are right, of how many that were found, of how many that there are."""

    right: int = 0
    found: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        both = self.found + self.gold
        return 2 * self.right / both if both else 1.0

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(self.right + other.right, self.found + other.found, self.gold + other.gold)


@dataclass(frozen=True, slots=True)
class Score:
    """Spans: the stretch is right; kinds: what it is, too; values: what it means, too. `overlaps` are nearly right."""

    spans: Ratio = Ratio()
    kinds: Ratio = Ratio()
    values: Ratio = Ratio()
    overlaps: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.spans + other.spans,
            self.kinds + other.kinds,
            self.values + other.values,
            self.overlaps + other.overlaps,
        )


def matched(gold: Sequence[Item], ours: Sequence[Item]) -> list[Pair]:
    """Each item in one pair, in the order of the text: exact ones first, those that are alike before others."""
    pairs: list[Pair] = []
    left, rest = list(gold), list(ours)
    for likeness in (_same_value, _same_kind, _same_place):
        by_place: dict[tuple[int, int], list[Item]] = defaultdict(list)
        for item in rest:
            for place in item.places:
                by_place[place].append(item)
        missing: list[Item] = []
        for item in left:
            rivals = (other for place in sorted(item.places) for other in by_place[place])
            other = next((rival for rival in rivals if likeness(item, rival)), None)
            if other is None:
                missing.append(item)
                continue
            for place in other.places:
                by_place[place].remove(other)
            rest.remove(other)
            pairs.append(Pair(item, other, is_exact=True))
        left = missing
    pairs += _overlapping(left, rest)
    return sorted(pairs, key=lambda pair: pair.start)


def _same_value(one: Item, other: Item) -> bool:
    return one.kind == other.kind and one.value == other.value


def _same_kind(one: Item, other: Item) -> bool:
    return one.kind == other.kind


def _same_place(one: Item, other: Item) -> bool:
    return True


def _overlapping(gold: Iterable[Item], ours: Sequence[Item]) -> Iterable[Pair]:
    rest = list(ours)
    for item in gold:
        near = [other for other in rest if other.start < item.end and item.start < other.end]
        other = next((rival for rival in near if rival.kind == item.kind), near[0] if near else None)
        if other is not None:
            rest.remove(other)
        yield Pair(item, other)
    for item in rest:
        yield Pair(None, item)


def scored(pairs: Iterable[Pair], groups: Container[str]) -> Score:
    """The figures of some pairs; what is of another group isn't counted, and isn't right if it is taken for one."""
    gold = found = spans = kinds = values = overlaps = 0
    for pair in pairs:
        is_gold = pair.gold is not None and pair.gold.group in groups
        is_ours = pair.ours is not None and pair.ours.group in groups
        gold += is_gold
        found += is_ours
        overlaps += is_gold and is_ours and pair.fault == "bounds"
        if is_gold and is_ours and pair.is_exact:
            spans += 1
            kinds += pair.fault != "kind"
            values += pair.fault == ""
    return Score(Ratio(spans, found, gold), Ratio(kinds, found, gold), Ratio(values, found, gold), overlaps)
