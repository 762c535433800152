"""The harness itself: every way to differ from jing is seen, and every finding that is one too many or out of place."""

from __future__ import annotations

from pathlib import Path

import pytest

from teipipe.diagnostics import Diagnostic, Location, Severity

from .compare import differ
from .jing import Error, Verdict
from .mutations import Mutant
from .ours import Judged
from .recovery import outcome

ERROR = (Error(1, 1, "wrong"),)
VALID, INVALID, TWICE = Verdict((), ()), Verdict(ERROR, ()), Verdict((), ERROR)


def found(line: int, column: int) -> Diagnostic:
    return Diagnostic("unexpected-element", Severity.ERROR, "wrong", Location(Path("d.xml"), line, column))


FOUND = (found(1, 1),)


@pytest.mark.parametrize(
    ("judged", "verdict"),
    [
        (Judged(True, True, ()), VALID),
        (Judged(False, False, FOUND), INVALID),
        (Judged(False, False, None), INVALID),
        (Judged(True, False, ()), TWICE),
    ],
)
def test_agreement(judged: Judged, verdict: Verdict) -> None:
    assert differ(judged, verdict) is None


@pytest.mark.parametrize(
    ("judged", "verdict", "problem"),
    [
        (Judged(True, True, ()), INVALID, "only jing refuses it"),
        (Judged(False, False, FOUND), VALID, "only we refuse it"),
        (Judged(True, True, ()), TWICE, "only jing refuses it for its ids"),
        (Judged(True, False, ()), VALID, "only we refuse it for its ids"),
        (Judged(True, True, FOUND), VALID, "we call it valid, and find something"),
        (Judged(False, False, ()), INVALID, "we call it invalid, and find nothing"),
        (Judged(None, None, None), VALID, "we met a limit"),
    ],
)
def test_difference(judged: Judged, verdict: Verdict, problem: str) -> None:
    assert differ(judged, verdict) == problem


@pytest.mark.parametrize(
    ("findings", "is_good"),
    [
        ([found(2, 1)], True),
        ([found(1, 1)], True),
        ([found(2, 2)], False),
        ([found(2, 1), found(2, 1)], False),
        ([], False),
    ],
    ids=["there", "where else it may be known", "elsewhere", "two", "none"],
)
def test_one_finding_at_its_place(findings: list[Diagnostic], is_good: bool) -> None:
    data = b"<a>\n<b/></a>"
    mutant = Mutant(data, "unknown-name", 4, "<c> is now <b>", frozenset([0, 4]))
    assert outcome(mutant, findings).is_good == is_good
