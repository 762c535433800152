"""The report for people as text: each case in tests/cases/reports/text shows what a terminal gets."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.reports import verdicts

from teipipe.diagnostics import Diagnostic, Location, Severity
from teipipe.reports import text
from teipipe.reports.excerpts import Sources
from teipipe.rules import finding
from teipipe.verdict import UsedSchema, Verdict

if TYPE_CHECKING:
    from tests.conftest import Golden

CASES = sorted((Path(__file__).resolve().parents[1] / "cases" / "reports" / "text").glob("*.toml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path, golden: Golden) -> None:
    case = verdicts.load(path)
    verdict = verdicts.verdict(case, tmp_path)
    for name in case.get("gone", []):
        (tmp_path / name).unlink()
    plain = "".join(text.report(verdict, folder=tmp_path, **case.get("options", {})))
    golden(path.with_suffix(".txt"), plain)
    coloured = "".join(text.report(verdict, folder=tmp_path, colours=True, **case.get("options", {})))
    assert re.sub("\x1b\\[[0-9]*m", "", coloured) == plain


def test_no_findings(tmp_path: Path) -> None:
    assert list(text.report(Verdict(tmp_path, (), (tmp_path / "a.xml",)))) == ["1 document, no errors\n"]


def test_pieces_are_whole_lines_and_colours_are_there(tmp_path: Path) -> None:
    verdict = verdicts.verdict(verdicts.load(CASES[0]), tmp_path)
    pieces = list(text.report(verdict, colours=True))
    assert all(piece.endswith("\n") for piece in pieces)
    assert "\x1b[31m" in pieces[0]


def test_a_line_of_megabytes_is_read_once_and_cut(tmp_path: Path) -> None:
    path = tmp_path / "one-line.xml"
    path.write_text("<p>" + "金 <ref target='#a'/>" * 50_000 + "</p>", encoding="utf-8")
    found = [
        Diagnostic("dangling-pointer", Severity.ERROR, f"“#a{n}” leads nowhere", Location(path, 1, 19 + 20 * n))
        for n in range(2_000)
    ]
    report = list(text.findings(Verdict(tmp_path, tuple(found)), folder=tmp_path))
    assert len(report) == len(found)
    assert max(len(piece) for piece in report) < 400


def test_many_schemas_are_counted(tmp_path: Path) -> None:
    schemas = tuple(UsedSchema(f"{n}.rng", "RELAX NG", "", f"sha256:{n:064x}", "as configured", n) for n in range(1, 9))
    lines = list(text.summary_lines(Verdict(tmp_path, (), (), schemas)))
    assert lines[1] == "schema: 1.rng (RELAX NG, sha256:000000000000) for 1 document, as configured"
    assert lines[-1] == "and 3 more schemas: --format json names all"


def test_a_file_name_that_is_no_text_can_be_written(tmp_path: Path) -> None:
    found = Diagnostic(
        "duplicate-id", Severity.ERROR, "the xml:id “a” is taken", Location(tmp_path / "b\udcff.xml", 1, 1)
    )
    report = "".join(text.report(Verdict(tmp_path, (found,)), folder=tmp_path))
    assert report.encode().decode().startswith("b\\udcff.xml:1:1: error[duplicate-id]")


def test_many_findings_are_counted_by_rule_at_the_end(tmp_path: Path) -> None:
    rules = (
        ["dangling-pointer"] * 1200 + ["bad-id"] * 2 + ["failed-assertion"] * 3 + ["not-tei", "no-schema", "invalid"]
    )
    found = tuple(finding(rule, "x", Location(tmp_path / "a.xml", 1, 1)) for rule in rules)
    lines = list(text.summary_lines(Verdict(tmp_path, found, (tmp_path / "a.xml",))))
    assert lines[1] == (
        "most of all: dangling-pointer (1,200), failed-assertion (3), bad-id (2), invalid (1), no-schema (1) "
        "and 1 more rule"
    )
    assert len(list(text.summary_lines(Verdict(tmp_path, found[:50], (tmp_path / "a.xml",))))) == 1


def test_a_transcript_in_another_encoding_is_shown_as_it_was_read(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    for encoding in ("cp1252", "utf-16", "utf-8"):
        path.write_bytes("Köln “no”\n".encode(encoding))
        excerpt = Sources().excerpt(Location(path, 1, 2))
        assert excerpt is not None
        assert (excerpt.text, excerpt.start, excerpt.end) == ("Köln “no”", 1, 4)
