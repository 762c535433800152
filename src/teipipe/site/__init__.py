"""The pages about the whole corpus: index, register, interventions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from teipipe.editions import Artefact, Corpus, Renderer

#: Each page's name for the stylesheet, with its path below the output folder.
_PAGES: Final = {
    "index": "index.html",
    "interventions": "interventions/index.html",
    "interventions-csv": "interventions/interventions.csv",
}
_REGISTER_PAGES: Final = {
    "register": "register/index.html",
    "persons": "register/persons/index.html",
    "organisations": "register/organisations/index.html",
    "places": "register/places/index.html",
    "events": "register/events/index.html",
}


def page_names(corpus: Corpus) -> tuple[str, ...]:
    """The names of all pages about a corpus; the register's only if it has one."""
    return (*_PAGES, *(_REGISTER_PAGES if corpus.register is not None else ()))


def pages(
    renderer: Renderer, summaries: Sequence[str], corpus: Corpus, names: Sequence[str] | None = None
) -> list[Artefact]:
    """The pages made from the documents' `summaries`, which are in the order of the corpus: all, or those named.

    Raises StylesheetError if their stylesheet fails.
    """
    whole = f'<tp:site xmlns:tp="urn:teipipe:ns">{"".join(summaries)}</tp:site>'
    paths = _PAGES | _REGISTER_PAGES
    return renderer.site_pages({name: paths[name] for name in names or page_names(corpus)}, whole, corpus)
