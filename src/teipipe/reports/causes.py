"""Which findings have one cause: what is wrong at four hundred places alike is said once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from teipipe.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Cause:
    """What one cause led to: the findings, at least one, in the order in which they came."""

    findings: tuple[Diagnostic, ...]

    @property
    def first(self) -> Diagnostic:
        """The finding to show in full."""
        return self.findings[0]

    def files(self, start: int = 0) -> Iterator[tuple[Path, list[Diagnostic]]]:
        """The findings from the one with the number `start` on, file by file."""
        for path, group in groupby(self.findings[start:], key=lambda found: found.location.path):
            yield path, list(group)


def by_cause(diagnostics: Iterable[Diagnostic]) -> list[Cause]:
    """The findings that agree in code, severity, message and help, whatever their files; in order of the first of each.

    Sorted findings come out with those of one file together.
    """
    found: dict[tuple[str, int, str, str | None], list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        key = (diagnostic.code, int(diagnostic.severity), diagnostic.message, diagnostic.help)
        found.setdefault(key, []).append(diagnostic)
    return [Cause(tuple(group)) for group in found.values()]
