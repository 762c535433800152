"""Every rule that the code names is registered, every registered rule is named somewhere, and each says enough."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from teipipe.rulebook import Rule
from teipipe.rules import RULES

ROOT = Path(__file__).resolve().parents[2]
_NAME = r"[a-z]+(?:-[a-z0-9.]+)+|invalid"


def used_in_python() -> set[str]:
    used: set[str] = set()
    for path in (ROOT / "src" / "teipipe").rglob("*.py"):
        if path.parent.name != "rulebook":
            used.update(re.findall(rf'"({_NAME})"', path.read_text("utf-8")))
    return used


def reported_by_python() -> set[str]:
    """The first arguments of what makes a finding."""
    calls = (
        rf'\b(?:finding|fault|problem|found|_?stop|report|Diagnostic)\(\s*(?:[\w.]+,\s*)?"({_NAME})"|rule="({_NAME})"'
    )
    used: set[str] = set()
    for path in (ROOT / "src" / "teipipe").rglob("*.py"):
        used.update(one or other for one, other in re.findall(calls, path.read_text("utf-8")))
    return used


def reported_by_stylesheets() -> set[str]:
    used: set[str] = set()
    for path in (ROOT / "xslt").rglob("*.xsl"):
        used.update(re.findall(rf"""tp:report\(\s*'({_NAME})'""", path.read_text("utf-8")))
    return used


def test_every_name_that_is_reported_is_registered() -> None:
    assert reported_by_python() | reported_by_stylesheets() <= RULES.keys()
    assert len(reported_by_python()) > 50
    assert reported_by_stylesheets()


def test_every_registered_name_is_reported_somewhere() -> None:
    assert RULES.keys() - used_in_python() - reported_by_stylesheets() == set()


def test_no_name_is_registered_twice() -> None:
    from teipipe.rulebook import building, documents, odd, references, schema, stylesheets, texts

    parts = (building, documents, odd, references, schema, stylesheets, texts)
    names = [rule.name for part in parts for rule in part.RULES]
    assert len(names) == len(set(names)) == len(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_a_rule_says_what_why_how_and_what_to_do(rule: Rule) -> None:
    assert re.fullmatch(_NAME, rule.name)
    assert not rule.name.startswith(("no-", "dont-")) or rule.name in (
        "no-schema",  # what was found is that there is none
        "no-schema-spec",
        "no-start",
        "no-content",
    )
    assert rule.summary[0].isupper()
    assert not rule.summary.endswith(".")
    assert len(rule.summary) <= 120
    assert rule.why.endswith(".")
    assert rule.remedy.endswith((".", "?", "…"))
    assert rule.example
