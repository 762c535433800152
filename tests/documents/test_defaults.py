"""What an internal DTD supplies is part of the document, and the same for whoever reads it, as stream or as tree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from teipipe.documents import Document
from teipipe.scan import parser_for

DOCUMENTS = [
    "<!DOCTYPE p [<!ATTLIST p d CDATA 'x'>]><p/>",
    "<!DOCTYPE p [<!ATTLIST p d CDATA 'x' e (a|b) 'b'>]><p d='y'><p e='a'/></p>",
    "<!DOCTYPE p [<!ATTLIST p d CDATA #FIXED 'x'>]><p><q/></p>",
    "<!DOCTYPE p [<!ATTLIST p d CDATA #IMPLIED>]><p/>",
    "<!DOCTYPE p [<!ATTLIST p xml:id ID #IMPLIED n NMTOKENS ' a  b '>]><p xml:id=' a '/>",
    "<!DOCTYPE p [<!ATTLIST p n NMTOKENS #IMPLIED>]><p n=' a &#10; b&#32;'/>",
    "<!DOCTYPE p [<!ATTLIST p n CDATA #IMPLIED>]><p n=' a \n\t b&#10;'/>",
    "<!DOCTYPE p [<!ATTLIST p xml:lang NMTOKEN 'de' xml:space (default|preserve) 'preserve'>]><p/>",
    "<!DOCTYPE p [<!ATTLIST p xmlns CDATA 'urn:u'>]><p><q/></p>",
    "<!DOCTYPE p [<!ATTLIST p xmlns:t CDATA 'urn:u' t:n CDATA '1'>]><p><t:q t:n='2'/></p>",
    "<!DOCTYPE p [<!ATTLIST t:q xmlns:t CDATA 'urn:u' n CDATA '1'>]><p><t:q/></p>",
    "<!DOCTYPE p [<!ATTLIST p d CDATA 'x'><!ATTLIST p d CDATA 'y' e CDATA 'z'>]><p/>",
    "<!DOCTYPE p [<!ENTITY e 'a&#38;#38;b'><!ATTLIST p d CDATA '&e;&lt;'>]><p>&e;</p>",
    "<!DOCTYPE p [<!ATTLIST q d CDATA 'x'><!ENTITY e '<q>a</q><q d=\"y\"/>'>]><p>1&e;2</p>",
    "<!DOCTYPE p [<!ATTLIST q d CDATA 'x'><!ENTITY e '<q>a</q>'>]><p xmlns='urn:u'>1&e;2</p>",
    "<!DOCTYPE p SYSTEM 'p.dtd' [<!ATTLIST p d CDATA 'x'>]><p/>",
    "<!DOCTYPE p PUBLIC '-//x' 'p.dtd' [<!ATTLIST p d CDATA 'x'><!ENTITY f SYSTEM 'f.xml'>]><p/>",
]


def streamed(data: bytes) -> list[Any]:
    events: list[Any] = []
    parser = parser_for(data)

    def text(characters: str) -> None:
        if isinstance(events[-1], str):
            characters = events.pop() + characters
        events.append(characters)

    def start(name: str, attributes: list[str]) -> None:
        events.append((name, dict(zip(attributes[::2], attributes[1::2], strict=True))))

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: events.append(None)
    parser.CharacterDataHandler = text
    parser.Parse(data, True)
    return events


def walked(element: etree._Element) -> list[Any]:
    name, attributes = (
        str(element.tag).lstrip("{"),
        {str(key).lstrip("{"): value for key, value in element.attrib.items()},
    )
    events: list[Any] = [(name, attributes), element.text or ""]
    for child in element:
        events += [*walked(child), child.tail or ""]
    return [*events, None]


def without_ends(events: list[Any]) -> list[Any]:
    return [event for event in events if event]


@pytest.mark.parametrize("text", DOCUMENTS)
def test_stream_and_tree_agree(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.dtd").write_text("<!ATTLIST p canary CDATA 'x'>")
    document = Document(Path("d.xml"), text.encode())
    assert without_ends(walked(document.root)) == without_ends(streamed(document.data))
    assert "canary" not in str(walked(document.root))


def test_an_attribute_that_a_dtd_supplies_is_placed_at_the_tag() -> None:
    document = Document(Path("d.xml"), b"<!DOCTYPE p [<!ATTLIST q ref CDATA '#x'>]><p>\n <q/></p>")
    ((_, name, attributes),) = tags = document.tags
    assert (name, attributes) == ("q", ["ref", "#x"])
    for place in (document.at_tag(tags[0], "ref", 0), document.attribute(document.root[0], "ref", 0)):
        assert (place.line, place.column) == (2, 2)
