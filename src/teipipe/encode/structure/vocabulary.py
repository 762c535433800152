"""The phrases of a profile, ready to be sought: by the first word of a line, so that most lines cost one look-up."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from teipipe.encode.structure.patterns import Phrases, phrases_of
from teipipe.encode.structure.profile import Profile

#: A line that is longer is no head, field or signature.
SHORT: Final = 240
_SOUGHT: Final = (
    "classifications", "present", "absent", "scenes", "recorders", "summaries", "archives", "salutations", "closings",
    "signatures", "postscripts", "notes", "acknowledgements", "pages", "bylines", "ordinals", "narrative",
)  # fmt: skip
#: The lists by which labels of turns are read, and among them those of what begins lines that are no turns.
_LABELLING: Final = (
    "honorifics", "offices", "collective", "particles", "conjunctions", "not-labels",
    "recorders", "narrative", "archives",
)  # fmt: skip
_OTHERS: Final = ("recorders", "narrative", "archives")


class LabelWords:
    """What labels of turns are read by, compiled; profiles that have the same share it, and what is read by it."""

    def __init__(self, turns: tuple[str, ...], lists: dict[str, tuple[str, ...]]) -> None:
        self.kinds = frozenset(turns)
        self.honorifics = frozenset(word.casefold() for word in lists["honorifics"])
        #: How many words an honorific has that begins with a word, at most.
        self.honorific_words: dict[str, int] = {}
        for honorific in self.honorifics:
            first, *more = honorific.split()
            self.honorific_words[first] = max(self.honorific_words.get(first, 0), 1 + len(more))
        self.longest_honorific = max(self.honorific_words.values(), default=0)
        self.offices = phrases_of(lists["offices"])
        self.collective = phrases_of(lists["collective"])
        self.particles = frozenset(word.casefold() for word in lists["particles"])
        ands = "|".join(re.escape(word) for word in lists["conjunctions"]) or "(?!)"
        self.between = re.compile(rf"\s+(?:{ands}|&|/)\s+|\s*[/&]\s*|,\s+(?:(?:{ands})\s+)?")
        self.not_labels = phrases_of(lists["not-labels"])
        self._others: dict[str, list[Phrases]] = {}
        for name in _OTHERS:
            phrases = phrases_of(lists[name])
            for first in phrases.first_words:
                self._others.setdefault(first, []).append(phrases)

    def is_other(self, text: str, start: int, end: int, first: str) -> bool:
        """Whether a line begins as those do that nobody says, though it may look like a label."""
        found = (*self._others.get(first, ()), *self._others.get("", ()))
        return any(phrases.start(text, start, end, first) for phrases in found)


@lru_cache(maxsize=32)
def _label_words(turns: tuple[str, ...], lists: tuple[tuple[str, ...], ...]) -> LabelWords:
    return LabelWords(turns, dict(zip(_LABELLING, lists, strict=True)))


class Vocabulary:
    """What a profile knows, compiled."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        lists = dict(profile.words)
        self.phrases = {name: phrases_of(lists.get(name, ())) for name in _SOUGHT}
        self.phrases |= {f"field:{name}": phrases_of(phrases) for name, phrases in profile.fields}
        self.phrases |= {f"division:{name}": phrases_of(phrases) for name, phrases in profile.divisions}
        self.titles = phrases_of(lists.get("titles", ()))
        self._names = {
            prefix: tuple(name for name in self.phrases if name.startswith(prefix))
            for prefix in ("field:", "division:")
        }
        self._by_first: dict[str, tuple[str, ...]] = {}
        self._always = tuple(name for name, phrases in self.phrases.items() if "" in phrases.first_words)
        for name, phrases in self.phrases.items():
            for first in phrases.first_words - {""}:
                self._by_first[first] = (*self._by_first.get(first, self._always), name)
        self.offices = phrases_of(lists.get("offices", ()))
        self.labels = _label_words(profile.turns, tuple(lists.get(name, ()) for name in _LABELLING))
        self.months = phrases_of(lists.get("months", ()))
        stages = sorted((re.escape(stage) for stage in lists.get("stages", ())), key=len, reverse=True)
        self.stage = re.compile(rf"\((?:{'|'.join(stages) or '(?!)'})(?!\w)[^()\n]{{0,100}}\)", re.IGNORECASE)

    def whole(self, name: str, text: str, start: int, end: int, first: str) -> re.Match[str] | None:
        """A phrase of a list that is all of a line, whose first word is known."""
        if end - start > SHORT or name not in self.lists_at(first):
            return None
        return self.phrases[name].whole(text, start, end, first)

    def names(self, prefix: str) -> tuple[str, ...]:
        """The lists whose names begin with a prefix ("field:", "division:")."""
        return self._names[prefix]

    def lists_at(self, first: str) -> tuple[str, ...]:
        """The lists that may have a phrase at the beginning of a line, by its first word."""
        return self._by_first.get(first, self._always)


@lru_cache(maxsize=32)
def vocabulary_of(profile: Profile) -> Vocabulary:
    """The phrases of a profile, compiled once."""
    return Vocabulary(profile)
