"""Emphasis, notes and links of a word processor's file, as elements: valid, with every word in its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.encode.reading.test_word import BLOCKS, HELLO, NOTES
from tests.encode.reading.word_files import word_file
from tests.encode.test_fidelity import schemas

from teipipe.documents import Document
from teipipe.encode.blocks import Block, Span, Structure
from teipipe.encode.encoder import Encoding, encode
from teipipe.encode.reading.emphasis import emphasis_in
from teipipe.encode.settings import Settings
from teipipe.encode.structure.loading import profiles
from teipipe.encode.transcript import Mark, Transcript
from teipipe.transcriptions.word import read_word


def encoded(body: str, parts: dict[str, str] | None = None, link: str = "") -> Encoding:
    choice = tuple(profiles())
    word = read_word(word_file(body, parts, link=link), Path("talk.docx"))
    read = Transcript(word.path, word.text, marks=word.marks, findings=word.findings)
    return encode(read, Settings("d", "2026-01-01", profiles=choice))


def text_of(encoding: Encoding) -> str:
    """The document's text, on one line."""
    tei = encoding.tei.decode()
    return re.sub(r"\s+", " ", tei[tei.index("<text ") :].partition("</text>")[0])


def run(text: str, *properties: str) -> str:
    look = "".join(f"<w:{each}/>" for each in properties)
    return f"<w:r><w:rPr>{look}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


LONG = paragraph(run("It rained on the whole of that day, and nobody came who had been asked to come."))


def test_words_that_look_otherwise() -> None:
    body = LONG + paragraph(
        run("It was "), run("not", "b"), run(" so; "), run("he ", "i"), run("knew", "i", "smallCaps"), run(" it well.")
    )
    written = text_of(encoded(body))
    assert 'It was <hi rend="bold">not</hi> so; <hi rend="italic">he <hi rend="small-caps">knew</hi></hi> it' in written


def test_a_note_stands_in_its_sentence_without_a_blank_before_it() -> None:
    note = "<w:r><w:footnoteReference w:id='1'/></w:r>"
    written = text_of(encoded(LONG + paragraph(run("He came"), note, run(", she left.")), NOTES))
    assert 'He came<note place="bottom" n="1"><p>note</p> <p>again</p></note>, she left.' in written


def test_a_link_leads_to_the_web_alone() -> None:
    linked = f"<w:hyperlink r:id='link'>{run('there')}</w:hyperlink>"
    body = LONG + paragraph(run("He is "), linked, run(" now."))
    assert 'He is <ref target="http://example.org/a">there</ref> now.' in text_of(
        encoded(body, link="http://example.org/a")
    )
    result = encoded(body, link="javascript:alert(1)")
    assert "He is there now." in text_of(result)
    assert [decision.reason for decision in result.decisions if decision.rule == "link"] == [
        "“javascript:alert(1)” is no address on the web"
    ]


@pytest.mark.parametrize(
    ("mark", "others", "pieces"),
    [
        ((0, 19), [(4, 8, 0, 0)], [(0, 19)]),  # it holds another one
        ((5, 7), [(4, 8, 0, 0)], [(5, 7)]),  # it lies in another one
        ((4, 8), [(4, 8, 0, 0)], [(4, 8)]),
        ((2, 6), [(4, 8, 0, 0)], [(2, 4), (4, 6)]),  # it crosses
        ((6, 12), [(4, 8, 0, 0)], [(6, 8), (8, 12)]),
        ((4, 8), [(4, 8, 1, 1)], [(5, 7)]),  # signs are left out
        ((4, 6), [(4, 8, 1, 1)], [(5, 6)]),
        ((2, 6), [(4, 8, 1, 1)], [(2, 4), (5, 6)]),
        ((0, 40), [], [(0, 19), (20, 40)]),  # another paragraph
    ],
)
def test_emphasis_is_divided_where_it_would_cross(
    mark: tuple[int, int], others: list[tuple[int, int, int, int]], pieces: list[tuple[int, int]]
) -> None:
    text = "x" * 19 + "\n" + "x" * 20
    structure = Structure("essay", "essay", body=(Block("p", 0, 19), Block("p", 20, 40)))
    spans = [Span("supplied", start, end, (), opening, closing) for start, end, opening, closing in others]
    found = emphasis_in(Transcript(Path("x"), text, marks=(Mark("bold", *mark),)), structure, spans)
    assert [(span.start, span.end) for span in found.spans] == pieces


def test_what_is_bold_as_a_whole_because_it_is_a_head_is_no_emphasis() -> None:
    text = "Minutes\nKim: No."
    structure = Structure("essay", "essay", body=(Block("head", 0, 7), Block("speaker", 8, 12), Block("p", 13, 16)))
    marks = tuple(Mark("bold", start, end) for start, end in ((0, 7), (8, 11), (13, 15)))
    found = emphasis_in(Transcript(Path("x"), text, marks=marks), structure, ())
    assert [(span.start, span.end) for span in found.spans] == [(13, 15)]


def test_marks_that_cross_each_other_are_divided() -> None:
    structure = Structure("essay", "essay", body=(Block("p", 0, 9),))
    marks = (Mark("bold", 0, 6), Mark("italic", 3, 9))
    found = emphasis_in(Transcript(Path("x"), "x" * 9, marks=marks), structure, ())
    assert [(span.start, span.end, span.attributes[0][1]) for span in found.spans] == [
        (0, 3, "bold"),
        (3, 6, "bold italic"),
        (6, 9, "italic"),
    ]


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(BLOCKS, min_size=1, max_size=5))
def test_whatever_a_file_holds_is_valid_tei_with_all_its_words(blocks: list[str]) -> None:
    result = encoded(HELLO + "".join(blocks), NOTES)
    for schema in schemas():
        found = list(schema.check(Document(Path("d.xml"), result.tei)))
        assert not found, f"{schema.path.name}: {found[0].message}"


def test_lists_of_the_file_stay_apart() -> None:
    numbering = "".join(
        f"<w:abstractNum w:abstractNumId='{name}'><w:lvl w:ilvl='0'><w:numFmt w:val='{kind}'/>"
        f"<w:lvlText w:val='{text}'/></w:lvl></w:abstractNum>"
        f"<w:num w:numId='{name}'><w:abstractNumId w:val='{name}'/></w:num>"
        for name, kind, text in ((1, "decimal", "%1."), (2, "bullet", "•"))
    )
    body = LONG + "".join(
        f"<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='{name}'/></w:numPr></w:pPr>{run(text)}</w:p>"
        for name, text in ((1, "one"), (1, "two"), (2, "three"), (2, "four"))
    )
    assert (
        "<list> <label>1.</label> <item>one</item> <label>2.</label> <item>two</item> </list> "
        "<list> <item>three</item> <item>four</item> </list>"
    ) in text_of(encoded(body, {"numbering": numbering}))


def test_a_note_on_who_speaks_leaves_the_label_whole() -> None:
    note = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    turns = [("MR. SMITH", note), ("MR. JONES", ""), ("MR. SMITH", ""), ("MR. JONES", "")]
    body = "".join(paragraph(run(name), after, run(": What do you think of it?")) for name, after in turns)
    written = text_of(encoded(paragraph(run("Memorandum of Conversation")) + body, NOTES))
    assert written.count("<speaker>") == 4
    assert '<p><note place="bottom" n="1">cell</note> What do you think of it?</p>' in written
