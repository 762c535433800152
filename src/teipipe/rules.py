"""Every rule that teipipe can report, with what it means and what to do: the one list behind docs and `explain`."""

from __future__ import annotations

from typing import Final

from teipipe.diagnostics import Diagnostic, Location, Severity
from teipipe.rulebook import (
    Rule,
    building,
    deposit,
    documents,
    encoding,
    gates,
    keys,
    odd,
    packages,
    references,
    schema,
    schematron,
    stylesheets,
    texts,
)

__all__ = ["AREAS", "RULES", "Rule", "finding"]

#: The rules by what they are about.
AREAS: Final[tuple[tuple[str, tuple[Rule, ...]], ...]] = (
    ("Files", documents.RULES),
    ("Schema", schema.RULES),
    ("Keys of a schema", keys.RULES),
    ("Schematron", schematron.RULES),
    ("Identifiers, pointers, register", references.RULES),
    ("Characters, dates, source", texts.RULES),
    ("What shall not count", gates.RULES),
    ("ODD", odd.RULES),
    ("Stylesheets", stylesheets.RULES),
    ("Building", building.RULES),
    ("Deposit", deposit.RULES),
    ("Packages", packages.RULES),
    ("Encoding", encoding.RULES),
)

RULES: Final[dict[str, Rule]] = {rule.name: rule for _, rules in AREAS for rule in rules}


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
