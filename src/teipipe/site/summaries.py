"""The summaries of the documents taken apart, so that each page about the whole gets what it needs and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml import etree

from teipipe.saxon import NAMESPACE
from teipipe.site.counts import Counts

if TYPE_CHECKING:
    from teipipe.editions import SitePage

_TP: Final = f"{{{NAMESPACE}}}"
_MENTION: Final = "mention"
_PLACE: Final = "place"
_DATE: Final = "date"
_DATING: Final = ("when", "from", "notBefore", "to", "notAfter")
_YEAR: Final = re.compile(r"-?\d+(?=-|$)")
_PARSER: Final = etree.XMLParser(collect_ids=False, huge_tree=True, resolve_entities=False)


@dataclass(frozen=True, slots=True)
class Part:
    """One child of a summary: its local name, its XML, its id, the place it stands in, the entry that it mentions.

    Of a date, `year` is the first one that it may be in, "" if it has no value.
    """

    name: str
    xml: str
    id: str
    place: str
    entry: str
    year: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """The summary of one document, in parts: `head` is its start tag, with all attributes; `year` that of its date."""

    id: str
    kind: str
    year: str
    head: str
    parts: tuple[Part, ...]

    @classmethod
    def of(cls, xml: str) -> Summary:
        """Take a summary (an element tp:summary, as text) apart."""
        root = etree.fromstring(xml, _PARSER)
        parts = tuple(_part(child) for child in root.iterchildren(etree.Element))
        for child in root:
            root.remove(child)
        root.text = None
        head = etree.tostring(root, encoding="unicode", with_tail=False).removesuffix("/>")
        return cls(root.get("id", ""), " ".join(root.get("kind", "").split()), year_of(root), head, parts)

    def selected(self, page: SitePage) -> str:
        """What a page gets of this document, as XML; "" if it gets nothing."""
        if page.entry or page.years is not None:
            inside = "".join(part.xml for part in self._about(page))
            return f"{self.head}>{inside}</tp:summary>" if inside or self.year in (page.years or ()) else ""
        if page.documents is not None and self.id not in page.documents:
            return ""
        inside = "".join(part.xml for part in self.parts if not page.needs or part.name in page.needs)
        return f"{self.head}>{inside}</tp:summary>"

    def _about(self, page: SitePage) -> Iterator[Part]:
        """What concerns an entry or a year: mentions or dates, the places that these stand in or that it points at."""
        chosen = {part for part in self.parts if _is_about(part, page)}
        if page.documents is not None and self.id not in page.documents:
            chosen.clear()
        within = {part.id: part.place for part in self.parts if part.name == _PLACE}
        pointed = (place.partition("#") for place in page.places)
        wanted: set[str] = set()
        for first in (
            *(place for document, _, place in pointed if document == self.id),
            *(part.place for part in chosen),
        ):
            place = first
            while place and place not in wanted:
                wanted.add(place)
                place = within.get(place, "")
        for part in self.parts:
            if (part.name == _PLACE and part.id in wanted) or part in chosen:
                yield part


def _is_about(part: Part, page: SitePage) -> bool:
    if part.name == _MENTION:
        return bool(page.entry) and part.entry == page.entry
    return part.name == _DATE and page.years is not None and part.year in page.years


def counts_of(summaries: Iterable[Summary]) -> Counts:
    """How much there is of what."""
    children: dict[str, Counter[str]] = {}
    mentions: dict[str, Counter[str]] = {}
    years: Counter[str] = Counter()
    written: Counter[str] = Counter()
    for summary in summaries:
        written[summary.year] += 1
        years.update(part.year for part in summary.parts if part.name == _DATE)
        children[summary.id] = Counter(part.name for part in summary.parts)
        for part in summary.parts:
            if part.name == _MENTION:
                mentions.setdefault(part.entry, Counter())[summary.id] += 1
    return Counts(children, mentions, years, written)


def _part(child: etree._Element) -> Part:
    return Part(
        etree.QName(child).localname,
        etree.tostring(child, encoding="unicode", with_tail=False).replace(f' xmlns:tp="{NAMESPACE}"', "", 1),
        child.get("id", ""),
        child.get("within" if child.tag == f"{_TP}{_PLACE}" else "place", ""),
        child.get("entry", ""),
        year_of(child) if child.tag == f"{_TP}{_DATE}" else "",
    )


def year_of(dated: etree._Element) -> str:
    """The first year that the dating attributes of an element allow, "" if they give none."""
    value = next((str(dated.get(name)).strip() for name in _DATING if dated.get(name)), "")
    year = _YEAR.match(value)
    return year[0] if year else ""


def counted(summaries: Iterable[Summary]) -> str:
    """How much there is in all, as XML: mentions by entry, years of dates, and which kinds only one document is of."""
    known = list(summaries)
    counts = counts_of(known)
    names = sorted({name for numbers in counts.children.values() for name in numbers})
    root = etree.Element(f"{_TP}counts", {f"{name}s": str(counts.of(name)) for name in names}, nsmap={"tp": NAMESPACE})
    for entry in sorted(counts.mentions):
        found = {"entry": entry, "mentions": str(counts.of_entry(entry)), "documents": str(len(counts.mentions[entry]))}
        etree.SubElement(root, f"{_TP}counted", found)
    for year in sorted(counts.years):
        etree.SubElement(root, f"{_TP}year", {"year": year, "dates": str(counts.years[year])})
    return etree.tostring(root, encoding="unicode")


def lone_kinds(summaries: Iterable[Summary]) -> str:
    """The kinds that only one document is of, by which it can be called; each on a line."""
    kinds = Counter(summary.kind for summary in summaries)
    return "\n".join(sorted(kind for kind, number in kinds.items() if kind and number == 1))
