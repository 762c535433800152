"""Checking in forks gives the same findings as checking here, and outlives a document that never gets done."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from teipipe.build import checking
from teipipe.diagnostics import exit_code
from teipipe.project import load_project
from teipipe.validate import validate

REGISTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><standOff><listPerson>
<person xml:id="mikoyan"><persName>Mikoyan</persName></person>
<person xml:id="nobody"><persName>Nobody</persName></person>
</listPerson></standOff></TEI>"""


@pytest.fixture
def folder(tmp_path: Path, tei: Any) -> Path:
    (tmp_path / "a.xml").write_text(tei("<p><persName ref='register.xml#mikoyan'>M.</persName></p>"), encoding="utf-8")
    (tmp_path / "b.xml").write_text(tei("<p><ref target='#nothing'>x</ref> <date when='1956-02-30'/></p>"))
    (tmp_path / "c.xml").write_text("<TEI>")
    (tmp_path / "d.xml").symlink_to("/etc/hostname")
    (tmp_path / "register.xml").write_text(REGISTER)
    return tmp_path


def test_the_same_findings(folder: Path) -> None:
    project = load_project(folder)
    expected = validate(project)
    assert len(expected) > 4
    for workers in (1, 2, 5):
        assert checking.validate_documents(project, workers=workers) == expected
    (folder / "c.xml").unlink()
    project = load_project(folder)
    rules = {finding.rule for finding in checking.validate_documents(project)}
    assert "unmentioned-entry" in rules
    for chosen in ([folder / "b.xml"], [*project.documents], [*project.documents, folder / "register.xml"]):
        assert checking.validate_documents(project, chosen) == validate(project, chosen)


def test_a_check_that_never_ends(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(context: Any, documents: list[Path]) -> Any:
        while any(path.name == "a.xml" for path in documents):
            pass
        if any(path.name == "c.xml" for path in documents):
            os._exit(7)
        return validate(context, documents)

    monkeypatch.setattr(checking, "validate", slow)
    findings = checking.validate_documents(replace(load_project(folder), timeout=1))
    found = {(finding.location.path.name, finding.rule) for finding in findings}
    assert {("a.xml", "worker-timeout"), ("c.xml", "dead-worker"), ("b.xml", "dangling-pointer")} <= found
    assert exit_code(findings) == 2


def test_a_bug_in_a_check(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "validate", lambda context, documents: [1 / 0 for _ in documents])
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        checking.validate_documents(load_project(folder))


def test_a_program_with_threads_is_not_forked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fork", None)
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        project = load_project(folder)
        assert checking.validate_documents(project) == validate(project)
    finally:
        done.set()
        thread.join()
