"""Our own cases of Schematron: what the published ones lack, and what schemas and documents can do wrong.

Every .toml file in tests/cases/schematron/own is one: `schema` and `document` as they stand in their files
(`schema.sch` unless `name` says otherwise, and `document.xml`), further `files` and `links`, a `phase`. Then what comes
of it, in the words that are shown: `finds` for the findings, or `refused` for a schema that can't be used; `warns` for
what is said of the schema besides. `svrl` lists XPaths that hold of the report.
"""

from __future__ import annotations

import re
import threading
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tests.schematron.running import CASES, SECRET, Project, is_true, report

from teipipe.diagnostics import Diagnostic
from teipipe.errors import SchemaError
from teipipe.schematron import Schema

OWN = sorted((CASES / "own").glob("*.toml"))
_KEYS = {"about", "schema", "name", "document", "files", "links", "phase", "finds", "refused", "warns", "svrl"}


def outcome(case: dict[str, Any], folder: Path) -> dict[str, str]:
    """What comes of a case, under the names that it is expected by."""
    files = {case.get("name", "schema.sch"): case["schema"], "document.xml": case.get("document", "<doc/>\n")}
    project = Project(folder, files | case.get("files", {}), case.get("links"))
    try:
        schema = project.load(case.get("name", "schema.sch"), phase=case.get("phase", ""))
    except SchemaError as error:
        project.assert_untouched()
        return {"refused": project.refusal(error)}
    document = project.document()
    found = list(schema.check(document))
    result = {"finds": project.findings(found)}
    if schema.warnings:
        result["warns"] = project.warnings(schema.warnings)
    svrl = report(schema, document)
    untrue = [test for test in case.get("svrl", ()) if not is_true(svrl, test)]
    assert not untrue, f"not true of the report: {untrue}\n{schema.svrl(document)}"
    assert SECRET not in schema.svrl(document)
    check_again(schema, project, found)
    project.assert_untouched()
    return result


def check_again(schema: Schema, project: Project, found: list[Diagnostic]) -> None:
    """Neither a second time nor a revived schema makes a difference."""
    assert list(schema.check(project.document())) == found
    again = type(schema).revive(schema.path, schema.state())
    assert list(again.check(project.document())) == found
    assert again.svrl(project.document()) == schema.svrl(project.document())


def updated(text: str, result: dict[str, str]) -> str:
    """A case with what came out as what is expected from now on."""
    for key in ("finds", "refused", "warns"):
        block = re.compile(rf"^{key} = '''\n.*?'''\n", re.M | re.S)
        new = f"{key} = '''\n{result[key]}'''\n" if key in result else ""
        before, *after = block.split(text, maxsplit=1)
        if after:
            text = f"{before}{new}{after[0]}"
        elif new:
            first, table, rest = text.partition("\n[")
            text = f"{first.rstrip()}\n{new}{table[1:]}{rest}"
    return text


def on_a_small_stack(case: dict[str, Any], folder: Path) -> dict[str, str]:
    """A recursion without end goes on as long as there is room: with a megabyte, a tenth of the time."""
    before = threading.stack_size(1 << 20)
    try:
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(outcome, case, folder).result()
    finally:
        threading.stack_size(before)


@pytest.mark.parametrize("path", OWN, ids=[path.stem for path in OWN])
def test_own_case(path: Path, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANARY", SECRET)
    text = path.read_text(encoding="utf-8")
    case = tomllib.loads(text)
    assert case.keys() <= _KEYS
    result = (on_a_small_stack if path.stem == "bad-recursion" else outcome)(case, tmp_path)
    assert SECRET not in str(result)
    if request.config.getoption("--update-golden"):
        path.write_text(updated(text, result), encoding="utf-8")
        return
    expected = {key: case[key] for key in ("finds", "refused", "warns") if key in case}
    assert result == expected
