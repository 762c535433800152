"""One mistake, one finding, by XSD too: a small fixed part of `python -m tests.xsd.recovery`."""

from __future__ import annotations

from tests.parity.recovery import told

from .recovery import judged, small

COUNT = 300
ENOUGH = 0.95


def test_one_mistake_one_finding_at_its_place() -> None:
    outcomes = list(judged(small(), COUNT, "recovery"))
    assert len(outcomes) > COUNT / 2
    bad = [one for one in outcomes if not one.is_good]
    lines = "\n".join(line for one in bad for line in told(one))
    assert len(bad) <= (1 - ENOUGH) * len(outcomes), f"{len(bad)} of {len(outcomes)}:\n{lines}"
