"""We judge as jing does: a small fixed part of `python -m tests.parity`."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import documents, jing, known
from .compare import Case, compare, told
from .mutations import mutate

MISSING = jing.missing()

pytestmark = pytest.mark.skipif(MISSING is not None, reason=str(MISSING))


@pytest.mark.parametrize(
    ("schema", "count"),
    [
        (documents.TEIPIPE_RNG, 150),
        pytest.param(
            documents.TEI_ALL,
            60,
            marks=pytest.mark.skipif(not documents.TEI_ALL.is_file(), reason=f"{documents.TEI_ALL} is missing"),
        ),
    ],
    ids=["teipipe.rng", "tei_all.rng"],
)
def test_same_verdict_as_jing(schema: Path, count: int) -> None:
    own = documents.own()
    cases = [
        *(Case(f"document {number}", data) for number, data in enumerate(own)),
        *(
            Case(f"mutant {number}", mutant.data, f"{mutant.kind}: {mutant.description}")
            for number, mutant in enumerate(mutate([own], count, "parity"))
        ),
    ]
    tally = compare(schema, cases, jing.Jing(schema), known.read(), schema.name)
    assert not tally.differences, "\n".join(line for each in tally.differences for line in told(each))
    assert tally.valid >= len(own)
    assert tally.invalid > count / 2
