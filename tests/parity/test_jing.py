"""jing is asked about many files at once, and none of them hides what it says of another."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import jing

pytestmark = pytest.mark.skipif(jing.missing() is not None, reason=str(jing.missing()))

SCHEMA = """
<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"
  datatypeLibrary="http://relaxng.org/ns/compatibility/datatypes/1.0">
  <zeroOrMore><element name="b"><optional><attribute name="id"><data type="ID"/></attribute></optional></element>
  </zeroOrMore>
</element>
"""
GOOD = b"<a><b/></a>"
BAD = b"<a>\n<c/></a>"
NOT_WELL_FORMED = b"<a><b></a>"
NO_ENCODING = b'<?xml version="1.0" encoding="klingon"?><a/>'
NO_ENTITY = b'<!DOCTYPE a SYSTEM "nowhere.dtd"><a/>'
TWICE = b'<a><b id="x"/><b id="x"/></a>'


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    path = tmp_path / "schema.rng"
    path.write_text(SCHEMA, encoding="utf-8")
    return path


def test_a_broken_file_hides_none(schema: Path) -> None:
    broken = [NO_ENTITY, NOT_WELL_FORMED, NO_ENCODING]
    documents = [GOOD, BAD, *broken, BAD + b"<!---->", GOOD + b"\n"]
    verdicts = list(jing.Jing(schema).judge(documents))
    assert [verdict.is_valid for verdict in verdicts] == [True, False, *(False for _ in broken), False, True]
    assert all(verdict.errors[-1].is_fatal for verdict in verdicts[2:-2])
    assert (verdicts[1].errors[0].line, verdicts[1].errors[0].is_fatal) == (2, False)
    assert verdicts[-2].errors == verdicts[1].errors


def test_ids_are_told_apart(schema: Path) -> None:
    (verdict,) = jing.Jing(schema).judge([TWICE])
    assert verdict.is_valid
    assert verdict.ids


def test_what_was_said_is_kept(schema: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = jing.Jing(schema, tmp_path / "cache")
    first = list(asked.judge([GOOD, BAD, NOT_WELL_FORMED]))
    monkeypatch.setattr(jing, "_ask", None)
    assert list(asked.judge([NOT_WELL_FORMED, BAD, GOOD])) == first[::-1]


def test_a_schema_that_is_none_is_no_verdict(tmp_path: Path) -> None:
    schema = tmp_path / "schema.rng"
    schema.write_text("<grammar/>", encoding="utf-8")
    with pytest.raises(jing.JingError, match="schema"):
        list(jing.Jing(schema).judge([GOOD]))
