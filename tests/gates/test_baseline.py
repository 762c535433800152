"""What a project knew before doesn't count; what is new, and what can't be judged, does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from teipipe import __version__
from teipipe.diagnostics import Diagnostic, Location
from teipipe.errors import ConfigurationError
from teipipe.gates import baseline
from teipipe.rules import finding
from teipipe.verdict import Excuse


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.xml"
    path.write_text('<TEI>\n<p xml:id="p1" corresp="#a"/>\n<p corresp="#“b”"/>\n</TEI>', "utf-8")
    return path


def at(path: Path, line: int | None, column: int = 1, rule: str = "dangling-pointer") -> Diagnostic:
    return finding(rule, "found", Location(path, line, None if line is None else column))


def test_one_line_for_each_finding_in_the_order_of_files_rules_and_elements(letter: Path, tmp_path: Path) -> None:
    found = [at(letter, 3, 13), at(letter, 2, 25), at(letter, 2, 25, "bad-id"), at(tmp_path, None, rule="no-schema")]
    text = baseline.write(baseline.of(found, tmp_path))
    assert text == baseline.write(baseline.of(found[::-1], tmp_path))
    lines = text.splitlines()
    assert lines[:4] == ["{", '"version": 1,', f'"tool": "teipipe {__version__}",', '"findings": [']
    assert lines[-2:] == ["]", "}"]
    rows = [line.rstrip(",").partition(', "fingerprint"')[0] for line in lines[4:-2]]
    assert rows == [
        '{"path": ".", "rule": "no-schema", "element": "", "value": ""',
        '{"path": "letter.xml", "rule": "bad-id", "element": "#p1", "value": "corresp=#a"',
        '{"path": "letter.xml", "rule": "dangling-pointer", "element": "#p1", "value": "corresp=#a"',
        '{"path": "letter.xml", "rule": "dangling-pointer", "element": "TEI/p", "value": "corresp=#“b”"',
    ]


def test_it_is_read_as_it_was_written(letter: Path, tmp_path: Path) -> None:
    entries = baseline.of([at(letter, 3, 13), at(letter, 2, 25)], tmp_path)
    file = tmp_path / "baseline.json"
    for written in (entries, ()):
        file.write_text(baseline.write(written), "utf-8")
        assert baseline.read(file) == written


def test_a_name_that_is_no_text_is_kept(tmp_path: Path) -> None:
    entries = baseline.of([at(tmp_path / "\udce9.xml", None)], tmp_path)
    file = tmp_path / "baseline.json"
    file.write_text(baseline.write(entries), "utf-8")
    assert baseline.read(file) == entries


def test_only_new_ones_count(letter: Path, tmp_path: Path) -> None:
    entries = baseline.of([at(letter, 2, 25)], tmp_path)
    letter.write_text('<TEI>\n\n<p/>\n<p n="1" xml:id="p1" corresp="#a"/>\n<p corresp="#c"/>\n</TEI>', "utf-8")
    old, new = at(letter, 4, 31), at(letter, 5, 13)
    kept, excused, gone = baseline.apply([old, new], entries, tmp_path)
    assert kept == [new]
    assert [(one.diagnostic, one.excuse, one.reason) for one in excused] == [(old, Excuse.BASELINE, "")]
    assert gone == []


def test_what_is_not_found_any_more_is_gone(letter: Path, tmp_path: Path) -> None:
    entries = baseline.of([at(letter, 2, 25), at(letter, 3, 13)], tmp_path)
    kept, excused, gone = baseline.apply([at(letter, 3, 13)], entries, tmp_path)
    assert (kept, len(excused)) == ([], 1)
    assert [entry.value for entry in gone] == ["corresp=#a"]


@pytest.mark.parametrize(
    "rule", ["not-well-formed", "wrong-encoding", "entity-bomb", "worker-timeout", "unreadable-file"]
)
def test_what_could_not_be_judged_is_never_known(rule: str, letter: Path, tmp_path: Path) -> None:
    found = at(letter, 1, 1, rule)
    assert baseline.of([found], tmp_path) == ()
    other = baseline.of([at(letter, 1, 1)], tmp_path)
    assert baseline.apply([found], other, tmp_path)[:2] == ([found], [])


def document(**changes: object) -> str:
    entry = dict.fromkeys(("path", "rule", "element", "value", "fingerprint"), "x")
    return json.dumps({"version": 1, "tool": "teipipe 9", "findings": [entry], **changes})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "not JSON"),
        ("<<<<<<< HEAD\n", "not JSON"),
        ("[" * 100_000, "not JSON"),
        (b"\xff\xfe\xfd", "is no baseline"),
        ("[]", "is no baseline"),
        ("{}", "is no baseline"),
        (document(version="1"), "is no baseline"),
        (document(version=True), "is no baseline"),
        (document(version=1.0), "is no baseline"),
        (document(findings={}), "is no baseline"),
        (document(version=2), "is a baseline of version 2; this teipipe reads version 1"),
        (document(findings=[None]), "finding 1 of the baseline is none"),
        (document(findings=[{"fingerprint": "x"}]), "finding 1 of the baseline is none"),
        (json.dumps({"version": "2.1.0", "runs": []}), "is no baseline"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_baseline(content: str | bytes, message: str, tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(ConfigurationError, match=message) as caught:
        baseline.read(file)
    assert caught.value.path == file
    assert caught.value.help


def test_a_baseline_of_another_tool_version_is_one(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    file.write_text(document(more=1), "utf-8")
    assert [entry.fingerprint for entry in baseline.read(file)] == ["x"]


def test_a_baseline_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.json", tmp_path):
        with pytest.raises(ConfigurationError, match="the baseline can't be read") as caught:
            baseline.read(path)
        assert "--update-baseline" in (caught.value.help or "")
