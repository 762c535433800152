"""What differs between two sequences, in time that hardly grows faster than they do, whatever they are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, TypeAlias

#: Where two sequences differ: from and up to which item of the first, from and up to which of the second.
Gap: TypeAlias = tuple[int, int, int, int]

#: As much is compared item by item (the product of both lengths); and how often it is divided before.
_SMALL: Final = 40_000
_DEEPEST: Final = 12
#: Where no single item occurs once, runs of so many may.
_WIDTHS: Final = (1, 4)


def gaps(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Gap]:
    """Yield where two sequences differ, from their start to their end.

    Items that occur once in each hold them together, like the pages of a book; what is between such items is looked at
    in the same way. A stretch that has none is compared item by item if it is short, and counts as different if it is
    long. So it takes n log n steps, and may find more than the least that differs.
    """
    # What still has to be looked at, the last first.
    waiting = [(0, len(old), 0, len(new), 0)]
    while waiting:
        begin, end, start, stop, depth = waiting.pop()
        begin, end, start, stop = _trimmed(old, new, (begin, end, start, stop))
        if begin == end and start == stop:
            continue
        if begin == end or start == stop:
            yield begin, end, start, stop
        elif (end - begin) * (stop - start) <= _SMALL:
            yield from _exactly(old, new, (begin, end, start, stop))
        else:
            anchors = _anchors(old, new, (begin, end, start, stop)) if depth < _DEEPEST else []
            if not anchors:
                yield begin, end, start, stop
            else:
                waiting += reversed(list(_between(anchors, (begin, end, start, stop), depth + 1)))


def _between(anchors: list[tuple[int, int]], gap: Gap, depth: int) -> Iterator[tuple[int, int, int, int, int]]:
    begin, end, start, stop = gap
    for mine, other in anchors:
        if begin < mine or start < other:
            yield begin, mine, start, other, depth
        begin, start = mine + 1, other + 1
    yield begin, end, start, stop, depth


def _trimmed(old: Sequence[Hashable], new: Sequence[Hashable], gap: Gap) -> Gap:
    """A gap without what is the same at its start and at its end."""
    begin, end, start, stop = gap
    while begin < end and start < stop and old[begin] == new[start]:
        begin += 1
        start += 1
    while begin < end and start < stop and old[end - 1] == new[stop - 1]:
        end -= 1
        stop -= 1
    return begin, end, start, stop


def _exactly(old: Sequence[Hashable], new: Sequence[Hashable], gap: Gap) -> Iterator[Gap]:
    begin, end, start, stop = gap
    matcher = SequenceMatcher(None, old[begin:end], new[start:stop], autojunk=False)
    for kind, first, last, other, other_last in matcher.get_opcodes():
        if kind != "equal":
            yield begin + first, begin + last, start + other, start + other_last


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], gap: Gap) -> list[tuple[int, int]]:
    """Items that occur once on both sides, as many as stand in the same order there (patience)."""
    for width in _WIDTHS:
        pairs = _unique(old, new, gap, width)
        if pairs:
            return _rising(pairs)
    return []


def _unique(old: Sequence[Hashable], new: Sequence[Hashable], gap: Gap, width: int) -> list[tuple[int, int]]:
    """Where runs of `width` items begin that occur once on both sides, in the order of the first."""
    begin, end, start, stop = gap
    mine = _runs(old, begin, end, width)
    theirs = _runs(new, start, stop, width)
    return [(place, theirs[run]) for run, place in mine.items() if place >= 0 and theirs.get(run, -1) >= 0]


def _runs(items: Sequence[Hashable], begin: int, end: int, width: int) -> dict[Hashable, int]:
    """Where each run of items stands; -1 for one that occurs more than once."""
    found: dict[Hashable, int] = {}
    for place in range(begin, end - width + 1):
        run = items[place] if width == 1 else tuple(items[place : place + width])
        found[run] = -1 if run in found else place
    return found


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that rise on both sides: piles of cards, each knows the top of the pile before."""
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before.append(piles[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(place)
            piles.append(number)
        else:
            tops[pile], piles[pile] = place, number
    found: list[tuple[int, int]] = []
    last = piles[-1] if piles else -1
    while last >= 0:
        found.append(pairs[last])
        last = before[last]
    return found[::-1]
