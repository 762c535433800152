"""Writes TEI from a transcript and what was found in it; the words come from the transcript alone."""

from __future__ import annotations

from typing import Final

from teipipe.encode.blocks import Structure
from teipipe.encode.decisions import Decision
from teipipe.encode.marked import Dated, Marked, Named
from teipipe.encode.seal import sealed
from teipipe.encode.settings import Settings
from teipipe.encode.transcript import Transcript
from teipipe.encode.writing.document import Parts, document
from teipipe.encode.writing.nesting import nested
from teipipe.encode.writing.text import TextWriter

_NONE: Final = Marked()


def write_tei(
    transcript: Transcript,
    structure: Structure,
    brackets: Marked,
    names: Named,
    dates: Dated,
    settings: Settings,
    looks: Marked = _NONE,
) -> tuple[bytes, tuple[Decision, ...]]:
    """The document, in UTF-8, and the decisions on spans that couldn't be written because they cross others.

    `looks` are notes and emphasis of a word processor's file.
    """
    spans = (*structure.spans, *brackets.spans, *names.spans, *dates.spans, *looks.spans)
    kept, crossed = nested(structure, spans)
    writer = TextWriter(transcript.text, structure, kept, names, settings)
    body = writer.text()
    parts = Parts(body, writer.renditions, names.participants, (dates.date, dates.last))
    tei = document(transcript, structure, parts, settings)
    return sealed(tei, transcript.sha256 or "0" * 64, settings.date), crossed
