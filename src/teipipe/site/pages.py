"""Which pages about the whole corpus there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from teipipe.editions import Corpus, SitePage
from teipipe.site.counts import Counts
from teipipe.site.entries import PAGES as REGISTER_PAGES
from teipipe.site.entries import Entry, documents_as_pointed_at, documents_named, entries, places_of, places_of_events
from teipipe.site.figures import figures_page
from teipipe.site.formats import format_pages
from teipipe.site.summaries import EXTENT

#: What a page needs that shows of documents no more than what they are called.
_TITLES: Final = ("title",)
#: How often things are marked in the texts: the principles explain the marks that there are.
_OCCURRING: Final = ("@mentions", "@dates", "@inferences", "@notes")
#: What a page of the register needs that says how often its entries are mentioned.
_COUNTED: Final = ("counted",)

#: The pages that show one entry, by those that list it.
ENTRY_PAGES: Final = {"persons": "person", "organisations": "organisation", "places": "place", "events": "event"}

#: So many entries stand on one page of a list (`tp:list-length` in xslt/site/lists.xsl says the same).
_LIST: Final = 500
#: So many documents are cards on the first page; of more, the first and the last ones.
_CARDS: Final = 12
#: So many interventions and inferences stand on one page.
_ROWS: Final = 1000
#: So many dates and events make one chronology.
_MOMENTS: Final = 1000
#: So many mentions stand on one page of an entry.
_MENTIONS: Final = 300


def pages_of(corpus: Corpus, counts: Counts) -> tuple[SitePage, ...]:
    """Every page about a corpus, the same for the same corpus; those of the register only if it has one.

    `counts` says how much there is of what, so that a long list can be divided into pages.
    """
    register = _register_pages(corpus, counts) if corpus.register is not None else ()
    return (*_pages(corpus, counts), *format_pages(corpus), *register)


def _pages(corpus: Corpus, counts: Counts) -> Iterator[SitePage]:
    ids = _in_time(corpus)
    ends = None if len(ids) <= _CARDS else (*ids[: _CARDS // 2], *ids[-_CARDS // 2 :])
    yield SitePage(
        "index",
        "index.html",
        needs=("@documents", "@interventions", *EXTENT, "fact", "opening", "participant", "reference"),
        documents=ends,
    )
    yield from _by_documents("documents", ids, ("@documents", "year", *EXTENT, "fact", "participant"))
    yield from _by_documents("downloads", ids, ("checksum", *_TITLES))
    yield from _chronology(corpus, counts)
    yield figures_page(counts)
    yield SitePage(
        "principles",
        "principles/index.html",
        needs=(*_OCCURRING, "fact", "intervention", "place", "principle", "responsibility"),
        beside=("principles.txt",),
    )
    needs = ("intervention", "inference", "place")
    rows = [tuple(counts.children.get(name, {}).get(row, 0) for row in needs[:2]) for name in ids]
    yield from _by_documents("interventions", ids, needs, [1 + sum(number) for number in rows], _ROWS)
    yield SitePage("interventions-csv", "interventions/interventions.csv", needs=("intervention", "place"))
    yield SitePage("search", "search/index.html", needs=_TITLES, documents=())
    yield SitePage("not-found", "404.html", needs=_TITLES, documents=(), root=urlsplit(corpus.site_url).path or "none")


def _in_time(corpus: Corpus) -> list[str]:
    """The ids of all documents by their dates, those without one last."""
    return [entry.id for entry in sorted(corpus.documents, key=lambda entry: (not entry.created, entry.created))]


def _by_documents(
    name: str, ids: list[str], needs: tuple[str, ...], rows: list[int] | None = None, most: int = _LIST
) -> Iterator[SitePage]:
    """A page, or several about some of the documents each, if there are more rows than one may have."""
    parts: list[list[str]] = [[]]
    room = most
    for document, number in zip(ids, rows or [1] * len(ids), strict=True):
        if number > room and parts[-1]:
            parts.append([])
            room = most
        parts[-1].append(document)
        room -= number
    if len(parts) == 1:
        yield SitePage(name, f"{name}/index.html", needs=needs)
        return
    for number, documents in enumerate(parts, 1):
        path = f"{name}/index.html" if number == 1 else f"{name}/{number}/index.html"
        yield SitePage(name, path, f"{number}|{len(parts)}", needs=needs, documents=tuple(documents))


def _chronology(corpus: Corpus, counts: Counts) -> Iterator[SitePage]:
    """The chronology, each page with its text; of very many dates a page for each year, and one for what has none."""
    beside = ("chronology.txt",)
    known = entries(corpus.register) if corpus.register else ()
    events = [entry.year for entry in known if entry.page == "events"]
    if sum(counts.years.values()) + sum(counts.written.values()) + len(events) <= _MOMENTS:
        places = places_of_events(corpus)
        yield SitePage("chronology", "chronology/index.html", needs=("date", "place"), places=places, beside=beside)
        return
    yield SitePage("chronology", "chronology/index.html", "years", needs=("year",), beside=beside)
    for year in sorted({*counts.years, *events, *filter(None, counts.written)} - {""}):
        yield SitePage("chronology", f"chronology/{year}/index.html", year, years=(year,), beside=beside)
    if "" in counts.years or "" in events:
        # Without an order of time, documents divide them; their dates are at least as many as those without a value.
        ids = _in_time(corpus)
        dates = [counts.children.get(name, {}).get("date", 0) for name in ids]
        for page in _by_documents("chronology/undated", ids, (), dates, _MOMENTS):
            part = "|".join(filter(None, ("undated", page.part)))
            yield replace(page, name="chronology", part=part, years=("",), beside=beside)


def _register_pages(corpus: Corpus, counts: Counts) -> Iterator[SitePage]:
    assert corpus.register is not None
    known = entries(corpus.register)
    documents = documents_as_pointed_at(corpus)
    named = documents_named(corpus)
    yield SitePage("register", "register/index.html", needs=_TITLES, documents=named)
    yield SitePage("register-csv", "register/register.csv", needs=_COUNTED, documents=named)
    yield SitePage("mentions-csv", "register/mentions.csv", needs=("mention", "place"))
    for name in REGISTER_PAGES:
        number = sum(entry.page == name for entry in known)
        yield from _divided(name, f"register/{name}", -(-number // _LIST), named)
    is_active = corpus.register_file.endswith(".txt")
    for entry in known:
        yield from _entry_pages(entry, counts, documents, is_active)


def _divided(name: str, folder: str, number: int, documents: tuple[str, ...]) -> Iterator[SitePage]:
    yield SitePage(name, f"{folder}/index.html", needs=_COUNTED, documents=documents)
    for part in range(2, number + 1):
        yield SitePage(name, f"{folder}/{part}/index.html", str(part), needs=_COUNTED, documents=documents)


def _entry_pages(entry: Entry, counts: Counts, documents: dict[str, str], is_active: bool) -> Iterator[SitePage]:
    """The page of an entry with its other forms; more pages if it is mentioned more often than one can show."""
    name, folder = ENTRY_PAGES[entry.page], f"register/{entry.page}/{entry.address}"
    places = places_of(entry, documents)
    total = counts.of_entry(entry.id)
    # What a browser would run in the register, it must not run in an entry either.
    forms = ("entry.xml.txt" if is_active else "entry.xml", "entry.txt", "entry.json")
    if total <= _MENTIONS:
        yield SitePage(name, f"{folder}/index.html", entry.id, entry=entry.id, places=places, beside=forms)
        return
    for form in forms:
        yield SitePage(form, f"{folder}/{form}", entry.id, entry=entry.id, places=places)
    parts = list(_portions(counts.mentions[entry.id]))
    done = 0
    for number, (ids, first, last) in enumerate(parts, 1):
        numbers = (number, len(parts), first, last, done + 1, done + 1 + last - first, total)
        done += 1 + last - first
        yield SitePage(
            name,
            f"{folder}/index.html" if number == 1 else f"{folder}/{number}/index.html",
            "|".join((entry.id, *map(str, numbers))),
            documents=ids,
            entry=entry.id,
            places=places if number == 1 else (),
        )


def _portions(numbers: Mapping[str, int]) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Mentions by pages: the documents that each is about, and which of the mentions in these stand on it."""
    together: list[str] = []
    room = _MENTIONS
    for document, number in numbers.items():
        if number > room and together:
            yield tuple(together), 1, _MENTIONS - room
            together, room = [], _MENTIONS
        if number > room:
            for first in range(1, number + 1, _MENTIONS):
                yield (document,), first, min(number, first + _MENTIONS - 1)
        else:
            together.append(document)
            room -= number
    if together:
        yield tuple(together), 1, _MENTIONS - room
