"""The same findings, for people and for programs."""

from __future__ import annotations

import json as standard_json
import re
from pathlib import Path

from teipipe.diagnostics import Diagnostic, Location, Severity
from teipipe.reports import json, text
from teipipe.verdict import Verdict

HERE = Path.cwd()
FINDINGS = [
    Diagnostic(
        "duplicate-id",
        Severity.ERROR,
        "the xml:id “a” is taken",
        Location(HERE / "tei" / "one.xml", 4, 12),
        "give one of the two another id",
        ((Location(Path("tei/one.xml"), 2, 12), "the first one"),),
    ),
    Diagnostic("bidi-control", Severity.WARNING, "a \u202e sign", Location(Path("tei/\x1b[2Jtwo.xml"), 1, 1)),
    Diagnostic("missing-source", Severity.INFO, "there is no two.txt", Location(Path("/elsewhere/two.xml"))),
    Diagnostic("unreadable-file", Severity.FAILURE, "no such file", Location(Path("tei/../tei/three.xml"))),
]


def test_text() -> None:
    assert list(text.lines(FINDINGS)) == [
        "tei/one.xml:4:12: error[duplicate-id] the xml:id “a” is taken",
        "    tei/one.xml:2:12: the first one",
        "    help: give one of the two another id",
        "tei/\\u001b[2Jtwo.xml:1:1: warning[bidi-control] a \\u202e sign",
        "/elsewhere/two.xml: info[missing-source] there is no two.txt",
        "tei/three.xml: failure[unreadable-file] no such file",
    ]


def test_colours_change_no_word() -> None:
    plain, coloured = list(text.lines(FINDINGS)), list(text.lines(FINDINGS, colours=True))
    assert "\x1b[31m" in coloured[0]
    assert [re.sub("\x1b\\[[0-9]*m", "", line) for line in coloured] == plain


def test_files_are_named_from_the_folder_that_is_asked_for() -> None:
    (line, *_) = text.lines(FINDINGS, folder=HERE / "tei")
    assert line.startswith("one.xml:4:12: ")


def test_json() -> None:
    written = "".join(json.report(Verdict(HERE, tuple(FINDINGS))))
    assert written.endswith("}\n")
    report = standard_json.loads(written)
    assert report["version"] == 1
    assert report["diagnostics"][0] == {
        "rule": "duplicate-id",
        "assertion": None,
        "severity": "error",
        "message": "the xml:id “a” is taken",
        "path": "tei/one.xml",
        "line": 4,
        "column": 12,
        "help": "give one of the two another id",
        "related": [{"path": "tei/one.xml", "line": 2, "column": 12, "message": "the first one"}],
    }
    assert report["diagnostics"][2]["line"] is None
    assert [found["severity"] for found in report["diagnostics"]] == ["error", "warning", "info", "failure"]


def test_summary() -> None:
    assert text.summary(FINDINGS, 3) == "3 documents, 1 not judged, 1 error, 1 warning, 1 remark"
    assert text.summary([], 1) == "1 document, no errors"
    assert text.summary([FINDINGS[1], FINDINGS[1]], 0) == "0 documents, no errors, 2 warnings"
