"""The gallery of slips by the XSD of the same ODD: the same places, and but for a few the same words."""

from __future__ import annotations

from functools import cache
from typing import Final

import pytest
from tests.messages import SCHEMA, Case, all_cases

from teipipe.diagnostics import Diagnostic
from teipipe.reports import text
from teipipe.validate import Schema, open_schema

#: In XSD, content models are written otherwise, and what may stand at a place comes in another order; where two names
#: are equally likely, that decides.
DIFFERENT: Final = {
    "empty-division": "which of equally likely elements are named, and how many more there are",
    "event-without-name": "the order of alternatives",
    "list-without-items": "the order of alternatives",
    "place-on-supplied": "the order of elements",
    "surname-in-name": "which of equally likely elements are named",
    "table-with-figure": "which of equally likely elements are named",
    "yes-for-true": "the order of a union's members",
}


@cache
def schema(suffix: str) -> Schema:
    return open_schema(SCHEMA.with_suffix(suffix))


@cache
def findings(case: Case, suffix: str) -> list[Diagnostic]:
    return case.findings(schema(suffix))


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.name)
def test_a_slip_is_found_at_its_place_and_once(case: Case) -> None:
    found = findings(case, ".xsd")
    places = sorted((one.location.line or 0, one.rule) for one in found)
    assert places == sorted(case.expected), "\n".join(text.lines(found))


def test_the_words_are_those_of_relax_ng() -> None:
    different = {case.name for case in all_cases() if findings(case, ".xsd") != findings(case, ".rng")}
    assert different == set(DIFFERENT)
