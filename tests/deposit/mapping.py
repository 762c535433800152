"""What the stylesheets say that they make of what, and the places that a value really comes to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from lxml import etree

ROOT: Final = Path(__file__).resolve().parents[2]
ROW: Final = "{urn:teipipe:ns}row"

NAMESPACES: Final = {
    "d": "http://datacite.org/schema/kernel-4",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}

#: A place in a tree: an element, and the name of one of its attributes, "" for its own words.
Place = tuple[etree._Element, str]


@dataclass(frozen=True, slots=True)
class Row:
    """What stands at `source` comes to `target`; both are XPath, `source` is "" for what comes from nowhere.

    `form` is the file of the target, "" for the record of a document, "edition" for that of the edition.
    """

    form: str
    source: str
    target: str
    remark: str


def rows() -> Iterator[Row]:
    """All rows, in the order of the stylesheets and of their lines."""
    folder = ROOT / "xslt" / "metadata"
    all_rules = etree.parse(folder / "all.xsl").getroot()
    for include in all_rules.iter("{http://www.w3.org/1999/XSL/Transform}include"):
        path = folder / str(include.get("href"))
        for row in etree.parse(path).getroot().iter(ROW):
            form = row.get("form") or row.get("kind") or ""
            yield Row(form, row.get("from") or "", row.get("to") or "", row.get("remark") or "")


def places(context: etree._Element, path: str) -> set[Place]:
    """What an XPath selects, from an element."""
    if not path:
        return set()
    found: list[Any] = context.xpath(path, namespaces=NAMESPACES)
    return {(one.getparent(), one.attrname) if hasattr(one, "attrname") else (one, "") for one in found}


def filled(root: etree._Element) -> dict[Place, str]:
    """Every place with words of its own, or a value."""
    found: dict[Place, str] = {}
    for element in root.iter("*"):
        own = " ".join("".join([element.text or "", *(child.tail or "" for child in element)]).split())
        if own:
            found[element, ""] = own
        for name, value in element.attrib.items():
            found[element, str(name)] = str(value)
    return found


def around(place: Place, *, with_own: bool = True) -> set[Place]:
    """A place, and the elements around it; of an attribute, its own element only if that is wanted."""
    element, name = place
    own = [(element, "")] if with_own or not name else []
    return {place, *own, *((each, "") for each in element.iterancestors())}


def tree_of(value: object, name: str = "root") -> etree._Element:
    """JSON or YAML as a tree: an element for each member, several for a list."""
    element = etree.Element(name)
    if isinstance(value, dict):
        for key, member in value.items():
            for one in member if isinstance(member, list) else [member]:
                element.append(tree_of(one, str(key).lstrip("@")))
    else:
        element.text = str(value)
    return element


def plain(root: etree._Element) -> etree._Element:
    """The same tree, its elements in no namespace."""
    for element in root.iter("*"):
        element.tag = etree.QName(element).localname
    return root
