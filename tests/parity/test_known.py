"""A difference from jing is only taken for its fault where every message says so, and with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import known

FAULT = '[[fault]]\nschema = "s.rng"\njing = "refuses"\nmessage = "^year 0000"\nreason = "XML Schema 1.1"\n'


def test_a_fault_explains_what_it_says_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "known.toml"
    path.write_text(FAULT, encoding="utf-8")
    (fault,) = known.read(path)
    assert fault.explains("s.rng", refuses=True, messages=["year 0000 isn't allowed"])
    assert not fault.explains("t.rng", refuses=True, messages=["year 0000 isn't allowed"])
    assert not fault.explains("s.rng", refuses=False, messages=["year 0000 isn't allowed"])
    assert not fault.explains("s.rng", refuses=True, messages=["year 0000 isn't allowed", "and more"])
    assert not fault.explains("s.rng", refuses=True, messages=[])


def test_a_fault_without_a_reason_is_none(tmp_path: Path) -> None:
    path = tmp_path / "known.toml"
    path.write_text(FAULT.replace("XML Schema 1.1", " "), encoding="utf-8")
    with pytest.raises(ValueError, match="reason"):
        known.read(path)


def test_our_list_can_be_read() -> None:
    known.read()
