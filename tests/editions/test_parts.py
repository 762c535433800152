"""What is made of a document in parts, by several workers, is what is made of it at once."""

from __future__ import annotations

from tests.editions.rendering import ROOT, corpus, read, renderer

from teipipe.editions import PARTS, Source


def is_same_in_parts(source: Source, register: Source | None = None) -> bool:
    seen = corpus(source, register)
    whole = renderer().edition(source, seen)
    first, *rest = (renderer().edition(source, seen, (part,)) for part in PARTS)
    for other in rest:
        first = first.joined(other)
    return first == whole


def test_parts_of_a_long_document() -> None:
    register = read(ROOT / "tei/register.xml", "tei/register.xml")
    path = "tei/conversation-1956-09-16.xml"
    assert is_same_in_parts(read(ROOT / path, path), register)


def test_what_is_reported_of_parts_is_reported_once_and_in_the_same_order() -> None:
    source = Source(
        "letter",
        "letter.xml",
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p><unheardOf>One</unheardOf> '
        '<choice><unknown/></choice> <ref target="nowhere.xml#a">two</ref></p></body></text></TEI>',
        "0",
    )
    assert renderer().edition(source, corpus(source)).messages
    assert is_same_in_parts(source)
