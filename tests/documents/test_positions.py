"""Every place is the first character of what it stands for, in any encoding and layout."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from teipipe.documents import Document

TEI = "{http://www.tei-c.org/ns/1.0}"


def document(text: str, encoding: str = "utf-8") -> Document:
    return Document(Path("d.xml"), text.encode(encoding))


def place(text: str, encoding: str = "utf-8") -> tuple[int | None, int | None]:
    """The place of the only `p`; checked against the "¶" that stands where its tag begins."""
    found = document(text, encoding)
    location = found.start(next(found.root.iter("{*}p")))
    return location.line, location.column


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<r><p/></r>", (1, 4)),
        ("<r>\n  <p/></r>", (2, 3)),
        ("<r>\r\n  <p/></r>", (2, 3)),
        ("<r>\r\r\n<p/></r>", (3, 1)),
        ("<r>\r<p/></r>", (2, 1)),
        ("<r>né — <p/></r>", (1, 9)),
        ("<r>𝄞𝄞<p/></r>", (1, 6)),
        ("<r>e\u0301<p/></r>", (1, 6)),
        ("<!-- 1\n2 --><?pi\n?>\n<r><p/></r>", (4, 4)),
        ("<r a='>' b=\">\n>\"><p/></r>", (2, 4)),
        ("<r><![CDATA[<p>\n]]><p/></r>", (2, 4)),
        ("<r><!-- <p> --><p/></r>", (1, 16)),
        ('<!DOCTYPE r [<!ENTITY e "<p/>">]>\n<r>xy&e;</r>', (2, 6)),
        ('<!DOCTYPE r [<!ENTITY e "<q/>">]>\n<r>xy&e;<p/></r>', (2, 9)),
        ('<!DOCTYPE r SYSTEM\n "r.dtd" [<!ENTITY e "">]>\n<r><p/></r>', (3, 4)),
        ('<t:r xmlns:t="u"><t:p/></t:r>', (1, 18)),
    ],
)
def test_start_of_an_element(text: str, expected: tuple[int, int]) -> None:
    assert place(text) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_byte_order_mark_takes_no_column(encoding: str) -> None:
    assert place("<r>é𝄞<p/></r>", encoding) == (1, 6)


@pytest.mark.parametrize("name", ["iso-8859-1", "ISO-8859-15", "utf-16"])
def test_a_declared_encoding(name: str) -> None:
    assert place(f"<?xml version='1.0' encoding='{name}'?>\n<r>é<p/></r>", name) == (2, 5)


ATTRIBUTES = """<r xmlns:x="u" xmlns:y="u"><p
  n = '1 > 0'  y:id="a" id="b"
  xml:id="c"
\tref="one   two
   &#x20;three &amp;four"/></r>"""


@pytest.mark.parametrize(
    ("name", "token", "expected"),
    [
        ("n", None, (2, 3)),
        ("n", 0, (2, 8)),
        ("n", 1, (2, 10)),
        ("{u}id", None, (2, 16)),
        ("id", None, (2, 25)),
        ("{http://www.w3.org/XML/1998/namespace}id", None, (3, 3)),
        ("{http://www.w3.org/XML/1998/namespace}id", 0, (3, 11)),
        ("ref", 0, (4, 7)),
        ("ref", 1, (4, 13)),
        ("ref", 2, (5, 10)),
        ("ref", 3, (5, 16)),
        ("ref", 9, (4, 7)),
        ("absent", None, (1, 28)),
        ("{v}id", None, (1, 28)),
    ],
)
def test_an_attribute_and_its_tokens(name: str, token: int | None, expected: tuple[int, int]) -> None:
    found = document(ATTRIBUTES)
    location = found.attribute(next(found.root.iter("p")), name, token)
    assert (location.line, location.column) == expected


def test_an_attribute_inside_an_entity_is_placed_at_the_reference() -> None:
    found = document('<!DOCTYPE r [<!ENTITY e "<p n=\'1\'/>">]>\n<r>&e; n="2"</r>')
    location = found.attribute(next(found.root.iter("p")), "n", 0)
    assert (location.line, location.column) == (2, 4)


TEXT = """<!DOCTYPE r [<!ENTITY e "né<i/>o">]>
<r>aé𝄞b\r
c<!-- x -->d&amp;e<?pi?>f<![CDATA[g&<h]]>i&#233;j&e;k<p>l</p>m<!-- y -->n</r>"""


@pytest.mark.parametrize(
    ("character", "expected"),
    [
        ("a", (2, 4)),
        ("é", (2, 5)),
        ("b", (2, 7)),
        ("\n", (2, 8)),
        ("c", (3, 1)),
        ("d", (3, 12)),
        ("e", (3, 18)),
        ("f", (3, 25)),
        ("h", (3, 38)),
        ("i", (3, 42)),
        ("j", (3, 49)),
    ],
)
def test_a_character_of_the_text(character: str, expected: tuple[int, int]) -> None:
    found = document(TEXT)
    index = "aé𝄞b\ncd&efg&<hiéj".index(character)
    location = found.text(found.root, index)
    assert (location.line, location.column) == expected


def test_text_after_an_element() -> None:
    found = document(TEXT)
    inner, p = next(found.root.iter("i")), next(found.root.iter("p"))
    reference, after = found.text(inner, 0, after=True), found.text(p, 1, after=True)
    assert (reference.line, reference.column) == (3, 50)
    assert found.text(inner, 1, after=True).column == 53
    assert (after.line, after.column) == (3, 73)
    assert found.text(inner) == found.start(inner)


PATHS = f"""<TEI xmlns="{TEI[1:-1]}" xmlns:m="urn:m">
<text><p>a</p><p n="1"><m:x/></p>
</text></TEI>"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/*/*/*[2]", (2, 15)),
        (f"/Q{TEI}TEI[1]/Q{TEI}text[1]/Q{TEI}p[2]", (2, 15)),
        (f"/Q{TEI}TEI[1]/Q{TEI}text[1]/Q{TEI}p[2]/@n", (2, 18)),
        (f"/Q{TEI}TEI[1]/Q{TEI}text[1]/Q{TEI}p[1]/text()[1]", (2, 7)),
        (f"/Q{TEI}TEI[1]/Q{TEI}text[1]/Q{TEI}p[2]/Q{{urn:m}}x[1]", (2, 24)),
        ("/nothing", (1, 1)),
        ("count(//*)", (1, 1)),
        ("][", (1, 1)),
    ],
)
def test_a_path(path: str, expected: tuple[int, int]) -> None:
    location = document(PATHS).by_path(path)
    assert (location.line, location.column) == expected


def test_lxmls_own_paths_come_back() -> None:
    found = document(PATHS)
    for element in found.root.iter("*"):
        assert found.by_path(found.tree.getpath(element)) == found.start(element)


def test_lines_and_columns_lead_back_to_the_byte() -> None:
    found = document("<r>é𝄞\r\n<p/>\n</r>")
    for element in found.root.iter("*"):
        location = found.start(element)
        assert found.data[found.places.offset(location.line or 0, location.column or 0) :].startswith(b"<")


def test_every_element_of_a_tree_has_the_place_of_its_tag() -> None:
    text = "<r>" + "".join(f"<a{n}>\n<b x='>'/>é</a{n}>" for n in range(50)) + "</r>"
    found = document(text)
    for element in found.root.iter("*"):
        location = found.start(element)
        offset = found.places.offset(location.line or 0, location.column or 0)
        assert found.data[offset:].startswith(f"<{etree.QName(element).localname}".encode())
