"""Findings for the problem matchers of editors: one line each, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from teipipe.diagnostics import Diagnostic
from teipipe.reports.characters import shown
from teipipe.reports.paths import home, relative

if TYPE_CHECKING:
    from teipipe.verdict import Verdict


def report(verdict: Verdict, *, folder: Path | None = None) -> Iterator[str]:
    """`path:line:column: severity[code] message`, for each finding that counts.

    What concerns a whole file is at its line 1, column 1: so one pattern fits all lines.
    """
    here = home(folder)
    for diagnostic in verdict.diagnostics:
        yield line(relative(diagnostic, here)) + "\n"


def line(diagnostic: Diagnostic) -> str:
    """The finding on one line without its end, its file named as it is."""
    place = diagnostic.location
    where = f"{place.path.as_posix()}:{place.line or 1}:{place.column or 1}"
    return shown(f"{where}: {diagnostic.severity}[{diagnostic.code}] {diagnostic.message}")
