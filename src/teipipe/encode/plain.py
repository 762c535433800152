"""The text without the signs that editors set into it, so that "Ri [Ju-yeon]" is a name and "[19]56" a year."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from teipipe.encode.blocks import Span


class Shortened:
    """A text of which stretches were left out: `text` is what is left, and places in it lead back.

    After each that was left out, `_starts` has where `text` goes on, `_removed` how much has been left out so far.
    """

    text: str
    _starts: list[int]
    _removed: list[int]

    def offset(self, index: int) -> int:
        """Where the character at an index of `text` stood."""
        return index + self._removed[bisect_right(self._starts, index) - 1]

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of `text` that isn't empty began and ended."""
        starts = self._starts
        at = bisect_right(starts, start)
        if at == len(starts) or end <= starts[at]:
            removed = self._removed[at - 1]
            return start + removed, end + removed
        return self.offset(start), self.end(end)

    def end(self, index: int) -> int:
        """Where a stretch that ends at an index of `text` ended: what was left out behind it is no part of it."""
        return self.offset(index - 1) + 1 if index else 0


class Plain(Shortened):
    """`text` is that of a transcript without the signs of some spans; what is empty goes whole."""

    def __init__(self, text: str, spans: Iterable[Span]) -> None:
        cuts = sorted(cut for span in spans for cut in _cuts(span))
        pieces: list[str] = []
        self._starts = [0]
        self._origins = [0]
        self._removed = [0]
        at = removed = 0
        for start, end in cuts:
            if end <= at:
                continue
            pieces.append(text[at:start])
            removed += end - max(start, at)
            at = end
            self._starts.append(at - removed)
            self._origins.append(at)
            self._removed.append(removed)
        pieces.append(text[at:])
        self.text = "".join(pieces)
        self._ends = [*self._starts[1:], len(self.text)]

    def index(self, offset: int) -> int:
        """Where what stands at an offset of the transcript is in `text`; of a sign, what comes after it."""
        at = bisect_right(self._origins, offset) - 1
        index, end = offset - self._removed[at], self._ends[at]
        return index if index < end else end


def _cuts(span: Span) -> Iterable[tuple[int, int]]:
    if span.opening:
        yield span.start, span.start + span.opening
    if span.closing:
        yield span.end - span.closing, span.end
