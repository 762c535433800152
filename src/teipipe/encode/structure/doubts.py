"""What an editor has to look at: a kind of source that nothing tells, and lines that may be turns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from teipipe.diagnostics import Diagnostic, Severity
from teipipe.encode.decisions import Certainty, Decision
from teipipe.encode.structure.labels import Candidate
from teipipe.encode.transcript import Transcript

#: Lines in capitals and words in bold may be anything.
_CLEAR = frozenset({"colon", "dash", "stop-dash", "stop"})


def doubtful(found: Iterable[Candidate], others: Collection[int]) -> Iterator[Candidate]:
    """What may be labels of turns, where there are turns, but for units that are known to be something else."""
    return (candidate for candidate in found if candidate.kind in _CLEAR and candidate.unit not in others)


def decisions_on(found: Iterable[Candidate]) -> Iterator[Decision]:
    """That they are left as they are."""
    for candidate in found:
        reason = "no honorific, nobody who is present, and it doesn't come again"
        yield Decision("doubtful-label", candidate.start, candidate.end, Certainty.LOW, "", reason)


def findings_of(transcript: Transcript, decisions: Collection[Decision]) -> Iterator[Diagnostic]:
    """What is to be reported of what was decided."""
    divided = [decision for decision in decisions if decision.rule == "divided-word"]
    if divided:
        yield Diagnostic(
            "divided-words",
            Severity.WARNING,
            f"{len(divided)} {'words are' if len(divided) > 1 else 'word is'} divided at the ends of lines",
            transcript.place(divided[0].start),
            "join those that have no hyphen of their own, in the transcript or in the TEI",
        )
    for decision in decisions:
        if decision.rule == "doubtful-label":
            words = transcript.text[decision.start : decision.end].rstrip(" :.-–—")
            yield Diagnostic(
                "doubtful-label",
                Severity.WARNING,
                f"“{words}” may be the label of a speaker",
                transcript.place(decision.start),
                "mark the turn by hand if somebody speaks here, or add the word to the profile",
            )
        elif decision.rule == "profile" and decision.certainty is Certainty.LOW:
            yield Diagnostic(
                "uncertain-profile",
                Severity.INFO,
                f"nothing tells what kind of source this is; it was read as {decision.result}",
                transcript.place(decision.start),
                "say which it is, with --profile",
            )
