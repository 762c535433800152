"""The pages about the whole corpus."""

from __future__ import annotations

from collections.abc import Sequence

from teipipe.editions import Artefact, Corpus, Renderer
from teipipe.site.entries import with_addresses
from teipipe.site.pages import pages_of
from teipipe.site.shares import Shares
from teipipe.site.summaries import Summary, counts_of

__all__ = ["Shares", "Summary", "counts_of", "pages", "pages_of", "with_addresses"]


def pages(renderer: Renderer, summaries: Sequence[str], corpus: Corpus) -> list[Artefact]:
    """All pages made from the documents' `summaries`, which are in the order of the corpus, and the register.

    Raises StylesheetError if their stylesheet fails.
    """
    register = "" if corpus.register is None else renderer.register(corpus.register, corpus)
    shares = Shares(corpus, map(Summary, filter(None, summaries)), register)
    found = map(shares.of, shares.pages)
    made = (renderer.site_page(share.page, share.summaries, share.corpus or shares.whole) for share in found)
    return [artefact for artefacts in made for artefact in artefacts]
