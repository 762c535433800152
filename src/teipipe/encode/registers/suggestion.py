"""What is suggested for a register, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from teipipe.diagnostics import Location

EntryKind = Literal["person", "org", "place"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch that looks like a name: as written, where, and with the words around it."""

    text: str
    place: Location
    context: str


@dataclass(slots=True)
class Spelling:
    """One form of a name: how often it stands there, the first mentions, what tells that it is a name of its kind.

    `evidence` has each reason in words with the number of times.
    """

    text: str
    count: int
    mentions: tuple[Mention, ...]
    evidence: dict[str, int] = field(default_factory=dict)

    @property
    def first(self) -> Mention:
        """Where it stands first."""
        return self.mentions[0]


@dataclass(slots=True)
class Suggestion:
    """An entry that a register may lack: its id, its kind, its names, the preferred one first.

    `titles` are those that stood before the name; `existing` is the id of an entry of the register that this may be, ""
    if there is none; `remarks` say what an editor has to decide.
    """

    id: str
    kind: EntryKind
    spellings: list[Spelling]
    titles: list[str] = field(default_factory=list)
    existing: str = ""
    score: float = 0
    remarks: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How often its names stand there, all together."""
        return sum(spelling.count for spelling in self.spellings)

    @property
    def evidence(self) -> dict[str, int]:
        """What tells that these are names of its kind, the most frequent first."""
        total: dict[str, int] = {}
        for spelling in self.spellings:
            for reason, number in spelling.evidence.items():
                total[reason] = total.get(reason, 0) + number
        return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A name that may be that of several entries, by the labels of these: it is left to the editor."""

    spelling: Spelling
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All that is suggested: entries by kind, the most frequent first; names that are left apart; what was read."""

    entries: tuple[Suggestion, ...]
    ambiguous: tuple[Ambiguous, ...]
    sources: int
