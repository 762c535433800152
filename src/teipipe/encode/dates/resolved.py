"""What was made of an expression: the element that it becomes, its value, and why."""

from __future__ import annotations

from typing import NamedTuple

from teipipe.encode.blocks import Attributes
from teipipe.encode.decisions import Candidate, Certainty


class Resolved(NamedTuple):
    """An expression with its value: the element it becomes, by which rule, how surely and why.

    `element` is "" if it is left as it is. `finding` is the rule of what has to be reported, "" if nothing has; `said`
    what it says beyond the expression.
    """

    element: str
    attributes: Attributes
    rule: str
    certainty: Certainty
    reason: str
    candidates: tuple[Candidate, ...] = ()
    finding: str = ""
    said: str = ""


def inferred(certainty: Certainty, evidence: str) -> Attributes:
    """What says of a value that it was inferred."""
    return (("cert", certainty.value), ("evidence", evidence))


def impossible(why: str) -> Resolved:
    """A date that the calendar hasn't: it is marked, without a value, and reported."""
    return Resolved("date", (), "impossible-date", Certainty.LOW, why, finding="unreal-date", said=why)
