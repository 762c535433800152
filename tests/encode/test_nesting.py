"""Of spans that cross, those stand that are to: whatever is found, it can be written."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from teipipe.encode.blocks import Block, Span, Structure
from teipipe.encode.writing.nesting import nested

LENGTH = 24


def structure(*ends: int) -> Structure:
    """Paragraphs that end there."""
    starts = (0, *(end + 1 for end in ends[:-1]))
    return Structure("essay", "essay", body=tuple(Block("p", *place) for place in zip(starts, ends, strict=True)))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, LENGTH - 1))
    end = draw(st.integers(start + 1, LENGTH))
    opening = draw(st.integers(0, 1))
    closing = draw(st.integers(0, 1)) if end - start > opening else 0
    return Span(draw(st.sampled_from("abc")), start, end, (), opening, closing, draw(st.integers(0, 3)))


@given(st.lists(spans(), max_size=12))
def test_what_is_kept_can_be_written(given: list[Span]) -> None:
    kept, crossed = nested(structure(10, LENGTH), given)
    assert len(kept) + len(crossed) == len(given)
    assert kept == sorted(kept, key=lambda span: (span.start, -span.end))
    for outer, inner in combinations(kept, 2):
        is_apart = outer.end <= inner.start
        is_inside = outer.start + outer.opening <= inner.start and inner.end <= outer.end - outer.closing
        is_same = (outer.start, outer.end) == (inner.start, inner.end) and not outer.opening + outer.closing
        assert is_apart or is_inside or is_same
    assert all(span.end <= 10 or span.start >= 11 for span in kept)


@given(st.lists(spans(), max_size=12))
def test_nothing_is_left_out_for_one_of_a_higher_rank(given: list[Span]) -> None:
    lowest = min((span.rank for span in given), default=0)
    of_lowest = [span for span in given if span.rank == lowest]
    alone, _ = nested(structure(LENGTH), of_lowest)
    kept, _ = nested(structure(LENGTH), given)
    assert set(alone) <= set(kept)


def test_first_of_two_that_are_the_same_stands() -> None:
    kept, crossed = nested(structure(LENGTH), [Span("a", 2, 5, (("n", "1"),)), Span("a", 2, 5, (("n", "2"),))])
    assert [span.attributes for span in kept] == [(("n", "1"),)]
    assert [decision.reason for decision in crossed] == ["a: it crosses a a"]


def test_very_many_in_one_paragraph_are_no_burden() -> None:
    many = [Span("a", at, at + 2) for at in range(0, 400_000, 2)]
    kept, crossed = nested(structure(400_000), many)
    assert (len(kept), crossed) == (len(many), ())
