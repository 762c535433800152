"""From one document to its editions: passes decide what the words are, renderers show them."""

from teipipe.editions.renderer import (
    PARTS,
    PASSES,
    Artefact,
    Corpus,
    Edition,
    Entry,
    Format,
    Look,
    Part,
    Renderer,
    Source,
)
from teipipe.editions.site_page import Share, SitePage

__all__ = [
    "PARTS",
    "PASSES",
    "Artefact",
    "Corpus",
    "Edition",
    "Entry",
    "Format",
    "Look",
    "Part",
    "Renderer",
    "Share",
    "SitePage",
    "Source",
]
