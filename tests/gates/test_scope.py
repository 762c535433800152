"""Which check reports which rule: the table is held against the modules of the checks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from teipipe.gates.names import is_final_rule
from teipipe.gates.scope import KIND, Scope
from teipipe.rules import RULES
from teipipe.validate.run import KINDS

CHECKS = Path(__file__).resolve().parents[2] / "src" / "teipipe" / "validate"


def test_kinds_are_those_that_can_be_asked_for() -> None:
    assert set(KIND.values()) == set(KINDS)
    assert KIND.keys() <= RULES.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_a_check_reports_the_rules_of_its_kind(kind: str) -> None:
    for check in KINDS[kind]:
        source = (CHECKS / f"{check.__module__.rpartition('.')[2]}.py").read_text("utf-8")
        named = {name for name in re.findall(r'"([a-z]+(?:-[a-z]+)+)"', source) if name in RULES}
        assert {KIND[name] for name in named if not is_final_rule(name)} <= {kind}


def test_what_a_run_reports() -> None:
    assert Scope().has_rule("unmentioned-entry")
    assert not Scope(documents=frozenset({Path("/a.xml")})).has_rule("unmentioned-entry")
    assert Scope(only=frozenset({"schema"})).has_rule("wrong-value")
    assert not Scope(only=frozenset({"schema"}), has_schema=False).has_rule("wrong-value")
    assert not Scope().has_rule("stylesheet-failed")
