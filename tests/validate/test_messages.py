"""Each slip of the gallery gives the findings that it says itself, at their places, and no others."""

from __future__ import annotations

import json
from functools import cache

import pytest
from tests.messages import CASES, OTHERS, SCHEMA, Case, all_cases, groups

from teipipe.reports import text
from teipipe.validate import Schema, open_schema


@cache
def schema() -> Schema:
    return open_schema(SCHEMA)


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.name)
def test_a_slip_is_found_at_its_place_and_once(case: Case) -> None:
    found = case.findings(schema())
    places = sorted((one.location.line or 0, one.rule) for one in found)
    assert places == sorted(case.expected), "\n".join(text.lines(found))


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.name)
def test_a_slip_is_told_and_expected(case: Case) -> None:
    assert case.slip.endswith("."), "a comment <!-- slip: … --> tells it in a sentence"
    assert case.expected, "a comment <!-- expect: … --> stands on the line before the place"


def test_every_case_stands_in_one_group() -> None:
    assert sorted(name for names in groups().values() for name in names) == [case.name for case in all_cases()]


def test_the_others_were_asked_about_these_texts_and_refuse_them() -> None:
    answers = json.loads(OTHERS.read_text("utf-8"))
    assert {name: answer["of"] for name, answer in answers.items()} == {case.name: case.mark for case in all_cases()}, (
        "run `make messages`"
    )
    assert [name for name, answer in answers.items() if not (answer["jing"] and answer["libxml2"])] == []


def test_the_gallery_holds_nothing_else() -> None:
    known = {"groups.toml", "others.json"}
    assert {path.name for path in CASES.iterdir() if path.suffix != ".xml"} <= known
