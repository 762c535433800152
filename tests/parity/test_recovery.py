"""One mistake, one finding: a small fixed part of `python -m tests.parity.recovery`."""

from __future__ import annotations

from . import documents, ours
from .mutations import mutate
from .recovery import outcome, told

COUNT = 200
ENOUGH = 0.95


def test_one_mistake_one_finding_at_its_place() -> None:
    schema = documents.TEIPIPE_RNG
    engine = ours.load(schema)
    mutants = [
        mutant
        for mutant in mutate([documents.own()], COUNT, "recovery")
        if mutant.rest is None or engine.is_valid(mutant.rest, identities=False)
    ]
    judged = zip(mutants, ours.judge(schema, [mutant.data for mutant in mutants]), strict=True)
    outcomes = [outcome(mutant, one.findings or ()) for mutant, one in judged if one.is_valid is False]
    assert len(outcomes) > COUNT / 2
    bad = [one for one in outcomes if not one.is_good]
    lines = "\n".join(line for one in bad for line in told(one))
    assert len(bad) <= (1 - ENOUGH) * len(outcomes), f"{len(bad)} of {len(outcomes)}:\n{lines}"
