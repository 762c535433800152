"""What the encoder has reached it doesn't lose: on our documents, and on those of others if they are there."""

from __future__ import annotations

import pytest
from tests.accuracy import memoranda
from tests.accuracy.aspects import NAMES
from tests.accuracy.measuring import own, total
from tests.accuracy.targets import targets


@pytest.mark.parametrize("number", range(7))
def test_target_is_reached(number: int) -> None:
    target = targets(own(with_register=True))[number]
    assert target.is_reached, f"{target.name}: {target.value:.3f} instead of {target.aim}; see docs/accuracy.md"


def test_every_target_is_looked_at() -> None:
    assert len(targets(own(with_register=True))) == 7


def test_without_a_register_turns_brackets_and_dates_are_the_same() -> None:
    given, withheld = own(with_register=True), own(with_register=False)
    for aspect, groups in (
        ("turns", ["turns", "paragraphs"]),
        ("brackets", ["brackets"]),
        ("dates", ["calendar dates"]),
    ):
        assert total(withheld, aspect, groups).spans == total(given, aspect, groups).spans
    names = total(withheld, "names", NAMES[:1])
    assert names.spans.precision >= 0.95


@pytest.mark.skipif(memoranda.missing() is not None, reason="the documents of others are not there")
def test_documents_of_others_are_encoded_as_well() -> None:
    measured = memoranda.measured(["names", "dates", "brackets"])
    names = total(measured, "names", ["persName"]).values
    assert (names.precision >= 0.98, names.recall >= 0.88) == (True, True)
    assert total(measured, "dates", ["line"]).values.recall >= 0.97
    assert total(measured, "dates", ["silver"]).values.f1 >= 0.92
    assert total(measured, "brackets", ["brackets"]).kinds.recall >= 0.95
