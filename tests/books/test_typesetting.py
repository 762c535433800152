"""Books as PDF: what the file says of itself, and what stands on its pages."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pikepdf
import pypdfium2
import pytest
from tests.books.typeset import SAMPLE, TEMPLATES, book_of, elements, made, opened, page_with, pages, texts_of

from teipipe.books import preparation, typesetting
from teipipe.books.preparation import prepare
from teipipe.books.settings import Print, Standard
from teipipe.books.typesetting import cover, missing_glyphs, typeset
from teipipe.errors import TypesettingError

XMP: Final = {"pdfaid": "http://www.aiim.org/pdfa/ns/id/", "pdfuaid": "http://www.aiim.org/pdfua/ns/id/"}


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


def test_in_a_large_book_names_are_no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def links() -> int:
        return prepare(SAMPLE).book.count(" entry=")

    every = links()
    monkeypatch.setattr(preparation, "LARGE", 0)
    assert (every, links()) == (5, 0)


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


def test_turns_have_their_numbers_in_the_outer_margin() -> None:
    turn = '<turn id="a.t{0}" n="{0}"><speaker>X</speaker><p>word word</p></turn>'
    book = book_of("".join(turn.format(number) for number in range(500, 600)))
    document = pypdfium2.PdfDocument(made(book).pdf)
    width = document[0].get_width()
    found: dict[int, set[int]] = {0: set(), 1: set()}
    for number, page in enumerate(document):
        text = page.get_textpage()
        for hit in re.finditer(r"\b5\d\d\b", text.get_text_range()):
            found[number % 2].add(round(text.get_charbox(hit.start())[0] / width * 155))
    assert len(found[0]) == 1
    assert found[0].pop() in range(155 - 26, 155 - 15), "on the right of right pages"
    assert len(found[1]) == 1
    assert found[1].pop() in range(15, 26), "on the left of left pages"


def test_the_index_has_the_pages_of_names_and_says_which_are_only_in_notes() -> None:
    far = "<p>" + "word " * 390 + "</p>"
    name = '<name key="{}" kind="person">X</name>'
    one = f"<p>{name.format('p1')}</p>"
    both = f'<note id="a.n1" n="1"><p>{name.format("p1")} {name.format("p2")}</p></note>'
    content = one + far + one + far + one + 3 * far + f"<p>and{both}</p>"
    book = book_of(content)
    where = [str(number) for number, page in enumerate(texts_of(book), 1) if re.search(r"\bX\b", page)]
    first, last, note = where[0], where[-2], where[-1]
    assert len(where) == 4
    index = page_with("Organisations", book)
    assert f"Choe Ch’ang-ik, {first}–{last}, {note}n" in index
    assert f"Pak Ch’ang-ok, {note}n" in index
    assert "Korean Workers’ Party" not in index, "it is nowhere in this book"
    assert f"pp. {first}–{last}, {note}n" in page_with("Vice premier", book)


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


def test_the_lines_of_the_title_are_about_as_long() -> None:
    book = SAMPLE.replace("<title>A sample edition<", "<title>The attempt to remove Kim Il Sung, 1956<")
    assert re.search(r"The attempt to remove\s*\nKim Il Sung, 1956", page_with("with all that the book", book))


def test_a_cover_is_an_image_of_its_title() -> None:
    image = cover(SAMPLE, Print(), TEMPLATES)
    assert image.startswith(b"\x89PNG")
    assert (int.from_bytes(image[16:20]), int.from_bytes(image[20:24])) == typesetting.COVER_SIZE
    assert image == cover(SAMPLE, Print(), TEMPLATES)


def test_letters_of_han_come_from_a_package_that_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fonts = tmp_path / "mplfonts" / "fonts"
    fonts.mkdir(parents=True)
    (tmp_path / "mplfonts" / "__init__.py").write_text("raise RuntimeError", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert typesetting._cjk() is None
    (fonts / "NotoSerifCJKsc-Regular.otf").touch()
    assert typesetting._cjk() == fonts


@dataclass
class Family:
    family: str
    path: str | None = None


def test_of_that_package_no_other_font_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "_cjk", lambda: tmp_path)
    found = [
        Family("Libertinus Serif"),
        Family("SimHei", str(tmp_path / "SimHei.ttf")),
        Family("Own", "/fonts/own.ttf"),
    ]
    found.append(Family("Noto Serif CJK SC", str(tmp_path / "NotoSerifCJKsc-Regular.otf")))

    class Fonts:
        def fonts(self) -> list[Family]:
            return found

    expected = ["Own", "Libertinus Serif", "Noto Serif CJK SC", "New Computer Modern", "DejaVu Sans Mono"]
    assert typesetting._families(Fonts(), "OWN") == expected


def test_a_font_that_is_not_there_is_told() -> None:
    done = made(SAMPLE, Print(font="Junicode"))
    assert done.warnings == ("there is no font “Junicode”",)
