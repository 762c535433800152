"""Writes the text of a document: blocks, and the spans in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from teipipe.encode.blocks import Attributes, Block, Span, Structure
from teipipe.encode.marked import Named
from teipipe.encode.settings import Settings
from teipipe.encode.writing.elements import attributes_of, escaped, filled, joined_attributes
from teipipe.encode.writing.renditions import Renditions

_SPECIAL: Final = re.compile("[&<>]")
#: What has no text in it: all of it goes into signs.
EMPTY: Final = frozenset({"gap", "pb", "lb"})
#: The ids of blocks, by their elements: a letter and a number.
_IDS: Final = {"sp": "t", "p": "p", "note": "n"}


class TextWriter:
    """Writes the element `text`; `renditions` are those that it pointed at."""

    def __init__(self, text: str, structure: Structure, spans: list[Span], names: Named, settings: Settings) -> None:
        self._text = text
        self._escaped = escaped if _SPECIAL.search(text) else str
        self._structure = structure
        self._spans = spans
        self._next = 0
        self._labels = [label.start for label in structure.labels]
        self._who = names.who
        self._register = settings.register_href
        self._lines: list[str] = []
        self._counts: dict[str, int] = {}
        self.renditions = Renditions()

    def text(self) -> str:
        """The element with all that is in it, indented by one level."""
        structure = self._structure
        attributes = (("type", structure.text_type),) if structure.text_type else ()
        self._open("text", attributes, 1)
        for name, blocks in (("front", structure.front), ("body", structure.body), ("back", structure.back)):
            if not blocks:
                continue
            self._open(name, (), 2)
            for block in blocks:
                self._block(block, 3, in_turn=False)
            self._lines.append(f"    </{name}>")
        self._lines.append("  </text>")
        return "\n".join(self._lines)

    def _open(self, name: str, attributes: Attributes, level: int) -> None:
        self._lines.append(f"{'  ' * level}<{name}{attributes_of(attributes)}>")

    def _block(self, block: Block, level: int, *, in_turn: bool) -> None:
        element = block.element
        attributes = self._identified(block, in_turn=in_turn)
        if not block.children:
            self._leaf(block, attributes, level)
            return
        if element == "sp":
            in_turn = True
            attributes += self._speaker(block)
        indent = "  " * level
        self._lines.append(f"{indent}<{element}{attributes}>")
        for child in block.children:
            self._block(child, level + 1, in_turn=in_turn)
        self._lines.append(f"{indent}</{element}>")

    def _identified(self, block: Block, *, in_turn: bool) -> str:
        """Its attributes as they stand in a start tag, with an id if others may want to point at it."""
        attributes = attributes_of(block.attributes) if block.attributes else ""
        letter = _IDS.get(block.element)
        if letter is None or (in_turn and letter == "p") or ' xml:id="' in attributes:
            return attributes
        number = self._counts[letter] = self._counts.get(letter, 0) + 1
        return f' xml:id="{letter}{number}"{attributes}'

    def _speaker(self, turn: Block) -> str:
        """@who, if it is known for each of those that the label names."""
        label = turn.children[0]
        named = self._who[bisect_left(self._labels, label.start) : bisect_left(self._labels, label.end)]
        if not named or not all(named):
            return ""
        return attributes_of(
            (("who", " ".join([f"{self._register}#{entry}" for entries in named for entry in entries])),)
        )

    def _leaf(self, block: Block, attributes: str, level: int) -> None:
        spans = self._within(block)
        if block.element in EMPTY:
            if block.end > block.start:
                sign = self.renditions.before(self._text[block.start : block.end])
                attributes += attributes_of((("rendition", sign),))
            self._lines.append(f"{'  ' * level}<{block.element}{attributes}/>")
            return
        content = self._content(block.start, block.end, spans)
        self._lines.append(filled(f"<{block.element}{attributes}>", content, f"</{block.element}>", level))

    def _within(self, block: Block) -> list[Span]:
        spans, end = self._spans, block.end
        first = after = self._next
        while after < len(spans) and spans[after].end <= end:
            after += 1
        self._next = after
        return spans[first:after]

    def _content(self, start: int, end: int, spans: list[Span]) -> str:
        text, escaped = self._text, self._escaped
        if not spans:
            return escaped(text[start:end])
        pieces: list[str] = []
        opened: list[Span] = []
        at = start
        for span in spans:
            while opened and opened[-1].end <= span.start:
                at = self._close(pieces, at, opened.pop())
            pieces.append(escaped(text[at : span.start]))
            if span.opening or span.closing:
                at = self._begin(pieces, span, opened)
            else:
                pieces.append(f"<{span.element}{joined_attributes(span.attributes)}>")
                opened.append(span)
                at = span.start
        while opened:
            at = self._close(pieces, at, opened.pop())
        pieces.append(escaped(text[at:end]))
        return "".join(pieces)

    def _begin(self, pieces: list[str], span: Span, opened: list[Span]) -> int:
        """Write the start tag of an element that has signs; where its text begins."""
        text, signs = self._text, []
        inner = span.start + span.opening
        if span.opening and not self._is_apart(span, span.start, inner):
            signs.append(self.renditions.before(text[span.start : inner]))
        if span.closing and not self._is_apart(span, span.end - span.closing, span.end):
            signs.append(self.renditions.after(text[span.end - span.closing : span.end]))
        attributes = (*span.attributes, ("rendition", " ".join(signs))) if signs else span.attributes
        tag = f"<{span.element}{joined_attributes(attributes)}"
        if span.opening + span.closing >= span.end - span.start and span.element in EMPTY:
            pieces.append(f"{tag}/>")
            return span.end
        pieces.append(f"{tag}>")
        opened.append(span)
        return inner

    def _is_apart(self, span: Span, start: int, end: int) -> bool:
        """Whether a sign is no more than the blank by which a note is set off from the words around it."""
        return span.element == "note" and self._text[start:end].isspace()

    def _close(self, pieces: list[str], at: int, span: Span) -> int:
        pieces.append(self._escaped(self._text[at : span.end - span.closing]))
        pieces.append(f"</{span.element}>")
        return span.end
