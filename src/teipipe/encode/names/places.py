"""From offsets in the text without signs to those in the transcript, so that spans lie in and around brackets well."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from teipipe.encode.blocks import Span
from teipipe.encode.plain import Plain


class Stretches:
    """Maps stretches of the plain text to those of a transcript.

    A name that ends with the last word in brackets ("Ri [Ju-yeon]") goes on to the end of the brackets, so that these
    lie in it; one that is all that stands in brackets lies in them.
    """

    def __init__(self, plain: Plain, spans: Iterable[Span]) -> None:
        self._plain = plain
        signed = sorted((span for span in spans if span.opening or span.closing), key=lambda span: span.start)
        self._starts = [span.start for span in signed]
        self._signed = signed

    def of(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the transcript."""
        first, last = self._plain.offset(start), self._plain.end(end)
        if not self._signed:
            return first, last
        before = self._around(first)
        after = self._around(last - 1)
        if before is not after:
            if after is not None and after.start >= first and last == after.end - after.closing:
                last = after.end
            if before is not None and before.end <= last and first == before.start + before.opening:
                first = before.start
        return first, last

    def _around(self, offset: int) -> Span | None:
        at = bisect_right(self._starts, offset) - 1
        if at >= 0 and offset < self._signed[at].end:
            return self._signed[at]
        return None
