"""The review for people: well-formed by the HTML standard, whole in itself, the doubtful first, never too long."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import html5lib
from lxml import etree
from tests.encode.review.encodings import CASES, TALK, Case, encoding

from teipipe.encode.decisions import Candidate, Certainty, Decision
from teipipe.encode.encoder import Encoding
from teipipe.encode.review import review_html


def page_of(*encodings: Encoding) -> tuple[str, etree._ElementTree]:
    """The page, and its tree by the standard's own algorithm; ids are taken once, and each link leads to one."""
    page = "".join(review_html(encodings, folder=Path("/")))
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False)
    tree: etree._ElementTree = parser.parse(page)
    ids = [str(element.get("id")) for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    links = [str(element.get("href")) for element in tree.iter() if element.get("href")]
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert not [name for element in tree.iter() for name in element.attrib if str(name).startswith(("on", "style"))]
    return page, tree


def words_of(elements: Iterable[etree._Element]) -> list[str]:
    """The words of each, apart where another element begins or ends."""
    return [" ".join(" ".join(map(str, element.itertext())).split()) for element in elements]


def classed(tree: etree._ElementTree, name: str) -> list[etree._Element]:
    return [element for element in tree.iter() if name in (element.get("class") or "").split()]


def test_what_is_doubtful_comes_first_then_what_is_certain() -> None:
    _, tree = page_of(encoding())
    heads = words_of(tree.iter("h3"))
    assert [head for head in heads if "(" in head] == [
        "Undecided (4)",
        "Low certainty (1)",
        "Medium certainty (1)",
        "Certain (7)",
    ]
    assert words_of(classed(tree, "lead")) == ["Look at 4 undecided, 1 of low certainty . 13 decisions in 1 file."]


def test_a_card_has_the_source_and_what_was_made_of_it() -> None:
    _, tree = page_of(encoding())
    (date,) = (card for card in classed(tree, "card") if card.get("data-kind") == "date")
    assert words_of(date.iter("mark")) == ["August 30"]
    source, made = words_of(classed(etree.ElementTree(date), "source") + classed(etree.ElementTree(date), "made"))
    assert source.startswith("line 2:35 Choe Yong-geon - Kim is ill since August 30 . He told [him]")
    assert made == "low certainty date when=1956-08-30 <date> August 30 </date> the year of the head"
    assert date.get("aria-label") == "low certainty: August 30, line 2, column 35"


def test_what_is_alike_is_shown_once_with_all_places_and_candidates() -> None:
    _, tree = page_of(encoding())
    (kim,) = (card for card in classed(tree, "card") if "two entries" in words_of([card])[0])
    said = words_of([kim])[0]
    assert "the same at 2 more places 2:65 3:51" in said
    assert "kim-il-sung Kim Il Sung his full name stood before he is spoken of most" in said
    assert "(taken)" not in said


def test_the_candidate_that_was_taken_says_so() -> None:
    two = (Candidate("a", "A", ("first",)), Candidate("b", "B"))
    _, tree = page_of(encoding(cases=(Case("try-name", "Moscow", Certainty.LOW, "placeName", "placeName", "", two),)))
    (card,) = classed(tree, "card")
    assert "a A (taken) first b B" in words_of([card])[0]


def test_what_is_certain_is_folded_by_rule() -> None:
    _, tree = page_of(encoding())
    summaries = words_of(group[0] for group in classed(tree, "group") if group.tag == "details")
    assert summaries == [
        "2 turns A line that begins with a name and a dash is a turn. all alike",
        "1 bracket Words in square brackets were supplied for the reader.",
        "4 names A name that stands in the register is that of its entry. 3 different",
    ]


def test_a_finding_that_no_decision_tells_is_listed() -> None:
    _, tree = page_of(encoding())
    assert words_of(classed(tree, "reported")) == ["3:42 unclassified-bracket “spring” was found look at it"]


def test_the_whole_text_stands_beside_its_tei() -> None:
    made = encoding()
    _, tree = page_of(made)
    (whole,) = classed(tree, "whole")
    rows = classed(etree.ElementTree(whole), "row")[1:]
    assert "\n".join("".join(map(str, row[0].itertext())) for row in rows) == TALK.strip()
    tei = " ".join("".join(map(str, row[1].itertext())) for row in rows)
    text = made.tei.decode().partition('<text type="memorandum">')[2].rpartition("</text>")[0]
    assert tei.split() == text.split()
    assert {mark.get("class") for mark in whole.iter("mark")} == {"undecided", "low", "medium", "high"}


def test_files_with_more_that_is_doubtful_come_first() -> None:
    certain = tuple(case for case in CASES if case.certainty is Certainty.HIGH)
    page, tree = page_of(
        encoding(path=Path("/certain.txt"), cases=certain),
        encoding(path=Path("/doubtful.txt")),
        encoding("x", Path("/x")),
    )
    assert words_of(tree.iter("h2"))[1:] == ["doubtful.txt", "certain.txt", "x"]
    assert "Look at 4 undecided, 1 of low certainty</strong>, in 1 of 3 files." in page
    assert page.count("Nothing was decided.") == 1


def test_of_no_files() -> None:
    page, _ = page_of()
    assert "Nothing was decided in 0 files." in page


def test_whatever_stands_in_a_text_is_text() -> None:
    evil = "</script><img src=x onerror=alert(1)> \u202e & \"' <b>"
    made = encoding(
        evil,
        Path("/<i>.txt"),
        (Case("try-turn", ".+", Certainty.LOW, "", evil, evil, (Candidate(evil, evil, (evil,)),)),),
    )
    page, tree = page_of(made)
    assert not {"img", "b ", "iframe"} & {str(element.tag) for element in tree.iter()}
    assert "\u202e" not in page
    assert "\\u202e" in page


def test_the_policy_allows_one_style_and_one_script() -> None:
    _, tree = page_of(encoding())
    (policy,) = (str(meta.get("content")) for meta in tree.iter("meta") if meta.get("http-equiv"))
    hashes = [
        b64encode(sha256("".join(map(str, element.itertext())).encode()).digest()).decode()
        for name in ("style", "script")
        for element in tree.iter(name)
    ]
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}';")
    assert not {"img", "link", "iframe", "object", "embed", "base"} & {str(element.tag) for element in tree.iter()}


def test_of_very_many_decisions_all_are_counted_and_it_is_said_what_is_left_out() -> None:
    text = "\n".join(f"In {number} Kim {number} stayed." for number in range(30_000))
    cases = (
        Case("try-name", r"Kim \d+", Certainty.HIGH, "persName", "persName"),
        Case("try-date", r"In \d+", Certainty.MEDIUM, "", "date"),
    )
    page = "".join(review_html([encoding(text, cases=cases)]))
    assert len(page) < 300_000
    assert "60,000 decisions in 1 file." in page
    assert "29,940 more not shown here; the review in JSON has all" in page
    assert "29,850 more not shown here" in page
    assert "The text is too long to be shown here beside its TEI." in page


def test_of_very_many_files_each_has_its_part() -> None:
    one = encoding(cases=(*CASES, Case("try-date", r"\w+", Certainty.MEDIUM, "", "date")))
    many = (replace(one, transcript=replace(one.transcript, path=Path(f"/{number}.txt"))) for number in range(1_000))
    page = "".join(review_html(many, folder=Path("/")))
    assert len(page) < 15_000_000
    assert page.count('class="of-file"') == 1_000
    assert re.search(r"[\d,]+ more not shown here", page)


def test_stretches_that_overlap_are_marked_once() -> None:
    made = encoding()
    double = (*made.decisions, *(each._replace(rule="try-date") for each in made.decisions))
    page_of(replace(made, decisions=tuple(sorted(double, key=lambda each: each.start))))


def test_a_decision_about_nothing_or_beyond_the_end_does_no_harm() -> None:
    made = encoding()
    end = len(made.transcript.text)
    strange = (Decision("try-turn", 0, 0, Certainty.LOW), Decision("try-turn", end, end, Certainty.HIGH, "x"))
    page_of(replace(made, decisions=strange))
