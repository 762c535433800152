"""What was decided about a stretch of the transcript, by which rule, how surely, and why."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Certainty(StrEnum):
    """How sure a decision is, in the words of TEI's @cert."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Candidate(NamedTuple):
    """One of several things that a stretch may be: an entry of the register, a class of brackets, a date.

    `reasons` say what speaks for it, the strongest first.
    """

    value: str
    label: str
    reasons: tuple[str, ...] = ()


class Decision(NamedTuple):
    """One decision: `rule` is one of `rules.RULES`; `start` and `end` are offsets in the transcript.

    `result` says what was made of it ("supplied reason=omitted"), "" if nothing was: then it is left to the editor.
    `reason` says why, in a phrase. Of several `candidates`, the first is the one that was taken, if any was.
    """

    rule: str
    start: int
    end: int
    certainty: Certainty
    result: str = ""
    reason: str = ""
    candidates: tuple[Candidate, ...] = ()
