"""Texts of many archives, each with the outline that it has to come to."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from tests.encode.structure.making import structure
from tests.encode.structure.outlines import outline

CASES = Path(__file__).parent / "cases"


def _cases() -> Iterator[ParameterSet]:
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            yield pytest.param(case["text"], case["outline"], id=f"{path.stem}: {case['name']}")


@pytest.mark.parametrize(("text", "expected"), list(_cases()))
def test_a_text_has_the_outline_that_an_editor_would_give_it(text: str, expected: str) -> None:
    """Profile, blocks, speakers, those present, and what is marked."""
    assert outline(text, structure(text)) == expected
