"""Names of persons, organisations and places, by a register; in its absence, those of who speaks and who is present."""

from __future__ import annotations

from teipipe.encode.blocks import Structure
from teipipe.encode.marked import Marked, Named
from teipipe.encode.settings import Settings
from teipipe.encode.transcript import Transcript


def names_in(transcript: Transcript, structure: Structure, brackets: Marked, settings: Settings) -> Named:
    """The names in the leaves of a text, and who speaks in each turn."""
    from teipipe.encode.names.lexicon import lexicon
    from teipipe.encode.names.matching import Index, index_of
    from teipipe.encode.names.naming import Naming

    signs = sorted((*structure.spans, *brackets.spans), key=lambda span: span.start)
    index = Index(()) if settings.register is None else index_of(settings.register)
    run = Naming(transcript, structure, signs, index, lexicon(settings.language), settings)
    run.run()
    return Named(
        tuple(run.spans),
        tuple(run.decisions),
        tuple(run.findings),
        tuple(run.who),
        tuple(run.participants.values()),
    )
