"""What a word processor says of stretches within paragraphs: emphasis, notes and links, as elements of TEI."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import Final

from teipipe.encode.blocks import Block, Span, Structure
from teipipe.encode.decisions import Certainty, Decision
from teipipe.encode.marked import Marked
from teipipe.encode.transcript import Mark, Transcript

#: What each look is called in @rend.
_REND: Final = {
    "bold": "bold",
    "italic": "italic",
    "underline": "underlined",
    "small-caps": "small-caps",
    "caps": "all-caps",
    "superscript": "superscript",
    "subscript": "subscript",
    "strike": "strikethrough",
}
_NOTE_RANK: Final = 1
_LINK_RANK: Final = 35
_EMPHASIS_RANK: Final = 40
#: Where all is bold or in small capitals because of what it is, that is no emphasis.
_SET_OFF: Final = frozenset({"head", "speaker", "label", "salute", "dateline"})
#: What has no elements in it, and what has no text.
_PLAIN: Final = frozenset({"pc"})
_EMPTY: Final = frozenset({"gap", "lb", "pb"})
#: What emphasis and links can't hold.
_UNHELD: Final = frozenset({"stage"})
_TARGET: Final = re.compile(r"(?:https?|ftp)://[^\s<>\"{}|\\^`\[\]]+|mailto:[^\s<>\"{}|\\^`\[\]]+")


def notes_in(transcript: Transcript, structure: Structure) -> Marked:
    """The notes within paragraphs; those of several paragraphs have these as elements."""
    spans: list[Span] = []
    decisions: list[Decision] = []
    marks = [mark for mark in transcript.marks if mark.kind in ("note", "paragraph")]
    for leaf, mark in _in_leaves(structure, marks):
        opening, closing = int(mark.values.get("opening", "0")), int(mark.values.get("closing", "0"))
        # Where a leaf begins or ends with a note, the blank that sets it off is no part of the leaf.
        opening = max(opening - max(leaf.start - mark.start, 0), 0)
        closing = max(closing - max(mark.end - leaf.end, 0), 0)
        start, end = max(mark.start, leaf.start), min(mark.end, leaf.end)
        if transcript.text[mark.start : start].strip() or transcript.text[end : mark.end].strip() or start >= end:
            continue
        if mark.kind == "paragraph":
            spans.append(Span("p", start, end, rank=_NOTE_RANK))
            continue
        place, number = mark.values.get("place", "bottom"), mark.values.get("n", "")
        attributes = (("place", place), *((("n", number),) if number else ()))
        spans.append(Span("note", start, end, attributes, opening, closing, _NOTE_RANK))
        decisions.append(Decision("word-note", start, end, Certainty.HIGH, f"note place={place}", "a note of the file"))
    return Marked(tuple(spans), tuple(decisions))


def emphasis_in(transcript: Transcript, structure: Structure, others: Iterable[Span]) -> Marked:
    """What looks otherwise than the words around it, and links; divided where that crosses any of the other spans."""
    looks = [mark for mark in transcript.marks if mark.kind in _REND or mark.kind == "link"]
    if not looks:
        return Marked()
    kept = list(others)
    borders = _Borders((*kept, *_crossing(looks)))
    solid = _Solid(kept)
    spans: list[Span] = []
    decisions: list[Decision] = []
    for (start, end), group in _pieces(transcript, structure, looks, borders):
        if solid.has(start, end):
            continue
        marks = list(group)
        rend = " ".join(dict.fromkeys(_REND[mark.kind] for mark in marks if mark.kind in _REND))
        target = next((mark.values["target"] for mark in marks if mark.kind == "link"), "")
        if rend:
            spans.append(Span("hi", start, end, (("rend", rend),), rank=_EMPHASIS_RANK))
            decisions.append(
                Decision("emphasis", start, end, Certainty.HIGH, f"hi rend={rend}", "it looks so in the file")
            )
        if target and _TARGET.fullmatch(target):
            spans.append(Span("ref", start, end, (("target", target),), rank=_LINK_RANK))
            decisions.append(Decision("link", start, end, Certainty.HIGH, f"ref target={target}", "a link of the file"))
        elif target:
            decisions.append(Decision("link", start, end, Certainty.LOW, "", f"“{target}” is no address on the web"))
    return Marked(tuple(spans), tuple(decisions))


def _pieces(
    transcript: Transcript, structure: Structure, marks: list[Mark], borders: _Borders
) -> Iterator[tuple[tuple[int, int], Iterator[Mark]]]:
    """What is said of the same stretch, together: stretches within one leaf that cross nothing."""
    pieces: list[tuple[int, int, Mark]] = []
    for leaf, mark in _in_leaves(structure, marks):
        start, end = max(mark.start, leaf.start), min(mark.end, leaf.end)
        if leaf.element in _EMPTY:
            continue
        if leaf.element in _SET_OFF and mark.kind != "link" and _is_whole(transcript.text, leaf, start, end):
            continue
        for first, last in borders.cut(start, end):
            stretch = transcript.text[first:last]
            first += len(stretch) - len(stretch.lstrip())
            last = first + len(stretch.strip())
            if first < last:
                pieces.append((first, last, mark))
    pieces.sort(key=lambda piece: (piece[0], -piece[1]))
    for place, group in groupby(pieces, key=lambda piece: (piece[0], piece[1])):
        yield place, (mark for _, _, mark in group)


def _in_leaves(structure: Structure, marks: list[Mark]) -> Iterator[tuple[Block, Mark]]:
    """Each mark with each leaf that it has a part of."""
    leaves = structure.leaves
    ends = [leaf.end for leaf in leaves]
    for mark in marks:
        number = bisect_right(ends, mark.start)
        while number < len(leaves) and leaves[number].start < mark.end:
            yield leaves[number], mark
            number += 1


def _is_whole(text: str, leaf: Block, start: int, end: int) -> bool:
    """Whether all words of a leaf lie in a stretch; a punctuation mark at the end need not."""
    return not text[leaf.start : start].strip() and not text[end : leaf.end].strip(" \t\n\xa0.:,;–—-")


def _crossing(marks: list[Mark]) -> list[Span]:
    """The marks, as spans, that overlap others without lying in them."""
    crossing: dict[int, Mark] = {}
    open_marks: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        while open_marks and open_marks[-1].end <= mark.start:
            open_marks.pop()
        for other in reversed(open_marks):
            if other.end >= mark.end:
                break
            if other.end > mark.start:
                crossing |= {id(other): other, id(mark): mark}
        open_marks.append(mark)
    return [Span("hi", mark.start, mark.end) for mark in crossing.values()]


class _Solid:
    """Spans that no element can stand in."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(
            (span.start, span.end) for span in spans if span.element in _PLAIN or span.element in _EMPTY
        )

    def has(self, start: int, end: int) -> bool:
        """Whether a stretch lies in one of them."""
        number = bisect_right(self._spans, (start, end)) - 1
        near = self._spans[max(number, 0) : number + 2]
        return any(begin <= start and end <= finish for begin, finish in near)


class _Borders:
    """Where other spans begin and end, signs apart: what crosses them has to be divided there."""

    def __init__(self, spans: Iterable[Span]) -> None:
        borders: list[tuple[int, Span]] = []
        for span in spans:
            borders += ((span.start, span), (span.end, span))
            if span.opening:
                borders.append((span.start + span.opening, span))
            if span.closing:
                borders.append((span.end - span.closing, span))
        borders.sort(key=lambda border: border[0])
        self._places = [at for at, _ in borders]
        self._spans = [span for _, span in borders]

    def cut(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of a stretch that each lie in the other spans or beside them, and not in their signs."""
        first, last = bisect_right(self._places, start), bisect_left(self._places, end)
        cuts = {start, end}
        signs: list[tuple[int, int]] = []
        for number in range(first, last):
            span = self._spans[number]
            has_signs = span.opening + span.closing > 0
            is_within = start <= span.start and span.end <= end and span.element not in _UNHELD
            if is_within and not (has_signs and (start, end) == (span.start, span.end)):
                continue
            inner = (span.start + span.opening, span.end - span.closing)
            cuts.update(at for at in (span.start, *inner, span.end) if start < at < end)
            signs += [(span.start, inner[0])] if span.opening else []
            signs += [(inner[1], span.end)] if span.closing else []
        places = sorted(cuts)
        for one, other in pairwise(places):
            if not any(begin <= one and other <= finish for begin, finish in signs):
                yield one, other
