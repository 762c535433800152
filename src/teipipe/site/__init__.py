"""The pages about the whole corpus."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from teipipe.editions import Artefact, Corpus, Renderer, SitePage
from teipipe.saxon import NAMESPACE
from teipipe.site.entries import with_addresses
from teipipe.site.pages import pages_of
from teipipe.site.summaries import Summary, counted, counts_of, lone_kinds

__all__ = ["Summary", "counts_of", "pages", "pages_of", "with_addresses"]


def pages(
    renderer: Renderer, summaries: Sequence[str], corpus: Corpus, wanted: Sequence[SitePage] | None = None
) -> list[Artefact]:
    """The pages made from the documents' `summaries`, which are in the order of the corpus: all, or those wanted.

    Raises StylesheetError if their stylesheet fails.
    """
    taken = [Summary.of(summary) for summary in summaries if summary]
    chosen = pages_of(corpus, counts_of(taken)) if wanted is None else wanted
    kinds = lone_kinds(taken)
    made = []
    for page in chosen:
        whole = "".join(summary.selected(page) for summary in taken)
        if "counts" in page.needs:
            whole += counted(taken)
        start = f"<tp:site xmlns:tp={quoteattr(NAMESPACE)} kinds={quoteattr(kinds)}>"
        made += renderer.site_pages([page], f"{start}{whole}</tp:site>", corpus)
    return made
