"""Names in small texts, by phenomenon."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from tests.encode.names.marking import cases, marked, named, register_of, unmarked

from teipipe.encode.rules import RULES

_CASES = cases(tomllib.loads((Path(__file__).parent / "cases" / "texts.toml").read_text(encoding="utf-8")))


@pytest.mark.parametrize(("about", "group", "text"), _CASES, ids=[f"{about}: {text[:40]}" for about, _, text in _CASES])
def test_names_in_text(about: str, group: dict[str, object], text: str) -> None:
    register = register_of(group["register"]) if "register" in group else None  # type: ignore[arg-type]
    plain = unmarked(text)
    found = named(plain, register, how=str(group.get("how", "")), language=str(group.get("language", "en")))
    assert marked(plain, found) == text
    assert all(decision.rule in RULES and decision.reason for decision in found.decisions)
    places = {(decision.start, decision.end) for decision in found.decisions}
    assert all((span.start, span.end) in places for span in found.spans if span.element != "roleName")
