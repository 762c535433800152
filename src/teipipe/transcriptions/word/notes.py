"""Footnotes and endnotes: their words stand in the line, where their numbers are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from teipipe.transcriptions.word.linear import PARAGRAPH
from teipipe.transcriptions.word.names import W, words_of
from teipipe.transcriptions.word.numbering import formatted, note_format

if TYPE_CHECKING:
    from lxml import etree

    from teipipe.transcriptions.word.opening import WordParts
    from teipipe.transcriptions.word.story import Story

_PLACES: Final = {"footnote": "bottom", "endnote": "end"}
#: What parts of footnotes.xml are no notes: lines between text and notes.
_SEPARATORS: Final = frozenset({"separator", "continuationSeparator", "continuationNotice"})


class Notes:
    """The notes of a document, counted as their numbers come.

    A note is set off by blanks, which belong to it: `opening` and `closing` of its mark say how many there are.
    """

    def __init__(self, parts: WordParts, story: Story) -> None:
        self._story = story
        self._notes = {"footnote": _by_id(parts.footnotes), "endnote": _by_id(parts.endnotes)}
        self._formats = {kind: note_format(parts.settings, parts.document, kind) for kind in _PLACES}
        self._counts = dict.fromkeys(_PLACES, 0)
        self._read: set[tuple[str, str]] = set()
        self._last: tuple[int, dict[str, str]] | None = None  # where it began, and what is said of it
        self._is_inside = False
        self._begins_at = -1

    def read(self, kind: str, name: str, own: str) -> None:
        """Read a note at the place of its number; `own` is a sign that its author set instead of that."""
        element = self._notes[kind].get(name)
        if element is None:
            self._story.remarks.omitted("a note that isn't in the file", "", self._story.linear.next)
            return
        self._read.add((kind, name))
        if self._is_inside:  # a note on a note, which no word processor makes
            self._story.remarks.omitted("a note on a note", words_of(element), self._story.linear.next)
            return
        number = own or self._number(kind)
        linear = self._story.linear
        self.close("")
        linear.end_looks()
        opening = 0 if linear.ends_blank() else 1
        start = linear.next
        if opening:
            linear.add(" ")
        inside = linear.next
        self._is_inside, self._begins_at = True, inside
        self._blocks(element)
        self._is_inside, self._begins_at = False, -1
        linear.end_looks()
        if linear.length <= inside:
            self._story.remarks.omitted("a note without words", "", start)
            return
        linear.drop_blank()
        self._last = (start, {"n": number, "place": _PLACES[kind], "opening": str(opening)})

    def _blocks(self, element: etree._Element) -> None:
        linear = self._story.linear
        paragraphs = element.findall(f"{W}p")
        if len(paragraphs) != len(element):
            self._story.blocks(element, " ")
            return
        ranges: list[tuple[int, int]] = []
        for paragraph in paragraphs:
            start = linear.next
            self._story.blocks([paragraph], " ")
            if linear.length > start:
                ranges.append((start, linear.length))
        for start, end in ranges if len(ranges) > 1 else []:
            linear.mark("paragraph", start, end, rank=PARAGRAPH)

    def begun(self, text: str) -> str:
        """A text as it is added: the blank between the number of a note and its words goes with the number."""
        return text.lstrip() if self._story.linear.next == self._begins_at else text

    def close(self, text: str) -> None:
        """Set the note that was read last off from a text that follows it at once, "" if none does in its line."""
        if self._last is None or self._is_inside:
            return
        start, values = self._last
        self._last = None
        linear = self._story.linear
        closing = 1 if text and not text[0].isspace() and not linear.ends_blank() else 0
        if closing:
            linear.add(" ")
        linear.mark("note", start, linear.length, values | {"closing": str(closing)})

    def _number(self, kind: str) -> str:
        format, start = self._formats[kind]
        self._counts[kind] += 1
        return formatted(start + self._counts[kind] - 1, format)

    def finish(self) -> None:
        """Tell which notes no number leads to."""
        for kind, notes in self._notes.items():
            for name, element in notes.items():
                if (kind, name) not in self._read and words_of(element):
                    what = f"a {kind} that no number leads to"
                    self._story.remarks.omitted(what, words_of(element), self._story.linear.length)


def _by_id(root: etree._Element | None) -> dict[str, etree._Element]:
    return {
        each.get(f"{W}id", ""): each
        for each in (root if root is not None else ())
        if isinstance(each.tag, str) and each.get(f"{W}type") not in _SEPARATORS
    }
