"""Who is named in the words of a label: names, honorifics, offices, and what is repeated."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from teipipe.encode.structure.patterns import first_word
from teipipe.encode.structure.vocabulary import LabelWords

_WORD: Final = re.compile(r"\S+")
_COMPLETED: Final = re.compile(r"\[[^\[\]]*\]")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]{1,2}\.[\s-]?){1,3}$")
_ASIDE: Final = re.compile(r"(?:\s*\([^()\n]{1,80}\)){1,3}\s*$")
_NAME_WORD: Final = re.compile(r"[\[(“\"„]?[^\W\d_](?:['’\-.\[\]]?[^\W_]){0,40}[.\])”\"]{0,2}|\d{1,3}")


class Named(NamedTuple):
    """One who is named in a label: offsets of the name, of an honorific, and of what is repeated before it."""

    name: tuple[int, int]
    role: tuple[int, int] | None = None
    repeated: tuple[tuple[int, int], ...] = ()

    def moved(self, by: int) -> Named:
        """The same, so much further on."""
        role = (self.role[0] + by, self.role[1] + by) if self.role else None
        repeated = self.repeated and tuple((start + by, end + by) for start, end in self.repeated)
        return Named((self.name[0] + by, self.name[1] + by), role, repeated)


class ReadLabel(NamedTuple):
    """What the words of a label say, by offsets in them."""

    named: tuple[Named, ...]
    sure: bool
    key: str


def read_label(words: str, known: LabelWords) -> ReadLabel | None:
    """What the words of a label say, None if they are none."""
    aside = _ASIDE.search(words) if words.endswith(")") else None
    words = words[: aside.start()] if aside else words
    end = len(words)
    first = first_word(words, 0, end)
    if not words or known.not_labels.whole(words, 0, end, first):
        return None
    key = " ".join(words.casefold().split())
    if known.offices.whole(words, 0, end, first) or known.collective.whole(words, 0, end, first):
        return ReadLabel((Named((0, end)),), True, key)
    named = _People(words, known).named()
    return ReadLabel(named, any(one.role for one in named), key) if named else None


def _whole_word(phrase: str, known: frozenset[str]) -> str:
    """An honorific that an editor has completed, "Com[rade]", as it is known: whole, or as it was."""
    whole = phrase.replace("[", "").replace("]", "")
    return whole if whole in known else _COMPLETED.sub("", phrase)


class _People:
    """Reads those who are named in the words of a label."""

    def __init__(self, text: str, words: LabelWords) -> None:
        self._text = text
        self._words = words

    def named(self) -> tuple[Named, ...] | None:
        """Those who are named, None if anything else is."""
        parts: list[tuple[int, int]] = []
        for start, end in self._parts():
            if parts and _INITIALS.fullmatch(self._text, start, end):
                parts[-1] = parts[-1][0], end
            elif not (parts and self._is_office(start, end)):
                parts.append((start, end))
        first = self._person(*parts[0]) if parts else None
        if first is None:
            return None
        named = [first, *(one for part in parts[1:] if (one := self._person(*part)) is not None)]
        if len(named) == len(parts):
            return tuple(named)
        # "Mr. Gomulka, First Secretary of the Central Committee": what follows the comma is his office.
        is_office = (first.role or len(parts) == 2) and self._text[parts[0][1]] == ","
        return (first,) if is_office else None

    def _is_office(self, start: int, end: int) -> bool:
        """Whether what follows a name is an office: "Dr. Adenauer, Bundeskanzler"."""
        if not self._text[:start].rstrip().endswith(","):
            return False
        words = " ".join(self._text[start:end].split())
        return words.casefold() in self._words.honorifics or bool(self._words.offices.whole(words, 0, len(words)))

    def _parts(self) -> Iterable[tuple[int, int]]:
        at = 0
        for match in self._words.between.finditer(self._text):
            if match.start() > at:
                yield at, match.start()
            at = match.end()
        if at < len(self._text):
            yield at, len(self._text)

    def _person(self, start: int, end: int) -> Named | None:
        words = [match.span() for match in _WORD.finditer(self._text, start, end)]
        words = [(one, two - 1) if self._text[two - 1] == "," else (one, two) for one, two in words]
        if not words or len(words) > 9:
            return None
        role_from, name_from, repeated = self._honorifics(words)
        name = words[name_from:]
        role = (words[role_from][0], words[name_from - 1][1]) if name_from > role_from else None
        if not name:
            return Named((words[role_from][0], end)) if role else None
        if len(name) > 6 or not all(self._is_name(*word) for word in name):
            return None
        if not self._text[name[0][0] : name[0][0] + 2].strip('[(“"„')[:1].isupper() and role is None:
            return None
        return Named((name[0][0], end), role, repeated)

    def _honorifics(self, words: list[tuple[int, int]]) -> tuple[int, int, tuple[tuple[int, int], ...]]:
        """Where the honorifics begin that count, where the name does, and those that are there once too often."""
        known = self._words.honorifics
        texts = [self._text[start:end].casefold() for start, end in words]
        is_completed = "[" in self._text
        at, spans = 0, []
        while at < len(words):
            most = self._words.longest_honorific if is_completed else self._words.honorific_words.get(texts[at], 0)
            for size in range(min(most, len(words) - at), 0, -1):
                phrase = " ".join(texts[at : at + size])
                if "[" in phrase:
                    phrase = _whole_word(phrase, known)
                if phrase in known and not (len(phrase) == 2 and at + size >= len(words)):
                    spans.append((at, at + size, phrase))
                    at += size
                    break
            else:
                break
        repeated = 0
        while repeated + 1 < len(spans) and spans[repeated][2] == spans[repeated + 1][2]:
            repeated += 1
        first = spans[repeated][0] if spans else 0
        return first, at, tuple((words[one][0], words[two - 1][1]) for one, two, _ in spans[:repeated])

    def _is_name(self, start: int, end: int) -> bool:
        word = self._text[start:end]
        match = _NAME_WORD.fullmatch(word)
        if match is None:
            return False
        first = word.lstrip('[(“"„')[:1]
        return first.lower() != first or first.lower() == first.upper() or word.casefold() in self._words.particles
