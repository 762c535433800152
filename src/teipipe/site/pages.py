"""Which pages about the whole corpus there are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from teipipe.editions import Corpus, SitePage
from teipipe.site.counts import Counts
from teipipe.site.entries import PAGES as REGISTER_PAGES

#: What every edition has.
_ALWAYS: Final = (
    SitePage("index", "index.html"),
    SitePage("interventions", "interventions/index.html"),
    SitePage("interventions-csv", "interventions/interventions.csv"),
)


def pages_of(corpus: Corpus, counts: Counts) -> tuple[SitePage, ...]:
    """Every page about a corpus, the same for the same corpus; those of the register only if it has one.

    `counts` says how much there is of what, so that a long list can be divided into pages.
    """
    return (*_ALWAYS, *(_register_pages() if corpus.register is not None else ()))


def _register_pages() -> Iterator[SitePage]:
    yield SitePage("register", "register/index.html")
    for name in REGISTER_PAGES:
        yield SitePage(name, f"register/{name}/index.html")
