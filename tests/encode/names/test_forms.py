"""Which forms a name has: its parts, what is made of them, and how other traditions of writing have it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.encode.names.marking import marked, named, register_of

from teipipe.encode.names.folding import folded
from teipipe.encode.names.forms import forms_of
from teipipe.encode.names.personal import parts_of_text
from teipipe.encode.names.register import Entry, Name

_FOLDER = Path(__file__).parent / "cases"


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def pairs(kind: str) -> Iterator[tuple[str, str, str]]:
    for tradition, groups in table("spellings").items():
        for spellings in groups[kind]:
            yield from ((tradition, spellings[0], other) for other in spellings[1:])
            if kind == "same":
                yield from ((tradition, other, spellings[0]) for other in spellings[1:])


@pytest.mark.parametrize(("tradition", "one", "other"), list(pairs("same")))
def test_other_spelling_is_found(tradition: str, one: str, other: str) -> None:
    text = f"There came {other} himself."
    found = named(text, register_of({"person": {"somebody": [one]}}))
    assert marked(text, found) == f"There came [[somebody|{other}]] himself."
    assert found.decisions[0].rule in ("name-transliteration", "name-full", "name-surname")


@pytest.mark.parametrize(("tradition", "one", "other"), list(pairs("different")))
def test_other_name_is_not_found(tradition: str, one: str, other: str) -> None:
    for known, text in ((one, other), (other, one)):
        sentence = f"There came {text} himself."
        assert marked(sentence, named(sentence, register_of({"person": {"somebody": [known]}}))) == sentence


@pytest.mark.parametrize("row", table("parts")["names"], ids=lambda row: row["text"])
def test_parts(row: dict[str, Any]) -> None:
    parts = parts_of_text(row["text"])
    assert (parts.surname, list(parts.forenames)) == (row["surname"], row["forenames"])
    assert (parts.suffix, parts.eastern) == (row.get("suffix", ""), row.get("eastern", False))


@pytest.mark.parametrize("row", table("forms")["entries"], ids=lambda row: row["name"])
def test_forms(row: dict[str, Any]) -> None:
    keys = {form.key for form in forms_of(Entry("x", row["kind"], (Name(row["name"], "preferred"),)))}
    assert {folded(text) for text in row["has"]} <= keys
    assert not {folded(text) for text in row["lacks"]} & keys
