"""The words of a document as the reading view has them, paragraph by paragraph, each with the line it stands on."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from dataclasses import dataclass
from typing import Final

from lxml import etree

from teipipe.deposit.statements import has_words, name_of
from teipipe.documents import TEI_NAMESPACE, XML_NAMESPACE
from teipipe.views import DEFAULT, Rule, Views

_WORD: Final = re.compile(r"\S+")
_ID: Final = f"{{{XML_NAMESPACE}}}id"
_TEI: Final = f"{{{TEI_NAMESPACE}}}"
#: Actions of a view that don't put the words of an element where it stands.
_APART: Final = frozenset({"omit", "note", "place", "space"})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that belong together: where they are, and the line that each begins on.

    `place` is the xml:id of the element or of the nearest one around it with a "#" before it, else the element's name
    with its number in the document ("p 12").
    """

    place: str
    words: tuple[str, ...]
    lines: array[int]


def paragraphs(root: etree._Element, views: Views) -> list[Paragraph]:
    """The paragraphs of a TEI document in order; a note is one of its own, behind that which it stands in."""
    reader = _Reader(root, views)
    for part in root:
        if part.tag not in (f"{_TEI}teiHeader", f"{_TEI}standOff"):
            reader.read(part)
    return reader.found


class _Reader:
    """Goes through a document with one line of text at a time in hand."""

    def __init__(self, root: etree._Element, views: Views) -> None:
        self.found: list[Paragraph] = []
        self._views = views
        self._present = frozenset(
            element.tag[len(_TEI) :] for element in root.iter(f"{_TEI}*") if isinstance(element.tag, str)
        )
        self._numbers: Counter[str] = Counter()
        self._siblings = _Siblings()
        self._line = 1
        self._pieces: list[tuple[str, int]] = []
        self._place = ""
        self._notes: list[Paragraph] = []

    def read(self, element: etree._Element) -> None:
        """Take in a part of the document."""
        self._element(element, within_line=False, place="", is_shown=True)
        self._flush()

    def _element(self, element: etree._Element, *, within_line: bool, place: str, is_shown: bool) -> None:
        if not isinstance(element.tag, str):  # a comment, an instruction
            self._line += (element.text or "").count("\n")
            return
        self._line = element.sourceline or self._line
        rule = self._rule(element)
        action = rule.actions["reading"]
        name = name_of(element)
        self._numbers[name] += 1
        own = element.get(_ID)
        place = f"#{own.strip()}" if own else place
        if action == "note" and is_shown:
            self._note(element, place)
            return
        if action == "space":
            self._pieces.append((" ", self._line))
        is_shown = is_shown and action not in _APART
        display = ("inline" if within_line else "block") if rule.display == "auto" else rule.display
        is_block = is_shown and display == "block"
        if is_block:
            self._flush()
        self._content(element, place, within_line=not is_block or has_words(element), is_shown=is_shown)
        if is_block:
            self._flush()

    def _content(self, element: etree._Element, place: str, *, within_line: bool, is_shown: bool) -> None:
        name = name_of(element)
        self._text(element.text, place or f"{name} {self._numbers[name]}", is_shown=is_shown)
        number = self._numbers[name]
        for child in element:
            self._element(child, within_line=within_line, place=place, is_shown=is_shown)
            self._text(child.tail, place or f"{name} {number}", is_shown=is_shown)

    def _text(self, text: str | None, place: str, *, is_shown: bool) -> None:
        if not text:
            return
        if is_shown:
            if not self._pieces:
                self._place = place
            self._pieces.append((text, self._line))
        self._line += text.count("\n")

    def _note(self, element: etree._Element, place: str) -> None:
        """A note stands apart: what is around it goes on behind it as if it were not there."""
        around, where, kept = self._pieces, self._place, self._notes
        self._pieces, self._notes = [], []
        self._content(element, place, within_line=True, is_shown=True)
        self._flush(kept)
        self._pieces, self._place, self._notes = around, where, [*kept, *self._notes]

    def _flush(self, to: list[Paragraph] | None = None) -> None:
        """What is in hand becomes a paragraph."""
        found = self.found if to is None else to
        pieces, self._pieces = self._pieces, []
        words, lines = _words(pieces)
        if words:
            found.append(Paragraph(self._place, words, lines))
        if to is None:
            found += self._notes
            self._notes = []

    def _rule(self, element: etree._Element) -> Rule:
        if not str(element.tag).startswith(_TEI):
            return DEFAULT
        parent = element.getparent()
        return self._views.rule(
            name_of(element),
            parent=None if parent is None else name_of(parent),
            type=element.get("type"),
            break_=element.get("break"),
            place=element.get("place"),
            beside=self._siblings.of(element),
            present=self._present,
        )


class _Siblings:
    """The names of an element's siblings: counted only if a rule asks for one, once for all children of a parent."""

    def __init__(self) -> None:
        self._element: etree._Element | None = None
        self._parent: etree._Element | None = None
        self._counts: Counter[str] = Counter()

    def of(self, element: etree._Element) -> _Siblings:
        """Those of this element from now on."""
        self._element = element
        return self

    def __contains__(self, name: object) -> bool:
        element = self._element
        parent = None if element is None else element.getparent()
        if element is None or parent is None or not isinstance(name, str):
            return False
        if parent is not self._parent:
            self._parent = parent
            self._counts = Counter(name_of(one) for one in parent if isinstance(one.tag, str))
        return self._counts[name] > (name_of(element) == name)


def _words(pieces: list[tuple[str, int]]) -> tuple[tuple[str, ...], array[int]]:
    """The words of a text in pieces, and on which line each begins."""
    words: list[str] = []
    lines = array("I")
    text = "".join(piece for piece, _ in pieces)
    begins: list[tuple[int, str, int]] = []
    position = 0
    for piece, line in pieces:
        begins.append((position, piece, line))
        position += len(piece)
    index = counted = 0
    line = pieces[0][1] if pieces else 0
    for match in _WORD.finditer(text):
        at = match.start()
        while index + 1 < len(begins) and begins[index + 1][0] <= at:
            index += 1
            counted, line = begins[index][0], begins[index][2]
        line += text.count("\n", counted, at)
        counted = at
        words.append(match[0])
        lines.append(line)
    return tuple(words), lines
