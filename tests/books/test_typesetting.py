"""Books as PDF: what the file says of itself, and what stands on its pages."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import pikepdf
import pypdfium2
import pytest

from teipipe.books import typesetting
from teipipe.books.settings import Print, Standard
from teipipe.books.typesetting import Typeset, cover, missing_glyphs, typeset
from teipipe.errors import TypesettingError
from teipipe.resources import bundled

SAMPLE: Final = Path(__file__).with_name("sample.xml").read_text(encoding="utf-8")
TEMPLATES: Final = {path.name: path.read_text(encoding="utf-8") for path in (bundled("xslt") / "print").glob("*.typ")}
HEAD, TAIL = SAMPLE.split("<texts>")[0], SAMPLE.split("</texts>")[1]
XMP: Final = {"pdfaid": "http://www.aiim.org/pdfa/ns/id/", "pdfuaid": "http://www.aiim.org/pdfua/ns/id/"}


def book_of(content: str, *, id: str = "a", lang: str = "en") -> str:
    """A book of one text with this content, and the sample's other parts."""
    text = f'<text id="{id}" short="A text" date="1956" lang="{lang}"><heading>A text</heading>{content}</text>'
    return f"{HEAD}<texts>{text}</texts>{TAIL}"


@cache
def made(book: str = SAMPLE, settings: Print = Print()) -> Typeset:
    return typeset(book, settings, TEMPLATES)


@cache
def pages(book: str = SAMPLE, settings: Print = Print()) -> list[str]:
    """The text of each page as it stands on it."""
    document = pypdfium2.PdfDocument(made(book, settings).pdf)
    return [page.get_textpage().get_text_bounded().replace("\r\n", "\n").replace("\u200b", "") for page in document]


def page_with(text: str, book: str = SAMPLE) -> str:
    return next(page for page in pages(book) if text in page)


def opened(book: str = SAMPLE, settings: Print = Print()) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made(book, settings).pdf))


def elements(node: Any) -> Iterator[Any]:
    """All elements of a structure tree."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from elements(node.get("/K", pikepdf.Array()))


@pytest.mark.parametrize(
    ("standards", "part"),
    [(("a-2a", "ua-1"), "2"), (("a-3a", "ua-1"), "3"), (("a-2a",), "2"), (("ua-1",), None), ((), None)],
)
def test_it_says_what_it_conforms_to(standards: tuple[Standard, ...], part: str | None) -> None:
    with opened(settings=Print(standards=standards)) as pdf:
        metadata = pdf.open_metadata()
        assert metadata.get(f"{{{XMP['pdfaid']}}}part") == part
        assert metadata.get(f"{{{XMP['pdfaid']}}}conformance") == (None if part is None else "A")
        assert metadata.get(f"{{{XMP['pdfuaid']}}}part") == ("1" if "ua-1" in standards else None)


def test_it_is_tagged_and_says_its_title_author_language_and_date() -> None:
    with opened() as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).lower().startswith("en")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo.Title) == "A sample edition"
        assert str(pdf.docinfo.Author) == "The editors"
        assert str(pdf.docinfo.CreationDate).startswith("D:20261122")
        tags = {str(element.S) for element in elements(pdf.Root.StructTreeRoot.K)}
    assert {
        "/H1",
        "/H2",
        "/P",
        "/L",
        "/LI",
        "/Table",
        "/TH",
        "/Note",
        "/Link",
        "/BlockQuote",
        "/TOC",
    } <= tags


def test_languages_are_marked() -> None:
    with opened() as pdf:
        streams = b"".join(page.Contents.read_bytes() for page in pdf.pages)
    assert {b"ru", b"grc", b"he"} <= set(re.findall(rb"/Lang ?\((\w+)\)", streams))


def test_a_figure_is_its_words() -> None:
    """There are no images in it, and what were the words of one if it were tagged as such would not be read aloud."""
    with opened() as pdf:
        assert not [element for element in elements(pdf.Root.StructTreeRoot.K) if element.S == "/Figure"]
    assert "A map" in page_with("an image that is not shown")


def test_all_fonts_are_in_it() -> None:
    with opened() as pdf:
        fonts = [
            object_
            for object_ in pdf.objects
            if isinstance(object_, pikepdf.Dictionary) and object_.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_bookmarks_follow_the_headings() -> None:
    with opened() as pdf, pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root][:3] == [
            "Contents",
            "About this edition",
            "The conversation with the delegation, 16 September 1956",
        ]
        assert [entry.title for entry in outline.root[2].children] == ["Record of the conversation", "Emendations"]


def test_pages_before_the_texts_have_roman_numbers() -> None:
    document = pypdfium2.PdfDocument(made().pdf)
    labels = [document.get_page_label(number) for number in range(len(document))]
    first = next(
        number for number, page in enumerate(pages()) if "Record of the conversation" in page and "Contents" not in page
    )
    assert labels[first : first + 2] == ["1", "2"]
    assert labels[4:6] == ["v", "vi"]
    assert first % 2 == 0, "a right page"


def test_links_lead_to_places_and_addresses() -> None:
    with opened() as pdf:
        links = [link for page in pdf.pages for link in page.get("/Annots", ()) if link.Subtype == "/Link"]
        addresses = {str(link.A.URI) for link in links if "/A" in link and "/URI" in link.A}
    assert addresses == {"https://example.org/"}
    assert len(links) > 20
    assert all("/Contents" in link for link in links)


def test_the_same_book_is_the_same_file() -> None:
    again = typeset(SAMPLE, Print(), TEMPLATES)
    assert again.pdf == made().pdf
    assert again.pages == len(pages())
    assert not again.warnings
    assert not again.missing


def test_notes_stand_at_the_foot_under_their_own_numbers() -> None:
    notes = (
        '<p>One<note id="a.n7" n="7"><p>The seventh.</p></note> and<note id="a.n3" n="3b"><p>Another.</p></note>.</p>'
    )
    page = page_with("One7", book_of(notes))
    assert re.search(r"7 The seventh\.\s+3b Another\.", page)


def test_turns_and_paragraphs_have_their_numbers_in_the_outer_margin() -> None:
    page = "".join(
        f'<turn id="a.t{n}" n="{100 + n}"><speaker>X</speaker><p>{"word " * 60}</p></turn>' for n in range(40)
    )
    document = pypdfium2.PdfDocument(made(book_of(page)).pdf)
    found = {}
    for number, text in enumerate(pages(book_of(page))):
        searched = document[number].get_textpage().search("1", match_whole_word=False)
        while (hit := searched.get_next()) is not None:
            box = document[number].get_textpage().get_charbox(hit[0])
            if 100 < box[1] < 560 and re.search(r"\b1\d\d\b", text):
                found.setdefault(number % 2, []).append(box[0])
    width = document[0].get_width()
    assert all(x > width / 2 for x in found[0] if x > 60), "on right pages on the right"
    assert min(found[1]) < 26 / 155 * width, "on left pages on the left"


def test_the_index_has_the_pages_of_names_and_says_which_are_only_in_notes() -> None:
    far = "<p>" + "word " * 390 + "</p>"
    name = '<name key="{}" kind="person">X</name>'
    content = f"""<p>{name.format("p1")}</p>{far}<p>{name.format("p1")}</p>{far}<p>{name.format("p1")}</p>{far}{far}{far}
    <p>and<note id="a.n1" n="1"><p>{name.format("p1")} {name.format("p2")}</p></note></p>"""
    book = book_of(content)
    where = [str(number) for number, page in enumerate(texts_of(book), 1) if re.search(r"\bX\b", page)]
    first, last, note = where[0], where[-2], where[-1]
    assert len(where) == 4
    index = page_with("Organisations", book)
    assert f"Choe Ch’ang-ik, {first}–{last}, {note}n" in index
    assert f"Pak Ch’ang-ok, {note}n" in index
    assert "Korean Workers’ Party" not in index, "it is nowhere in this book"
    assert f"pp. {first}–{last}, {note}n" in page_with("Vice premier", book)


def texts_of(book: str) -> list[str]:
    """The pages from the first text on."""
    document = pypdfium2.PdfDocument(made(book).pdf)
    labels = [document.get_page_label(number) for number in range(len(document))]
    return pages(book)[labels.index("1") :]


def test_a_reference_says_the_page() -> None:
    content = (
        '<p>See <ref to="a.p9" page="yes">there</ref>.</p><p>' + "word " * 900 + '</p><p id="a.p9" n="9">Here.</p>'
    )
    book = book_of(content)
    page = next(number for number, page in enumerate(texts_of(book), 1) if "Here." in page)
    assert page > 1
    assert f"there (p. {page})" in page_with("See there", book)


def test_what_leads_nowhere_is_plain_words() -> None:
    book = book_of('<p>See <ref to="b.p9" page="yes">there</ref> and<note-ref to="b.n1" n="1"/>.</p>')
    assert "See there and1." in page_with("See there", book)
    assert made(book).warnings == ("references to places that this book doesn't have: b.n1, b.p9, talk.t1",)


@pytest.mark.parametrize("letter", ["\N{HANGUL SYLLABLE HAN}", "\ue000", "\N{GRINNING FACE}", '"', "\\"])
@pytest.mark.parametrize("standards", [("a-2a", "ua-1"), ()])
def test_a_letter_that_no_font_has_is_shown_by_its_number(letter: str, standards: tuple[Standard, ...]) -> None:
    settings = Print(standards=standards)
    done = typeset(book_of(f"<p>It is {letter}.</p>"), settings, TEMPLATES)
    text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(done.pdf))
    if letter in '"\\':
        assert not done.missing
        assert f"It is {letter}." in text
    else:
        assert done.missing == {letter}
        assert f"⟨U+{ord(letter):04X}⟩" in text


def test_letters_without_a_glyph_are_all_named_at_once() -> None:
    letters = frozenset(map(chr, range(0x4E00, 0x4E00 + 2000))) | frozenset("abc άЖ ḥŏ")
    assert missing_glyphs(letters, Print()) == letters - frozenset("abc άЖ ḥŏ")


def test_a_file_travels_in_a_pdf_that_may_have_files() -> None:
    files = [("a.xml", "<TEI>ü</TEI>".encode()), ("b.xml", "<TEI>ü</TEI>".encode("utf-16"))]
    done = typeset(SAMPLE, Print(standards=("a-3a", "ua-1")), TEMPLATES, attachments=files)
    with pikepdf.open(io.BytesIO(done.pdf)) as pdf:
        assert {name: pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments} == dict(files)
        assert {pdf.attachments[name].get_file().mime_type for name in pdf.attachments} == {"application/tei+xml"}
        assert {str(pdf.attachments[name].relationship) for name in pdf.attachments} == {"/Source"}
    without = typeset(SAMPLE, Print(), TEMPLATES, attachments=files)
    with pikepdf.open(io.BytesIO(without.pdf)) as pdf:
        assert not list(pdf.attachments)


def right_edge(settings: Print = Print()) -> float:
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
        f"<table><row>{'<cell><p>' + 'word ' * 30 + '</p></cell>'}{'<cell><p>' + 'x' * 90 + '</p></cell>'}</row></table>",
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
        "<row><cell cols='9'><p>x</p></cell><cell rows='9'><p>x</p></cell></row><row><cell cols='2'><p>x</p></cell></row>",
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


def test_the_template_of_a_project_takes_the_place_of_ours() -> None:
    own = TEMPLATES | {"75-texts.typ": TEMPLATES["75-texts.typ"].replace("#let set-part(", "#let never(")}
    with pytest.raises(TypesettingError, match=r"90-main\.typ:\d+: unknown variable: set-part"):
        typeset(SAMPLE, Print(), own)


@pytest.mark.parametrize(
    ("book", "message"),
    [
        (SAMPLE[:-20], "the book isn't well-formed"),
        (SAMPLE.replace("2026-11-22", "yesterday"), 'a date that is none ("yesterday")'),
    ],
)
def test_a_book_that_is_none_is_an_error(book: str, message: str) -> None:
    with pytest.raises(TypesettingError, match=re.escape(message)):
        typeset(book, Print(), TEMPLATES)


def test_a_panic_of_typst_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        pass

    def panic(*_: object, **__: object) -> None:
        raise Panic("index out of bounds")

    import typst

    monkeypatch.setattr(typst, "Compiler", panic)
    with pytest.raises(TypesettingError, match="Typst failed"):
        typeset(SAMPLE, Print(), TEMPLATES)


@pytest.mark.parametrize(
    "settings",
    [
        Print(two_sided=False),
        Print(paper=(210, 297), size=12),
        Print(paper=(105, 148), margins=(12, 12, 14, 16), size=8),
    ],
)
def test_paper_margins_and_size_are_as_asked_for(settings: Print) -> None:
    document = pypdfium2.PdfDocument(made(SAMPLE, settings).pdf)
    assert document[0].get_size() == pytest.approx(
        (settings.paper[0] / 25.4 * 72, settings.paper[1] / 25.4 * 72), abs=0.1
    )


def test_one_document_has_no_half_title() -> None:
    book = SAMPLE.replace('<book kind="edition"', '<book kind="document"')
    assert len(pages(book)) < len(pages())


def test_a_cover_is_an_image_of_its_title() -> None:
    image = cover(SAMPLE, Print(), TEMPLATES)
    assert image.startswith(b"\x89PNG")
    assert (int.from_bytes(image[16:20]), int.from_bytes(image[20:24])) == typesetting.COVER_SIZE
    assert image == cover(SAMPLE, Print(), TEMPLATES)
