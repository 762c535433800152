"""Which profile fits a text: each has evidence, which is weighed; the reasons stand in the decision."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from teipipe.encode.decisions import Candidate, Certainty, Decision
from teipipe.encode.structure import participants
from teipipe.encode.structure.draft import Draft
from teipipe.encode.structure.forms import is_salutation
from teipipe.encode.structure.patterns import Phrases, phrases_of
from teipipe.encode.structure.profile import Evidence, Profile
from teipipe.encode.structure.sample import MOST, TOP, Sample
from teipipe.encode.structure.units import is_sentence
from teipipe.encode.structure.vocabulary import vocabulary_of
from teipipe.encode.transcript import Transcript

#: Less is no evidence.
_LEAST: Final = 2
#: A single word is evidence only where a head begins with it.
_BEFORE: Final = re.compile(r"\W*(?:\d{1,4}\.\s+)?(?:(?:the|an?|draft|der|die|das)\s+)?[“\"„]?", re.IGNORECASE)


def detect(
    transcript: Transcript, profiles: Sequence[Profile], sample: Sample | None = None
) -> tuple[Profile, Decision]:
    """The profile that fits a text best, and the decision, with what speaks for each.

    `sample` is what of the text is looked at, if somebody keeps it for what is found in it.
    """
    if sample is None:
        sample = sampled(transcript, profiles)
    weighed = sorted(
        ((*_weighed(_Evidence(sample, profile), profile), profile) for profile in profiles), key=lambda one: -one[0]
    )
    best, _, profile = weighed[0]
    if best < _LEAST:
        fallback = next((one for one in profiles if one.name == "essay"), profile)
        weighed.sort(key=lambda one: one[2] is not fallback)
        profile = fallback
    second = weighed[1][0] if len(weighed) > 1 else 0
    certainty = Certainty.LOW if best < _LEAST else Certainty.HIGH if best >= second + 3 else Certainty.MEDIUM
    shown = tuple(
        Candidate(one.name, one.title, tuple(reasons)) for score, reasons, one in weighed if reasons or one is profile
    )
    end = len(transcript.text.rstrip())
    reason = "; ".join(shown[0].reasons) or "nothing speaks for any other"
    return profile, Decision("profile", 0, max(end, 1), certainty, profile.name, reason, shown)


def sampled(transcript: Transcript, profiles: Sequence[Profile]) -> Sample:
    """What of a text is looked at."""
    return Sample(transcript, vocabulary_of(profiles[0]))


def _weighed(found: _Evidence, profile: Profile) -> tuple[int, list[str]]:
    """How much speaks for a profile, and what."""
    score, reasons = 0, []
    for evidence in sorted(profile.evidence, key=lambda one: -one.weight):
        reason = found.reason(evidence)
        if reason:
            score += evidence.weight
            reasons.append(f"{reason} ({evidence.weight:+d})")
    return score, reasons


class _Evidence:
    """What speaks for a profile in a sample."""

    def __init__(self, sample: Sample, profile: Profile) -> None:
        self._sample = sample
        self._text = sample.text
        self._units = sample.units
        self._draft = Draft(sample.text, vocabulary_of(profile))

    def reason(self, evidence: Evidence) -> str:
        """What a piece of evidence is found by, in words; "" if it isn't."""
        if evidence.where == "head":
            return self._in_head(phrases_of(evidence.phrases))
        if evidence.where in self._sample.places:
            return self._at(evidence.where, phrases_of(evidence.phrases))
        found: bool = getattr(self, f"_has_{evidence.where}")()
        return _SHOWN[evidence.where] if found else ""

    def _in_head(self, phrases: Phrases) -> str:
        for unit, words in self._sample.heads(self._draft.vocabulary):
            match = phrases.within(self._text, unit.start, unit.end, words)
            if match and (" " in match["phrase"] or _BEFORE.fullmatch(self._text, unit.start, match.start())):
                return f"“{match['phrase']}” in the head"
        return ""

    def _at(self, place: str, phrases: Phrases) -> str:
        if not phrases.may_start(self._sample.firsts[place]):
            return ""
        for unit in self._sample.places[place]:
            match = phrases.start(self._text, unit.start, unit.end, unit.first)
            if match:
                return f"“{' '.join(match['phrase'].split())[:40]}” at the {place}"
        return ""

    def _has_turns(self) -> bool:
        return self._sample.has_turns(self._draft.vocabulary.labels)

    def _has_present(self) -> bool:
        return any(participants.heading(self._draft, unit) for unit in self._sample.places["top"])

    def _has_salutation(self) -> bool:
        return any(is_salutation(self._draft, unit) for unit in self._sample.places["top"])

    def _has_closing(self) -> bool:
        return any(self._draft.whole("closings", unit) for unit in self._sample.places["end"])

    def _has_fields(self) -> bool:
        return sum(participants.is_field(self._draft, unit) for unit in self._sample.places["top"]) >= 2

    def _has_agenda(self) -> bool:
        return any(self._draft.whole("division:agenda", unit) for unit in self._units[: 2 * TOP])

    def _has_paragraphs(self) -> bool:
        """Whether most units are paragraphs of prose."""
        long = sum(unit.end - unit.start > 200 for unit in self._units[:MOST])
        return long >= 3 and long * 2 >= len(self._units[:MOST])

    def _has_headings(self) -> bool:
        units = self._units[1:MOST]
        short = (
            not is_sentence(self._text, one.start, one.end)
            for one, two in pairwise(units)
            if one.end - one.start < 100 and two.end - two.start > 200
        )
        return sum(short) >= 2


_SHOWN: Final = {
    "turns": "a good part of the paragraphs begin with the label of a speaker",
    "present": "a list of those present",
    "salutation": "a salutation",
    "closing": "the closing phrase of a letter",
    "fields": "lines of addresses, numbers or dates",
    "headings": "headings above paragraphs of prose",
    "paragraphs": "most of it is prose",
    "agenda": "an agenda",
}
