"""Which attributes point, by TEI's own source: what is taken for a pointer is what the Guidelines call one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from lxml import etree

from teipipe.attributes import NOT_POINTERS, POINTERS, SINGLE

GUIDELINES = Path(__file__).resolve().parents[3] / "shared" / "reference" / "p5subset.xml"
TEI: Final = "{http://www.tei-c.org/ns/1.0}"

pytestmark = pytest.mark.skipif(not GUIDELINES.exists(), reason="needs the TEI's own source beside the checkout")

#: Not checked although TEI calls them pointers: the element and attribute, or "*" for all elements, and why.
NOT_CHECKED: Final = {
    ("*", "xml:base"): "leads nowhere itself; it is where others start from",
    ("moduleRef", "url"): "a grammar that the ODD compiler looks for in places of its own",
    **dict.fromkeys(
        ((element, "source") for element in NOT_POINTERS["source"]),
        "names a version of TEI (tei:4.9.0) to the ODD compiler, whose scheme no prefixDef declares",
    ),
}
#: Lists on most elements, one pointer on few: a blank in it shows as two pointers that lead nowhere.
MIXED: Final = {"ref", "target"}


def _own(spec: etree._Element) -> dict[str, tuple[str, str] | None]:
    """What a specification says of its attributes: datatype and how often, None if it takes one away."""
    found: dict[str, tuple[str, str] | None] = {}
    for definition in spec.iterfind(f"{TEI}attList//{TEI}attDef"):
        name = str(definition.get("ident"))
        datatype, data = definition.find(f"{TEI}datatype"), definition.find(f"{TEI}datatype/{TEI}dataRef")
        if definition.get("mode") == "delete":
            found[name] = None
        elif datatype is not None and data is not None:
            found[name] = str(data.get("key") or data.get("name")), datatype.get("maxOccurs", "1")
    return found


@cache
def _attributes() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """For each element of TEI, its attributes with their datatypes."""
    root = etree.parse(GUIDELINES).getroot()
    specs = {str(spec.get("ident")): spec for spec in root.iter(f"{TEI}elementSpec", f"{TEI}classSpec")}

    @cache
    def of(name: str) -> dict[str, tuple[str, str] | None]:
        merged: dict[str, tuple[str, str] | None] = {}
        for member in specs[name].iterfind(f"{TEI}classes/{TEI}memberOf"):
            if str(member.get("key")).startswith("att."):
                merged |= of(str(member.get("key")))
        return merged | _own(specs[name])

    elements = [name for name, spec in specs.items() if spec.tag == f"{TEI}elementSpec"]
    return {name: {key: kind for key, kind in of(name).items() if kind is not None} for name in elements}


def _is_checked(element: str, attribute: str) -> bool:
    elements = POINTERS.get(attribute, frozenset())
    return (elements is None or element in elements) and element not in NOT_POINTERS.get(attribute, ())


def test_every_pointer_is_checked() -> None:
    unchecked = {
        (element, name)
        for element, attributes in _attributes().items()
        for name, (datatype, _) in attributes.items()
        if datatype == "teidata.pointer" and not _is_checked(element, name) and ("*", name) not in NOT_CHECKED
    }
    assert unchecked == {key for key in NOT_CHECKED if key[0] != "*"}


def test_nothing_else_is_checked() -> None:
    for element, attributes in _attributes().items():
        for name, (datatype, _) in attributes.items():
            assert datatype == "teidata.pointer" or not _is_checked(element, name), (element, name)


def test_named_elements_have_the_attribute() -> None:
    for name, elements in POINTERS.items():
        having = {element for element, attributes in _attributes().items() if name in attributes}
        assert having, name
        assert (elements or frozenset()) <= having, name


def test_how_many() -> None:
    for name in POINTERS:
        pairs = _attributes().items()
        numbers = {
            attributes[name][1] for element, attributes in pairs if _is_checked(element, name) and name in attributes
        }
        if name not in MIXED:
            assert (name in SINGLE) == (numbers == {"1"}), name
