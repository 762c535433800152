"""What the modules of TEI are about, in few words."""

from __future__ import annotations

from typing import Final

_TITLES: Final = {
    "analysis": "Analysis: words, clauses, interpretation",
    "certainty": "Certainty and responsibility",
    "core": "Core: what all kinds of documents share",
    "corpus": "Corpora: where texts come from",
    "dictionaries": "Dictionaries",
    "drama": "Plays and other performance texts",
    "figures": "Tables, formulae, figures",
    "gaiji": "Characters and glyphs",
    "header": "Header: what is said about the document",
    "iso-fs": "Feature structures",
    "linking": "Links, segments, alignment",
    "msdescription": "Manuscripts and where they are kept",
    "namesdates": "Names, dates, people, places",
    "nets": "Graphs, networks, trees",
    "spoken": "Transcribed speech",
    "tagdocs": "Documentation of schemas",
    "tei": "Infrastructure",
    "textcrit": "Critical apparatus",
    "textstructure": "Structure of texts",
    "transcr": "Transcription of primary sources",
    "verse": "Verse",
}


def module_title(module: str) -> str:
    """The title of a module: TEI's by what they are about, others by their name."""
    return _TITLES.get(module, module)
