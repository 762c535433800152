"""Findings for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe import __version__
from teipipe.reports.characters import encoded, listed
from teipipe.reports.paths import home, relative, schema_name

if TYPE_CHECKING:
    from teipipe.verdict import Verdict

#: Grows only when something that was there changes its meaning or goes away.
VERSION: Final = 1


def report(verdict: Verdict, *, folder: Path | None = None) -> Iterator[str]:
    """All of the verdict as one JSON object, a finding a line.

    {"version": 1, "tool": {"name", "version"}, "notice": what has to be known first (if there is something),
    "documents": how many,
    "schemas": [{"name", "language", "version", "checksum", "reason", "documents"}, …],
    "diagnostics": [{"rule", "assertion", "severity", "message", "path", "line", "column", "help", "related"}, …],
    "excused": [the same with {"excuse": "suppressed" or "baseline", "reason"}, …]}
    """
    here = home(folder)
    yield f'{{\n"version": {VERSION},\n"tool": {encoded({"name": "teipipe", "version": __version__})},\n'
    if verdict.notice:
        yield f'"notice": {encoded(verdict.notice)},\n'
    yield f'"documents": {len(verdict.documents)},\n"schemas": '
    yield from listed({**asdict(schema), "name": schema_name(schema, here)} for schema in verdict.schemas)
    yield ',\n"diagnostics": '
    yield from listed(relative(diagnostic, here).as_json() for diagnostic in verdict.diagnostics)
    yield ',\n"excused": '
    yield from listed(
        {
            **relative(excused.diagnostic, here).as_json(),
            "excuse": excused.excuse.value,
            "reason": excused.reason,
        }
        for excused in verdict.excused
    )
    yield "\n}\n"
