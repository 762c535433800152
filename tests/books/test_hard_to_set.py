"""Long words, wide tables, deep nesting: set as well as can be, within the page, and never an error."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from tests.books.typeset import PLAIN, book_of, made, pages

from teipipe.books.settings import Print


def right_edge(settings: Print = PLAIN) -> float:
    return (settings.paper[0] - 15) / 25.4 * 72


def rightmost(book: str) -> float:
    """How far to the right anything stands."""
    most = 0.0
    document = pypdfium2.PdfDocument(made(book).pdf)
    for page in document:
        if page.get_width() < page.get_height():
            text = page.get_textpage()
            most = max([most, *(text.get_charbox(at)[2] for at in range(text.count_chars()))])
    return most


@pytest.mark.parametrize(
    "content",
    [
        f"<p>{'x' * 500}</p>",
        f'<turn id="a.t1" n="1"><speaker>{"Speaker" * 60}</speaker><p>Yes.</p></turn>',
        f'<turn id="a.t1" n="1"><speaker>{"Speaker " * 60}</speaker><p>Yes.</p></turn>',
        f"<verse><line>{'word ' * 60}</line></verse>",
        f"<table><row><cell><p>{'word ' * 30}</p></cell><cell><p>{'x' * 90}</p></cell></row></table>",
        f"<table><row>{'<cell><p>a word</p></cell>' * 11}</row></table>",
        f"<list kind='plain'><item><p>{'x' * 400}</p></item></list>",
        f'<p>and<note id="a.n1" n="1"><p>{"x" * 500}</p></note></p>',
        "<list kind='bulleted'><item>" * 4 + f"<p>{'word' * 50}</p>" + "</item></list>" * 4,
    ],
)
def test_nothing_runs_off_the_page(content: str) -> None:
    assert rightmost(book_of(content)) < right_edge()
    assert not [warning for warning in made(book_of(content)).warnings if "references" not in warning]


def test_a_wide_table_is_set_on_a_page_turned_round() -> None:
    cells = "".join(f"<cell><p>expression {number}</p></cell>" for number in range(14))
    document = pypdfium2.PdfDocument(made(book_of(f"<p>One</p><table><row>{cells}</row></table><p>Two</p>")).pdf)
    turned = [page for page in document if page.get_width() > page.get_height()]
    assert len(turned) == 1
    text = turned[0].get_textpage()
    assert max(text.get_charbox(at)[2] for at in range(text.count_chars())) < turned[0].get_width() - 20


def test_a_long_table_repeats_its_head() -> None:
    rows = "".join(f"<row><cell><p>{number}</p></cell></row>" for number in range(90))
    found = pages(book_of(f'<table><row><cell head="yes"><p>Heading</p></cell></row>{rows}</table>'))
    assert sum("Heading" in page for page in found) >= 2


@pytest.mark.parametrize(
    "table",
    [
        "<row><cell cols='9'><p>x</p></cell><cell rows='9'><p>x</p></cell></row><row><cell cols='2'><p/></cell></row>",
        "<row/>",
        "<row><cell head='yes' rows='2'><p>x</p></cell></row><row><cell><p>x</p></cell></row>",
        f"<row>{'<cell><p>x</p></cell>' * 60}</row>",
        "<row><cell cols='100000'><p>x</p></cell></row>",
        "<heading>Nothing</heading>",
    ],
)
def test_tables_whose_cells_do_not_fit_are_set_as_well_as_can_be(table: str) -> None:
    assert made(book_of(f"<table>{table}</table>")).pages


def nested(tag: str, inner: str, depth: int, before: str = "") -> str:
    start, end = {"list": ("<list kind='plain'><item>", "</item></list>")}.get(
        tag, (f"<{tag}>", f"</{tag.split()[0]}>")
    )
    return start * depth + before + inner + end * depth


@pytest.mark.parametrize("depth", [4, 12, 60, 200])
@pytest.mark.parametrize("tag", ["quotation", "list", "section", 'box class="x"', "turn id='a.t' n='1'", "mixed"])
def test_deep_blocks_are_set(tag: str, depth: int) -> None:
    inner = "<p>the deepest <i><b><sc>words</sc></b></i>.<note id='a.n1' n='1'><p>A <i>note</i>.</p></note></p>"
    if tag == "mixed":
        for at in range(depth):
            inner = nested(("quotation", "list", "section", "turn id='a.t' n='1'")[at % 4], inner, 1)
        content = inner
    else:
        content = nested(tag, inner, depth)
    assert "thedeepestwords." in re.sub(r"\s|(?<=[a-z])-\n", "", "".join(pages(book_of(content)))).replace(
        "WORDS", "words"
    )


@pytest.mark.parametrize("depth", [4, 15, 60, 200])
@pytest.mark.parametrize("tag", ["i", "b", "span", "sup", "u", "name key='p1' kind='person'", "note id='a.n' n='1'><p"])
def test_deep_words_are_set(tag: str, depth: int) -> None:
    close = "".join(f"</{name.split()[0]}>" for name in reversed(tag.split("><")))
    content = f"<p>{f'<{tag}>' * depth}deepest{close * depth}</p>"
    assert "deepest" in "".join(pages(book_of(content)))
