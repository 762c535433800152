"""Holds what was encoded against what was read: no word more, no word less."""

from __future__ import annotations

from typing import Final

from lxml import etree

from teipipe.documents import Document
from teipipe.encode.transcript import Transcript
from teipipe.errors import EncodingError
from teipipe.validate.source_view import SourceView, Words
from teipipe.views import load_views

_HELP: Final = "nothing was written; this is a fault of teipipe's, please report it with the transcript"


def require_fidelity(transcript: Transcript, tei: bytes) -> None:
    """Raise EncodingError if the source view of a document isn't the text of the transcript, word for word."""
    document = Document(transcript.path, tei)
    document.tree = _tree(transcript, tei)
    ours = SourceView(document, load_views()).words
    theirs = Words(transcript.text).words
    if ours == theirs:
        return
    pairs = zip(ours, theirs, strict=False)
    first = next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(ours), len(theirs)))
    got, wanted = (" ".join(words[max(first - 2, 0) : first + 3]) for words in (ours, theirs))
    place = transcript.place(Words(transcript.text).offset(first))
    raise EncodingError(
        f"line {place.line}, column {place.column}: the encoding reads “{got}”, the transcript “{wanted}”",
        path=transcript.path,
        help=_HELP,
    )


def _tree(transcript: Transcript, tei: bytes) -> etree._ElementTree:
    """The tree of a document, which has been read by nobody yet: it needn't be looked at for all that may be wrong."""
    try:
        return etree.fromstring(tei, etree.XMLParser(collect_ids=False, huge_tree=True)).getroottree()
    except etree.XMLSyntaxError as error:
        raise EncodingError(
            f"the encoding is not well-formed: {error.msg}",
            path=transcript.path,
            help=_HELP,
        ) from error
