"""Makes a book fit to be typeset: what the template can't do, or would have to look for everywhere.

The template recurs over elements, and Typst bounds how deep that goes: what is nested deeper than anybody reads is
lifted out. Words wider than a line get places where they may break. What leads nowhere becomes plain words, for Typst
refuses it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from teipipe.books.notes import put_behind, unnest

if TYPE_CHECKING:
    from lxml import etree

#: How deep elements may be nested, counted from the book: blocks, and what stands in lines.
MAX_BLOCKS: Final = 14
MAX_INLINES: Final = 20

#: Letters on a page, about.
_LETTERS: Final = 2000

#: A place where a word may break, without a hyphen.
BREAK: Final = "\N{ZERO WIDTH SPACE}"

#: Elements whose content is words when they stand among blocks.
_OF_WORDS: Final = frozenset(
    [
        "p",
        "heading",
        "label",
        "speaker",
        "line",
        "term",
        "name",
        "see",
        "ref",
        "lemma",
        "reading",
        "remark",
        "title",
        "subtitle",
        "byline",
    ]
)
#: What lists and tables consist of.
_PARTS: Final = frozenset(["item", "row", "cell"])

#: Letters in a row that are wider than a line, and than a cell by the number of columns. Between those left out, lines
#: break by themselves.
_UNBROKEN: Final = r"[^\s\-/\u00AD\u200B\u2010-\u2015\u1100-\u11FF\u2E80-\uD7FF\uF900-\uFAFF\uFF00-\uFFEF]"
_LONG: Final = re.compile(_UNBROKEN + "{44,}")
_LONG_IN_CELL: Final = tuple(
    (most, re.compile(f"{_UNBROKEN}{{{length},}}")) for most, length in ((4, 26), (8, 15), (12, 9))
)
_LONG_AMONG_MANY: Final = re.compile(_UNBROKEN + "{5,}")
#: How large a book (XML) is when names in it are no links any more, for these take half of the time and room: some 300
#: pages. Its index and its lists lead from the names to the places all the same.
LARGE: Final = 1_000_000

#: Letters of an address that a link may have.
MAX_ADDRESS: Final = 8000
_SPACE: Final = re.compile(r"[ \t\r\n]+")
#: A soft hyphen that is in no word: Typst fails where a line ends with one.
_NO_HYPHEN: Final = re.compile(r"(?<!\w)\u00AD+|\u00AD+(?!\w)")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A book that can be typeset (XML), the characters that are in it, and what had to be done to it.

    One that `is_large` has to be set in a way that takes less time and memory.
    """

    book: str
    date: str
    is_large: bool
    characters: frozenset[str]
    warnings: tuple[str, ...]


@dataclass(slots=True)
class _Words:
    """Words in a row: whether a space would be the second one here, and the text that they end with, if any."""

    after_space: bool = True
    last: tuple[etree._Element, str] | None = None
    long: re.Pattern[str] = _LONG

    def add(self, element: etree._Element, where: str) -> None:
        text = _SPACE.sub(" ", _NO_HYPHEN.sub("", getattr(element, where) or ""))
        if self.after_space:
            text = text.removeprefix(" ")
        if text:
            self.after_space = text.endswith(" ")
            self.last = (element, where)
        setattr(element, where, self.long.sub(_breakable, text))

    def end(self) -> None:
        """No space stands at the end of a line."""
        if self.last is not None and self.after_space:
            element, where = self.last
            setattr(element, where, getattr(element, where).removesuffix(" "))
        self.after_space = True


def prepare(book: str, *, notes_behind: bool = False) -> Prepared:
    """What to hand over to the template for a book. Raises lxml's XMLSyntaxError if it isn't well-formed.

    `notes_behind` puts the notes of lists behind these, as those of tables.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(book.encode(), parser)
    unnest(root)
    put_behind(root, *(("table", "list") if notes_behind else ("table",)))
    warnings = [*_lifted(root)]
    _settle(root, None, _LONG)
    warnings += _point(root)
    is_large = len(book) > LARGE
    if not is_large:
        _lead(root)
    _guess(root)
    text = etree.tostring(root, encoding="unicode")
    return Prepared(text, root.get("date", ""), is_large, frozenset(text) - frozenset("\n\t"), tuple(warnings))


def _lifted(root: etree._Element) -> Iterator[str]:
    """Take away elements around what is nested too deep; say how many."""
    excess: list[tuple[etree._Element, bool]] = []
    todo = [(root, 1, False, False)]
    while todo:
        element, depth, is_inline, is_gone = todo.pop()
        among_words = is_inline or element.tag in _OF_WORDS
        for child in element:
            is_inline = among_words and child.tag != "note"
            is_wrapper = len(child) > 0 and (is_inline or child.tag not in _OF_WORDS)
            is_deep = depth >= (MAX_INLINES if among_words else MAX_BLOCKS)
            # A list is nothing without its items, so they stay or go together.
            if is_excess := is_gone if child.tag in _PARTS and not is_inline else is_wrapper and is_deep:
                excess.append((child, is_inline))
            # What was in a note that is none any more stands among the words around it.
            todo.append((child, depth if is_excess else depth + 1, is_inline or (is_excess and among_words), is_excess))
    for element, is_inline in excess:
        _unwrap(element, is_inline)
    if excess:
        yield f"{len(excess)} elements are nested too deep to be set: only what is in them is"


def _unwrap(element: etree._Element, is_inline: bool) -> None:
    """Put what is in an element in its place; among blocks, words of it become paragraphs."""
    parent = element.getparent()
    assert parent is not None
    _append(element, element.text, parent)
    for child in list(element):
        if not is_inline and child.tag in _OF_WORDS:
            child.tag = "p"
        element.addprevious(child)
    _append(element, element.tail, parent)
    element.tail = None
    parent.remove(element)


def _append(element: etree._Element, text: str | None, parent: etree._Element) -> None:
    """Put text in front of an element."""
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (text or "")
    else:
        parent.text = (parent.text or "") + (text or "")


def _settle(element: etree._Element, around: _Words | None, long: re.Pattern[str]) -> None:
    """One space between words, none at their ends and none between blocks; words that can break.

    `around` is what the element stands in, or None among blocks.
    """
    words = around
    if around is None or element.tag == "note":
        words = _Words(long=long) if element.tag in _OF_WORDS else None
    if element.tag == "table":
        long = _long_in(element)
    _add(words, element, "text")
    for child in element:
        _settle(child, words, long)
        if words is not None and child.tag == "br":
            words.end()
        elif words is not None and child.tag in ("note", "note-ref"):
            words.after_space = False  # for a mark stands there
        _add(words, child, "tail")
    if words is not None and words is not around:
        words.end()


def _add(words: _Words | None, element: etree._Element, where: str) -> None:
    if words is not None:
        words.add(element, where)
    else:
        setattr(element, where, None)


def _long_in(table: etree._Element) -> re.Pattern[str]:
    columns = max((len(row) for row in table.iterchildren("row")), default=0)
    return next((long for most, long in _LONG_IN_CELL if columns <= most), _LONG_AMONG_MANY)


def _breakable(word: re.Match[str]) -> str:
    letters = word[0]
    return letters[0] + "".join(letter if unicodedata.combining(letter) else BREAK + letter for letter in letters[1:])


def _point(root: etree._Element) -> Iterator[str]:
    """Each place once; no reference to a place that isn't there; headings with a mark."""
    seen: set[str] = set()
    for element in root.iter("*"):
        place = element.get("id")
        if element is not root and place is not None:
            if not place or place in seen:
                del element.attrib["id"]
            seen.add(place)
    lost: set[str] = set()
    for at, element in enumerate(root.iter("*")):
        if element.tag in ("ref", "note-ref") and (to := element.get("to")) is not None and to not in seen:
            lost.add(to)
            del element.attrib["to"]
        elif element.tag == "heading":
            element.set("mark", f"tp:heading-{at}")
        elif element.tag == "link" and not 0 < len(element.get("href") or "") < MAX_ADDRESS:
            element.tag = "span"
    if lost:
        few = ", ".join(sorted(lost)[:5])
        yield f"references to places that this book doesn't have: {few}{' …' if len(lost) > 5 else ''}"


def _lead(root: etree._Element) -> None:
    """Names lead to their entry."""
    entries = {entry.get("key"): entry.get("id") for entry in root.iter("entry")}
    for element in root.iter("name"):
        if entry := entries.get(element.get("key")):
            element.set("entry", entry)


def _guess(root: etree._Element) -> None:
    """Say how many numbers of pages a name will have, about: then little has to be set anew when they are known."""
    pages: dict[str, set[int]] = {}
    letters = 0
    for element in root.iter("*"):
        if element.tag == "name" and (key := element.get("key")):
            pages.setdefault(key, set()).add(letters // _LETTERS)
        letters += len(element.text or "") + len(element.tail or "")
    for element in root.iter("entry", "index-entry"):
        found = pages.get(element.get("key", ""), set())
        element.set("guess", str(sum(page - 1 not in found or page + 1 not in found for page in found)))
