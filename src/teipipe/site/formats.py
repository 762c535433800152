"""The pages for programs and reference managers, and the list of all addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from urllib.parse import quote

from teipipe.editions import Artefact, Corpus, SitePage
from teipipe.escaping import escape
from teipipe.site.entries import documents_named, places_of_events
from teipipe.site.summaries import EXTENT

#: So many addresses may stand in one sitemap (sitemaps.org).
_ADDRESSES: Final = 50_000
_SITEMAPS: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
#: What may stand in the path of an address as it is (RFC 3986), besides letters and figures.
_PLAIN: Final = "/-._~!$&'()*+,;=:@"
_REFERENCE: Final = ("reference",)


def format_pages(corpus: Corpus) -> Iterator[SitePage]:
    """How to cite, and what is known of the whole as files; a feed only where its addresses and its date are known."""
    yield SitePage("cite", "cite/index.html", needs=_REFERENCE)
    for name in ("cite.bib", "cite.ris", "cite.csl.json"):
        yield SitePage(name, f"cite/{name}", needs=_REFERENCE)
    yield SitePage("index-json", "index.json", needs=(*EXTENT, *_REFERENCE))
    yield SitePage(
        "chronology-json", "chronology/chronology.json", needs=("date", "place"), places=places_of_events(corpus)
    )
    needs = ("intervention", "inference", "place")
    yield SitePage("interventions-json", "interventions/interventions.json", needs=needs)
    if corpus.register is not None:
        yield SitePage("register-json", "register/register.json", needs=("title",), documents=documents_named(corpus))
    if corpus.site_url and corpus.date:
        yield SitePage("feed", "feed.xml", needs=_REFERENCE)


def sitemap(corpus: Corpus, paths: Iterable[str], length: int = _ADDRESSES) -> list[Artefact]:
    """The pages at `paths` as a sitemap, in parts of `length` with an index if there are more; none without a site."""
    if not corpus.site_url:
        return []
    pages = sorted(path for path in paths if path.endswith(".html") and path != "404.html")
    addresses = [f"{corpus.site_url}{quote(path.removesuffix('index.html'), safe=_PLAIN)}" for path in pages]
    parts = [addresses[start : start + length] for start in range(0, len(addresses), length)] or [[]]
    if len(parts) == 1:
        return [_listing("sitemap.xml", "urlset", "url", parts[0])]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    listings = [_listing(name, "urlset", "url", part) for name, part in zip(names, parts, strict=True)]
    return [
        _listing("sitemap.xml", "sitemapindex", "sitemap", [f"{corpus.site_url}{name}" for name in names]),
        *listings,
    ]


def _listing(path: str, root: str, item: str, addresses: Sequence[str]) -> Artefact:
    lines = "".join(f"<{item}><loc>{escape(address)}</loc></{item}>\n" for address in addresses)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_SITEMAPS}">\n{lines}</{root}>\n'
    return Artefact(path, text.encode())
