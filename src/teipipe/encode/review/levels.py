"""How much an editor has to look at a decision, and what is alike among many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from teipipe.encode.decisions import Certainty, Decision
from teipipe.encode.rules import RULES, Kind
from teipipe.encode.transcript import Transcript

Level = Literal["undecided", "low", "medium", "high"]

#: What needs an editor most comes first.
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

#: Of a stretch, so many characters are compared, kept and shown at most.
TEXT: Final = 1_000

Counts = Counter[tuple[Kind, Level]]


def level_of(decision: Decision) -> Level:
    """Its certainty; "undecided" if nothing was made of the stretch, and not because that is certain."""
    if not decision.result and decision.certainty is not Certainty.HIGH:
        return "undecided"
    return decision.certainty.value


def kind_of(decision: Decision) -> Kind:
    """What its rule decides about."""
    rule = RULES.get(decision.rule)
    return "structure" if rule is None else rule.kind


def rule_in_words(name: str) -> str:
    """What a rule decides and by what."""
    rule = RULES.get(name)
    return name if rule is None else rule.text


@dataclass(slots=True)
class Alike:
    """Decisions on the same words by the same rule, with the same result, for the same reason."""

    first: Decision
    others: list[Decision] = field(default_factory=list)

    def __len__(self) -> int:
        return 1 + len(self.others)


@dataclass(slots=True)
class Group:
    """All decisions of one level in a file that were made by one rule, in order of their places."""

    level: Level
    kind: Kind
    rule: str
    alike: list[Alike] = field(default_factory=list)
    total: int = 0


def counts_of(decisions: Iterable[Decision]) -> Counts:
    """How many there are of each kind and level."""
    return Counter((kind_of(decision), level_of(decision)) for decision in decisions)


def groups_of(transcript: Transcript, decisions: Iterable[Decision]) -> list[Group]:
    """The decisions by level and rule: what needs an editor most comes first, then by kind, then the most frequent."""
    groups: dict[tuple[Level, str], Group] = {}
    seen: dict[tuple[Level, Decision, str], Alike] = {}
    for decision in decisions:
        level = level_of(decision)
        group = groups.setdefault((level, decision.rule), Group(level, kind_of(decision), decision.rule))
        group.total += 1
        key = (level, *_key(transcript, decision))
        if key in seen:
            seen[key].others.append(decision)
        else:
            seen[key] = Alike(decision)
            group.alike.append(seen[key])
    return sorted(
        groups.values(),
        key=lambda group: (LEVELS.index(group.level), KINDS.index(group.kind), -group.total, group.rule),
    )


def _key(transcript: Transcript, decision: Decision) -> tuple[Decision, str]:
    """What is equal in decisions that are alike: all but the place. Long stretches are never alike."""
    is_long = decision.end - decision.start > TEXT
    text = "" if is_long else " ".join(transcript.text[decision.start : decision.end].split())
    start, end = (decision.start, decision.end) if is_long else (0, 0)
    return Decision(
        decision.rule, start, end, decision.certainty, decision.result, decision.reason, decision.candidates
    ), text
