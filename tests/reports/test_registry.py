"""Every rule that the code names is registered, every registered rule is named somewhere, and each says enough."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from lxml import etree

from teipipe.rulebook import Rule
from teipipe.rules import AREAS, RULES

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "teipipe"
#: Schematron of our own; what a project brings along has assertions of its own, that no registry knows.
SCHEMAS = (ROOT / "schema", ROOT / "xslt")
SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"
_NAME = r"[a-z]+(?:-[a-z0-9.]+)+|invalid"


def used_in_python() -> set[str]:
    used: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        if path.parent.name != "rulebook":
            used.update(re.findall(rf'"({_NAME})"', path.read_text("utf-8")))
    return used


def reported_by_python() -> set[str]:
    """The first arguments of what makes a finding."""
    calls = (
        rf'\b(?:finding|fault|problem|found|_?stop|report|Diagnostic)\(\s*(?:[\w.]+,\s*)?"({_NAME})"|rule="({_NAME})"'
    )
    used: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        used.update(one or other for one, other in re.findall(calls, path.read_text("utf-8")))
    return used


def reported_by_stylesheets() -> set[str]:
    """The first arguments of tp:report, and what elements named code or @code say where a report is made."""
    used: set[str] = set()
    for path in (ROOT / "xslt").rglob("*.xsl"):
        used.update(re.findall(rf"""tp:report\(\s*'({_NAME})'""", path.read_text("utf-8")))
        used.update(re.findall(rf"""\bcode="({_NAME})\"""", path.read_text("utf-8")))
    return used


def reported_by_schematron(*folders: Path) -> set[str]:
    """The ids of assertions and reports in Schematron files, and in ODDs, which may hold them."""
    used: set[str] = set()
    for folder in folders:
        for path in sorted(path for suffix in ("sch", "odd") for path in folder.rglob(f"*.{suffix}")):
            for element in etree.parse(path).iter(f"{{{SCHEMATRON}}}assert", f"{{{SCHEMATRON}}}report"):
                used.add(str(element.get("id")))
    return used


def test_every_name_that_is_reported_is_registered() -> None:
    assert reported_by_python() | reported_by_stylesheets() | reported_by_schematron(*SCHEMAS) <= RULES.keys()
    assert len(reported_by_python()) > 50
    assert reported_by_stylesheets()


def test_every_registered_name_is_reported_somewhere() -> None:
    assert RULES.keys() - used_in_python() - reported_by_stylesheets() - reported_by_schematron(*SCHEMAS) == set()


def test_assertions_of_schematron_are_seen_where_they_may_stand(tmp_path: Path) -> None:
    rule = '<rule context="p" xmlns="http://purl.oclc.org/dsdl/schematron"><assert id="some-id" test="1"/></rule>'
    (tmp_path / "a.sch").write_text(f'<pattern xmlns="http://purl.oclc.org/dsdl/schematron">{rule}</pattern>', "utf-8")
    (tmp_path / "b.odd").write_text(f"<TEI>{rule.replace('assert', 'report').replace('some', 'other')}</TEI>", "utf-8")
    assert reported_by_schematron(tmp_path) == {"some-id", "other-id"}


def test_no_name_is_registered_twice() -> None:
    names = [rule.name for _, rules in AREAS for rule in rules]
    assert sorted(names) == sorted(set(names))
    assert set(names) == RULES.keys()


def test_every_module_of_the_rulebook_is_in_the_registry() -> None:
    modules = [path.stem for path in (SOURCE / "rulebook").glob("*.py") if path.stem != "__init__"]
    books = {import_module(f"teipipe.rulebook.{name}").RULES for name in modules}
    assert books == {rules for _, rules in AREAS}


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
