"""What docs/gates.md shows is what happens."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise
from pathlib import Path

import pytest

from teipipe.documents import Document
from teipipe.gates import baseline, suppressions
from teipipe.gates.judging import judge
from teipipe.gates.selection import Selection
from teipipe.gates.thresholds import THRESHOLDS
from teipipe.validate import Context, validate
from teipipe.validate.corpus import Corpus
from teipipe.verdict import Excuse

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "gates.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    found = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found


@pytest.mark.parametrize("text", blocks("xml"))
def test_documents_excuse_all_that_is_found_in_them(text: str, tmp_path: Path) -> None:
    path = tmp_path / "letter.xml"
    path.write_text(text, "utf-8")
    context = Context(tmp_path, (path,), corpus=Corpus(tmp_path, None))
    found = [one for one in validate(context) if one.rule != "no-schema"]
    judged = judge(found, tmp_path, instructions=suppressions.find(Document.read(path)))
    assert judged.diagnostics == ()
    assert len(judged.excused) == len(found) > 1
    assert {one.excuse for one in judged.excused} == {Excuse.SUPPRESSED}


def values(option: str) -> list[str]:
    words = [word for block in blocks("sh") for line in block.splitlines() for word in [*shlex.split(line), ""]]
    return [value for word, value in pairwise(words) if word == option]


def test_options_name_rules_that_there_are() -> None:
    selection = Selection.of(values("--rule"), values("--ignore"))
    assert selection.rules
    assert selection.ignored


def test_thresholds() -> None:
    assert set(values("--fail-on")) <= THRESHOLDS.keys()
    assert all(f"`{name}`" in PAGE for name in THRESHOLDS)


def test_the_baseline_is_one(tmp_path: Path) -> None:
    (text,) = blocks("json")
    (tmp_path / "baseline.json").write_text(text, "utf-8")
    entries = baseline.read(tmp_path / "baseline.json")
    assert re.sub('"tool": ".*"', "", baseline.write(entries)) == re.sub('"tool": ".*"', "", text)
