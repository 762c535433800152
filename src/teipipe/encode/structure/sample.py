"""As much of a text as detection looks at, and what is found in it once for all profiles, and for the structure."""

from __future__ import annotations

from typing import Final

from teipipe.encode.structure.labels import Read, accepted, candidates
from teipipe.encode.structure.patterns import Phrases, near_words
from teipipe.encode.structure.units import Unit, is_sentence, paged, units_of
from teipipe.encode.structure.vocabulary import LabelWords, Vocabulary
from teipipe.encode.transcript import Transcript

#: A text that is longer is looked at as far as this, and at its end.
_WHOLE: Final = 60_000
_BEGINNING: Final = 30_000
_ENDING: Final = 10_000
#: So many units are looked at, and so many are its top and its end.
MOST: Final = 200
TOP: Final = 16
_END: Final = 8


class Sample:
    """The beginning and the end of a text, or all of it.

    `divided` are its units, and how they are set apart; `units` are those that are no page breaks; `read` is what was
    read of labels, by the words that they were read by.
    """

    def __init__(self, transcript: Transcript, vocabulary: Vocabulary) -> None:
        self._transcript = transcript
        self._pages = vocabulary.phrases["pages"]
        self.text = _shortened(transcript.text)
        self.divided = units_of(self.text, paged(self.text, vocabulary))
        self.units = [unit for unit in self.divided[0] if unit.page is None]
        self.places = {"top": self.units[:TOP], "end": self.units[-_END:]}
        self.firsts = {place: {unit.first for unit in within} for place, within in self.places.items()}
        self.read: dict[LabelWords, Read] = {}
        self._turns: dict[LabelWords, bool] = {}
        self._heads: dict[Phrases, list[tuple[Unit, frozenset[str]]]] = {}

    @property
    def is_whole(self) -> bool:
        """Whether it is all of the text."""
        return self.text is self._transcript.text

    def has_units_of(self, vocabulary: Vocabulary) -> bool:
        """Whether the units are those of the text, also if it is read by other words."""
        return self.is_whole and not self._transcript.marks and self._pages is vocabulary.phrases["pages"]

    def has_turns(self, words: LabelWords) -> bool:
        """Whether a good part of the units begins with labels that are read by some words."""
        if words not in self._turns:
            units = self.units[:MOST]
            labels = candidates(self.text, units, words, read=self.read.setdefault(words, {}))
            found = accepted(labels, frozenset(), len(units))
            self._turns[words] = len(found) >= 2 and len(found) * 5 >= len(units)
        return self._turns[words]

    def heads(self, vocabulary: Vocabulary) -> list[tuple[Unit, frozenset[str]]]:
        """The first short lines, before the first sentence or turn, each with its words."""
        apart = vocabulary.phrases["classifications"]
        if apart not in self._heads:
            short = self._first_short(vocabulary)
            self._heads[apart] = [(unit, near_words(self.text, unit.start, unit.end)) for unit in short]
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


def _shortened(text: str) -> str:
    if len(text) <= _WHOLE:
        return text
    cut = text.rfind("\n", 0, _BEGINNING) + 1 or _BEGINNING
    tail = text.find("\n", len(text) - _ENDING) + 1 or len(text) - _ENDING
    return f"{text[:cut]}\n\n{text[tail:]}"
