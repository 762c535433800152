"""Names with all that was found about them: of each spelling, what it is most likely the name of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log2
from typing import Final

from teipipe.encode.registers.evidence import PLACED, WEIGHTS, Finder, Found
from teipipe.encode.registers.suggestion import EntryKind, Mention, Spelling
from teipipe.encode.registers.texts import Text

_SMALL: Final = re.compile(r"\b[a-z][a-z'’-]+")
#: What stands between two names of a list.
_LISTED: Final = re.compile(r"(?:,|;)?[ \u00a0]*(?:and[ \u00a0]+)?", re.IGNORECASE)
#: So many mentions of a spelling are shown.
_MENTIONS: Final = 5
#: So much stands around a mention.
_AROUND: Final = 60
#: A spelling is suggested from so much on.
ENOUGH: Final = 2.0

#: Less than that is never enough, however often it is there.
CLEAR: Final = 1.4


@dataclass(slots=True)
class Collected:
    """One spelling in all texts: how often it is there, and the evidence for each kind."""

    text: str
    mentions: list[Mention] = field(default_factory=list)
    places: set[tuple[int, int]] = field(default_factory=set)
    evidence: dict[EntryKind, Counter[str]] = field(default_factory=dict)
    against: set[tuple[int, int]] = field(default_factory=set)
    begins: int = 0
    titles: Counter[str] = field(default_factory=Counter)
    shorts: Counter[str] = field(default_factory=Counter)

    def score(self, kind: EntryKind) -> float:
        """How much speaks for a kind."""
        return score_of((self,), kind)

    @property
    def kind(self) -> EntryKind:
        """What it is most likely the name of; where it is a draw, of a person."""
        kinds: tuple[EntryKind, ...] = ("person", "org", "place")
        return max(kinds, key=self.score)

    def spelling(self, kind: EntryKind) -> Spelling:
        """The spelling as a suggestion has it."""
        found = self.evidence.get(kind, Counter()).most_common()
        return Spelling(
            self.text,
            len(self.places),
            tuple(self.mentions),
            {reason: number for reason, number in found if WEIGHTS[reason]},
        )


def score_of(spellings: Iterable[Collected], kind: EntryKind) -> float:
    """How much speaks for a kind: what differs adds up, what is repeated adds little."""
    spellings = tuple(spellings)
    found: Counter[str] = Counter()
    for one in spellings:
        found.update(one.evidence.get(kind, Counter()))
    if not found:
        return 0
    places, against, begins = (sum(counts) for counts in zip(*map(_numbers, spellings), strict=True))
    score = sum(WEIGHTS[reason] for reason in found) + (0.5 if kind == "place" else 0.25) * log2(sum(found.values()))
    if kind == "person" and against * 2 > places:
        score -= 3
    if kind == "person" and max(WEIGHTS[reason] for reason in found) < CLEAR:
        score = min(score, ENOUGH - 0.1)
    if kind == "place" and sum(found[reason] for reason in PLACED) * 4 < places:
        score -= 2
    if begins == places and all(" " not in one.text for one in spellings):
        score -= 1.5
    return score


def _numbers(one: Collected) -> tuple[int, int, int]:
    return len(one.places), len(one.against), one.begins


def collect(texts: Iterable[Text]) -> list[Collected]:
    """All spellings in all texts, in order of their first places; what differs in blanks alone is one."""
    texts = list(texts)
    ordinary = frozenset(word for text in texts for word in _SMALL.findall(text.text))
    collected: dict[str, Collected] = {}
    pairs: list[tuple[str, str]] = []
    for number, text in enumerate(texts):
        last: Found | None = None
        for found in Finder(text, ordinary).found():
            _take(collected, number, text, found)
            if last is not None and last.start < found.start and _LISTED.fullmatch(text.text[last.end : found.start]):
                pairs.append((last.text, found.text))
            last = found
    _beside(collected, pairs)
    return list(collected.values())


def _take(collected: dict[str, Collected], number: int, text: Text, found: Found) -> None:
    one = collected.get(found.text)
    if one is None:
        one = collected[found.text] = Collected(found.text)
    place = (number, found.start)
    if place not in one.places:
        if len(one.mentions) < _MENTIONS:
            one.mentions.append(_mention(text, found.start, found.end))
        one.places.add(place)
        one.begins += found.begins
    one.evidence.setdefault(found.kind, Counter())[found.evidence] += 1
    if found.against:
        one.against.add(place)
    if found.title:
        one.titles[found.title] += 1
    if found.short:
        one.shorts[found.short] += 1


def _beside(collected: dict[str, Collected], pairs: list[tuple[str, str]]) -> None:
    """What is listed beside persons is likely to be one; what that tells, tells of the next one."""
    for _ in range(3):
        persons = {text for text, one in collected.items() if one.kind == "person" and one.score("person") >= ENOUGH}
        for one, other in pairs:
            for here, there in ((one, other), (other, one)):
                if here in persons and there not in persons:
                    collected[there].evidence.setdefault("person", Counter())["listed beside a person"] += 1


def _mention(text: Text, start: int, end: int) -> Mention:
    source = text.text
    first, last = max(0, start - _AROUND), min(len(source), end + _AROUND)
    first = max(first, source.rfind("\n", 0, start) + 1)
    line = source.find("\n", end)
    last = last if line < 0 else min(last, line)
    before = "…" if first and source[first - 1] != "\n" else ""
    after = "…" if last < len(source) and source[last] != "\n" else ""
    context = " ".join(source[first:last].split())
    return Mention(" ".join(source[start:end].split()), text.place(start), f"{before}{context}{after}")
