"""What a date leaves out, brackets in it, the document's own date, and what is reported."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.encode.dates.dating import found_in, structure_of, values_in

from teipipe.encode.blocks import Block, Span, Structure
from teipipe.encode.brackets import brackets_in
from teipipe.encode.dates import dates_in
from teipipe.encode.decisions import Certainty
from teipipe.encode.marked import Marked
from teipipe.encode.settings import Settings
from teipipe.encode.transcript import Transcript

SETTINGS = Settings(id="d", date="2026-01-01")


def _with_brackets(text: str) -> list[tuple[str, str]]:
    transcript = Transcript(Path("talk.txt"), text)
    structure = structure_of(text, "essay")
    marked = brackets_in(transcript, structure, SETTINGS)
    spans = dates_in(transcript, structure, marked, SETTINGS).spans
    return [(text[span.start : span.end], dict(span.attributes).get("when", "")) for span in spans]


def test_brackets_within_a_date_belong_to_it() -> None:
    assert _with_brackets("He came on 3 September [1956] and left.") == [("3 September [1956]", "1956-09-03")]
    assert _with_brackets("He came on 3 September [19]56 and left.") == [("3 September [19]56", "1956-09-03")]


def test_a_date_within_brackets_stands_in_them() -> None:
    text = "He came [on 3 September 1956] and left."
    supplied = Span("supplied", 8, 29, opening=1, closing=1, rank=10)
    (span,) = found_in(text, brackets=Marked((supplied,))).spans
    assert text[span.start : span.end] == "3 September 1956"


def test_paragraphs_divide_dates() -> None:
    assert values_in("He came on 3\nSeptember 1956") == [("September 1956", "when=1956-09")]


def test_a_line_end_within_a_paragraph_does_not() -> None:
    text = "He came on 3\nSeptember 1956"
    structure = Structure("essay", "essay", body=(Block("p", 0, len(text)),))
    spans = dates_in(Transcript(Path("talk.txt"), text), structure, Marked(), SETTINGS).spans
    assert [text[span.start : span.end] for span in spans] == ["3\nSeptember 1956"]


@pytest.mark.parametrize(
    ("blocks", "kind", "date"),
    [
        ((("head", "Talk with Mao, 16 September 1956"), ("p", "On 3 May 1955 he said")), "memorandum", "1956-09-16"),
        ((("head", "A Talk"), ("dateline", "Moscow, 16 September 1956"), ("p", "3 May 1955")), "letter", "1956-09-16"),
        ((("p", "September 1956"), ("p", "Moscow, September 16, 1956")), "telegram", "1956-09-16"),
        ((("head", "Minutes, September 1956"), ("p", "He came.")), "minutes", "1956-09"),
        ((("head", "Talks of November 3–4, 1956"), ("p", "He came.")), "memorandum", "1956-11-03"),
        ((("head", "Talk, February 30, 1956"), ("p", "He came.")), "memorandum", ""),
        ((("head", "Talk of 16 September"), ("p", "He came.")), "memorandum", ""),
        ((("head", "The Plenum of 30 August 1956"), ("p", "He came on 3 May 1956.")), "essay", ""),
        ((("head", "The Plenum"), ("dateline", "Washington, 3 May 2017")), "essay", "2017-05-03"),
        ((("p", "He came. " * 40 + "It was 3 May 1955."),), "memorandum", ""),
        ((("p", ""),), "memorandum", ""),
    ],
)
def test_the_date_of_a_document(blocks: tuple[tuple[str, str], ...], kind: str, date: str) -> None:
    text, leaves = "", []
    for element, words in blocks:
        leaves.append(Block(element, len(text), len(text) + len(words)))
        text += words + "\n"
    titles = tuple((leaf.start, leaf.end) for leaf in leaves if leaf.element == "head")
    structure = Structure(kind, kind, body=tuple(leaves), titles=titles)
    assert dates_in(Transcript(Path("talk.txt"), text), structure, Marked(), SETTINGS).date == date


def test_the_date_of_a_document_of_two_days_bounds_what_is_counted_from_it() -> None:
    text = "Talks of November 3–4, 1956\nToday he came."
    spans = found_in(text, kind="memorandum", title=27).spans
    assert dict(spans[1].attributes) == {
        "notBefore": "1956-11-03",
        "notAfter": "1956-11-04",
        "cert": "medium",
        "evidence": "internal",
    }


def test_the_day_of_a_document_is_not_that_of_notes_on_it() -> None:
    text = "Talk, 16 September 1956\nToday"
    blocks = (Block("head", 0, 23), Block("note", 24, 29))
    structure = Structure("memorandum", "memorandum", body=blocks, titles=((0, 23),))
    spans = dates_in(Transcript(Path("talk.txt"), text), structure, Marked(), SETTINGS).spans
    assert [span.attributes for span in spans] == [(("when", "1956-09-16"),)]


def test_whose_evidence_it_is() -> None:
    assert dict(found_in("On 30 August he came.", near="1956-09-16").spans[0].attributes)["evidence"] == "external"
    assert dict(found_in("In 1956, on 30 August he came.").spans[1].attributes)["evidence"] == "internal"


def test_other_years_are_told_where_the_year_is_not_sure() -> None:
    text = "Talk, 1955-01-07\nHe came in June."
    decision = found_in(text, kind="memorandum", title=16).decisions[1]
    assert decision.certainty is Certainty.MEDIUM
    assert {candidate.value for candidate in decision.candidates} == {"1954", "1955"}


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("On February 30, 1956 he came.", "unreal-date", "“February 30, 1956”: that month has 29 days"),
        ("On 31.4.1956 he came.", "unreal-date", "“31.4.1956”: no month and day of the calendar"),
        (
            "On Tuesday, 16 September 1956 he came.",
            "contradictory-date",
            "“Tuesday, 16 September 1956”: 1956-09-16 was a Sunday",
        ),
        (
            "On 25 October (8 November) 1917",
            "contradictory-date",
            "“25 October (8 November) 1917”: the two days are 14 days apart, which the calendars never were then",
        ),
        ("In 1956, on 3/9/56, he came.", "ambiguous-date", "“3/9/56”: 1956-09-03 or 1956-03-09"),
    ],
)
def test_what_is_reported(text: str, rule: str, words: str) -> None:
    (found,) = found_in(text).findings
    assert (found.rule, found.message) == (rule, words)
    assert (found.location.line, found.location.column) == (1, text.index(words[1:5]) + 1)


def test_each_date_has_a_decision() -> None:
    marked = found_in("On 3 September 1956 he came; the next day he left. On 3/9/56. Two days ago.")
    assert [(one.start, one.end) for one in marked.spans] == [(one.start, one.end) for one in marked.decisions[:3]]
    assert [decision.rule for decision in marked.decisions] == [
        "calendar-date",
        "relative-date",
        "ambiguous-numeric-date",
        "unanchored-date",
    ]
    assert [decision.result for decision in marked.decisions] == [
        "date when=1956-09-03",
        "date when=1956-09-04",
        "date",
        "",
    ]


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "1 ",
            "May ",
            "1",
            "the day ",
            "1–",
            "1,",
            "1/",
            "1956 ",
            "May 1 ",
            "May 1 to ",
            "1 and ",
            "of ",
            "1 (",
            "’56",
        ),
        *(
            "Monday, ",
            "May",
            "10:39 ",
            "May\n",
            "two days later ",
            "ca. ",
            "1.",
            "5 p.m. to ",
            "first half of ",
            "3/9/56 ",
        ),
    ],
)
def test_whatever_comes_again_and_again_is_read(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    spans = found_in(text).spans
    assert all(span.start < span.end <= len(text) for span in spans)
