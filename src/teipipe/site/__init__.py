"""The pages about the whole corpus."""

from __future__ import annotations

from collections.abc import Sequence

from teipipe.editions import Artefact, Corpus, Renderer, SitePage
from teipipe.site.entries import with_addresses
from teipipe.site.pages import pages_of

__all__ = ["pages", "pages_of", "with_addresses"]


def pages(
    renderer: Renderer, summaries: Sequence[str], corpus: Corpus, wanted: Sequence[SitePage] | None = None
) -> list[Artefact]:
    """The pages made from the documents' `summaries`, which are in the order of the corpus: all, or those wanted.

    Raises StylesheetError if their stylesheet fails.
    """
    whole = f'<tp:site xmlns:tp="urn:teipipe:ns">{"".join(summaries)}</tp:site>'
    return renderer.site_pages(pages_of(corpus) if wanted is None else wanted, whole, corpus)
