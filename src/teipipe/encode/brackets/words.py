"""The words in a bracket, as classes of brackets know them, and phrases of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*|\d+(?:[.,]\d+)*|[½¼¾]")


class Word(NamedTuple):
    """One word or number: `text` as it is compared, and where it stands in what it was taken from."""

    text: str
    start: int
    end: int
    capital: bool


def words_of(text: str) -> list[Word]:
    """The words and numbers of a text, without punctuation."""
    return [
        Word(match[0].replace("’", "'").casefold(), match.start(), match.end(), match[0][0].isupper())
        for match in _WORD.finditer(text)
    ]


class Found(NamedTuple):
    """A phrase among words: those from `first` to `last`, the latter not included."""

    first: int
    last: int


class Phrases:
    """Phrases that are looked for among words, the longest first."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self.by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted(phrases, key=len, reverse=True):
            texts = tuple(word.text for word in words_of(phrase))
            if texts:
                self.by_first.setdefault(texts[0], []).append(texts)

    def at(self, words: Sequence[Word], index: int) -> int:
        """Where a phrase that begins with the word at an index ends; the index itself if none does."""
        for phrase in self.by_first.get(words[index].text, ()) if index < len(words) else ():
            end = index + len(phrase)
            if end <= len(words) and all(
                word.text == text for word, text in zip(words[index:end], phrase, strict=True)
            ):
                return end
        return index


@dataclass(frozen=True)
class WordClass:
    """What brackets of one class say: one of its `keys`, and nothing else but the words `beside`."""

    keys: Phrases
    beside: frozenset[str] = frozenset()
    needs: frozenset[str] = field(default=frozenset())

    def found_in(
        self, words: Sequence[Word], also: frozenset[str] = frozenset(), *, names: bool = False, numbers: bool = False
    ) -> list[Found]:
        """The keys among words that belong to this class; none if the words don't.

        `also` are further words that may stand there, and so may capitalised ones (`names`) and numbers.
        """
        found: list[Found] = []
        index = 0
        while index < len(words):
            word = words[index]
            end = self.keys.at(words, index)
            if end > index:
                found.append(Found(index, end))
                index = end
            elif (
                word.text in self.beside
                or word.text in also
                or (names and word.capital)
                or (numbers and not word.text[0].isalpha())
            ):
                index += 1
            else:
                return []
        if self.needs and not any(word.text in self.needs for word in words):
            return []
        return found
