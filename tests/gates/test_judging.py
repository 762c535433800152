"""Selection, thresholds, and all gates in their order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from teipipe.diagnostics import Diagnostic, Location, Severity, exit_code
from teipipe.documents import Document
from teipipe.errors import ConfigurationError
from teipipe.gates import baseline, suppressions
from teipipe.gates.judging import Judged, judge
from teipipe.gates.scope import Scope
from teipipe.gates.selection import Selection
from teipipe.gates.thresholds import THRESHOLDS
from teipipe.rules import finding
from teipipe.verdict import Excuse

ROOT = Path("project")
LETTER = ROOT / "letter.xml"


def at(line: int | None, rule: str = "dangling-pointer", assertion: str = "", path: Path = LETTER) -> Diagnostic:
    place = Location(path, line, None if line is None else 1)
    return finding(rule, f"found in {line}", place, assertion=assertion)


ALL = frozenset({"bad-id", "dangling-pointer", "dangling-pointer/a", "dangling-pointer/b"})


@pytest.mark.parametrize(
    ("rules", "ignored", "kept"),
    [
        ((), (), ALL),
        (("bad-id",), (), {"bad-id"}),
        (("dangling-pointer",), (), ALL - {"bad-id"}),
        (("dangling-pointer/a",), (), {"dangling-pointer/a"}),
        (("*/b", "bad-*"), (), {"dangling-pointer/b", "bad-id"}),
        ((), ("dangling-*",), {"bad-id"}),
        (("*-pointer",), ("dangling-pointer/a",), {"dangling-pointer", "dangling-pointer/b"}),
        ((), ("*",), frozenset()),
    ],
)
def test_selection(rules: tuple[str, ...], ignored: tuple[str, ...], kept: frozenset[str]) -> None:
    found = [at(1, "bad-id"), at(1), at(1, assertion="a"), at(1, assertion="b"), at(1, "not-well-formed")]
    selection = Selection.of(rules, ignored)
    assert {one.code for one in found if selection.keeps(one)} == kept | {"not-well-formed"}
    assert selection.keeps(at(None, "worker-timeout"))


@pytest.mark.parametrize(
    ("rules", "ignored", "message", "help"),
    [
        (["dangling-pointr"], [], "there is no rule “dangling-pointr”", "did you mean “dangling-pointer”?"),
        ([], ["dangling-pointr/a"], "there is no rule “dangling-pointr/a”", "did you mean “dangling-pointer”?"),
        ([], ["xyzzy*"], "no rule fits “xyzzy*”", "teipipe explain lists them all"),
        ([""], [], "there is no rule “”", "teipipe explain lists them all"),
        ([], ["not-well-formed"], "“not-well-formed” can't be ignored", "mend the file"),
        ([], ["unreadable-file"], "“unreadable-file” can't be ignored", "mend the file"),
    ],
)
def test_names_that_no_rule_has(rules: list[str], ignored: list[str], message: str, help: str) -> None:
    with pytest.raises(ConfigurationError, match=re.escape(message)) as caught:
        Selection.of(rules, ignored)
    assert (caught.value.help or "").startswith(help)


@pytest.mark.parametrize(
    ("threshold", "expected"),
    [("info", [0, 1, 1, 1, 2]), ("warning", [0, 0, 1, 1, 2]), ("error", [0, 0, 0, 1, 2]), ("never", [0, 0, 0, 0, 2])],
)
def test_a_threshold_says_what_fails(threshold: str, expected: list[int]) -> None:
    found = [[], *([finding("bad-id", "x", Location(LETTER), severity=severity)] for severity in Severity)]
    assert [exit_code(one, THRESHOLDS[threshold]) for one in found] == expected


def test_without_a_threshold_errors_fail() -> None:
    assert exit_code([at(1)]) == 1
    assert exit_code([at(1, "mentioned-entry")]) == 0


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    ROOT.mkdir()
    LETTER.write_text(
        '<TEI>\n<p corresp="#a"/>\n<?teipipe ignore="dangling-pointer" reason="later"?>\n'
        '<p corresp="#b"/>\n<?teipipe ignore="bad-id"?>\n<p corresp="#c"/>\n</TEI>',
        "utf-8",
    )
    return ROOT


FOUND = (at(2), at(4), at(6), at(6, "bad-id"))


def test_all_gates_in_order(project: Path) -> None:
    instructions = suppressions.find(Document.read(LETTER))
    known = baseline.of([at(2), at(6)], project)
    judged = judge(FOUND, project, instructions=instructions, selection=Selection.of([], ["bad-id"]), known=known)
    assert [(one.rule, one.location.line) for one in judged.diagnostics] == [("bad-suppression", 5)]
    assert [(one.diagnostic.location.line, one.excuse, one.reason) for one in judged.excused] == [
        (2, Excuse.BASELINE, ""),
        (4, Excuse.SUPPRESSED, "later"),
        (6, Excuse.BASELINE, ""),
    ]
    assert judged.remarks == ()


def test_without_any_gate_everything_counts_once_and_in_order() -> None:
    assert judge([*FOUND[::-1], *FOUND], ROOT) == Judged((at(2), at(4), at(6, "bad-id"), at(6)))


def test_a_baseline_knows_nothing_of_what_documents_excuse(project: Path) -> None:
    instructions = suppressions.find(Document.read(LETTER))
    before = judge(FOUND, project, instructions=instructions)
    known = baseline.of(before.diagnostics, project)
    after = judge(FOUND, project, instructions=instructions, known=known)
    assert (after.diagnostics, after.remarks) == ((), ())
    assert {one.excuse for one in after.excused} == {Excuse.SUPPRESSED, Excuse.BASELINE}


@pytest.mark.parametrize(
    ("found", "scope", "selection", "remark"),
    [
        ([], Scope(), None, "3 findings of the baseline are gone: write it anew: teipipe validate --baseline"),
        ([at(2), at(6)], Scope(), None, "1 finding of the baseline is gone"),
        ([], Scope(only=frozenset({"ids"})), None, "1 finding of the baseline is gone"),
        ([], Scope(), Selection(rules=("bad-id",)), "1 finding of the baseline is gone"),
        ([], Scope(documents=frozenset({Path("other.xml").absolute()})), None, None),
        ([at(1, "not-well-formed")], Scope(), None, None),
    ],
)
def test_gone_is_only_what_was_looked_for(
    found: list[Diagnostic], scope: Scope, selection: Selection | None, remark: str | None, project: Path
) -> None:
    known = baseline.of([at(2), at(6), at(6, "bad-id")], project)
    remarks = judge(found, project, known=known, scope=scope, selection=selection).remarks
    assert len(remarks) == (remark is not None)
    assert remark is None or remarks[0].startswith(remark)


def test_a_file_that_was_deleted_is_gone(project: Path) -> None:
    known = baseline.of([at(2)], project)
    LETTER.unlink()
    assert judge([], project, known=known).remarks
