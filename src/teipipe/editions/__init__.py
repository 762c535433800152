"""From one document to its editions: passes decide what the words are, renderers show them."""

from teipipe.editions.renderer import PASSES, Artefact, Corpus, Edition, Entry, Format, Look, Renderer, SitePage, Source

__all__ = ["PASSES", "Artefact", "Corpus", "Edition", "Entry", "Format", "Look", "Renderer", "SitePage", "Source"]
