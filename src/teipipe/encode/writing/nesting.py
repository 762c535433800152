"""Which spans can stand in the leaves of a text so that each lies in another one or beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from teipipe.encode.blocks import Span, Structure
from teipipe.encode.decisions import Certainty, Decision


def nested(structure: Structure, spans: Iterable[Span]) -> tuple[list[Span], tuple[Decision, ...]]:
    """The spans that can stand, outer ones before those in them, and what was decided about the others.

    Of two that cross, the one of the lower rank stands; so does the one that was given first, of the same rank.
    """
    leaves = structure.leaves
    kept: list[Span] = []
    crossed: list[Decision] = []
    dropped: set[int] = set()
    number = 0
    around: list[Span] = []  # those kept that haven't ended, each in the one before
    longest_first = sorted(spans, key=attrgetter("end"), reverse=True)
    for span in sorted(longest_first, key=attrgetter("start")):
        start = span.start
        while number < len(leaves) and leaves[number].end <= start:
            number += 1
        if number == len(leaves) or not leaves[number].start <= start < span.end <= leaves[number].end:
            crossed.append(_decision(span, "it reaches beyond its paragraph"))
            continue
        while around and around[-1].end <= start:
            around.pop()
        if around:
            rivals, winner = _rivals(around, span)
            if winner is not None:
                crossed.append(_decision(span, f"it crosses a {winner.element}"))
                continue
            if rivals:
                crossed += (_decision(rival, f"it crosses a {span.element}") for rival in rivals)
                dropped.update(map(id, rivals))
                around = [other for other in around if id(other) not in dropped]
        kept.append(span)
        around.append(span)
    return [span for span in kept if id(span) not in dropped], tuple(crossed)


def _rivals(around: Sequence[Span], span: Span) -> tuple[list[Span], Span | None]:
    """The spans around that cross one and give way to it; and the one, if any, to which it gives way."""
    rivals: list[Span] = []
    for other in reversed(around):
        if _cross(other, span):
            if other.rank <= span.rank:
                return [], other
            rivals.append(other)
        elif (other.start, other.end) != (span.start, span.end):
            break
    return rivals, None


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
