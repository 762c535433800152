"""What is known at a moment, and which pages it makes out of date."""

from __future__ import annotations

from pathlib import Path

from teipipe.diagnostics import Diagnostic, Location, Severity
from teipipe.serve.board import Board, Status
from teipipe.serve.checking import Checked

HERE = Location(Path("a.xml"), 3, 4)


def found(rule: str, severity: Severity = Severity.ERROR, place: Location = HERE) -> Diagnostic:
    return Diagnostic(rule, severity, "message", place)


def test_one_cause_is_one_finding() -> None:
    with_path = Location(HERE.path, 3, 4, "/TEI[1]")
    built = (found("not-well-formed"), found("element-without-rule", Severity.WARNING, with_path))
    elsewhere = found("element-without-rule", Severity.WARNING, Location(HERE.path, 9, 1))
    status = Status(built=(*built, elsewhere), checked=(found("unexpected-element"), found("not-well-formed")))
    assert [finding.rule for finding in status.findings] == [
        "not-well-formed",
        "unexpected-element",
        "element-without-rule",
    ]


def test_a_check_of_some_documents_keeps_what_is_known_of_others() -> None:
    before = (found("old"), found("other", place=Location(Path("b.xml"), 1, 1)))
    some = Checked((Path("a.xml").absolute(),), (found("new"),))
    assert [finding.rule for finding in some.merged(before)] == ["other", "new"]
    assert Checked((), (found("new"),)).merged(before) == (found("new"),)


def test_which_pages_are_out_of_date(tmp_path: Path) -> None:
    board = Board(tmp_path)
    board.built([], [])
    board.built([tmp_path / "a" / "index.html", tmp_path / "a" / "reading.txt"], [])
    run = board.run
    assert board.is_out_of_date("a/index.html", run, 1)
    assert not board.is_out_of_date("a/index.html", run, 2)
    assert not board.is_out_of_date("b/index.html", run, 1)
    assert board.is_out_of_date("b/index.html", "another", 2)
    board.built([tmp_path / "assets" / "base.css"], [])
    assert board.is_out_of_date("b/index.html", run, 2)
    assert not board.is_out_of_date("b/index.html", run, 3)
