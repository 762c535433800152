"""The text of a book has the words of the reading page, in their order, and is what its vocabulary says."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from lxml import etree
from tests.editions.rendering import (
    BLANK,
    BLOCKS,
    CASES,
    ROOT,
    corpus,
    page,
    parsed,
    read,
    words_of_text,
)
from tests.editions.rendering import text as plain_text

from teipipe.books.splicing import spliced
from teipipe.documents import Document
from teipipe.editions import Entry, Source
from teipipe.editions.books import BookRenderer
from teipipe.relaxng.schema import Schema
from teipipe.saxon import Message

CORPORA: Final = ROOT.parent / "shared" / "corpora"
BOOK: Final = Path(__file__).with_name("book.rnc")

#: Elements of a book that stand among words; all others separate them.
INLINE: Final = frozenset(re.split(" ", "span i b sc u strike sup sub break name date sign ref link note-ref anchor"))

#: A header that says a title and no more.
TITLED: Final = "<fileDesc><titleStmt><title>A title</title></titleStmt></fileDesc>"

#: How deep elements may be nested, all of them counted: what is printed must be set without a limit being hit.
DEEPEST: Final = 18


@cache
def renderer() -> BookRenderer:
    return BookRenderer()


@cache
def schema() -> Schema:
    return Schema.load(BOOK)


def made(source: Source, register: Source | None = None) -> tuple[etree._Element, list[Message]]:
    """The text of a document, and what the stylesheets reported."""
    renderer().take_messages()
    xml = renderer().text(source, corpus(source, register))
    return etree.fromstring(
        xml.encode(), etree.XMLParser(collect_ids=False, huge_tree=True)
    ), renderer().take_messages()


def body(xml: str, tmp_path: Path) -> tuple[etree._Element, list[Message]]:
    """The text of a document with this content in its body."""
    path = tmp_path / "letter.xml"
    path.write_text(
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader>{TITLED}</teiHeader>'
        f"<text><body>{xml}</body></text></TEI>",
        encoding="utf-8",
    )
    return made(read(path, "letter.xml"))


def documents() -> list[Any]:
    ours = [ROOT / "tei" / f"{stem}.xml" for stem in ("conversation-1956-09-16", "essay-new-tranche")]
    cases = sorted(path for path in (CASES / "render").glob("*/input.xml"))
    assert cases
    return [pytest.param(path, id=path.parent.name if path.name == "input.xml" else path.stem) for path in ours + cases]


def foreign() -> list[Any]:
    """Documents of other people, spread over what is there."""
    found = [path for kind in ("memoranda", "plays") for path in sorted((CORPORA / kind).glob("*.xml"))[::120][:5]]
    return [pytest.param(path, id=path.stem) for path in found] or [
        pytest.param(None, marks=pytest.mark.skip(reason=f"{CORPORA} is missing"))
    ]


def given(path: Path) -> tuple[Source, Source | None]:
    beside = ROOT / "tei" if path.is_relative_to(ROOT / "tei") else CASES / "render"
    source = read(path, "letter.xml" if path.name == "input.xml" else path.name)
    return source, None if path.is_relative_to(CORPORA) else read(beside / "register.xml", "register.xml")


def words(element: etree._Element, inline: frozenset[str], blocks: frozenset[str] = frozenset()) -> list[str]:
    """The words of the document in an element, without those of its notes."""
    return [word for word in BLANK.split("".join(_pieces(element, inline, blocks))) if word]


def _pieces(element: etree._Element, inline: frozenset[str], blocks: frozenset[str]) -> Iterator[str]:
    separator = "" if element.tag in inline or (blocks and element.tag not in blocks) else " "
    yield separator
    if not is_generated(element):
        yield element.text or ""
        for child in element:
            if child.tag == "note" or not isinstance(child.tag, str):
                yield ""
            elif child.get("class") == "notes" or child.tag == "matter":
                yield " "
            else:
                yield from _pieces(child, inline, blocks)
            yield child.tail or ""
    yield separator


def is_generated(element: etree._Element) -> bool:
    return element.get("generated") == "yes" or "generated" in (element.get("class") or "").split()


def words_of_notes(text: etree._Element) -> dict[str, list[str]]:
    """The words of each note, by its anchor."""
    found = [*text.iter("note"), *text.xpath("//box[@class='note'][parent::box[@class='notes']]")]
    return {str(note.get("id")): _words_in(note) for note in found}


def _words_in(note: etree._Element) -> list[str]:
    return [word for child in note for word in words(child, INLINE)]


def validity(text: etree._Element, tmp_path: Path) -> list[str]:
    path = tmp_path / "text.xml"
    path.write_bytes(etree.tostring(text))
    return [str(found) for found in schema().check(Document.read(path))]


@pytest.mark.parametrize("path", [*documents(), *foreign()])
def test_the_words_of_the_page_and_no_others(path: Path, tmp_path: Path) -> None:
    source, register = given(path)
    text, _ = made(source, register)
    html = parsed(page(source, "reading", register))
    [main] = html.xpath("//div[@id='tp-text']")
    assert words(text, INLINE) == words(main, frozenset(), BLOCKS)
    listed = {
        f"{source.id}.{item.get('id')}": words(item, frozenset(), BLOCKS)
        for item in html.xpath("//section[@role='doc-endnotes']/ol/li")
    }
    assert words_of_notes(text) == listed
    assert words(text, INLINE)
    assert not validity(text, tmp_path)


@pytest.mark.parametrize("path", documents())
def test_numbers_and_anchors(path: Path) -> None:
    """The same as those of the page; every reference within the document arrives."""
    source, register = given(path)
    text, _ = made(source, register)
    html = parsed(page(source, "reading", register))
    ids = [str(found) for found in text.xpath("//@id")]
    assert len(ids) == len(set(ids))
    assert all(found == source.id or found.startswith(f"{source.id}.") for found in ids)
    for target in text.xpath("//ref/@to | //note-ref/@to"):
        assert target in ids or not str(target).startswith(f"{source.id}.")
    on_page = {
        f"{source.id}.{item.get('id')}": "".join(number.xpath("text()"))
        for item in html.xpath("//div[@id='tp-text']//*[@id]")
        for number in item.xpath("a[contains(@class, 'number')]")
    }
    assert on_page == {
        str(found.get("id")): found.get("n") for found in text.iter("turn", "p", "box", "line") if found.get("n")
    }


def test_the_head_says_what_it_is() -> None:
    source, register = given(ROOT / "tei" / "conversation-1956-09-16.xml")
    text, messages = made(source, register)
    assert not messages
    facts = {"".join(fact[0].itertext()): "".join(fact[1].itertext()) for fact in text.iter("fact")}
    assert facts["Shelf mark"] == "not stated"
    assert "not collated with the original" in facts["Language"]
    assert "historical marking" in facts["Marked"]
    assert "Mukhitdinov" in facts["Present without a recorded word"]
    assert facts["Checksum of the TEI file (SHA-256)"] == source.sha256
    assert {"What it is", "Date", "Rights"} <= set(facts)
    assert not {"Version", "Reading view"} & set(facts), "the imprint says it once for all"
    assert text.get("date") == "16 September 1956"


def test_turns_name_their_speakers() -> None:
    source, register = given(ROOT / "tei" / "conversation-1956-09-16.xml")
    text, _ = made(source, register)
    turns = list(text.iter("turn"))
    assert len(turns) == 52
    assert [turn.get("n") for turn in turns] == [str(number) for number in range(1, 53)]
    for turn in turns:
        assert turn.xpath("speaker//name[@kind='person']/@key")
    assert {str(key) for key in text.xpath("//name/@key")} >= {"anastas-mikoyan", "kwp", "plenum-august-1956"}


def test_emendations() -> None:
    """What was done to the text, with the place, what the source has, what is read, and whose that is."""
    source, register = given(ROOT / "tei" / "conversation-1956-09-16.xml")
    text, _ = made(source, register)
    [matter] = text.iter("matter")
    found = {
        ("".join(part.findtext("lemma") or ""), part.findtext("reading")): "".join(part.xpath("string(remark)"))
        for part in matter.iter("emendation")
    }
    assert found["USSSR", "USSR"] == "corrected by this edition"
    assert found["[Inserted: With respect to]", None].endswith("note 23")
    assert found["through", None].startswith("too much, in the judgement of this edition")
    assert not any(lemma == reading for lemma, reading in found)
    anchors = set(text.xpath("//@id"))
    assert all(ref.get("page") == "yes" and ref.get("to") in anchors for ref in matter.xpath("emendation/ref"))
    assert any("30 August 1956" in "".join(item.itertext()) for item in matter.iter("item"))


def test_inferences_lead_to_what_they_rest_on() -> None:
    source, register = given(ROOT / "tei" / "conversation-1956-09-16.xml")
    title = "A new tranche of Soviet documents on the attempted removal of a leader"
    essay = Entry("essay-new-tranche", "essay-new-tranche.xml", title, "f" * 64)
    known = corpus(source, register)
    xml = renderer().text(source, replace(known, documents=(*known.documents, essay)))
    items = ["".join(item.itertext()) for item in etree.fromstring(xml).iter("item")]
    found = [item for item in items if "A new tranche of Soviet documents on…, paragraph 25; turn 24" in item]
    assert found
    assert 'to="essay-new-tranche.p25"' in xml


def test_a_section_that_an_inference_rests_on_is_called_by_its_heading() -> None:
    text, _ = made(*given(ROOT / "tei" / "essay-new-tranche.xml"))
    items = ["".join(item.itertext()) for item in text.iter("item")]
    assert any("from section “North Korea’s August 1956 Plenum”" in item for item in items)
    assert not any("without heading" in item for item in items)


def test_without_interventions_there_is_no_list(tmp_path: Path) -> None:
    text, _ = body("<p>Words.</p>", tmp_path)
    assert not list(text.iter("matter"))


def test_languages_and_directions(tmp_path: Path) -> None:
    text, _ = body(
        '<div xml:lang="he"><p>שלום <foreign xml:lang="en">word</foreign> <gap reason="illegible"/></p>'
        '<p xml:lang="en">English</p></div>',
        tmp_path,
    )
    [section] = text.iter("section")
    assert (section.get("lang"), section.get("dir")) == ("he", "rtl")
    assert [(part.get("lang"), part.get("dir")) for part in section.iter("i", "sign")] == [("en", "ltr")] * 2
    assert [(p.get("lang"), p.get("dir")) for p in section.iter("p")] == [(None, None), ("en", "ltr")]
    assert [fact.get("lang") for fact in text.iter("facts", "fact", "label")] == [None] * 3


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<lg><l>One,</l><l>two.</l></lg>", "verse/line,line"),
        ('<p>a <hi rend="bold italic">b</hi></p>', "p/i/b"),
        ("<quote><p>said</p></quote>", "quotation/p"),
        ("<list rend='numbered'><item>a</item></list>", "list/item/p"),
        ("<list><label>A</label> stray <item>a</item><label>B</label></list>", "list/item/label,p item/label"),
        ("<list>before <item>a</item> after</list>", "p list/item/p,p"),
        ("<list><head>H</head><item>a</item></list>", "list/heading item/p"),
        ("<table><head>H</head>stray<row><cell>a</cell></row></table>", "p p table/row/cell/p"),
        (
            "<table><row><cell><p>a</p><p>b</p></cell></row>between<row><cell/></row></table>",
            "table/row/cell/p,p p table/row/cell",
        ),
        ("<div><head>H</head><head>I</head><p>a</p></div>", "section/heading p p"),
        ("<opener><p>o</p></opener><head>H</head><p>a</p><head>I</head>", "box/p section/heading,p section/heading"),
        ("<head>A title.</head><head>H</head><p>a</p>", "p section/heading,p"),
        ("<p/>", "p"),
        ("<div/>", "section"),
        ("<p>a<list><item>b</item></list>c</p>", "box/p list/item/p p"),
        ("<sp><speaker>A</speaker><speaker>B</speaker><p>said</p></sp>", "turn/speaker/br p"),
        ("<sp><p>said</p></sp>", "turn/p"),
        ("<list><item><div><head>H</head><p>a</p></div></item></list>", "list/item/box/p,p"),
    ],
)
def test_shapes(xml: str, expected: str, tmp_path: Path) -> None:
    """What TEI may be, and a book may not: it stands as well as can be."""
    text, _ = body(xml, tmp_path)
    content = [part for part in text if part.tag not in ("heading", "facts", "matter")]
    assert " ".join(re.findall(r"[a-z]+", expected)) == " ".join(
        str(part.tag) for top in content for part in top.iter("*")
    )
    assert not validity(text, tmp_path)


def test_spans_of_cells_stay_within_the_table(tmp_path: Path) -> None:
    first = '<row><cell cols="2" rows="99">a</cell></row>'
    second = '<row><cell cols="0" rows="x">b</cell><cell cols="9999">c</cell></row>'
    text, _ = body(f"<table>{first}{second}</table>", tmp_path)
    assert [(cell.get("cols"), cell.get("rows")) for cell in text.iter("cell")] == [
        ("2", "2"),
        (None, None),
        ("100", None),
    ]


def test_notes_without_a_mark_and_notes_of_notes(tmp_path: Path) -> None:
    inner = "<note>a<note>b<note>c</note></note></note>"
    text, _ = body(f'<p>Words{inner}.</p><p><graphic url="a.png"><desc>x<note>d</note></desc></graphic></p>', tmp_path)
    assert list(words_of_notes(text).values()) == [["a"], ["b"], ["c"], ["d"]]
    [outer, nested] = text.iter("note")
    assert nested in list(outer.iter("note"))
    [ref] = text.iter("note-ref")
    assert ref.get("to") in text.xpath("//box[@class='note']/@id")
    assert not validity(text, tmp_path)


def test_an_empty_note_says_so(tmp_path: Path) -> None:
    text, messages = body("<p>Words<note/>.</p>", tmp_path)
    [note] = text.iter("note")
    assert "".join(note.itertext()) == "⟨this note has no words⟩"
    assert [(message.code, message.at) for message in messages] == [("empty-note", "/*[1]/*[2]/*[1]/*[1]/*[1]")]
    assert not validity(text, tmp_path)


def test_a_page_break_says_its_number(tmp_path: Path) -> None:
    text, _ = body('<p>one <pb n="2" xml:id="two"/> two, see <ref target="#two">there</ref></p>', tmp_path)
    [there] = text.iter("break")
    assert "".join(there.itertext()) == "⟨page 2⟩"
    assert there.get("id") == text.xpath("string(//ref/@to)") == "letter.two"


def test_links_hold_no_links(tmp_path: Path) -> None:
    inner = '<ref target="https://example.org/1">b</ref> <ref target="https://example.org/2">c</ref>'
    text, _ = body(f'<p>See <ref target="https://example.org/">a {inner}</ref>.</p>', tmp_path)
    assert [(link.get("href"), link.text) for link in text.iter("link")] == [
        ("https://example.org/1", "b"),
        ("https://example.org/2", "c"),
    ]


def test_what_leads_out_of_the_book_leads_to_the_web(tmp_path: Path) -> None:
    path = tmp_path / "letter.xml"
    path.write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p xml:id="a">See <ref target="other.xml#b">b</ref> and '
        '<ref target="#a">a</ref>.</p></body></text></TEI>',
        encoding="utf-8",
    )
    source = read(path, "letter.xml")
    book = "<book><texts/></book>"
    for address, expected in (("", "span"), ("https://example.org/", "link")):
        xml = renderer().text(source, replace(corpus(source), site_url=address))
        whole = etree.fromstring(spliced(book, [xml]))
        assert [(ref.get("to"), ref.get("href")) for ref in whole.iter("ref")] == [("letter.a", None)]
        [out] = [part for part in whole.iter(expected) if part.text == "b"]
        assert dict(out.attrib) == ({"href": "https://example.org/other/#b"} if address else {})
        both = etree.fromstring(spliced(book, [xml, '<text id="other"><p id="other.b"/></text>']))
        assert [(ref.get("to"), ref.get("href")) for ref in both.iter("ref")] == [("other.b", None), ("letter.a", None)]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("<div>", "</div>"),
        ("<list><item>", "</item></list>"),
        ("<quote>", "</quote>"),
        ("<table><row><cell>", "</cell></row></table>"),
        ('<p>w <hi rend="bold">', "</hi></p>"),
        ("<list><label>L</label><item>", "</item></list>"),
        ("<figure><head>H</head>", "</figure>"),
        ("<sp><speaker>S</speaker>", "</sp>"),
        ("<note>", "</note>"),
    ],
    ids=["div", "list", "quote", "table", "hi", "gloss", "figure", "sp", "note"],
)
def test_deep_nesting_keeps_the_words(start: str, end: str, tmp_path: Path) -> None:
    depth = 60
    text, messages = body(
        f"<p>first</p>{start * depth}<p xml:id='in'>deep <emph>word</emph></p>{end * depth}", tmp_path
    )
    assert {"first", "deep", "word"} <= set("".join(f" {piece} " for piece in text.itertext()).split())
    assert max(len(list(part.iterancestors())) for part in text.iter("*")) <= DEEPEST
    assert "letter.in" in text.xpath("//@id")
    found = [(message.code, message.at[:21]) for message in messages if message.code == "deep-nesting"]
    assert found == ([] if start == "<note>" else [("deep-nesting", "/*[1]/*[2]/*[1]/*[2]/")])
    assert not validity(text, tmp_path)


def test_ordinary_depth_is_kept(tmp_path: Path) -> None:
    item = "<list><item>a <list><item>b <list><item>c <hi rend='bold'>d</hi></item></list></item></list></item></list>"
    xml = f"<div><div><div><sp><speaker>S</speaker>{item}</sp></div></div></div>"
    text, messages = body(xml, tmp_path)
    assert not messages
    assert len(list(text.iter("list"))) == 3
    assert [part.text for part in text.iter("b")] == ["d"]


#: What a document may be made of, whether or not that makes sense.
ANYTHING: Final = re.split(
    " ",
    "div head p list item label table row cell sp speaker stage said quote lg l figure graphic note ref ptr persName"
    " date hi foreign seg add del supplied surplus choice sic corr unclear gap pb lb opener address text trailer x:any",
)


def anything(chance: random.Random, depth: int = 0) -> str:
    """Elements in any order, in one another, with words between them."""
    parts = []
    for _ in range(chance.randint(0, 4 if depth < 6 else 1)):
        name = chance.choice(ANYTHING)
        number = chance.randrange(10**6)
        attributes = {"ref": ' target="#n1"', "persName": ' ref="register.xml#anna"', "hi": ' rend="bold italic"'}
        given = attributes.get(name, "") + chance.choice(["", "", f' xml:id="n{number}"', ' xml:lang="he"'])
        parts += [f"<{name}{given}>{anything(chance, depth + 1)}</{name}>", chance.choice(["", " ", f" w{number} "])]
    return "".join(parts)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_it_is_becomes_a_text(seed: int, tmp_path: Path) -> None:
    """As it is in the vocabulary of books, with the words of the plain text, and references that arrive."""
    xml = anything(random.Random(seed)) + "".join(anything(random.Random(f"{seed} {more}")) for more in range(5))
    text, _ = body(f'<p xml:id="n1" xmlns:x="urn:x">first</p><div xmlns:x="urn:x">{xml}</div>', tmp_path)
    plain = plain_text(read(tmp_path / "letter.xml", "letter.xml"), "reading", generated=False)
    found = words(text, INLINE) + [word for note in words_of_notes(text).values() for word in note]
    assert sorted(found) == sorted(words_of_text(plain))
    assert not validity(text, tmp_path)
    ids = [str(anchor) for anchor in text.xpath("//@id")]
    assert len(ids) == len(set(ids))
    assert {str(to) for to in text.xpath("//ref/@to | //note-ref/@to")} <= set(ids)
    assert max(len(list(part.iterancestors())) for part in text.iter("*")) <= DEEPEST


def test_the_sample_is_valid(tmp_path: Path) -> None:
    sample = etree.parse(BOOK.with_name("sample.xml")).getroot()
    assert not validity(sample, tmp_path)
