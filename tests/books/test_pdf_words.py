"""The words of a printed book are those of its XML, in their order: none lost, none doubled, none broken in two.

Those of its XML are the words of the reading page and what is generated (test_text), so these are in print, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

import pytest
from lxml import etree
from tests.books import matter
from tests.books.hostile import BAD, CODE, LOREM
from tests.books.pdf import words_of
from tests.books.printed import differences, printed
from tests.books.test_text import body, documents, foreign, given, made
from tests.books.typeset import PLAIN, SAMPLE, TEMPLATES

from teipipe.books import typesetting
from teipipe.books.settings import Print
from teipipe.books.splicing import spliced
from teipipe.books.typesetting import Typeset, typeset
from teipipe.errors import TypesettingError

#: A paper that hardly anything has room on, and one for walls.
TINY: Final = Print(paper=(60.0, 60.0), margins=(8.0, 8.0, 8.0, 8.0))
HUGE: Final = Print(paper=(2000.0, 2000.0))


def book_of(texts: Sequence[etree._Element]) -> etree._Element:
    """A book of these texts, without anything before and after them."""
    frame = etree.fromstring(SAMPLE)
    for part in frame.iterchildren("front", "texts", "back"):
        part.clear()
    book = spliced(
        etree.tostring(frame, encoding="unicode"), [etree.tostring(text, encoding="unicode") for text in texts]
    )
    return etree.fromstring(book, etree.XMLParser(huge_tree=True, collect_ids=False))


def typeset_book(book: etree._Element, settings: Print = PLAIN) -> Typeset:
    return typeset(etree.tostring(book, encoding="unicode"), settings, TEMPLATES)


def check(book: etree._Element, settings: Print = PLAIN) -> Typeset:
    """Set a book, whose words must all be there."""
    done = typeset_book(book, settings)
    is_two_sided = settings.two_sided
    assert differences(printed(book, done.missing, is_two_sided=is_two_sided), words_of(done.pdf)) == []
    return done


def renamed(text: etree._Element, old: str, new: str) -> etree._Element:
    """A text whose places have other names, for several can have the same ones."""
    for element in text.iter("*"):
        for name in ("id", "to"):
            if (place := element.get(name)) is not None:
                element.set(name, f"{new}{place.removeprefix(old)}")
    return text


@pytest.mark.parametrize("settings", [PLAIN, Print(two_sided=False, standards=()), TINY, HUGE])
def test_the_sample(settings: Print) -> None:
    check(etree.fromstring(SAMPLE), settings)


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_edition_of_this_project(language: str) -> None:
    edition = matter.project(language)
    sources = [matter.source(matter.TEI / f"{entry.id}.xml") for entry in edition.corpus.documents]
    texts = [matter.binder(language).text(source, edition.corpus) for source in sources]
    assert len(texts) == 2
    book = etree.fromstring(spliced(etree.tostring(edition.book(), encoding="unicode"), texts))
    done = check(book)
    assert not done.missing
    assert not done.warnings


def test_what_is_lost_doubled_or_broken_is_found() -> None:
    book = etree.fromstring(SAMPLE)
    heard = words_of(typeset_book(book).pdf)
    for before, after in ((" yesterday ", " "), (" delegation", " delegation delegation"), ("yesterday", "yester day")):
        assert before in heard
        assert differences(printed(book), heard.replace(before, after, 1))


def test_documents_of_many_kinds() -> None:
    """All cases of the stylesheets, and documents of other people."""
    texts = []
    for number, parameters in enumerate([*documents(), *foreign()]):
        [path] = parameters.values
        if path is not None:
            source, register = given(path)
            texts.append(renamed(made(source, register)[0], source.id, f"d{number}"))
    check(book_of(texts))


@pytest.mark.parametrize("name", BAD)
def test_bad_input(name: str, tmp_path: Path) -> None:
    check(book_of([body(BAD[name], tmp_path)[0]]))


@pytest.mark.parametrize("settings", [replace(TINY, size=14.0), HUGE], ids=["tiny", "huge"])
def test_bad_input_on_any_paper(settings: Print, tmp_path: Path) -> None:
    texts = [renamed(body(xml, tmp_path)[0], "letter", f"d{number}") for number, xml in enumerate(BAD.values())]
    check(book_of([text for text in texts if len("".join(text.itertext())) < 3000]), settings)


@pytest.mark.parametrize(
    "xml",
    [
        '<p xml:lang="he">שלום עולם, זה טקסט עם מספר 1956 ועם English words.</p><p>English with שלום עולם in it.</p>',
        '<p xml:lang="ar">السلام عليكم ورحمة الله</p><p>English with السلام in it.</p>',
        '<p>a <foreign xml:lang="he">שלום <foreign xml:lang="en">word</foreign> עולם</foreign> b</p>',
        f'<p xml:lang="he">{"שלום עולם ועוד מילים " * 30}</p>',
    ],
    ids=["Hebrew", "Arabic", "mixed", "long"],
)
def test_what_is_written_from_right_to_left(xml: str, tmp_path: Path) -> None:
    """Typst puts the parts of a line into the file as they stand on the page, so their order is not looked at."""
    book = book_of([body(xml, tmp_path)[0]])
    done = typeset_book(book)
    assert not done.missing
    said = "".join(word for words in printed(book).values() for word in words)
    assert Counter(said) == Counter("".join(words_of(done.pdf).split()))


@pytest.mark.parametrize(
    "header",
    ["<title/>", "", f"<title>{'Title' * 400}</title>", "<title>ሰላም &#xE000;</title>", "<title>#a $b @c</title>"],
)
def test_odd_titles(header: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    titled = f"<fileDesc><titleStmt>{header}</titleStmt></fileDesc>"
    monkeypatch.setattr("tests.books.test_text.TITLED", titled)
    check(book_of([body("<p>Words.</p>", tmp_path)[0]]))


def test_names_and_words_of_a_book_are_no_code() -> None:
    code = escape(CODE, {'"': "&quot;"})
    book = SAMPLE
    for old in ('"A sample edition"', ">A sample edition<", '"An essay"', ">Contents<", ">read as<", '"The editors"'):
        assert old in book
        book = book.replace(old, f"{old[0]}{code}{old[-1]}")
    for old, new in (("talk.t1", "talk.#x&lt;y&gt;&quot;'[ ]$é"), ("entry.p1", "entry. \\ //"), ("p1", "p&quot;1")):
        book = book.replace(f'"{old}"', f'"{new}"')
    check(etree.fromstring(book))


def test_the_same_key_and_the_same_place_twice() -> None:
    book = SAMPLE.replace('"p2"', '"p1"').replace('"talk.t2"', '"talk.t1"').replace('"entry.p2"', '"entry.p1"')
    check(etree.fromstring(book))


def test_a_long_index() -> None:
    """As many names as can't be asked for one by one."""
    count = 2000
    entries = (f'<index-entry key="k{at}"><term>Name {at:04}</term></index-entry>' for at in range(count))
    names = (f'<name key="k{at}" kind="person">N</name> ' for at in range(count))
    book = SAMPLE.replace("</index-group>", f"{''.join(entries)}</index-group>", 1)
    check(etree.fromstring(book.replace('<p id="essay.p1"', f'<p>{"".join(names)}</p><p id="essay.p1"')))


def test_notes_in_notes_where_pages_end() -> None:
    """Typst loses some of them, so they are set beside the notes that they stand in."""
    inner = '<note id="essay.i{0}" n="{0}i"><p>inner ' + LOREM * 3 + "</p></note>"
    outer = f'<p>{LOREM * 3}<note id="essay.o{{0}}" n="{{0}}"><p>{LOREM * 4}{inner} rest</p></note> on</p>'
    notes = "".join(outer.format(number) for number in range(40))
    check(etree.fromstring(SAMPLE.replace('<p id="essay.p1"', f'{notes}<p id="essay.p1"')))


def test_notes_in_tables_where_pages_end() -> None:
    """Typst loses words of a table with notes, so these stand behind it."""
    note = f'<note id="essay.x{{0}}" n="{{0}}"><p>{LOREM * 8}</p></note>'
    short = f'<note id="essay.x{{0}}" n="{{0}}"><p>{LOREM}</p></note>'
    notes = iter([(note if number % 3 else short).format(number) for number in range(1, 19)])
    rows = "".join(
        f"<row><cell><p>{LOREM * 3}{next(notes)} on{next(notes)}</p></cell>"
        f"<cell><p>{next(notes)}{LOREM * 2}</p></cell></row>"
        for _ in range(6)
    )
    book = etree.fromstring(SAMPLE.replace('<p id="essay.p1"', f'<table>{rows}</table><p id="essay.p1"'))
    check(book)


def test_a_book_that_can_not_be_marked_up_is_set_without_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    run = typesetting._run

    def fail(*arguments: Any, **options: Any) -> Any:
        if len(arguments) > 3 and arguments[3] == PLAIN.standards:
            raise TypesettingError("internal error: parent group")
        return run(*arguments, **options)

    monkeypatch.setattr(typesetting, "_run", fail)
    done = typeset_book(etree.fromstring(SAMPLE))
    assert done.pages
    assert done.unmet == (
        "it says nothing of its structure, and conforms to no standard: else Typst would fail"
        " (internal error: parent group)"
    )
