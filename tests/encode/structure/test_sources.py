"""The two sources of the edition, held against what was made of them by hand."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from tests.encode.structure.making import document, structure

ROOT = Path(__file__).parents[3]
#: Brackets, which are no part of the structure.
_SIGNS = re.compile(r"\[(?:[Ii]nserted: )?|\]")
TEI = "{http://www.tei-c.org/ns/1.0}"


def _source(name: str) -> str:
    return (ROOT / "tei" / "sources" / f"{name}.txt").read_text("utf-8")


def _shape(root: etree._Element) -> list[tuple[str, str, str]]:
    """The blocks of a text in order, with @type and their first words."""
    names = ("head", "opener", "div", "sp", "speaker", "p", "list", "item", "byline", "back")
    shape = []
    for element in root.iter(*(f"{TEI}{name}" for name in names)):
        if any(True for _ in element.iterancestors(f"{TEI}teiHeader", f"{TEI}note")):
            continue
        words = " ".join(_SIGNS.sub("", "".join(element.itertext(f"{TEI}*", with_tail=True))).split())
        name = etree.QName(element).localname
        shape.append((name, element.get("type") or "", words[:12] if name in ("p", "head", "byline") else ""))
    return shape


def test_the_memorandum_has_all_its_turns() -> None:
    """Fifty-two, each with its speaker; the honorific that stands twice is no part of a name."""
    text = _source("conversation-1956-09-16")
    labels = structure(text).labels
    assert Counter(text[slice(*label.name)] for label in labels) == {"Mikoyan": 24, "Choe Yong-geon": 20, "Rim Hae": 8}
    assert {text[slice(*label.role)] for label in labels if label.role} == {"Cde."}
    assert all(label.pc and text[slice(*label.pc)] == "-" for label in labels)


@pytest.mark.parametrize("name", ["conversation-1956-09-16", "essay-new-tranche"])
def test_a_source_is_divided_as_by_hand(name: str) -> None:
    """The same divisions, paragraphs, lists and turns in the same order, with the same types."""
    ours = etree.fromstring(document(_source(name))).find(f"{TEI}text")
    theirs = etree.parse(ROOT / "tei" / f"{name}.xml").getroot().find(f"{TEI}text")
    assert ours is not None
    assert theirs is not None
    assert _shape(ours) == _shape(theirs)
