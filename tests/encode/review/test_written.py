"""What was made of a stretch is found in the TEI by counting characters, signs included."""

from __future__ import annotations

import pytest
from tests.encode.review.encodings import encoding

from teipipe.encode.review.written import Written

TEXT = "Ri [Ju-yeon] - A & b [2 lines] c\n“«D»”"
TEI = """\
<TEI><teiHeader>
  <rendition xml:id="open" scheme="css" scope="before">content: "["</rendition>
  <rendition xml:id="close" scheme="css" scope="after">content: "]"</rendition>
  <rendition xml:id="lines" scheme="css" scope="before">content: "[2 lines]"</rendition>
  <rendition xml:id="quote" scheme="css" scope="before">content: "\\201c «"</rendition>
  <textClass/></teiHeader>
<text><body>
  <sp who="x"><speaker><persName>Ri
    <supplied rendition="#open #close">Ju-yeon</supplied></persName> <pc>-</pc></speaker>
  <p>A &amp; <hi>b</hi> <gap rendition="#lines"/> c</p></sp>
  <!-- > --><p><q rendition="#quote">D</q>»”</p></body></text></TEI>"""


@pytest.mark.parametrize(
    ("stretch", "expected"),
    [
        (
            "Ri [Ju-yeon]",
            '<persName>Ri <supplied rendition="#open #close">Ju-yeon</supplied></persName>',
        ),
        ("[Ju-yeon]", '<supplied rendition="#open #close">Ju-yeon</supplied>'),
        ("Ri", "Ri"),
        ("eon", "eon"),
        ("&", "&amp;"),
        ("b [2 lines]", '<hi>b</hi> <gap rendition="#lines"/>'),
        ("[2 lines]", '<gap rendition="#lines"/>'),
        ("A & b [2 lines] c", '<p>A &amp; <hi>b</hi> <gap rendition="#lines"/> c</p>'),
        ("“«D", '<q rendition="#quote">D</q>'),
        ("“«D»”", '<p><q rendition="#quote">D</q>»”</p>'),
        (" ", ""),
    ],
)
def test_a_stretch(stretch: str, expected: str) -> None:
    written = Written(TEXT, TEI)
    assert written.agrees
    at = TEXT.index(stretch)
    assert " ".join(written.snippet(at, at + len(stretch)).split()) == expected


@pytest.mark.parametrize("text", ["", TEXT[:-1], TEXT + "x"])
def test_of_a_text_that_is_another_nothing_is_said(text: str) -> None:
    written = Written(text, TEI)
    assert not written.agrees
    assert written.snippet(0, 2) == ""


@pytest.mark.parametrize("tei", ["", "<TEI/>", "<text>", "</text></p>"])
def test_what_is_no_encoding(tei: str) -> None:
    assert Written(TEXT, tei).snippet(0, 2) == ""


def test_each_decision_of_an_encoding_has_its_place() -> None:
    made = encoding()
    written = Written(made.transcript.text, made.tei.decode())
    for decision in made.decisions:
        snippet = written.snippet(decision.start, decision.end)
        words = made.transcript.text[decision.start : decision.end].strip("[]")
        assert words.split()[0].strip("[]") in snippet


def test_many_decisions_in_a_line_of_a_megabyte_take_no_longer_each() -> None:
    text = "word [x] " * 60_000
    made = encoding(text, cases=())
    written = Written(text, made.tei.decode())
    assert written.agrees
    assert all(written.snippet(at, at + 4) == "word" for at in range(0, len(text), 90))
