"""The summaries of the documents taken apart, so that each page about the whole gets what it needs and nothing else."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from sys import intern
from typing import TYPE_CHECKING, Final

from lxml import etree

from teipipe.escaping import quoteattr
from teipipe.saxon import NAMESPACE
from teipipe.site.counts import Counts

if TYPE_CHECKING:
    from teipipe.editions import SitePage

_TP: Final = f"{{{NAMESPACE}}}"
_MENTION: Final = "mention"
_PLACE: Final = "place"
_DATE: Final = "date"
_INFERENCE: Final = "inference"
#: What is shown with the place that it stands in; others say that themselves, or don't show it.
_STANDING: Final = (_MENTION, _DATE, _INFERENCE, "intervention")
#: What may be inferred from other places, in whichever document, that are named with it.
_RESTING: Final = (_DATE, _INFERENCE)
#: The attributes that say how long a document is: whatever is added to it changes them, and few pages show them.
EXTENT: Final = ("turns", "paragraphs", "notes")
_DATING: Final = ("when", "from", "notBefore", "to", "notAfter")
_YEAR: Final = re.compile(r"-?\d+(?=-|$)")
_PARSER: Final = etree.XMLParser(collect_ids=False, huge_tree=True, resolve_entities=False)


@dataclass(frozen=True, slots=True)
class Part:
    """One child of a summary: its local name, its id, the place it stands in, the entry that it mentions.

    Of a date, `year` is the first one that it may be in, "" if it has no value. Its XML goes up to `end` (in bytes).
    """

    name: str
    id: str
    place: str
    entry: str
    year: str
    end: int


class Summary:
    """The summary of one document, in parts.

    `year` is that of its date; `links` are the places that its dates and its inferences rest on ("ID#PLACE").
    The XML of its parts is kept compressed: of ten thousand documents, all summaries are held at once.
    """

    __slots__ = (
        "_dates",
        "_digests",
        "_extent",
        "_head",
        "_mentions",
        "_places",
        "_xml",
        "id",
        "kind",
        "links",
        "mentions",
        "numbers",
        "parts",
        "year",
        "years",
    )

    def __init__(self, xml: str, document: str = "") -> None:
        """Take a summary (an element tp:summary, as text) apart: that of this `document`, by default as it says."""
        root = etree.fromstring(xml, _PARSER)
        self.id: Final = document or root.get("id", "")
        self.links: Final = {name: tuple(_links(root, name, self.id)) for name in _RESTING}
        notes = root.get("notes", "")
        self.parts, body = _taken_apart(root.iterchildren(etree.Element))
        self._head, self._extent = _head(root)
        self.kind: Final = " ".join(root.get("kind", "").split())
        self.year: Final = year_of(root)
        self.numbers: Final[Mapping[str, int]] = Counter(part.name for part in self.parts) + Counter(
            note=int(notes) if notes.isdecimal() else 0
        )
        # Every entry and every year asks for its own: the parts are looked through once, not for each of them.
        self._mentions: Final = self._indices(_MENTION, lambda part: part.entry)
        self._dates: Final = self._indices(_DATE, lambda part: part.year)
        self._places: Final = self._indices(_PLACE, lambda part: part.id)
        self.mentions: Final[Mapping[str, int]] = {entry: len(found) for entry, found in self._mentions.items()}
        self.years: Final[Mapping[str, int]] = {year: len(found) for year, found in self._dates.items()}
        self._xml: Final = zlib.compress(body, 1)
        self._digests: Final[dict[object, bytes]] = {}

    def selected(self, page: SitePage, places: Sequence[str] = (), *, is_about: bool = True) -> str:
        """What a page gets of this document, as XML; "" if it gets nothing.

        `places` are the ids of those in it that the page points at; `is_about` says whether the page is about it too.
        """
        if page.entry or page.years is not None:
            inside = self._of(self._about(page if is_about else None, places))
            return f"{self._head}>{inside}</tp:summary>" if inside or self.year in (page.years or ()) else ""
        if not is_about:
            return ""
        shown = (name for name in self._extent if not page.needs or name in page.needs)
        extent = "".join(f" {name}={quoteattr(self._extent[name])}" for name in shown)
        return f"{self._head}{extent}>{self._of(self._needed(page.needs, places))}</tp:summary>"

    def digest(self, page: SitePage, places: Sequence[str] = (), *, is_about: bool = True) -> bytes:
        """The checksum of what `selected` gives, which is worked out once; b"" if that is nothing."""
        needs = page.needs if not page.entry and page.years is None else ()
        chosen = (page.entry, page.years, needs, tuple(places), is_about)
        found = self._digests.get(chosen)
        if found is None:
            text = self.selected(page, places, is_about=is_about)
            found = self._digests[chosen] = sha256(text.encode()).digest() if text else b""
        return found

    def _of(self, indices: Sequence[int]) -> str:
        """The XML of some parts."""
        if not indices:
            return ""
        body = _whole(self._xml)
        starts = ((0 if not index else self.parts[index - 1].end, self.parts[index].end) for index in indices)
        return b"".join(body[start:end] for start, end in starts).decode()

    def _needed(self, needs: Sequence[str], places: Sequence[str]) -> Sequence[int]:
        """What a page needs of the whole document; of its places those that something stands in which it needs."""
        if not needs:
            return range(len(self.parts))
        chosen = {index for index, part in enumerate(self.parts) if part.name in needs and part.name != _PLACE}
        return self._with_places(chosen, places) if _PLACE in needs else sorted(chosen)

    def _about(self, page: SitePage | None, places: Sequence[str]) -> Sequence[int]:
        """What concerns an entry or a year: mentions or dates, the places that these stand in or that it points at."""
        chosen: set[int] = set()
        if page is not None:
            chosen.update(self._mentions.get(page.entry, ()) if page.entry else ())
            chosen.update(index for year in page.years or () for index in self._dates.get(year, ()))
        return self._with_places(chosen, places) if chosen or places else ()

    def _with_places(self, chosen: set[int], places: Sequence[str]) -> Sequence[int]:
        """Some parts with the places that they stand in, and further `places`."""
        wanted = self._around([*places, *(self.parts[index].place for index in chosen)])
        return sorted(chosen.union(*(self._places[place] for place in wanted if place in self._places)))

    def _around(self, places: Iterable[str]) -> set[str]:
        """Places, and those that they stand in."""
        wanted: set[str] = set()
        for place in places:
            while place and place not in wanted:
                wanted.add(place)
                place = self.parts[self._places[place][-1]].place if place in self._places else ""
        return wanted

    def _indices(self, name: str, key: Callable[[Part], str]) -> Mapping[str, Sequence[int]]:
        """Where the parts of a name stand that have the same key."""
        found: dict[str, list[int]] = {}
        for index, part in enumerate(self.parts):
            if part.name == name:
                found.setdefault(key(part), []).append(index)
        return found


#: Many pages get something of the same documents, one page after the other.
@lru_cache(maxsize=64)
def _whole(xml: bytes) -> bytes:
    return zlib.decompress(xml)


def concerned(page: SitePage, pointed: Iterable[str], counts: Counts) -> Iterable[str]:
    """The documents that a page may get something of, in the order of the edition; no others need be asked.

    `pointed` are the documents in which it points at places.
    """
    if page.years is not None:
        found = {document for year in page.years for document in counts.dated.get(year, ())}
    elif page.entry:
        found = set(counts.mentions.get(page.entry, ()))
    else:
        return counts.order if page.documents is None else _in_order(page.documents, counts)
    return _in_order(found.union(pointed), counts)


def _in_order(documents: Iterable[str], counts: Counts) -> list[str]:
    return sorted((document for document in documents if document in counts.order), key=counts.order.__getitem__)


def counts_of(summaries: Iterable[Summary]) -> Counts:
    """How much there is of what."""
    children: dict[str, Mapping[str, int]] = {}
    mentions: dict[str, dict[str, int]] = {}
    dated: dict[str, list[str]] = {}
    years: Counter[str] = Counter()
    written: Counter[str] = Counter()
    for summary in summaries:
        written[summary.year] += 1
        years.update(summary.years)
        children[summary.id] = summary.numbers
        for year in {*summary.years, summary.year}:
            dated.setdefault(year, []).append(summary.id)
        for entry, number in summary.mentions.items():
            mentions.setdefault(entry, {})[summary.id] = number
    order = {document: number for number, document in enumerate(children)}
    return Counts(children, mentions, years, written, dated, order)


def _taken_apart(children: Iterable[etree._Element]) -> tuple[tuple[Part, ...], bytes]:
    parts: list[Part] = []
    body = bytearray()
    for child in children:
        body += etree.tostring(child, encoding="UTF-8", with_tail=False).replace(_DECLARATION, b"", 1)
        parts.append(_part(child, len(body)))
    return tuple(parts), bytes(body)


_DECLARATION: Final = f' xmlns:tp="{NAMESPACE}"'.encode()


def _head(root: etree._Element) -> tuple[str, dict[str, str]]:
    """The start tag of a summary without its end and without the attributes of its extent; and these."""
    for child in root:
        root.remove(child)
    root.text = None
    extent = {name: root.attrib.pop(name) for name in EXTENT if name in root.attrib}
    return etree.tostring(root, encoding="unicode", with_tail=False).removesuffix("/>"), extent


def _links(root: etree._Element, name: str, document: str) -> Iterator[str]:
    """The places that the children of this name rest on."""
    for link in root.iterfind(f"{_TP}{name}/{_TP}link"):
        page, _, place = link.get("href", "").partition("#")
        other, found, _ = page.partition("/index.html")
        if place:
            yield f"{other if found else document}#{place}"


def _part(child: etree._Element, end: int) -> Part:
    name = etree.QName(child).localname
    stands = {_PLACE: "within", **dict.fromkeys(_STANDING, "place")}.get(name, "")
    return Part(
        intern(name),
        intern(child.get("id", "")),
        intern(child.get(stands, "") if stands else ""),
        intern(child.get("entry", "")),
        intern(year_of(child) if child.tag == f"{_TP}{_DATE}" else ""),
        end,
    )


def year_of(dated: etree._Element) -> str:
    """The first year that the dating attributes of an element allow, "" if they give none."""
    value = next((str(dated.get(name)).strip() for name in _DATING if dated.get(name)), "")
    year = _YEAR.match(value)
    return year[0] if year else ""


def links_of(summaries: Iterable[Summary]) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The places that the children of each name rest on, by the documents that have such children."""
    found: dict[str, dict[str, Sequence[str]]] = {name: {} for name in _RESTING}
    for summary in summaries:
        for name, links in summary.links.items():
            if links:
                found[name][summary.id] = links
    return found


def lone_kinds(summaries: Iterable[Summary]) -> frozenset[str]:
    """The kinds that only one document is of, by which it can be called."""
    kinds = Counter(summary.kind for summary in summaries)
    return frozenset(kind for kind, number in kinds.items() if kind and number == 1)
