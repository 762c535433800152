"""Page breaks, and what a word processor says of paragraphs."""

from __future__ import annotations

from lxml import etree
from tests.encode.structure.making import document, structure
from tests.encode.structure.outlines import outline

from teipipe.encode.transcript import Mark

TEXT = "The Report\n\nOrigins\n\nIt began in May.\n\nfirst\nsecond\ninner\nthird\n\nA\tB\nC\tD\n\nIt ended in June.\n"


def _mark(what: str, words: str, **values: str) -> Mark:
    start = TEXT.index(words)
    return Mark(what, start, start + len(words), values)


def test_headings_items_and_tables_are_those_of_the_file() -> None:
    """Whatever they look like; deeper items are lists in items."""
    said = (
        _mark("heading", "The Report", level="1"),
        _mark("heading", "Origins", level="2"),
        _mark("item", "first", level="0", kind="bulleted"),
        _mark("item", "second", level="0", kind="bulleted"),
        _mark("item", "inner", level="1", kind="bulleted"),
        _mark("item", "third", level="0", kind="bulleted"),
        _mark("table", "A\tB\nC\tD"),
        _mark("row", "A\tB", role="label"),
        _mark("cell", "A\t"),
        _mark("cell", "B\n", cols="2"),
        _mark("row", "C\tD"),
        _mark("cell", "C\t"),
        _mark("cell", "D"),
    )
    marks = tuple(sorted(said, key=lambda mark: (mark.start, -mark.end)))
    shown = outline(TEXT, structure(TEXT, "essay", marks))
    assert "  head: The Report\n" in shown
    assert "    head: Origins\n" in shown
    assert "      item\n        p: second\n        list\n          item: inner\n      item: third\n" in shown
    assert (
        "    table\n      row label\n        cell: A\n        cell 2: B\n      row\n        cell: C\n        cell: D\n"
        in shown
    )
    assert document(TEXT, "essay", marks)


def test_a_heading_may_begin_a_page_and_a_table_end_with_an_empty_cell() -> None:
    """Both stand where something without words does."""
    text = "The Report\n\nA\nB\nC\n\n\nOrigins\n\nIt began in May.\n"
    place = text.index("Origins")
    marks = (
        Mark("table", 12, 18),
        Mark("row", 12, 18),
        Mark("cell", 12, 13),
        Mark("cell", 14, 17),
        Mark("cell", 18, 18),
        Mark("heading", place, place + 7, {"level": "1"}),
        Mark("page", place, place),
    )
    shown = outline(text, structure(text, "essay", marks))
    assert (
        "    table\n      row\n        cell: A\n        cell\n          p: B\n          p: C\n        cell\n    pb\n"
        in shown
    )
    assert "    head: Origins\n" in shown
    assert document(text, "essay", marks)


def test_a_table_that_leaves_words_out_is_paragraphs() -> None:
    """Its words stay, whatever its file says."""
    marks = (_mark("table", "A\tB\nC\tD"), _mark("row", "A\tB"), _mark("cell", "B"))
    assert "table" not in outline(TEXT, structure(TEXT, "essay", marks))
    assert document(TEXT, "essay", marks)


def test_labels_are_known_by_their_look() -> None:
    """Names in bold at the beginnings of paragraphs, with or without a colon."""
    text = "Talk\n\nMao I see.\n\nKosygin: So do I.\n\nMao Good.\n\nKosygin: Yes.\n"
    marks = tuple(
        Mark("bold", start, start + len(name))
        for name in ("Mao", "Kosygin")
        for start in range(len(text))
        if text.startswith(f"\n{name}", start - 1) and start
    )
    found = structure(text, "memorandum", tuple(sorted(marks, key=lambda mark: mark.start)))
    assert [text[slice(*label.name)] for label in found.labels] == ["Mao", "Kosygin", "Mao", "Kosygin"]
    assert [label.pc and text[slice(*label.pc)] for label in found.labels] == [None, ":", None, ":"]


def test_a_page_begins_where_the_file_says_so() -> None:
    """Between paragraphs, without a word; beside the number of a page it isn't said twice."""
    text = "One.\n\nTwo.\n\n- 3 -\n\nThree.\n"
    marks = (Mark("page", 6, 6), Mark("page", 12, 12))
    tree = etree.fromstring(document(text, "essay", marks))
    breaks = list(tree.iter("{*}pb"))
    assert [page.get("n") for page in breaks] == [None, "3"]
    assert breaks[0].get("rendition") is None


def test_numbers_at_the_feet_of_pages_are_not_those_of_the_next() -> None:
    """The first is 1, below the first page; its words stay, as its sign."""
    text = "One.\n\n- 1 -\n\nTwo.\n\n- 2 -\n\nThree.\n"
    tree = etree.fromstring(document(text, "essay"))
    assert [page.get("n") for page in tree.iter("{*}pb")] == [None, None]
    tree = etree.fromstring(document(text.replace("1", "3").replace("2", "4"), "essay"))
    assert [page.get("n") for page in tree.iter("{*}pb")] == ["3", "4"]
