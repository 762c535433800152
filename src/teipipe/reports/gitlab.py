"""Findings for GitLab's code quality widget (Code Quality report format)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from teipipe.diagnostics import Severity
from teipipe.reports.characters import listed, shown
from teipipe.reports.entries import Entry, entries
from teipipe.reports.paths import home, relative

if TYPE_CHECKING:
    from teipipe.verdict import Verdict

_SEVERITIES: Final = {
    Severity.INFO: "info",
    Severity.WARNING: "minor",
    Severity.ERROR: "major",
    Severity.FAILURE: "blocker",
}


def report(verdict: Verdict, *, folder: Path | None = None) -> Iterator[str]:
    """A JSON array with an object for each finding that counts, one a line.

    GitLab compares the arrays of two branches by their fingerprints. There is no room in it for the schemas.
    """
    here = home(folder)
    yield from listed(_issue(entry, here) for entry in entries(verdict) if entry.excused is None)
    yield "\n"


def _issue(entry: Entry, here: Path) -> dict[str, Any]:
    finding = relative(entry.diagnostic, here)
    place = finding.location
    return {
        "description": shown(finding.message),
        "check_name": shown(finding.code),
        "fingerprint": entry.fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": place.path.as_posix(), "lines": {"begin": place.line or 1}},
    }
