"""The entries of the register, and the address of each."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from lxml import etree

from teipipe.addresses import folder_name
from teipipe.documents import TEI_NAMESPACE, XML_NAMESPACE
from teipipe.editions import Corpus, Source
from teipipe.editions.surroundings import pointers
from teipipe.saxon import NAMESPACE
from teipipe.site.neighbours import stamp_neighbours
from teipipe.site.summaries import year_of

#: The pages that list entries, in this order, and the elements on each.
PAGES: Final = {
    "persons": ("person", "personGrp"),
    "organisations": ("org",),
    "places": ("place",),
    "events": ("event",),
}

_ADDRESS: Final = f"{{{NAMESPACE}}}address"
_ID: Final = f"{{{XML_NAMESPACE}}}id"
_PAGE_OF: Final = {f"{{{TEI_NAMESPACE}}}{name}": page for page, names in PAGES.items() for name in names}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its xml:id, the page that lists it (persons, …), the name of its own folder beside that page.

    `pointers` are those to places in documents, as the register has them; `year` is that of an event, or "".
    """

    id: str
    page: str
    address: str
    pointers: tuple[str, ...] = ()
    year: str = ""


@lru_cache(maxsize=2)
def with_addresses(register: Source) -> Source:
    """The register with the address of each entry on it (tp:address) and its neighbours, for stylesheets and `entries`.

    Addresses are ids in the characters that folders may have everywhere; where that makes two the same, or they differ
    in nothing but case, the later ones get a number. None is a number alone: those are the parts of a long list.
    """
    root = etree.fromstring(register.xml, _PARSER)
    taken = {"index.html"}
    for element in root.iter(*_PAGE_OF):
        name = (element.get(_ID) or "").strip()
        if name:
            element.set(_ID, name)  # as Saxon has it
            element.set(_ADDRESS, _free(folder_name(name) or "entry", taken))
    for page in PAGES:
        stamp_neighbours(
            [entry for entry in root.iter(*_PAGE_OF) if entry.get(_ADDRESS) and _PAGE_OF[str(entry.tag)] == page]
        )
    # Declared once: Saxon takes no document with more than 2,047 declarations.
    etree.cleanup_namespaces(root, top_nsmap={"tp": NAMESPACE}, keep_ns_prefixes=list(filter(None, root.nsmap)))
    return replace(register, xml=etree.tostring(root, encoding="unicode"))


@lru_cache(maxsize=2)
def entries(register: Source) -> tuple[Entry, ...]:
    """Every entry of a register that has an address, in its order."""
    return tuple(_entries(register))


def _entries(register: Source) -> Iterator[Entry]:
    for element in etree.fromstring(register.xml, _PARSER).iter(*_PAGE_OF):
        if element.get(_ADDRESS):
            page = _PAGE_OF[str(element.tag)]
            pointers = tuple(sorted(set(_pointers(element))))
            year = year_of(element) if page == "events" else ""
            yield Entry(element.get(_ID, ""), page, element.get(_ADDRESS, ""), pointers, year)


def documents_as_pointed_at(corpus: Corpus) -> dict[str, str]:
    """The ids of the documents, in order, by the files that the register names to point at them."""
    folder = "" if corpus.register is None else posixpath.dirname(corpus.register.path)
    return {posixpath.relpath(entry.path, folder or "."): entry.id for entry in corpus.documents}


def documents_named(corpus: Corpus) -> tuple[str, ...]:
    """The ids of the documents that the register points at anywhere, in order: its pages see no others."""
    files = frozenset[str]() if corpus.register is None else _files(corpus.register)
    return tuple(document for file, document in documents_as_pointed_at(corpus).items() if file in files)


def places_of(entry: Entry, documents: Mapping[str, str]) -> tuple[str, ...]:
    """The places in documents that an entry points at ("ID#PLACE")."""
    pointed = (pointer.partition("#") for pointer in entry.pointers)
    return tuple(f"{documents[file]}#{place}" for file, _, place in pointed if file in documents)


def places_of_events(corpus: Corpus) -> tuple[str, ...]:
    """The places in documents that events point at."""
    documents = documents_as_pointed_at(corpus)
    events = (entry for entry in (entries(corpus.register) if corpus.register else ()) if entry.page == "events")
    return tuple(place for entry in events for place in places_of(entry, documents))


@lru_cache(maxsize=2)
def _files(register: Source) -> frozenset[str]:
    """The files that a register points at, as it writes them."""
    return frozenset(pointer.partition("#")[0] for pointer in pointers(etree.fromstring(register.xml, _PARSER)))


def _pointers(entry: etree._Element) -> Iterator[str]:
    for element in entry.iter(etree.Element):
        for name in ("source", "target", "ref", "corresp"):
            yield from (token for token in (element.get(name) or "").split() if "#" in token[1:])


def _free(name: str, taken: set[str]) -> str:
    candidate, number = name, 1
    while candidate.casefold() in taken or candidate.isdigit():
        number += 1
        candidate = f"{name}-{number}"
    taken.add(candidate.casefold())
    return candidate


_PARSER: Final = etree.XMLParser(collect_ids=False, huge_tree=True, resolve_entities=False)
