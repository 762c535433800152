"""What a step found: spans, what it decided, and what is to be reported."""

from __future__ import annotations

from dataclasses import dataclass

from teipipe.diagnostics import Diagnostic
from teipipe.encode.blocks import Span
from teipipe.encode.decisions import Decision


@dataclass(frozen=True, slots=True)
class Marked:
    """The spans that a step found, its decisions, and its findings, each in order of their places."""

    spans: tuple[Span, ...] = ()
    decisions: tuple[Decision, ...] = ()
    findings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Dated(Marked):
    """The dates, and besides: the day, month or year that the document says it is of (ISO 8601), "" if it doesn't.

    `last` is the last one, if it says several.
    """

    date: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who is named as present, or as a speaker: the entry ("" if none is known), name as written, and role.

    `role` is speaker, silent or recorder.
    """

    entry: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Named(Marked):
    """The names, and besides: `who` has for each label of the structure the ids of the entries, () if none is known."""

    who: tuple[tuple[str, ...], ...] = ()
    participants: tuple[Participant, ...] = ()
