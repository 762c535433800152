"""The summaries of the documents taken apart, so that each page about the whole gets what it needs and nothing else."""

from __future__ import annotations

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
_PARSER: Final = etree.XMLParser(collect_ids=False, huge_tree=True, resolve_entities=False)


@dataclass(frozen=True, slots=True)
class Part:
    """One child of a summary: its local name, its XML, its id, the place it stands in, the entry that it mentions."""

    name: str
    xml: str
    id: str
    place: str
    entry: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The summary of one document, in parts: `head` is its start tag, with all attributes."""

    id: str
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
        return cls(root.get("id", ""), head, parts)

    def selected(self, page: SitePage) -> str:
        """What a page gets of this document, as XML; "" if it gets nothing."""
        if page.documents is not None and self.id not in page.documents:
            return ""
        if page.entry:
            inside = "".join(part.xml for part in self._about(page.entry))
            if not inside:
                return ""
        else:
            inside = "".join(part.xml for part in self.parts if not page.needs or part.name in page.needs)
        return f"{self.head}>{inside}</tp:summary>"

    def _about(self, entry: str) -> Iterator[Part]:
        """The mentions of an entry, and the places that they stand in, with what those stand in."""
        within = {part.id: part.place for part in self.parts if part.name == _PLACE}
        wanted: set[str] = set()
        for part in self.parts:
            place = part.place if part.name == _MENTION and part.entry == entry else ""
            while place and place not in wanted:
                wanted.add(place)
                place = within.get(place, "")
        for part in self.parts:
            if (part.name == _PLACE and part.id in wanted) or (part.name == _MENTION and part.entry == entry):
                yield part


def counts_of(summaries: Iterable[Summary]) -> Counts:
    """How much there is of what."""
    children: dict[str, Counter[str]] = {}
    mentions: dict[str, Counter[str]] = {}
    for summary in summaries:
        children[summary.id] = Counter(part.name for part in summary.parts)
        for part in summary.parts:
            if part.name == _MENTION:
                mentions.setdefault(part.entry, Counter())[summary.id] += 1
    return Counts(children, mentions)


def _part(child: etree._Element) -> Part:
    return Part(
        etree.QName(child).localname,
        etree.tostring(child, encoding="unicode", with_tail=False).replace(f' xmlns:tp="{NAMESPACE}"', "", 1),
        child.get("id", ""),
        child.get("within" if child.tag == f"{_TP}{_PLACE}" else "place", ""),
        child.get("entry", ""),
    )
