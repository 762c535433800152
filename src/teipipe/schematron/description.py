"""What a compiled schema says of itself, as values: what findings and reports show of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from teipipe.diagnostics import Location, Severity

#: What roles, flags and severities mean, in lower case; “nonfatal” is TEI's. Any other is an error.
SEVERITIES: Final[Mapping[str, Severity]] = {
    "fatal": Severity.ERROR,
    "error": Severity.ERROR,
    "warning": Severity.WARNING,
    "warn": Severity.WARNING,
    "nonfatal": Severity.WARNING,
    "information": Severity.INFO,
    "info": Severity.INFO,
    "remark": Severity.INFO,
    "hint": Severity.INFO,
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of the phase: its own attributes, its title, and the number of the documents that it goes over."""

    kind: str
    id: str
    name: str
    role: str
    flag: str
    group: int


@dataclass(frozen=True, slots=True)
class SchemaRule:
    """A rule, with the number of its pattern."""

    id: str
    context: str
    role: str
    flag: str
    pattern: int


@dataclass(frozen=True, slots=True)
class Comment:
    """A diagnostic or property that an assertion names; `about` has the attributes of its words in SVRL."""

    id: str
    role: str
    scheme: str
    about: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Assertion:
    """An assertion or report, with the number of its rule and its place in the schema."""

    kind: str
    id: str
    test: str
    role: str
    flag: str
    severity: str
    rule: int
    place: Location
    about: Mapping[str, str]
    diagnostics: Sequence[Comment]
    properties: Sequence[Comment]


@dataclass(frozen=True, slots=True)
class Description:
    """A schema; patterns, rules and assertions are numbered from 0, in the order in which they stand in it."""

    title: str
    version: str
    binding: str
    phase: str
    phases: Sequence[str]
    namespaces: Sequence[tuple[str, str]]
    patterns: Sequence[Pattern]
    rules: Sequence[SchemaRule]
    assertions: Sequence[Assertion]

    def severity(self, assertion: Assertion, stated: str = "") -> Severity:
        """What an assertion's role says, else its flag, else its rule's; `stated` is a role that was worked out."""
        rule = self.rules[assertion.rule]
        pattern = self.patterns[rule.pattern]
        said = (assertion.severity, stated or assertion.role, assertion.flag, rule.role, rule.flag)
        for text in (*said, pattern.role, pattern.flag):
            known = [SEVERITIES[word] for word in text.lower().split() if word in SEVERITIES]
            if known:
                return max(known)
        return Severity.ERROR


def description(compiled: Mapping[str, Any], places: Sequence[Location]) -> Description:
    """From the compiler's JSON (xslt/schematron/describe.xsl), and the places of the assertions."""
    return Description(
        compiled["title"],
        compiled["version"],
        compiled["binding"],
        compiled["phase"],
        tuple(compiled["phases"]),
        tuple(dict.fromkeys((prefix, uri) for prefix, uri in compiled["namespaces"])),
        tuple(
            Pattern(one["kind"], one.get("id", ""), one["name"], one.get("role", ""), one.get("flag", ""), one["group"])
            for one in compiled["patterns"]
        ),
        tuple(
            SchemaRule(
                one.get("id", ""), one.get("context", ""), one.get("role", ""), one.get("flag", ""), one["pattern"]
            )
            for one in compiled["rules"]
        ),
        tuple(_assertion(one, place) for one, place in zip(compiled["assertions"], places, strict=True)),
    )


def _assertion(one: Mapping[str, Any], place: Location) -> Assertion:
    return Assertion(
        one["kind"],
        one.get("id", ""),
        one.get("test", ""),
        one.get("role", ""),
        one.get("flag", ""),
        one.get("severity", ""),
        one["rule"],
        place,
        one["about"],
        [_comment(comment) for comment in one["diagnostics"]],
        [_comment(comment) for comment in one["properties"]],
    )


def _comment(one: Mapping[str, Any]) -> Comment:
    return Comment(one.get("id", ""), one.get("role", ""), one.get("scheme", ""), one["about"])
