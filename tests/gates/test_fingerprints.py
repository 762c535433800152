"""What a finding is known by: the same through edits around it, another one when it is about something else."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from teipipe.diagnostics import Diagnostic, Location
from teipipe.fingerprints import Mark, fingerprints, marks
from teipipe.rules import finding

_CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).resolve().parents[1] / "cases" / "gates" / "fingerprints.toml").read_text("utf-8")
)["case"]


def place(text: str) -> tuple[str, int, int]:
    """The text without the mark, and the line and column where it was."""
    before, _, after = text.partition("‸")
    lines = re.split("\r\n|\n|\r", before)
    return before + after, len(lines), len(lines[-1]) + 1


def mark(root: Path, text: str, rule: str, name: str, encoding: str) -> Mark:
    content, line, column = place(text)
    (root / name).write_bytes(content.encode(encoding))
    return marks([finding(rule, "found", Location(root / name, line, column))], root)[0]


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["title"])
def test_edit(case: dict[str, Any], tmp_path: Path) -> None:
    before = mark(tmp_path, case["before"], "dangling-pointer", "letter.xml", case.get("encoding", "utf-8"))
    rule, name = case.get("rule", "dangling-pointer"), case.get("file", "letter.xml")
    after = mark(tmp_path, case["after"], rule, name, case.get("encoding-after", "utf-8"))
    assert (before.fingerprint == after.fingerprint) == case["same"]
    if "element" in case:
        assert (before.element, before.value) == (case["element"], case["value"])
    assert re.fullmatch("[0-9a-f]{32}", before.fingerprint)


def at(path: Path, line: int, column: int, message: str = "found") -> Diagnostic:
    return finding("dangling-pointer", message, Location(path, line, column))


def test_one_more_of_the_same_is_new_and_the_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "letter.xml"
    path.write_text('<TEI>\n<ref target="#a"/>\n<ref target="#a"/>\n<ref target="#a"/>\n</TEI>', "utf-8")
    three = fingerprints([at(path, 2, 14), at(path, 3, 14), at(path, 4, 14)], tmp_path)
    two = fingerprints([at(path, 3, 14), at(path, 4, 14)], tmp_path)
    assert len(set(three)) == 3
    assert two == three[:2]


def test_neither_the_words_nor_the_help_nor_the_weight_matter(tmp_path: Path) -> None:
    path = tmp_path / "letter.xml"
    path.write_text('<TEI>\n<ref target="#a"/></TEI>', "utf-8")
    one, other = at(path, 2, 14, "“a” is missing"), at(path, 2, 14, "there is no “a”")
    assert fingerprints([one], tmp_path) == fingerprints([replace(other, help="add it")], tmp_path)


def test_the_assertion_of_a_schema_matters(tmp_path: Path) -> None:
    path = tmp_path / "letter.xml"
    path.write_text("<TEI/>", "utf-8")
    one, other = (replace(at(path, 1, 1), assertion=name) for name in ("a", "b"))
    assert fingerprints([one], tmp_path) != fingerprints([other], tmp_path)


def test_a_finding_about_a_file_as_a_whole_is_known_by_rule_and_file(tmp_path: Path) -> None:
    gone = tmp_path / "letters" / "gone.xml"
    found = marks([finding("missing-register", "gone", Location(gone))] * 2, tmp_path)
    assert [(one.path, one.element, one.value) for one in found] == [("letters/gone.xml", "", "")] * 2
    assert found[0].fingerprint != found[1].fingerprint


def test_files_are_named_from_the_root_wherever_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, path = tmp_path / "project", tmp_path / "project" / "a" / "letter.xml"
    path.parent.mkdir(parents=True)
    path.write_text("<TEI/>", "utf-8")
    monkeypatch.chdir(path.parent)
    here = fingerprints([at(Path("letter.xml"), 1, 1)], Path(".."))
    assert here == fingerprints([at(path, 1, 1)], root)
    assert marks([at(path, 1, 1)], path.parent / "b")[0].path == "../letter.xml"


def test_a_file_that_vanished_or_shrank_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "letter.xml"
    path.write_text("<TEI/>", "utf-8")
    assert marks([at(tmp_path / "gone.xml", 3, 4)], tmp_path)[0].element == ""
    assert marks([at(path, 30, 40)], tmp_path)[0].value == ""
    path.write_bytes(b"")
    assert marks([at(path, 1, 1)], tmp_path)[0].value == ""


def test_bytes_of_the_wrong_encoding_end_what_is_known(tmp_path: Path) -> None:
    path = tmp_path / "letter.xml"
    path.write_bytes(b'<TEI xml:id="t"><p>caf\xe9</p><p n="x"/></TEI>')
    found = marks([at(path, 1, 23), at(path, 1, 33)], tmp_path)
    assert found[0].element == "#t/p"
    assert found[1].element == "#t/p"


@pytest.mark.parametrize(
    ("head", "item", "tail"),
    [
        ("<TEI>", '<ref target="#é"/>', "</TEI>"),
        ('<TEI><ref target="', "#é ", '"/></TEI>'),
        ("<TEI><p>", "é ", "</p></TEI>"),
        (f'<TEI xml:id="{"i" * 500_000}"><p>', "<hi>é</hi>", "</p></TEI>"),
        ("<TEI><p>", "é", "</p></TEI>"),
    ],
    ids=["tags", "tokens of one attribute", "words", "below a huge id", "one huge word"],
)
def test_many_findings_in_one_line(head: str, item: str, tail: str, tmp_path: Path) -> None:
    """Time that grew with the square of their number would be minutes."""
    path = tmp_path / "letter.xml"
    number = 50_000
    path.write_text(head + item * number + tail, "utf-8")
    start = len(head) + item.index("é") + 1
    found = fingerprints([at(path, 1, start + n * len(item)) for n in range(number)], tmp_path)
    assert len(set(found)) == number
