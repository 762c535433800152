"""What PDF/A-2a and PDF/UA-1 ask of a file, as far as it can be told without a validator."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pikepdf
import pytest
from tests.books.hostile import BAD
from tests.books.pdf import marks_of
from tests.books.test_pdf_words import book_of, typeset_book
from tests.books.test_text import body
from tests.books.typeset import elements, made

#: Operators that draw something.
PAINTS: Final = frozenset(["Tj", "TJ", "f", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "'", '"'])

#: In what elements of a kind stand; all kinds that are not named may stand anywhere.
WHOLES: Final = {
    "/LI": {"/L"},
    "/LBody": {"/LI"},
    "/TR": {"/Table", "/THead", "/TBody"},
    "/TH": {"/TR"},
    "/TD": {"/TR"},
    "/THead": {"/Table"},
    "/TBody": {"/Table"},
    "/TOCI": {"/TOC"},
}
STANDARD: Final = frozenset(WHOLES) | frozenset(
    re.split(
        " ",
        "/Document /Part /Div /BlockQuote /Caption /TOC /P /H1 /H2 /H3 /H4 /H5 /H6 /L /Lbl /Table /Span /Note"
        " /Reference /Link",
    )
)

#: What has everything, and what is hard to set.
NAMES: Final = (
    "the sample",
    "a table of 20 columns",
    "notes in tables",
    "names, places and notes in a head",
    "heads without words",
    "sections 200 deep",
    "lists 90 deep",
    "notes 100 deep",
    "lines through lines",
)


@cache
def _pdf(name: str, folder: Path) -> bytes:
    return made().pdf if name == "the sample" else typeset_book(book_of([body(BAD[name], folder)[0]])).pdf


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("conformance")


@pytest.fixture(params=NAMES)
def pdf(request: pytest.FixtureRequest, folder: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(_pdf(request.param, folder))) as opened:
        yield opened


def kind(pdf: pikepdf.Pdf, element: Any) -> str:
    """What an element is in the terms of the standard."""
    roles: Any = pdf.Root.StructTreeRoot.get("/RoleMap", {})
    return str(roles.get(str(element.S), element.S))


def test_nothing_in_it_acts_or_is_elsewhere(pdf: pikepdf.Pdf) -> None:
    assert "/ID" in pdf.trailer
    assert "/Encrypt" not in pdf.trailer
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(pdf.Root.keys())
    assert not {"/JavaScript", "/EmbeddedFiles"} & set(pdf.Root.get("/Names", {}).keys())
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            assert not {"/F", "/FFilter"} & set(item.keys())
            assert "/LZWDecode" not in str(item.get("/Filter", ""))
        elif isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Action":
            assert item.S in ("/URI", "/GoTo")


def test_its_colours_have_a_profile(pdf: pikepdf.Pdf) -> None:
    [intent] = pdf.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert intent.DestOutputProfile.N == 3
    assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"


def test_what_is_drawn_is_marked(pdf: pikepdf.Pdf) -> None:
    """Everything stands in the structure, or is an artifact."""
    for page in pdf.pages:
        depth = 0
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
            assert depth or operator not in PAINTS
        assert depth == 0


def test_glyphs_say_what_they_stand_for(pdf: pikepdf.Pdf) -> None:
    fonts = {font.objgen: font for page in pdf.pages for font in page.Resources.get("/Font", {}).values()}
    assert fonts
    for font in fonts.values():
        assert font.Subtype == "/Type0"
        assert b"<0000>" not in font.ToUnicode.read_bytes().partition(b"endcodespacerange")[2], "a missing glyph"


def test_marks_and_elements_know_each_other(pdf: pikepdf.Pdf) -> None:
    """From each mark of a page one gets to its element, and back."""
    root = pdf.Root.StructTreeRoot
    parents = pikepdf.NumberTree(root.ParentTree)
    pages = {page.obj.objgen: page for page in pdf.pages}
    found: Counter[tuple[Any, int]] = Counter()
    for element in elements(root.K):
        assert element.P.objgen != (0, 0)
        for page, mark in marks_of(element):
            found[page, mark] += 1
            assert parents[int(pages[page].StructParents)][mark].objgen == element.objgen
    assert set(found.values()) <= {1}
    for page in pdf.pages:
        if (number := page.get("/StructParents")) is not None:
            assert all(found[page.obj.objgen, mark] for mark in range(len(parents[int(number)])))
            assert page.Tabs == "/S"


def test_links_are_in_the_structure_and_say_where_they_lead(pdf: pikepdf.Pdf) -> None:
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    links = [link for page in pdf.pages for link in page.get("/Annots", ())]
    assert links
    for link in links:
        assert link.Subtype == "/Link"
        assert str(link.Contents)
        assert int(link.F) & 4, "it is printed"
        assert not int(link.F) & 0b100011, "it is not hidden"
        assert parents[int(link.StructParent)].S == "/Link"


def test_elements_stand_where_they_may(pdf: pikepdf.Pdf) -> None:
    notes = []
    for element in elements(pdf.Root.StructTreeRoot.K):
        name = kind(pdf, element)
        assert name in STANDARD
        if name in WHOLES:
            assert kind(pdf, element.P) in WHOLES[name]
        if name == "/TH":
            assert "/Scope" in str([list(given.keys()) for given in element.A])
        if name == "/Note":
            notes.append(str(element.ID))
    assert len(set(notes)) == len(notes)


def test_no_level_of_headings_is_left_out(pdf: pikepdf.Pdf) -> None:
    levels = [
        int(name[2:])
        for name in (kind(pdf, found) for found in elements(pdf.Root.StructTreeRoot.K))
        if name[:2] == "/H"
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_columns_of_a_table_are_even(pdf: pikepdf.Pdf) -> None:
    for table in elements(pdf.Root.StructTreeRoot.K):
        if table.S == "/Table":
            rows = [row for row in elements(table.K) if row.S == "/TR" and _table_of(row).objgen == table.objgen]
            if not any(_spans(cell, "/RowSpan") > 1 for row in rows for cell in row.K):
                assert len({sum(_spans(cell, "/ColSpan") for cell in row.K) for row in rows}) == 1


def _table_of(row: Any) -> Any:
    return row.P if row.P.S == "/Table" else row.P.P


def _spans(cell: Any, name: str) -> int:
    return max([int(given[name]) for given in cell.get("/A", ()) if name in given], default=1)
