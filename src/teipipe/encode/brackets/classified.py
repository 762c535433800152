"""What a pair of brackets was taken for."""

from __future__ import annotations

from typing import NamedTuple

from teipipe.encode.blocks import Attributes
from teipipe.encode.decisions import Candidate, Certainty


class Classified(NamedTuple):
    """An element for a pair of brackets, by which rule, how surely and why.

    `opening` and `closing` are how many characters of it are signs; `earlier` is how many before it belong to the
    element.
    """

    rule: str
    element: str
    attributes: Attributes
    opening: int
    closing: int
    certainty: Certainty
    reason: str
    candidates: tuple[Candidate, ...] = ()
    earlier: int = 0
