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
from teipipe.encode.structure.labels import Read, accepted, candidates
from teipipe.encode.structure.patterns import Phrases, near_words, phrases_of
from teipipe.encode.structure.profile import Evidence, Profile
from teipipe.encode.structure.units import Unit, is_sentence, paged, units_of
from teipipe.encode.structure.vocabulary import LabelWords, Vocabulary, vocabulary_of
from teipipe.encode.transcript import Transcript

#: How much of a text is looked at, and how many units are its top and its end.
_SAMPLE: Final = 200
_WHOLE: Final = 60_000
_BEGINNING: Final = 30_000
_ENDING: Final = 10_000
_TOP: Final = 16
_END: Final = 8
_LEAST: Final = 2
#: A single word is evidence only where a head begins with it.
_BEFORE: Final = re.compile(r"\W*(?:\d{1,4}\.\s+)?(?:(?:the|an?|draft|der|die|das)\s+)?[“\"„]?", re.IGNORECASE)


def detect(
    transcript: Transcript, profiles: Sequence[Profile], read: dict[LabelWords, Read] | None = None
) -> tuple[Profile, Decision]:
    """The profile that fits a text best, and the decision, with what speaks for each.

    `read` takes in what was read of labels, by the words that they were read by, if it is the whole text.
    """
    text, units = _sampled(transcript.text, profiles[0])
    kept = read if read is not None and text is transcript.text else {}
    sample = _Sample(text, units, kept)
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


def _sampled(text: str, profile: Profile) -> tuple[str, list[Unit]]:
    """The beginning and the end of a text, and the units in them that are no page breaks."""
    if len(text) > _WHOLE:
        cut = text.rfind("\n", 0, _BEGINNING) + 1 or _BEGINNING
        tail = text.find("\n", len(text) - _ENDING) + 1 or len(text) - _ENDING
        text = f"{text[:cut]}\n\n{text[tail:]}"
    units = units_of(text, paged(text, vocabulary_of(profile)))[0]
    return text, [unit for unit in units if unit.page is None]


def _weighed(found: _Evidence, profile: Profile) -> tuple[int, list[str]]:
    """How much speaks for a profile, and what."""
    score, reasons = 0, []
    for evidence in sorted(profile.evidence, key=lambda one: -one.weight):
        reason = found.reason(evidence)
        if reason:
            score += evidence.weight
            reasons.append(f"{reason} ({evidence.weight:+d})")
    return score, reasons


class _Sample:
    """The units of a text in which evidence is sought, and what several profiles ask of them."""

    def __init__(self, text: str, units: list[Unit], read: dict[LabelWords, Read]) -> None:
        self.text = text
        self.units = units
        self.places = {"top": units[:_TOP], "end": units[-_END:]}
        self.firsts = {place: {unit.first for unit in within} for place, within in self.places.items()}
        self._read = read
        self._turns: dict[LabelWords, bool] = {}
        self._heads: dict[Phrases, list[tuple[Unit, frozenset[str]]]] = {}

    def has_turns(self, words: LabelWords) -> bool:
        """Whether a good part of the units begins with labels that are read by some words."""
        if words not in self._turns:
            units = self.units[:_SAMPLE]
            labels = candidates(self.text, units, words, read=self._read.setdefault(words, {}))
            found = accepted(labels, frozenset(), len(units))
            self._turns[words] = len(found) >= 2 and len(found) * 5 >= len(units)
        return self._turns[words]

    def heads(self, vocabulary: Vocabulary) -> list[tuple[Unit, frozenset[str]]]:
        """The first short lines, before the first sentence or turn, each with its words."""
        apart = vocabulary.phrases["classifications"]
        if apart not in self._heads:
            self._heads[apart] = [
                (unit, near_words(self.text, unit.start, unit.end)) for unit in self._first_short(vocabulary)
            ]
        return self._heads[apart]

    def _first_short(self, vocabulary: Vocabulary) -> list[Unit]:
        heads: list[Unit] = []
        for unit in self.units[:8]:
            is_prose = unit.end - unit.start > 120 and is_sentence(self.text, unit.start, unit.end)
            if unit.end - unit.start > 320 or is_prose or len(heads) == 3:
                break
            if not vocabulary.whole("classifications", self.text, unit.start, unit.end, unit.first):
                heads.append(unit)
        return heads


class _Evidence:
    """What speaks for a profile in a sample."""

    def __init__(self, sample: _Sample, profile: Profile) -> None:
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
        return any(participants.heading(self._draft, unit) for unit in self._units[:_TOP])

    def _has_salutation(self) -> bool:
        return any(is_salutation(self._draft, unit) for unit in self._units[:_TOP])

    def _has_closing(self) -> bool:
        return any(self._draft.whole("closings", unit) for unit in self._units[-_END:])

    def _has_fields(self) -> bool:
        return sum(participants.is_field(self._draft, unit) for unit in self._units[:_TOP]) >= 2

    def _has_agenda(self) -> bool:
        return any(self._draft.whole("division:agenda", unit) for unit in self._units[: 2 * _TOP])

    def _has_paragraphs(self) -> bool:
        """Whether most units are paragraphs of prose."""
        long = sum(unit.end - unit.start > 200 for unit in self._units[:_SAMPLE])
        return long >= 3 and long * 2 >= len(self._units[:_SAMPLE])

    def _has_headings(self) -> bool:
        units = self._units[1:_SAMPLE]
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
