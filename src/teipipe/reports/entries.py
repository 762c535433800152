"""All findings of a verdict, those that don't count as well, with what they are known by in the next run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from teipipe.diagnostics import Diagnostic
from teipipe.verdict import Excused, Verdict


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding, its fingerprint, and why it doesn't count if it doesn't."""

    diagnostic: Diagnostic
    fingerprint: str
    excused: Excused | None = None


def entries(verdict: Verdict) -> Iterator[Entry]:
    """The findings sorted by place.

    Fingerprints number what is alike, so they are made of all together: one doesn't change because another is excused.
    """
    from teipipe.fingerprints import fingerprints

    found: list[tuple[Diagnostic, Excused | None]] = [(diagnostic, None) for diagnostic in verdict.diagnostics]
    found += [(excused.diagnostic, excused) for excused in verdict.excused]
    found.sort(key=lambda pair: pair[0].sort_key)
    marks = fingerprints([diagnostic for diagnostic, _ in found], verdict.root)
    for (diagnostic, excused), mark in zip(found, marks, strict=True):
        yield Entry(diagnostic, mark, excused)
