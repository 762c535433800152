"""Which spans can stand in the leaves of a text so that each lies in another one or beside it."""

from __future__ import annotations

from collections.abc import Iterable

from teipipe.encode.blocks import Block, Span, Structure
from teipipe.encode.decisions import Certainty, Decision


def nested(structure: Structure, spans: Iterable[Span]) -> tuple[list[Span], tuple[Decision, ...]]:
    """The spans that can stand, outer ones before those in them, and what was decided about the others.

    Of two that cross, the one of the lower rank stands; so does the one that was given first, of the same rank.
    """
    leaves = list(structure.leaves())
    kept: list[Span] = []
    crossed: list[Decision] = []
    number = 0
    held: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        while number < len(leaves) and leaves[number].end <= span.start:
            number += 1
            kept += held
            held = []
        if number == len(leaves) or not _is_in(span, leaves[number]):
            crossed.append(_decision(span, "it reaches beyond its paragraph"))
            continue
        rivals = [other for other in held if _cross(other, span)]
        if all(span.rank < other.rank for other in rivals):
            crossed += (_decision(other, f"it crosses a {span.element}") for other in rivals)
            held = [other for other in held if other not in rivals]
            held.append(span)
        else:
            crossed.append(_decision(span, f"it crosses a {rivals[0].element}"))
    return kept + held, tuple(crossed)


def _is_in(span: Span, leaf: Block) -> bool:
    return leaf.start <= span.start < span.end <= leaf.end


def _cross(one: Span, other: Span) -> bool:
    """Whether one can't lie in the other: they overlap, the inner one reaches into signs, or both are the same."""
    if other.start >= one.end:
        return False
    if other.end > one.end:
        return True
    inside = one.start + one.opening <= other.start and other.end <= one.end - one.closing
    around = (one.start, one.end) == (other.start, other.end) and one.opening + one.closing == 0
    return not (inside or around) or (one.element, one.start, one.end) == (other.element, other.start, other.end)


def _decision(span: Span, reason: str) -> Decision:
    return Decision("crossing-span", span.start, span.end, Certainty.LOW, "", f"{span.element}: {reason}")
