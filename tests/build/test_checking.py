"""Checking gives the same findings wherever it is done, and outlives a document that never gets done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from tests.build.engines import Trouble

from teipipe.build import batches, checking
from teipipe.cli.validate_options import KINDS as KINDS_OF_COMMAND
from teipipe.diagnostics import exit_code
from teipipe.errors import SchemaError
from teipipe.project import Project, load_project
from teipipe.validate import validate
from teipipe.validate.run import KINDS

REGISTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><standOff><listPerson>
<person xml:id="mikoyan"><persName>Mikoyan</persName></person>
<person xml:id="nobody"><persName>Nobody</persName></person>
</listPerson></standOff></TEI>"""

EVERYWHERE = (0, 1, 3)


@pytest.fixture
def folder(tmp_path: Path, tei: Any) -> Path:
    (tmp_path / "a.xml").write_text(tei("<p><persName ref='register.xml#mikoyan'>M.</persName></p>"), encoding="utf-8")
    (tmp_path / "b.xml").write_text(tei("<p><ref target='#nothing'>x</ref> <date when='1956-02-30'/></p>"))
    (tmp_path / "c.xml").write_text("<TEI>")
    (tmp_path / "d.xml").symlink_to("/etc/hostname")
    (tmp_path / "e.xml").write_text(tei("<p><ref target='c.xml#x'>x</ref><ref target='b.xml#y'>y</ref></p>"))
    (tmp_path / "register.xml").write_text(REGISTER)
    return tmp_path


@pytest.fixture
def troubled(tmp_path: Path, tei: Any, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setattr("teipipe.validate.schemas.open_schema", Trouble)
    (tmp_path / "trouble.rng").write_text('<grammar xmlns="http://relaxng.org/ns/structure/1.0"/>')
    for name in ("first", "second", "third"):
        (tmp_path / f"{name}.xml").write_text(tei())
    return replace(load_project(tmp_path), schemas=(tmp_path / "trouble.rng",), timeout=1, memory=500)


def added(project: Project, tei: Any, *names: str) -> Project:
    paths = [project.root / f"{name}.xml" for name in names]
    for path in paths:
        path.write_text(tei())
    return replace(project, documents=(*project.documents, *paths))


def rules(project: Project, **options: Any) -> dict[str, str]:
    findings = checking.validate_documents(project, **options)
    return {finding.location.path.stem: finding.rule for finding in findings}


def test_the_same_findings(folder: Path) -> None:
    project = load_project(folder)
    expected = validate(project)
    assert len(expected) > 4
    for workers in (*EVERYWHERE, None):
        assert checking.validate_documents(project, workers=workers) == expected
    (folder / "c.xml").unlink()
    project = load_project(folder)
    for workers in EVERYWHERE:
        found = {finding.rule for finding in checking.validate_documents(project, workers=workers)}
        assert "unmentioned-entry" in found
        for chosen in ([folder / "b.xml"], [*project.documents], [*project.documents, folder / "register.xml"]):
            assert checking.validate_documents(project, chosen, workers=workers) == validate(project, chosen)


def test_hundreds_of_documents(tmp_path: Path, tei: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(300):
        other = tmp_path / f"{(number * 7) % 310}.xml"
        (tmp_path / f"{number}.xml").write_text(
            tei(f'<p xml:id="p{number}"><ref target="{other.name}#p{number * 7 % 310}"/></p>')
        )
    project = load_project(tmp_path)
    expected = checking.validate_documents(project, workers=0)
    assert sum(finding.rule == "missing-file" for finding in expected) == 9
    done: list[int] = []
    for batch in (256_000, 8_000, 1):
        monkeypatch.setattr(batches, "_BATCH", batch)
        assert checking.validate_documents(project, workers=2, progress=done.append) == expected
    assert sum(done) == 900


def test_what_is_lost_is_one_document(troubled: Project, tei: Any) -> None:
    project = added(troubled, tei, "endless", "dies", "greedy")
    start = time.monotonic()
    assert rules(project, workers=2) == {
        **dict.fromkeys(("first", "second", "third"), "invalid"),
        "endless": "worker-timeout",
        **dict.fromkeys(("dies", "greedy"), "dead-worker"),
    }
    assert time.monotonic() - start < 20
    assert exit_code(checking.validate_documents(project, workers=1)) == 2


def test_a_check_that_never_ends_here(troubled: Project, tei: Any) -> None:
    project = added(troubled, tei, "endless", "swallows")
    here = checking.validate_documents(project)
    assert here == checking.validate_documents(project, workers=1)
    late = [finding.message for finding in here if finding.rule == "worker-timeout"]
    assert late == ["not done after 1 seconds"] * 2
    assert signal.getsignal(signal.SIGALRM) == signal.SIG_DFL
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_without_a_timer_of_our_own_a_worker_does_it(troubled: Project, tei: Any) -> None:
    project = added(troubled, tei, "endless")
    found: list[dict[str, str]] = []
    thread = threading.Thread(target=lambda: found.append(rules(project)))
    thread.start()
    thread.join(30)
    before = signal.signal(signal.SIGALRM, lambda number, frame: None)
    try:
        found.append(rules(project))
    finally:
        signal.signal(signal.SIGALRM, before)
    assert [one["endless"] for one in found] == ["worker-timeout"] * 2
    assert [one["first"] for one in found] == ["invalid"] * 2


def test_a_bug_in_a_check(troubled: Project, tei: Any) -> None:
    project = added(troubled, tei, "bug")
    with pytest.raises(ZeroDivisionError):
        checking.validate_documents(project)
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        checking.validate_documents(project, workers=1)


@pytest.mark.parametrize("workers", EVERYWHERE)
def test_what_a_schema_is_told_and_learns(troubled: Project, workers: int) -> None:
    (finding, *_) = checking.validate_documents(troubled, workers=workers, all_expected=True)
    assert finding.message == "judged by trouble.rng, all: True"
    assert Trouble.kept is not None
    assert sum(map(int, Trouble.kept)) == (3 if workers else 0)


def test_a_broken_schema(tmp_path: Path, tei: Any) -> None:
    (tmp_path / "a.xml").write_text(tei())
    for name in ("s.rng", "s.xsd"):
        (tmp_path / name).write_text("<nothing/>")
        project = replace(load_project(tmp_path), schemas=(tmp_path / name,))
        for workers in (*EVERYWHERE, None):
            with pytest.raises(SchemaError, match=r"1:1: this is no schema") as caught:
                checking.validate_documents(project, workers=workers)
            assert caught.value.path == tmp_path / name


def test_xsd_is_judged_by_a_worker(tmp_path: Path, tei: Any, repository: Path) -> None:
    (tmp_path / "a.xml").write_text(tei("<nothing/>"))
    project = replace(load_project(tmp_path), schemas=(repository / "schema" / "teipipe.xsd",))
    with mock.patch.object(checking._Run, "here", side_effect=AssertionError):
        checking.validate_documents(project)
    found = checking.validate_documents(project)
    assert found == checking.validate_documents(project, workers=0)
    assert "no-schema" not in {finding.rule for finding in found}
    assert len(found) > 0


def children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


@pytest.mark.parametrize("workers", [[], ["--workers", "2"]])
def test_interrupted(tmp_path: Path, tei: Any, workers: list[str]) -> None:
    # Nothing takes as long as a thousand wrong pointers, each with a search for what was meant, in many documents.
    ids = "".join(f'<p xml:id="identifier-{number}"/>' for number in range(3000))
    wrong = "".join(f'<ref target="#identifier-x{number}"/>' for number in range(20))
    for number in range(15):
        (tmp_path / f"{number}.xml").write_text(tei(f"{ids}<p>{wrong}</p>"))
    run = subprocess.Popen(
        [sys.executable, "-m", "teipipe", "validate", *workers],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        process_group=0,
    )
    time.sleep(1)
    assert run.poll() is None
    started = children(run.pid)
    assert len(started) == (2 if workers else 0)
    start = time.monotonic()
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does
    out, complaint = run.communicate(timeout=20)
    assert time.monotonic() - start < 1
    assert (run.returncode, out, complaint.strip()) == (130, "", "teipipe: interrupted")
    assert not [pid for pid in started if Path(f"/proc/{pid}").exists()]


@pytest.mark.parametrize("workers", [0, 2])
def test_kinds_of_checks_find_alone_what_they_find_together(folder: Path, workers: int) -> None:
    project = load_project(folder, upward=False)
    everything = checking.validate_documents(project, workers=workers)
    alone = {kind: checking.validate_documents(project, workers=workers, only=[kind]) for kind in KINDS}
    assert {found for findings in alone.values() for found in findings} == set(everything)
    assert "impossible-date" in {found.rule for found in alone["dates"]}
    assert "impossible-date" not in {found.rule for found in alone["pointers"]}
    assert "not-well-formed" in {found.rule for found in alone["schema"]}


def test_the_command_line_knows_all_kinds() -> None:
    assert set(KINDS_OF_COMMAND) == set(KINDS)
