"""Findings for people: one line each, what goes with it indented below, and a line that sums up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from teipipe.diagnostics import Diagnostic, Severity
from teipipe.reports.paths import relative

_BOLD: Final = "\x1b[1m"
_RESET: Final = "\x1b[0m"
_COLOURS: Final = {
    Severity.INFO: "\x1b[36m",
    Severity.WARNING: "\x1b[33m",
    Severity.ERROR: "\x1b[31m",
    Severity.FAILURE: "\x1b[35m",
}
#: What could move a terminal's cursor, or hide or turn round what follows: it comes out of documents and file names.
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def lines(diagnostics: Iterable[Diagnostic], *, folder: Path | None = None, colours: bool = False) -> Iterator[str]:
    """The findings as lines without their ends, files named relative to `folder` (by default the current one).

    `file:line:column: severity[rule] message`, then indented the places that are related, and help. With `colours`
    for a terminal that has them; the words are the same.
    """
    home = Path.cwd() if folder is None else folder
    for diagnostic in diagnostics:
        shown = relative(diagnostic, home)
        severity = f"{shown.severity}[{shown.rule}]"
        place = visible(str(shown.location))
        if colours:
            place, severity = f"{_BOLD}{place}{_RESET}", f"{_COLOURS[shown.severity]}{severity}{_RESET}"
        yield f"{place}: {severity} {visible(shown.message)}"
        for where, remark in shown.related:
            yield f"    {visible(str(where))}: {visible(remark)}"
        if shown.help:
            yield f"    help: {visible(shown.help)}"


def summary(diagnostics: Sequence[Diagnostic], documents: int) -> str:
    """What it comes to: "3 documents, 1 error, 2 warnings"."""
    counts = {severity: sum(found.severity is severity for found in diagnostics) for severity in Severity}
    parts = [_counted(documents, "document")]
    if counts[Severity.FAILURE]:
        parts.append(f"{counts[Severity.FAILURE]} not judged")
    parts.append(_counted(counts[Severity.ERROR], "error") if counts[Severity.ERROR] else "no errors")
    if counts[Severity.WARNING]:
        parts.append(_counted(counts[Severity.WARNING], "warning"))
    if counts[Severity.INFO]:
        parts.append(_counted(counts[Severity.INFO], "remark"))
    return ", ".join(parts)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def visible(text: str) -> str:
    """`text` with the characters by number that could do something to a terminal."""
    return _CONTROL.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)
