"""Finds the names of a register in a text: at each word with which one of them begins, the longest one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import compress, count
from typing import Final

from teipipe.encode.names.folding import Folded
from teipipe.encode.names.index import ALONE, Choice, Hit, Index, add_size, divided
from teipipe.encode.names.otherwise import otherwise

#: After these, no word goes on.
_ENDS: Final = frozenset(" .,;:!?)")


class Matcher:
    """The names of an index in one text."""

    def __init__(self, index: Index, text: str) -> None:
        self._index = index
        self._even = even = Folded(text)
        self._spaced = f"{divided(even.text)}  "  # the last word is followed by one, too, if only by an empty one
        self._pieces = self._spaced.split(" ")
        self._words = words = frozenset(self._pieces)
        index.prepare(words)
        self._forms, self._signed = index.forms, index.signed
        self._choices: dict[str, Sequence[Choice]] = {}
        self._otherwise = self._with_others(otherwise(index, text, even, words))

    def choices(self, key: str) -> Sequence[Choice]:
        """The entries that have a form with this key."""
        choices = self._choices.get(key)
        if choices is None:
            choices = self._choices[key] = self._index.choices(key, self._words)
        return choices

    def has_any(self, words: Set[str]) -> bool:
        """Whether any of some words, folded, stands in the text."""
        return not self._words.isdisjoint(words)

    def _with_others(self, others: dict[str, list[Choice]]) -> list[str]:
        """Add those whom the register writes otherwise to those who have a name in it; the names that they add to."""
        found: list[str] = []
        for key, choices in others.items():
            known = self.choices(key)
            numbers = {choice.number for choice in known}
            if added := {choice.number: choice for choice in choices if choice.number not in numbers}:
                self._choices[key] = [*known, *added.values()]
                found.append(key)
        return found

    def _starts(self) -> dict[str, dict[str, tuple[int, ...]]]:
        """The words of the text with which forms begin, with those that follow, as the index has them."""
        starts = self._index.starts
        found = {word: starts[word] for word in self._words & starts.keys()}
        for key in self._otherwise:
            words = divided(key).strip().split(" ")
            found[words[0]] = dict(found.get(words[0], {}))
            add_size(found[words[0]], words)
        return found

    def hits(self) -> list[Hit]:
        """All names in the text, in order; of those that begin at the same place the longest one."""
        starts = self._starts()
        pieces, spaced, stretch = self._pieces, self._spaced, self._even.stretch
        hits: list[Hit] = []
        at = free = 0
        # What picks the words out goes on in C, for most of them begin no name.
        for number in compress(count(), map(starts.__contains__, pieces)):
            if number < free:
                continue
            piece, following = pieces[number], pieces[number + 1]
            following_sizes = starts[piece]
            sizes = following_sizes.get(following) or following_sizes.get(ALONE)
            if sizes is None:
                continue
            # It is the next one that is looked at, for all that are written like this are.
            at = spaced.index(f" {piece} " if sizes[-1] == 1 else f" {piece} {following} ", at) + 1
            end = at + len(piece)
            for size in sizes:
                last = end
                if size > 1:
                    last += size - 1 + sum(map(len, pieces[number + 1 : number + size]))
                if found := self._form(at, last):
                    start, key, choices = found
                    first, after = stretch(start, start + len(key))
                    hits.append(Hit(first, after, choices, key))
                    free, end = number + size, last
                    break
            at = end
        return hits

    def _form(self, at: int, end: int) -> tuple[int, str, Sequence[Choice]] | None:
        """The form whose words stand from `at` to `end`, and where it begins: with these, or with a sign before."""
        text = self._even.text
        body = text[at:end]
        if body in self._signed:  # they are longer
            for key, before in self._signed[body]:
                start, last = at - before, at - before + len(key)
                if text.startswith(f" {key}", start - 1) and self._is_end(last) and (choices := self.choices(key)):
                    return start, key, choices
        if text[at - 1] != " " or (text[end : end + 1] not in _ENDS and not self._is_end(end)):
            return None
        choices = self._choices.get(body) or (self.choices(body) if body in self._forms else ())
        return (at, body, choices) if choices else None

    def inner(self, hit: Hit) -> Iterator[Hit]:
        """The names within a name: the organisation in that of a congress."""
        words = hit.key.split(" ")
        starts = [0]
        for word in words:
            starts.append(starts[-1] + len(word) + 1)
        at = 0
        base = self._even.index(hit.start)
        while at < len(words):
            for to in range(len(words), at, -1):
                key = " ".join(words[at:to])
                key = key if self.choices(key) else key.removesuffix("s").removesuffix("'")
                if (at, to) != (0, len(words)) and (choices := self.choices(key)):
                    start = base + starts[at]
                    end = start + len(key)
                    yield Hit(self._even.offset(start), self._even.offset(end - 1) + 1, choices, key)
                    at = to - 1
                    break
            at += 1

    def _is_end(self, end: int) -> bool:
        """Whether no word goes on here; a possessive may."""
        after = self._even.text[end : end + 3]
        if after[:1] in _ENDS:
            return True
        if after[:1] == "'" and after[1:2].isalnum():
            return after[1] == "s" and not after[2:].isalnum()
        return not after[:1].isalnum() and after[:1] != "_"
