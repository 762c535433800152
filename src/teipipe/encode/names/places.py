"""From offsets in the text without signs to those in the transcript, so that spans lie in and around brackets well."""

from __future__ import annotations

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
        signed = [span for span in spans if span.opening or span.closing]
        self._opening = {span.start + span.opening: span for span in signed}
        self._closing = {span.end - span.closing: span for span in signed}

    def of(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the transcript."""
        first, last = self._plain.stretch(start, end)
        if first not in self._opening and last not in self._closing:
            return first, last  # as nearly all are
        while (inner := self._closing.get(last)) is not None and inner.start >= first and inner.end > last:
            last = inner.end
        while (inner := self._opening.get(first)) is not None and inner.end <= last and inner.start < first:
            first = inner.start
        while (inner := self._closing.get(last)) is not None and inner.start >= first and inner.end > last:
            last = inner.end
        return first, last
