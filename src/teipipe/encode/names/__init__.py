"""Names of persons, organisations and places, by a register; in its absence, those of who speaks and who is present."""

from __future__ import annotations

from operator import attrgetter

from teipipe.encode.blocks import Structure
from teipipe.encode.marked import Marked, Named
from teipipe.encode.plain import Plain
from teipipe.encode.settings import Settings
from teipipe.encode.transcript import Transcript


def names_in(transcript: Transcript, structure: Structure, brackets: Marked, settings: Settings) -> Named:
    """The names in the leaves of a text, and who speaks in each turn."""
    from teipipe.encode.names.candidates import candidates, entries_of
    from teipipe.encode.names.index import Index, index_of
    from teipipe.encode.names.lexicon import lexicon
    from teipipe.encode.names.naming import Naming

    signs = sorted((*structure.spans, *brackets.spans), key=attrgetter("start"))
    words = lexicon(settings.language)
    plain = Plain(transcript.text, signs)
    if settings.register is None or not settings.register.entries:
        index = Index(entries_of(candidates(plain, structure, words)))
    else:
        index = index_of(settings.register)
    run = Naming(transcript, structure, plain, signs, index, words, settings)
    run.run()
    return Named(
        tuple(run.spans),
        tuple(run.decisions),
        tuple(run.findings),
        run.attendance.who,
        run.attendance.participants,
    )
