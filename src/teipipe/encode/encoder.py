"""The order of the work: from a transcript to TEI, with every decision that was made on the way."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from teipipe.diagnostics import Diagnostic
from teipipe.encode.blocks import Structure
from teipipe.encode.brackets import brackets_in
from teipipe.encode.dates import dates_in
from teipipe.encode.decisions import Decision
from teipipe.encode.fidelity import require_fidelity
from teipipe.encode.marked import Marked
from teipipe.encode.names import names_in
from teipipe.encode.reading.emphasis import emphasis_in, notes_in
from teipipe.encode.settings import Settings
from teipipe.encode.structure import structure_of
from teipipe.encode.transcript import Transcript
from teipipe.encode.writing import write_tei


@dataclass(frozen=True, slots=True)
class Encoding:
    """A transcript as TEI (UTF-8), the profile it was read by, what was decided, and what is to be reported."""

    transcript: Transcript
    tei: bytes
    structure: Structure
    decisions: tuple[Decision, ...]
    findings: tuple[Diagnostic, ...]


def encode(transcript: Transcript, settings: Settings) -> Encoding:
    """Encode a transcript.

    The source view of the result has been compared with the transcript: raises EncodingError, and gives nothing, if
    they differ in any word.
    """
    with _uncollected():
        return _encoded(transcript, settings)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Don't look for cycles meanwhile, which takes a fifth of the time: of many small values, none is in a circle."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _encoded(transcript: Transcript, settings: Settings) -> Encoding:
    structure = structure_of(transcript, settings)
    notes = notes_in(transcript, structure)
    brackets = brackets_in(transcript, structure, settings)
    names = names_in(transcript, structure, brackets, settings)
    dates = dates_in(transcript, structure, brackets, settings)
    found = (*notes.spans, *structure.spans, *brackets.spans, *names.spans, *dates.spans)
    looks = emphasis_in(transcript, structure, found)
    written = Marked((*notes.spans, *looks.spans))
    tei, crossed = write_tei(transcript, structure, brackets, names, dates, settings, written)
    require_fidelity(transcript, tei)
    of_the_file = (*notes.decisions, *looks.decisions)
    decisions = (*structure.decisions, *of_the_file, *brackets.decisions, *names.decisions, *dates.decisions, *crossed)
    findings = (*transcript.findings, *structure.findings, *brackets.findings, *names.findings, *dates.findings)
    return Encoding(
        transcript,
        tei,
        structure,
        tuple(sorted(decisions, key=lambda decision: (decision.start, -decision.end))),
        tuple(sorted(findings, key=lambda found: (found.location.line or 0, found.location.column or 0))),
    )
