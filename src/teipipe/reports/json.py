"""Findings for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from teipipe.diagnostics import Diagnostic
from teipipe.reports.paths import relative

#: Grows only when something that was there changes its meaning or goes away.
VERSION: Final = 1


def document(diagnostics: Iterable[Diagnostic], *, folder: Path | None = None) -> str:
    """The findings as a JSON document that ends with a line end; files named relative to `folder` (by default: here).

    {"version": 1, "diagnostics": [{"rule", "severity", "message", "path", "line", "column", "help", "related"}, …]}
    """
    home = Path.cwd() if folder is None else folder
    found = [relative(diagnostic, home).as_json() for diagnostic in diagnostics]
    return json.dumps({"version": VERSION, "diagnostics": found}, ensure_ascii=False, indent=2) + "\n"
