"""Every rule that teipipe can report, with what it means and what to do: the one list behind docs and `explain`."""

from __future__ import annotations

from typing import Final

from teipipe.diagnostics import Diagnostic, Location, Severity
from teipipe.rulebook import Rule, building, documents, odd, references, schema, stylesheets, texts

__all__ = ["RULES", "Rule", "finding"]

_ALL: Final = (
    *documents.RULES,
    *schema.RULES,
    *references.RULES,
    *texts.RULES,
    *odd.RULES,
    *stylesheets.RULES,
    *building.RULES,
)

RULES: Final[dict[str, Rule]] = {rule.name: rule for rule in _ALL}


def finding(
    rule: str,
    message: str,
    location: Location,
    help: str | None = None,
    *,
    severity: Severity | None = None,
    related: tuple[tuple[Location, str], ...] = (),
    assertion: str = "",
) -> Diagnostic:
    """A Diagnostic of a registered rule, with the rule's own severity unless another is given."""
    severity = RULES[rule].severity if severity is None else severity
    return Diagnostic(rule, severity, message, location, help, related, assertion)
