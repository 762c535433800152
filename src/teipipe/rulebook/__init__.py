"""The texts of the rules, one module per area; `teipipe.rules` brings them together."""

from __future__ import annotations

from dataclasses import dataclass

from teipipe.diagnostics import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of finding: its `name` in reports, a one-line `summary`, `why` it matters, an `example`, a `remedy`."""

    name: str
    severity: Severity
    summary: str
    why: str
    example: str
    remedy: str
