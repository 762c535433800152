"""The measure itself: gold held against gold is perfect, and each kind of mistake is counted as what it is."""

from __future__ import annotations

import pytest
from tests.accuracy.aspects import ASPECTS, kind_of_date, names
from tests.accuracy.marks import Marks, read
from tests.accuracy.matching import Item, Ratio, matched, scored
from tests.accuracy.measuring import DOCUMENTS, ROWS, TEI

HEADER = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><encodingDesc><tagsDecl>'
    '<rendition xml:id="open" scope="before">content: "["</rendition>'
    '<rendition xml:id="said" scope="after">content: " \\22 said\\22  \\\\]"</rendition>'
    "</tagsDecl></encodingDesc></teiHeader><text><body><p>"
)


def marks_of(content: str, source: str) -> Marks:
    return Marks(f"{HEADER}{content}</p></body></text></TEI>".encode(), source)


@pytest.mark.parametrize("name", DOCUMENTS.values())
@pytest.mark.parametrize("aspect", ASPECTS)
def test_gold_held_against_itself_is_perfect(name: str, aspect: str) -> None:
    source = TEI / "sources" / f"{name}.txt"
    text = source.read_text(encoding="utf-8")
    items = ASPECTS[aspect](read(TEI / f"{name}.xml", source), text)
    pairs = matched(items, items)
    assert not [pair for pair in pairs if pair.fault]
    groups = {group for _, row in ROWS[aspect] for group in row}
    assert scored(pairs, groups).values == Ratio(len(items), len(items), len(items))


def test_places_are_those_of_the_source_whatever_its_blanks() -> None:
    source = 'Ri  [Ju-\nyeon\u00a0"said"\\] said\n\nthat.'
    marks = marks_of(
        'Ri <persName>\n  <supplied rendition="#open #said">Ju-\n yeon</supplied></persName>'
        '<note type="editorial">x</note>\n'
        "<choice><sic>said</sic><corr>says</corr></choice> that.",
        source,
    )
    (name,) = marks.of("persName")
    assert source[name.start : name.end] == '[Ju-\nyeon\u00a0"said"\\]'
    (slip,) = marks.of("sic")
    assert source[slip.start : slip.end] == "said"
    assert slip.start == source.rindex("said")


def test_document_of_another_transcript_is_refused() -> None:
    with pytest.raises(ValueError, match="isn't the transcript"):
        marks_of("one two", "one three")


@pytest.mark.parametrize(
    ("ours", "fault"),
    [
        (Item(5, 9, "a", "x", "g"), ""),
        (Item(5, 9, "a", "y", "g"), "value"),
        (Item(5, 9, "b", "x", "g"), "kind"),
        (Item(5, 8, "a", "x", "g"), "bounds"),
        (Item(3, 9, "a", "x", "g", frozenset({(5, 9)})), ""),
    ],
)
def test_what_is_wrong_is_said(ours: Item, fault: str) -> None:
    (pair,) = matched([Item(5, 9, "a", "x", "g")], [ours])
    assert pair.fault == fault
    score = scored([pair], ["g"])
    assert (score.spans.right, score.kinds.right, score.values.right) == {
        "": (1, 1, 1),
        "value": (1, 1, 0),
        "kind": (1, 0, 0),
        "bounds": (0, 0, 0),
    }[fault]


def test_what_is_missed_and_what_is_too_much_are_counted() -> None:
    pairs = matched([Item(0, 2, "a"), Item(4, 6, "a")], [Item(4, 6, "a"), Item(8, 9, "a")])
    assert [pair.fault for pair in pairs] == ["missed", "", "too much"]
    assert scored(pairs, [""]).spans == Ratio(1, 2, 2)


def test_what_is_of_another_group_is_wrong() -> None:
    pairs = matched([Item(0, 2, "rs", "", "rs")], [Item(0, 2, "orgName", "", "orgName")])
    assert scored(pairs, ["orgName"]).spans == Ratio(0, 1, 0)
    assert scored(pairs, ["rs"]).spans == Ratio(0, 0, 1)
    assert scored(pairs, ["rs", "orgName"]).kinds == Ratio(0, 1, 1)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("16 September 1956", "calendar"),
        ("late 1950s", "calendar"),
        ("August", "calendar"),
        ("Sept. 3", "calendar"),
        ("30.8.1956", "calendar"),
        ("that September", "relative"),
        ("the same day", "relative"),
        ("two days after 3 May", "relative"),
        ("Today", "relative"),
        ("nearly 70 years", "relative"),
    ],
)
def test_dates_are_by_the_calendar_or_relative(text: str, kind: str) -> None:
    assert kind_of_date(text) == f"{kind} dates"


def test_names_in_labels_are_told_from_others() -> None:
    marks = marks_of(
        '</p><sp><speaker><persName ref="r.xml#a">A</persName></speaker><p><persName>A</persName></p></sp><p>', "A A"
    )
    assert [(item.where, item.value) for item in names(marks, "A A")] == [("label", "a"), ("", "")]
