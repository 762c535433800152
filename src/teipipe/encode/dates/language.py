"""A language as the search for dates uses it: words, each with a letter, and forms, as expressions over letters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ahocorasick_rs import AhoCorasick

from teipipe.encode.dates.automaton import Automaton
from teipipe.encode.dates.numbers import Suffixes
from teipipe.encode.dates.tokens import JUNK, Lexicon


@dataclass(frozen=True)
class Language:
    """The words and forms of a language.

    `automaton` has its forms; `starts` finds letters that one can begin with, `anchors` whatever any date must have one
    of. `slashes` is the order of 3/9/1956: day, month or unknown. `words` has the letter and the meaning of each word,
    `letters` the letter for all that belongs to the same classes.
    """

    title: str
    slashes: str
    suffixes: Suffixes
    anchors: AhoCorasick
    automaton: Automaton
    starts: re.Pattern[str]
    letters: Mapping[frozenset[str], str] = field(default_factory=dict)
    words: Mapping[str, tuple[str, object]] = field(default_factory=dict)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The letters for the pieces of a text."""
        return Lexicon(self)

    def letter_of(self, classes: frozenset[str]) -> str:
        """The letter for what belongs to these classes."""
        return self.letters.get(classes, JUNK)
