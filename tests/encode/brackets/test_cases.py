"""Each folder of cases is a language: texts with brackets, and what the first pair in each is taken for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.encode.brackets.making import decision, marked

from teipipe.encode.fidelity import require_fidelity

CASES = Path(__file__).parent / "cases"


def cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.toml")):
        for group in tomllib.loads(path.read_text(encoding="utf-8"))["group"]:
            for text in group["texts"]:
                yield pytest.param(path.stem, text, group, id=f"{path.stem}: {text}")


@pytest.mark.parametrize(("language", "text", "expected"), list(cases()))
def test_first_bracket(language: str, text: str, expected: dict[str, Any]) -> None:
    made = marked(text, language=language, where=expected.get("where", "paragraph"))
    found = decision(made.marked)
    assert found.rule == expected["rule"], (found.result, found.reason)
    if "result" in expected:
        assert found.result == expected["result"]
    if "element" in expected:
        assert found.result.split(" ")[0] == expected["element"]
    if "attribute" in expected:
        assert f"{expected['attribute']}=" in found.result
    if "certainty" in expected:
        assert found.certainty == expected["certainty"]
    assert bool(found.result) == (found.rule != "bracket-unclassified")
    require_fidelity(made.transcript, made.tei)
