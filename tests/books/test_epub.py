"""E-books: valid, open to everybody, with the words of the pages; every link in them arrives."""

from __future__ import annotations

import io
import re
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from zipfile import ZIP_STORED, ZipFile

import pytest
from lxml import etree
from tests.books.ebooks import COVER, OPS, XHTML, book, ebook, made, package_of, pages, said
from tests.books.matter import binder, project
from tests.books.test_text import documents, given
from tests.books.test_text import words as words_of
from tests.editions.rendering import BLANK, BLOCKS, ROOT, page, parsed

from teipipe.books.epub import Enclosed, packaged, parameters
from teipipe.books.fonts import fonts_in
from teipipe.books.splicing import spliced

ALL: Final = ("sample", "edition", "edition-de", "conversation-1956-09-16", "essay-new-tranche", "arabic", "cases")
#: The elements of our pages between words, and of e-books.
SEPARATE: Final = BLOCKS | {"figure", "figcaption", "section", "aside"}


def tool(name: str, names: tuple[str, ...], folder: Path) -> None:
    """Run a checker over e-books; one that can't be had says what to install."""
    for each in names:
        (folder / f"{each}.epub").write_bytes(ebook(each))
    command = [str(ROOT / ".ci" / name), sys.executable, *(f"{each}.epub" for each in names)]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600)
    assert run.returncode == 0, (run.stdout + run.stderr)[-5000:]
    assert all(f"{each}.epub" in run.stdout for each in names)


def test_epubcheck_has_nothing_to_say(tmp_path: Path) -> None:
    tool("epubcheck", ALL, tmp_path)


def test_ace_finds_nothing_serious(tmp_path: Path) -> None:
    tool("ace", ("sample",), tmp_path)


def text_sections(name: str) -> Iterator[etree._Element]:
    """The texts of an e-book; one that is divided comes in its parts."""
    for found in pages(ebook(name)).values():
        yield from found.iterfind(f".//{XHTML}section[@role='doc-chapter']")


def pieces(element: etree._Element) -> Iterator[str]:
    """The words of the document in an element of a page, without its notes."""
    classes = (element.get("class") or "").split()
    separator = " " if etree.QName(element).localname in SEPARATE else ""
    yield separator
    if "generated" not in classes and "notes" not in classes:
        yield element.text or ""
        for child in element:
            yield from pieces(child)
            yield child.tail or ""
    yield separator


def words(*elements: etree._Element) -> list[str]:
    return [word for element in elements for word in BLANK.split("".join(pieces(element))) if word]


def notes(section: etree._Element) -> dict[str, list[str]]:
    found = section.iterfind(f".//{XHTML}aside[@{OPS}type='footnote']")
    return {str(note.get("id")): words(*note) for note in found}


@pytest.mark.parametrize("path", documents())
def test_the_words_of_the_page_and_no_others(path: Path) -> None:
    source, register = given(path)
    html = parsed(page(source, "reading", register))
    name, whole = (path.parent.name, "cases") if path.name == "input.xml" else (source.id, "edition")
    [section] = [found for found in text_sections(whole) if found.get("id") == name]
    [main] = html.xpath("//div[@id='tp-text']")
    assert words(section) == words_of(main, frozenset(), BLOCKS)
    assert words(section)
    items = html.xpath("//section[@role='doc-endnotes']/ol/li")
    assert notes(section) == {f"{name}.{item.get('id')}": words_of(item, frozenset(), BLOCKS) for item in items}


def test_the_numbers_are_those_of_the_book() -> None:
    root = etree.fromstring(book("edition"))
    expected = {
        str(found.get("id")): found.get("n") for found in root.iterfind("texts//*[@n]") if found.tag in ("turn", "p")
    }
    numbers = {}
    for section in text_sections("edition"):
        for number in section.iterfind(f".//{XHTML}span[@class='number generated']"):
            holder = next(around for around in number.iterancestors() if around.get("id"))
            numbers[str(holder.get("id"))] = said(number).removeprefix("¶ ")
    assert numbers == expected
    assert len(numbers) > 80


@pytest.mark.parametrize("name", ALL)
def test_every_link_arrives_and_every_anchor_is_one(name: str) -> None:
    found = pages(ebook(name))
    anchors = {path: [str(each) for each in root.xpath("//@id")] for path, root in found.items()}
    for path, ids in anchors.items():
        assert len(ids) == len(set(ids)), path
    for path, root in found.items():
        for href in map(str, root.xpath("//@href")):
            file, _, anchor = href.partition("#")
            if not href.startswith(("https://", "http://", "mailto:")) and file != "style.css":
                assert not anchor or anchor in anchors[file or path], href
                assert (file or path) in anchors
        assert not root.xpath("//*[local-name()='a']//*[local-name()='a']")
        assert not root.xpath("//*[local-name()='script'] | //@style | //@onclick")


def test_notes_lead_back_and_forth() -> None:
    for section in text_sections("conversation-1956-09-16"):
        marks = section.xpath(".//*[@role='doc-noteref'][@id]")
        backs = section.xpath(".//*[@role='doc-backlink']")
        assert len(marks) == len(backs) == len(notes(section)) > 20
        for mark, back in zip(marks, backs, strict=True):
            assert back.get("href") == f"#{mark.get('id')}"
            assert said(mark) == said(back)
            [note] = section.xpath(".//*[@id=$id]", id=mark.get("href")[1:])
            assert back in list(note.iter())


def test_the_index_leads_to_the_names() -> None:
    found = pages(ebook("edition"))
    index = found["matter.index.xhtml"]
    [mikoyan] = index.xpath("//*[@id='tp-index-anastas-mikoyan']")
    assert said(mikoyan).startswith("Anastas Mikoyan, memorandum turns 1, 3, 5,")
    for locator in index.xpath("//*[@*[local-name()='type']='index-locator']"):
        path, _, anchor = str(locator.get("href")).partition("#")
        [name] = found[path].xpath("//*[@id=$id]", id=anchor)
        assert "name" in name.get("class").split()
    [entry] = found["matter.persons.xhtml"].xpath("//*[@id='entry.anastas-mikoyan']")
    assert "memorandum turns 1, 3, 5," in said(entry.find(f"{XHTML}p[@class='locators generated']"))
    alone = pages(ebook("conversation-1956-09-16"))["matter.index.xhtml"]
    [entry] = alone.xpath("//*[@id='tp-index-anastas-mikoyan']")
    assert said(entry).startswith("Anastas Mikoyan, turns 1, 3, 5,")


def test_it_says_what_it_is() -> None:
    package = package_of(ebook("edition"))

    def value(name: str) -> list[str]:
        return [said(found) for found in package.xpath("//*[local-name()=$n or @property=$n]", n=name)]

    assert value("title") == ["An edition"]
    assert value("language") == ["en"]
    assert value("dcterms:modified") == ["2026-11-22T00:00:00Z"]
    assert value("creator") == ["the editors of teipipe"]
    assert "https://example.org/edition/" in value("source")
    assert "Kim Il Sung" in value("subject")
    assert value("dcterms:conformsTo") == ["EPUB Accessibility 1.1 - WCAG 2.1 Level AA"]
    assert value("schema:accessModeSufficient") == ["textual"]
    assert re.fullmatch("urn:uuid:[0-9a-f-]{36}", value("identifier")[0])
    others = {package_of(ebook(name)).findtext(".//{*}identifier") for name in ALL}
    assert len(others) == len(ALL)
    document = package_of(ebook("essay-new-tranche"))
    assert [said(found) for found in document.xpath("//*[@property='belongs-to-collection']")] == ["An edition"]
    volume = etree.tostring(project().book(["essay-new-tranche"], volume=2), encoding="unicode")
    properties = package_of(made(spliced(volume, []))).xpath("//*[@refines='#collection']")
    assert [said(found) for found in properties] == ["set", "2"]


def test_contents_and_landmarks() -> None:
    nav = pages(ebook("edition"))["nav.xhtml"]
    toc, landmarks = nav.iter(f"{XHTML}nav")
    entries = [said(found) for found in toc.findall(f"{XHTML}ol/{XHTML}li/{XHTML}a")]
    assert (entries[0], entries[-1]) == ("Title page", "Colophon")
    assert "Khrushchev’s Secret Speech" in [said(found) for found in toc.iter(f"{XHTML}a")]
    assert landmarks.get("hidden") is not None
    types = [str(found.get(f"{OPS}type")) for found in landmarks.iter(f"{XHTML}a")]
    assert {"cover", "titlepage", "toc", "bodymatter", "index", "glossary"} <= set(types)
    assert len(types) == len(set(types))


def test_contents_are_words_alone() -> None:
    heading = "<heading><break>⟨page 2⟩</break> One<br/>two<note id='essay.n1' n='1'><p>no</p></note></heading>"
    found = sample_with(f"<section>{heading}<section>{heading}<p>a</p></section></section>")
    links = found["nav.xhtml"].xpath("//*[local-name()='a'][starts-with(@href, 'text-2.xhtml#')]")
    assert [said(link) for link in links] == ["One two"] * 2


def test_the_container_is_the_same_each_time() -> None:
    data = ebook("sample")
    assert data == made(book("sample"))
    with ZipFile(io.BytesIO(data)) as container:
        first = container.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
        assert container.read("mimetype") == b"application/epub+zip"
        assert {entry.date_time for entry in container.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_long_text_is_divided_and_stays_whole() -> None:
    whole = ebook("edition")
    parts = made(book("edition"), **{"file-length": 9000})
    found = pages(parts)
    assert len(found) > len(pages(whole)) + 3

    def sections(data: bytes) -> list[etree._Element]:
        every = [root.findall(f".//{XHTML}section[@role='doc-chapter']") for root in pages(data).values()]
        return [section for each in every for section in each]

    assert words(*sections(parts)) == words(*sections(whole))
    assert max(len(" ".join(words(section))) for section in sections(parts)) < 12000

    def ids(sections: list[etree._Element]) -> list[str]:
        every = [str(each) for section in sections for each in section.xpath(".//@id")]
        return sorted(each for each in every if not each.startswith(("tp-name-", "tp-section-")))

    assert ids(sections(parts)) == ids(sections(whole))

    def contents(nav: etree._Element) -> list[tuple[str, int]]:
        return [(said(link), len(list(link.iterancestors()))) for link in nav.iter(f"{XHTML}a")]

    assert contents(found["nav.xhtml"]) == contents(pages(whole)["nav.xhtml"])
    anchors = {path: set(map(str, root.xpath("//@id"))) for path, root in found.items()}
    for path, root in found.items():
        for href in map(str, root.xpath("//*[local-name()='a']/@href")):
            file, _, anchor = href.partition("#")
            assert href.startswith("http") or not anchor or anchor in anchors[file or path], href


def sample_with(inside: str) -> dict[str, etree._Element]:
    """The pages of the sample with something else in its second text."""
    xml = re.sub(r'<p id="essay\.p1".*?</p>', lambda _: inside, book("sample"), count=1)
    assert inside in xml
    return dict(pages(made(xml)))


@pytest.mark.parametrize(
    ("href", "leads"),
    [
        ("https://example.org/ä?b=c&amp;d=%20#e", "https://example.org/%C3%A4?b=c&d=%20#e"),
        ("mailto:a.b@example.org", "mailto:a.b@example.org"),
        ("javascript:alert(1)", None),
        ("JAVASCRIPT:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("other.xml", None),
        ("http://[", None),
        ("https://a b/", None),
        ("https://example.org/%zz", None),
        ("", None),
    ],
)
def test_links_to_the_web(href: str, leads: str | None) -> None:
    root = sample_with(f'<p>See <link href="{href}">there</link>.</p>')["text-2.xhtml"]
    assert "See there." in said(root)
    assert root.xpath("//*[local-name()='a']/@href") == ([leads] if leads else [])


def test_links_that_hold_others() -> None:
    inside = (
        '<p><name key="p1" kind="person">Choe<note id="essay.n1" n="1"><p/></note> <i>the</i> '
        '<ref to="talk.t1">first</ref></name> <ref to="nowhere">lost</ref><note-ref to="nowhere" n="7"/></p>'
    )
    root = sample_with(inside)["text-2.xhtml"]
    links = [(said(link), str(link.get("href")).partition("#")[2]) for link in root.iter(f"{XHTML}a")]
    expected = [("Choe", "entry.p1"), ("1", "essay.n1"), ("the", "entry.p1"), ("first", "talk.t1")]
    assert links == [*expected, ("1", "tp-mark-essay.n1")]
    assert "lost7" in said(root)


def test_ids_that_are_no_names() -> None:
    xml = book("sample").replace('"talk', '"1956 ä_x').replace('"essay', '"1956 a')
    data = made(xml)
    for root in pages(data).values():
        for each in map(str, root.xpath("//@id")):
            assert re.fullmatch("[A-Za-z_][A-Za-z0-9._-]*", each)
    assert [list(root.iter(f"{XHTML}a")) for root in pages(data).values()]


@pytest.mark.parametrize(
    ("date", "tag"),
    [
        ("1956-09-15", "time"),
        ("1956-09", "time"),
        ("1956", "time"),
        ("1956-02-30", "span"),
        ("-0044-03-15", "span"),
        ("x", "span"),
    ],
)
def test_dates(date: str, tag: str) -> None:
    root = sample_with(f'<p><date when="{date}">that day</date></p>')["text-2.xhtml"]
    [found] = [each for each in root.iter() if each.text == "that day"]
    assert found.tag == f"{XHTML}{tag}"
    assert found.get("datetime") == (date if tag == "time" else None)


def test_languages_and_directions() -> None:
    root = pages(ebook("arabic"))["text-1.xhtml"]
    assert (root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang"), root.get("dir")) == (
        "ar",
        "ar",
        "rtl",
    )
    [english] = root.xpath("//*[text()='Good morning']")
    assert (english.get("lang"), english.get("dir")) == ("en", "ltr")
    assert package_of(ebook("arabic")).xpath("string(//@page-progression-direction)") == "rtl"
    german = pages(ebook("edition-de"))
    assert german["nav.xhtml"].get("lang") == "de"
    assert german["text-1.xhtml"].get("lang") == "en"
    [heading] = german["text-1.xhtml"].xpath("//*[text()='Anmerkungen']")
    assert heading.get("lang") == "de"


def test_a_language_that_is_none_is_not_said() -> None:
    root = sample_with('<p><span lang="i_do_not_know">so</span> <span lang="a-DE">what</span></p>')["text-2.xhtml"]
    assert [each.get("lang") for each in root.iter(f"{XHTML}span") if each.text in ("so", "what")] == [None, None]


def test_deep_nesting() -> None:
    start, end = "<box class='p'>" * 140, "</box>" * 140
    inner = "<i>" * 140 + "deep" + "</i>" * 140
    assert "deep" in said(sample_with(f"{start}<p>{inner}</p>{end}")["text-2.xhtml"])


def font(family: str, *, weight: int = 400, italic: bool = False, rights: int = 0) -> bytes:
    """A font with nothing in it but what it says of itself."""
    name = family.encode("utf-16-be")
    names = struct.pack(">HHH", 0, 1, 18) + struct.pack(">HHHHHH", 3, 1, 0x0409, 1, len(name), 0) + name
    os2 = struct.pack(">HhHHH", 4, 0, weight, 5, rights) + bytes(52) + struct.pack(">H", int(italic)) + bytes(32)
    head = struct.pack(">4sHHHH", b"OTTO", 2, 0, 0, 0)
    start = len(head) + 32
    tables = struct.pack(">4sIII", b"OS/2", 0, start, len(os2)) + struct.pack(
        ">4sIII", b"name", 0, start + len(os2), len(names)
    )
    return head + tables + os2 + names


def test_fonts_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "b.otf").write_bytes(font("The Book", weight=700, italic=True))
    (tmp_path / "a.ttf").write_bytes(font('Other "Letters"'))
    (tmp_path / "readme.txt").write_text("no font")
    fonts = fonts_in(tmp_path)
    assert [(each.path, each.family, each.weight, each.style) for each in fonts] == [
        ("fonts/1.ttf", 'Other "Letters"', 400, "normal"),
        ("fonts/2.otf", "The Book", 700, "italic"),
    ]
    enclosed = Enclosed(COVER, fonts, "The Book")
    xml = book("sample")
    data = packaged(binder().epub(xml, parameters(xml, enclosed)), enclosed)
    items = {str(item.get("href")): item.get("media-type") for item in package_of(data).iter("{*}item")}
    assert (items["fonts/2.otf"], items["fonts/1.ttf"]) == ("font/otf", "font/ttf")
    with ZipFile(io.BytesIO(data)) as container:
        css = container.read("EPUB/style.css").decode()
        assert container.read("EPUB/fonts/2.otf") == fonts[1].data
    assert '@font-face { font-family: "The Book"; font-weight: 700; font-style: italic; src: url(fonts/2.otf); }' in css
    assert 'font-family: "The Book", serif, "Other Letters"' in css


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"nothing", "is no font"), (font("The Book")[:40], "is no font"), (font("The Book", rights=2), "licence")],
    ids=["nothing", "cut", "restricted"],
)
def test_fonts_that_can_not_be_embedded(data: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.otf").write_bytes(data)
    with pytest.raises(ValueError, match=message):
        fonts_in(tmp_path)


def test_only_fonts_of_the_folder_are_fonts(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "a.otf").write_bytes(font("The Book"))
    (tmp_path / "fonts" / "._a.otf").write_bytes(b"what a system notes beside it")
    (tmp_path / "fonts" / "gone.otf").symlink_to("nowhere.otf")
    (tmp_path / "fonts" / "same.otf").symlink_to("a.otf")
    assert [each.family for each in fonts_in(tmp_path / "fonts")] == ["The Book", "The Book"]
    (tmp_path / "outside.otf").write_bytes(font("The Other"))
    (tmp_path / "fonts" / "link.otf").symlink_to("../outside.otf")
    with pytest.raises(ValueError, match=r"link\.otf is a link out of the folder of fonts"):
        fonts_in(tmp_path / "fonts")


def test_a_cover_is_an_image() -> None:
    assert Enclosed(b"\xff\xd8\xff\xe0").cover_name == "cover.jpg"
    with pytest.raises(ValueError, match="neither a PNG nor a JPEG"):
        _ = Enclosed(b"GIF89a").cover_name
    with pytest.raises(ValueError, match=r"no package\.opf"):
        packaged("<files/>", Enclosed(COVER))
