"""Gathers from the records of documents what the record of the edition is made from; memory grows with what differs."""

from __future__ import annotations

from typing import Final

from lxml import etree

from teipipe.saxon import NAMESPACE

#: What the edition has of some of its documents, by the names of the elements, and how many of each kind at most.
_OF_SOME: Final[dict[str, int | None]] = {
    "agent": None,
    "language": None,
    "rights": None,
    "funding": None,
    "subject": 100,
}

#: What it has if all documents have it; of agents, the authors.
_OF_ALL: Final = ("agent", "publisher", "description", "source")

_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)

#: What of a document stands in the record of the edition.
_PART: Final = ("id", "source", "checksum", "lang")


class Gathering:
    """What records have in common, and how many have it; `language` is that of the whole unless all are in another.

    `without_doi` counts the documents that have no DOI of their own.
    """

    def __init__(self, language: str) -> None:
        self.without_doi = 0
        self._language = language
        self._languages: set[str] = set()
        self._count = 0
        self._some: dict[str, dict[str, int]] = {name: {} for name in _OF_SOME}
        self._all: dict[str, None] | None = None
        self._issued = ""
        self._without_rights = 0
        self._parts: list[str] = []

    def add(self, record: bytes) -> None:
        """Take one record."""
        root = etree.fromstring(record, _PARSER)
        language = root.get("lang") or "und"
        self._count += 1
        self._languages.add(language)
        self.without_doi += root.find("identifier[@scheme='DOI']") is None
        self._without_rights += root.find("rights") is None
        common: dict[str, None] = {}
        for child in root:
            name = str(child.tag)
            if name in _OF_SOME and not _is_left(child):
                counts = self._some[name]
                text = _written(child, language)
                counts[text] = counts.get(text, 0) + 1
            elif name in _OF_ALL:
                common[_written(child, language)] = None
            elif name == "date" and child.get("type") == "issued" and _is_plain(child):
                self._issued = max(self._issued, child.get("iso") or "")
        kept = common if self._all is None else self._all
        self._all = {text: None for text in kept if text in common}
        self._parts.append(_part(root))

    def xml(self) -> str:
        """A tp:gathered, as xslt/metadata/edition.xsl takes it."""
        language = next(iter(self._languages)) if len(self._languages) == 1 else self._language
        root = etree.Element(f"{{{NAMESPACE}}}gathered", lang=language, count=str(self._count), nsmap={"tp": NAMESPACE})
        if self._issued:
            root.set("issued", self._issued)
        if self._without_rights:
            root.set("without-rights", str(self._without_rights))
        found = [(text, self._count) for text in self._all or ()]
        for name, most in _OF_SOME.items():
            by_number = sorted(self._some[name].items(), key=lambda item: -item[1])
            found += by_number[:most]
        for text, number in found:
            element = etree.SubElement(root, f"{{{NAMESPACE}}}of", n=str(number))
            element.append(etree.fromstring(text, _PARSER))
        root.extend(etree.fromstring(text, _PARSER) for text in self._parts)
        return etree.tostring(root, encoding="unicode")


def _is_plain(date: etree._Element) -> bool:
    """Whether a date is neither inferred nor somewhere between bounds."""
    return date.get("cert") is None and (date.get("iso") or "")[:1].isdigit()


def _is_left(child: etree._Element) -> bool:
    """Whether something concerns its document alone: its author, the language of its original."""
    return child.get("role") == "author" or child.get("of") == "original"


def _written(child: etree._Element, language: str) -> str:
    """The element as text, with the language of its words."""
    if child.tag not in ("language", "agent") and child.get("lang") is None:
        child.set("lang", language)
    for name in child.iterfind("name"):
        if name.get("lang") is None:
            name.set("lang", language)
    return etree.tostring(child, encoding="unicode", with_tail=False)


def _part(root: etree._Element) -> str:
    part = etree.Element(
        "part", {name: root.get(name) or "" for name in _PART} | {"title": root.findtext("title") or ""}
    )
    return etree.tostring(part, encoding="unicode")
