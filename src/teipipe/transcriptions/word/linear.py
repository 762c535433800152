"""A text that grows from left to right, with marks of what stands from where to where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from teipipe.transcriptions.marks import Mark

#: What may be without words, or has blanks of its own at its ends.
_AS_THEY_ARE: Final = frozenset({"page", "row", "cell", "table", "note"})
#: The rank of what lies in a paragraph, and of what is a paragraph.
_INSIDE: Final = 1000
PARAGRAPH: Final = 900


class Linear:
    """The text as far as it has come. What separates it from what follows waits until something does."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.length = 0
        self._last = ""
        self._waiting = ""
        self._page = False
        self._open: dict[str, tuple[int, int]] = {}
        self._is_begun = False
        self._marks: list[tuple[int, Mark]] = []

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self._pieces)

    @property
    def next(self) -> int:
        """The offset that the next character will have."""
        return self.length + len(self._waiting)

    def ends_blank(self) -> bool:
        """Whether a blank comes before whatever follows, or nothing does at all."""
        return bool(self._waiting) or not self._last or self._last.isspace()

    def separate(self, blanks: str) -> None:
        """Set what follows apart by these blanks, if anything follows, and anything stands before."""
        if (self.length or self._is_begun) and len(blanks) > len(self._waiting):
            self._waiting = blanks

    def hold(self) -> int:
        """Keep a place for something without words, so that what follows stands behind it; gives the place."""
        if self._waiting:
            self._put(self._waiting)
            self._waiting = ""
        self._is_begun = True
        return self.length

    def drop_blank(self) -> None:
        """Take back a blank that was to separate."""
        if self._waiting == " ":
            self._waiting = ""

    def page(self) -> None:
        """A new page begins with what follows."""
        self._page = True

    def add(self, text: str, look: frozenset[str] = frozenset()) -> None:
        """Add text that has a look."""
        if not text:
            return
        if self._waiting:
            self._put(self._waiting)
            self._waiting = ""
        if self._page and not text.isspace():
            self._page = False
            self.mark("page", self.length, self.length)
        start = self.length
        self._put(text)
        self._looks(start, look)

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self.length += len(text)
        self._last = text[-1]

    def _looks(self, start: int, look: frozenset[str]) -> None:
        for kind in sorted(look):
            begin, end = self._open.get(kind, (start, start))
            if end != start:
                self._close(kind)
                begin = start
            self._open[kind] = (begin, self.length)

    def end_looks(self) -> None:
        """Nothing that comes now looks like what stands before on account of that."""
        for kind in list(self._open):
            self._close(kind)

    def _close(self, kind: str) -> None:
        start, end = self._open.pop(kind)
        self.mark(kind, start, end)

    def mark(
        self, kind: str, start: int, end: int, values: Mapping[str, str] | None = None, rank: int = _INSIDE
    ) -> None:
        """Mark a stretch; of several that are the same, the one with the lowest rank is the outermost."""
        self._marks.append((rank, Mark(kind, start, end, values or {})))

    def marks(self) -> tuple[Mark, ...]:
        """Marks in order, outer ones first, without blanks at their ends, and none of a look that has nothing else."""
        text = self.text
        kept: list[tuple[int, int, int, Mark]] = []
        for rank, mark in self._marks:
            start, end = mark.start, mark.end
            if mark.kind not in _AS_THEY_ARE:
                inside = text[start:end]
                start, end = start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip())
                if start >= end:
                    continue
            kept.append((start, -end, rank, Mark(mark.kind, start, end, mark.values)))
        kept.sort(key=lambda each: each[:3])
        return tuple(mark for *_, mark in kept)
