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


def pages(renderer: Renderer, summaries: Sequence[str], corpus: Corpus) -> list[Artefact]:
    """The pages made from the documents' `summaries`, in the order of the corpus; the register's only if it has one.

    Raises StylesheetError if their stylesheet fails.
    """
    whole = f'<tp:site xmlns:tp="urn:teipipe:ns">{"".join(summaries)}</tp:site>'
    wanted = _PAGES | (_REGISTER_PAGES if corpus.register is not None else {})
    return renderer.site_pages(wanted, whole, corpus)
