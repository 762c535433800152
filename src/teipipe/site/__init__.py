"""The pages about the whole corpus."""

from __future__ import annotations

from collections.abc import Sequence

from teipipe.editions import Artefact, Corpus, Renderer, SitePage
from teipipe.saxon import NAMESPACE
from teipipe.site.entries import with_addresses
from teipipe.site.pages import pages_of
from teipipe.site.summaries import Summary, counts_of

__all__ = ["Summary", "counts_of", "pages", "pages_of", "with_addresses"]


def pages(
    renderer: Renderer, summaries: Sequence[str], corpus: Corpus, wanted: Sequence[SitePage] | None = None
) -> list[Artefact]:
    """The pages made from the documents' `summaries`, which are in the order of the corpus: all, or those wanted.

    Raises StylesheetError if their stylesheet fails.
    """
    taken = [Summary.of(summary) for summary in summaries if summary]
    chosen = pages_of(corpus, counts_of(taken)) if wanted is None else wanted
    made = []
    for page in chosen:
        whole = "".join(summary.selected(page) for summary in taken)
        made += renderer.site_pages([page], f'<tp:site xmlns:tp="{NAMESPACE}">{whole}</tp:site>', corpus)
    return made
