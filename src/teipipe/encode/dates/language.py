"""A language as the search for dates uses it: words, each with a letter, and forms, as expressions over letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ahocorasick_rs import AhoCorasick

from teipipe.encode.dates.numbers import APOSTROPHES, Suffixes
from teipipe.encode.dates.tokens import JUNK, Lexicon


@dataclass(frozen=True)
class Form:
    """One way to write a kind of dates; what it `sets` are values of fields that no word stands for.

    `written` is its regular expression; it is compiled when it is first tried. Whatever it fits has one of the classes
    of each of its `needs`.
    """

    kind: str
    fields: tuple[str, ...]
    sets: Mapping[str, object]
    written: str
    needs: tuple[set[str], ...] = ()

    @cached_property
    def match(self) -> Callable[[str, int], re.Match[str] | None]:
        """Whether it stands at a place of some letters."""
        return re.compile(self.written).match

    def fits(self, letters: str, at: int, ahead: frozenset[str]) -> bool:
        """The same, of a place with some classes from there on: compiled only where they are all that it needs."""
        is_compiled = "match" in self.__dict__
        if not is_compiled and any(ahead.isdisjoint(need) for need in self.needs):
            return False
        return self.match(letters, at) is not None


@dataclass(frozen=True)
class Language:
    """The words and forms of a language.

    `forms` are those that can begin with a letter, in their order; `starts` finds such letters, `anchors` whatever any
    date must have one of. `slashes` is the order of 3/9/1956: day, month or unknown. `words` has the letter and the
    meaning of each word, `letters` the letter for all that belongs to the same classes, `classes` all those that a
    letter may stand for. No form looks further ahead than `reach`.
    """

    title: str
    slashes: str
    suffixes: Suffixes
    anchors: AhoCorasick
    forms: Mapping[str, tuple[Form, ...]]
    starts: re.Pattern[str]
    reach: int
    letters: Mapping[frozenset[str], str] = field(default_factory=dict)
    classes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    words: Mapping[str, tuple[str, object]] = field(default_factory=dict)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The letters for the pieces of a text."""
        return Lexicon(self)

    @cached_property
    def fitting(self) -> dict[tuple[str, int], tuple[Form, ...]]:
        """Which forms fit at a place of some letters, as far as that has been asked for."""
        return {}

    def letter_of(self, classes: frozenset[str]) -> str:
        """The letter for what belongs to these classes."""
        return self.letters.get(classes, JUNK)

    def unknown(self, piece: str) -> tuple[str, object, int]:
        """The letter for a word that isn't there as it stands, its meaning, and how much of the piece it is.

        The ending of a possessive is no part of a word.
        """
        if len(piece) > 3 and piece[-2] in APOSTROPHES and (known := self.words.get(piece[:-2])) is not None:
            return (*known, len(piece) - 2)
        if not piece[0].isupper():
            return JUNK, None, len(piece)
        name = "acronym" if 1 < len(piece) < 6 and piece.isupper() else "capital"
        return self.letter_of(frozenset((name,))), None, len(piece)
