"""What a book says when it is printed: the words of its XML, with those that only paper has: marks, numbers, pages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final
from unicodedata import normalize

from lxml import etree
from tests.books.pdf import INVISIBLE, TURN
from tests.books.test_text import INLINE

#: Stand for what only the typesetter knows: a page, pages in a row, and these behind somebody of the register.
PAGE: Final = "\x01"
PAGES: Final = "\x02"
PAGES_OF: Final = "\x03"
_PAGE: Final = r"(?:[ivxlc]+|\d+)"
_RUN: Final = rf"{_PAGE}(?:\n?–\n?{_PAGE})?n?"
_RUNS: Final = rf"{_RUN}(?:,\s{_RUN})*"
_UNKNOWN: Final = {PAGE: _PAGE, PAGES: _RUNS, PAGES_OF: rf"(?:pp?|S)\.\s{_RUNS}"}

#: Tables of more columns are set in lines.
_MOST_COLUMNS: Final = 24


@dataclass(frozen=True, slots=True)
class Printer:
    """Knows what of a book is printed: its labels, the keys of the names in it; whether this is in a note, or ours."""

    labels: dict[str, str]
    keys: frozenset[str]
    in_note: bool = False
    in_table: bool = False
    is_ours: bool = False

    def within(self, element: etree._Element) -> Iterator[str]:
        """What is in an element."""
        yield element.text or ""
        for child in element:
            yield from self.said(child)
            yield child.tail or ""

    def said(self, element: etree._Element) -> Iterator[str]:
        """What an element says, with spaces where words end."""
        edge = "" if element.tag in INLINE or element.tag == "note" else " "
        yield edge
        if element.get("n") and element.tag not in ("note", "note-ref") and not self.in_note:
            yield f" {element.get('n')} "
        yield from getattr(self, f"_{str(element.tag).replace('-', '_')}", self.within)(element)
        yield edge

    def _note(self, note: etree._Element) -> Iterator[str]:
        """A note at its mark, unless that stands in another note or a table; then it follows this."""
        yield f" {note.get('n')}"
        if not (self.in_note or self.in_table):
            yield from self._at_the_foot([note, *note.iterdescendants("note")])

    def _at_the_foot(self, notes: list[etree._Element]) -> Iterator[str]:
        for note in notes:
            yield f" {note.get('n')} "
            yield from replace(self, in_note=True, in_table=False).within(note)
            yield " "

    def _note_ref(self, mark: etree._Element) -> Iterator[str]:
        yield f" {mark.get('n')}"

    def _matter(self, matter: etree._Element) -> Iterator[str]:
        yield from replace(self, is_ours=True).within(matter)

    def _ref(self, ref: etree._Element) -> Iterator[str]:
        yield from self.within(ref)
        if ref.get("to") and ref.get("page") == "yes":
            page = self.labels["page"].replace("{n}", PAGE)
            yield f", {page}" if self.is_ours else f" ({page})"

    def _list(self, items: etree._Element) -> Iterator[str]:
        is_labelled = items.find("item/label") is not None
        number = 0
        for child in items:
            number += child.tag == "item"
            if child.tag == "item" and not is_labelled:
                yield {"bulleted": " – ", "numbered": f" {number}. "}.get(str(items.get("kind")), " ")
            yield from self.said(child)

    def _table(self, table: etree._Element) -> Iterator[str]:
        rows = [[cell for cell in row if cell.tag == "cell"] for row in table.iterchildren("row")]
        is_wide = max(map(len, rows), default=0) > _MOST_COLUMNS
        cell_printer = replace(self, in_table=True)
        yield from (piece for heading in table.iterchildren("heading") for piece in cell_printer.said(heading))
        for row in rows:
            for number, cell in enumerate(row):
                yield " · " if number and is_wide else " "
                yield from cell_printer.said(cell)
        if not (self.in_note or self.in_table):
            yield from self._at_the_foot(list(table.iter("note")))

    def _emendation(self, place: etree._Element) -> Iterator[str]:
        for part in place:
            if part.tag == "ref":
                yield from self._ref(part)
            else:
                yield f" {self.labels['emended'] if part.tag == 'reading' else ''} "
                yield from self.said(part)

    def _entry(self, entry: etree._Element) -> Iterator[str]:
        yield from self.within(entry)
        if entry.get("key") in self.keys:
            yield f" {PAGES_OF}"

    def _index_entry(self, entry: etree._Element) -> Iterator[str]:
        others = [" ".join("".join(self.said(other)).split()) for other in entry.iterchildren("see")]
        has_pages = entry.get("key") in self.keys
        if has_pages or others:
            yield "".join(self.said(entry[0])).strip()
            yield f", {PAGES}" if has_pages else ""
            yield f", {self.labels['see']} {'; '.join(others)}" if others else ""


def printed(book: etree._Element, missing: Collection[str] = (), *, is_two_sided: bool = True) -> dict[str, list[str]]:
    """The words of each part of a book, in their order, with the numbers of characters that no font has."""
    labels = {str(label.get("key")): label.text or "" for label in book.iterchildren("label")}
    printer = Printer(labels, frozenset(map(str, book.xpath("//name[not(parent::entry)]/@key"))))
    title, imprint, *rest = book.iterchildren("title-page", "imprint", "front", "texts", "back")
    half = str(book.get("title")) if book.get("kind") == "edition" and is_two_sided else ""
    said = {"title": f"{half} {''.join(printer.said(title))}", "imprint": "".join(printer.said(imprint))}
    said |= {"contents": labels["contents"]}
    said |= {str(part.get("id")): "".join(printer.said(part)) for kind in rest for part in kind}
    shown = INVISIBLE | {ord(letter): f"⟨U+{ord(letter):04X}⟩" for letter in missing}
    return {name: normalize("NFC", text.translate(shown)).split() for name, text in said.items()}


def differences(parts: dict[str, list[str]], text: str) -> list[str]:
    """Where a printed text says something else: the first such place, with what stands around it."""
    at = 0
    for name, words in parts.items():
        for number, word in enumerate(words):
            end = _end(word, text, at)
            if end is None:
                around = " ".join(words[max(0, number - 6) : number + 6])
                return [f"{name}, word {number}: “{around}” is printed as “{text[max(0, at - 30) : at + 60]}”"]
            at = end
    return [f"after the end: “{text[at : at + 80]}”"] if text[at:].strip() else []


def _end(word: str, text: str, at: int) -> int | None:
    """Where a word that begins here ends, with the space behind it."""
    end = at + len(word)
    if text.startswith(word, at) and text[end : end + 1] in (" ", TURN, ""):
        return end + 1
    found = _pattern(word).match(text, at)
    return None if found is None else found.end()


@lru_cache(maxsize=100_000)
def _pattern(word: str) -> re.Pattern[str]:
    letters = (_UNKNOWN.get(letter, re.escape(letter)) for letter in word)
    return re.compile(rf"{f'{TURN}?'.join(letters)}(?:\s|$)")
