"""Any book that the vocabulary allows can be set, and says its words: books of elements in any order."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final
from xml.sax.saxutils import escape

import pytest
from lxml import etree
from tests.books.test_pdf_words import check
from tests.books.typeset import SAMPLE

#: Words and pieces of words; with some, a typesetter would have trouble.
PIECES: Final = (
    " ",
    "word",
    "ά",
    "ሰ",
    "\N{SOFT HYPHEN}",
    "—",
    "#x",
    "$",
    "<",
    "x" * 60,
    "e\u0301",
    "\u2028",
    " a b ",
    "…",
)

LANGUAGES: Final = ("", "", "", ' lang="de"', ' lang="zz-Latn-x-foo"', ' lang="ru" generated="yes"', ' lang=""')

WRAPPERS: Final = (
    "span",
    'span class="stage"',
    "i",
    "b",
    "sc",
    "u",
    "strike",
    "sup",
    "sub",
    'name key="p1" kind="person"',
    'name key="nobody" kind="place"',
    "date",
    'sign voice="source"',
    'ref to="talk.t1" page="yes"',
    'ref to="nowhere"',
    'link href="https://example.org/"',
    "break",
)
BOXES: Final = ("stage", "closer", "dateline", "summary", "p", "unknown", "classification", "epigraph")


def element(tag: str, content: str) -> str:
    return f"<{tag}>{content}</{tag.split()[0]}>"


class Author:
    """Writes anything; another number, another text."""

    def __init__(self, number: int) -> None:
        self._random = Random(number)
        self._places = 0

    def _place(self) -> str:
        self._places += 1
        return f'id="essay.x{self._places}"'

    def _any(self, *choices: str) -> str:
        return self._random.choice(choices)

    def _some(self, make: Callable[[], str], most: int) -> str:
        return "".join(make() for _ in range(self._random.randint(0, most)))

    def words(self, depth: int) -> str:
        """What stands among words."""
        return self._some(lambda: self._word(depth), 4)

    def _word(self, depth: int) -> str:
        kind = self._random.randrange(10)
        if kind < 5 or depth < 1:
            return escape(self._any(*PIECES))
        if kind < 7:
            return element(self._any(*WRAPPERS) + self._any(*LANGUAGES), self.words(depth - 1))
        if kind < 8:
            return self._any("<br/>", '<note-ref to="talk.n1" n="1"/>', f"<anchor {self._place()}/>")
        return element(f'note {self._place()} n="7"', self.blocks(depth - 1))

    def blocks(self, depth: int) -> str:
        """What stands among blocks."""
        return self._some(lambda: self._block(depth), 3)

    def _block(self, depth: int) -> str:
        makers = (
            self._paragraph,
            self._verse,
            self._quotation,
            self._turn,
            self._box,
            self._list,
            self._table,
            self._figure,
        )
        return self._random.choice(makers if depth > 0 else makers[:2])(depth - 1)

    def _paragraph(self, depth: int) -> str:
        return element(self._any("p", f'p {self._place()} n="12"', 'p class="head"'), self.words(depth))

    def _verse(self, depth: int) -> str:
        return element("verse", self._some(lambda: element("line", self.words(depth)), 3))

    def _quotation(self, depth: int) -> str:
        return element("quotation", self.blocks(depth))

    def _turn(self, depth: int) -> str:
        return element(
            f'turn {self._place()} n="3"', self._any("", element("speaker", self.words(depth))) + self.blocks(depth)
        )

    def _box(self, depth: int) -> str:
        content = (
            self._any("", element("label", self.words(depth)))
            + self.blocks(depth)
            + self._some(lambda: self.section(depth), 1)
        )
        return element(f'box class="{self._any(*BOXES)}"', content)

    def _list(self, depth: int) -> str:
        label = self._any("", "<label>L</label>")
        kind = self._any("plain", "bulleted", "numbered", "gloss")
        return element(f'list kind="{kind}"', self._some(lambda: element("item", label + self.blocks(depth)), 3))

    def _table(self, depth: int) -> str:
        kinds = ("cell", 'cell head="yes"', 'cell cols="2"', 'cell rows="2"')
        rows = (self._some(lambda: element(self._any(*kinds), self.blocks(depth - 1)), 4) for _ in range(3))
        return element("table", "".join(element("row", row) for row in rows))

    def _figure(self, depth: int) -> str:
        return element("figure", element("heading", self.words(depth)) + self.blocks(depth))

    def section(self, depth: int) -> str:
        return element("section", self._any("", element("heading", self.words(depth))) + self.blocks(depth))


@pytest.mark.parametrize("number", range(30))
def test_any_book(number: int) -> None:
    author = Author(number)
    content = author.blocks(3) + author.section(3) + author.section(2)
    book = SAMPLE.replace('<p id="essay.p1"', f'{content}<p id="essay.p1"')
    check(etree.fromstring(book))
