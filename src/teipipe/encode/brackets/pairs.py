"""Finds which bracket closes which, within one leaf of a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

#: Brackets within brackets deeper than this are no editor's.
DEEPEST: Final = 4


class Pair(NamedTuple):
    """Two brackets that belong together, from `start` to `end`: what they are used for, how long each is.

    `depth` is the number of pairs around it.
    """

    kind: str
    start: int
    end: int
    opening: int
    closing: int
    depth: int


class Brackets:
    """The kinds of brackets that are looked for: "" are square ones, the others are what a profile says they are."""

    def __init__(self, kinds: Mapping[str, Iterable[tuple[str, str]]]) -> None:
        pairs = [("[", "]", ""), *((*pair, kind) for kind, several in kinds.items() for pair in several)]
        self._opens = {opening: (kind, closing) for opening, closing, kind in reversed(pairs)}
        self._closes = {closing for _, closing, _ in pairs}
        signs = sorted(self._opens.keys() | self._closes, key=len, reverse=True)
        self._sign = re.compile("|".join(re.escape(sign) for sign in signs))

    def first(self, text: str, start: int) -> int:
        """Where the first bracket stands from a place on, the end of the text if there is none."""
        match = self._sign.search(text, start)
        return match.start() if match is not None else len(text)

    def within(self, text: str, start: int, end: int) -> tuple[list[Pair], list[int]]:
        """The pairs in a stretch of a text, in order of their starts, and where brackets stand that have no other."""
        opened: list[tuple[int, str]] = []
        waiting: Counter[str] = Counter()
        found: list[tuple[int, int, str, str]] = []
        alone: list[int] = []
        for match in self._sign.finditer(text, start, end):
            sign = match[0]
            if sign in self._closes and waiting[sign]:
                while True:
                    begin, opening = opened.pop()
                    closing = self._opens[opening][1]
                    waiting[closing] -= 1
                    if closing == sign:
                        break
                    alone.append(begin)
                found.append((begin, match.end(), opening, sign))
            elif sign in self._opens:
                opened.append((match.start(), sign))
                waiting[self._opens[sign][1]] += 1
            else:
                alone.append(match.start())
        alone += (begin for begin, _ in opened)
        return self._nested(found), sorted(alone)

    def _nested(self, found: list[tuple[int, int, str, str]]) -> list[Pair]:
        pairs: list[Pair] = []
        ends: list[int] = []
        for start, end, opening, closing in sorted(found):
            while ends and ends[-1] <= start:
                ends.pop()
            pairs.append(Pair(self._opens[opening][0], start, end, len(opening), len(closing), len(ends)))
            ends.append(end)
        return pairs
