"""Which spellings are names of one and the same: full names by their forms, surnames by the full names with them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from teipipe.encode.names.folding import folded
from teipipe.encode.names.forms import forms_of
from teipipe.encode.names.personal import Parts, is_initial, parts_of_text
from teipipe.encode.names.register import Entry, Name
from teipipe.encode.names.traditions import korean_key, russian_forename, russian_key
from teipipe.encode.registers.collecting import ENOUGH, Collected, score_of
from teipipe.encode.registers.suggestion import EntryKind

#: So many others are named that somebody may be the same as.
_MOST: Final = 5
_ARTICLE: Final = re.compile(r"(?i)the ")


@dataclass(slots=True)
class Group:
    """Spellings of one name: the first is the fullest one; `keys` are those of all of its forms."""

    kind: EntryKind
    spellings: list[Collected] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    likely: list[str] = field(default_factory=list)
    is_named: bool = False  # somebody of this surname is mentioned by it alone

    @property
    def label(self) -> str:
        """What it is called."""
        return self.spellings[0].text

    @property
    def score(self) -> float:
        """How much speaks for it, in all spellings together."""
        return score_of(self.spellings, self.kind) + (1.5 if self.is_named else 0)


@dataclass(frozen=True, slots=True)
class Apart:
    """A surname that several have, or nobody's: the groups that it may belong to."""

    spelling: Collected
    groups: tuple[Group, ...]


def pseudo(text: str, kind: EntryKind) -> Entry:
    """An entry with this name alone, by which its forms are made."""
    return Entry("x", kind, (Name(text, "preferred"),))


def persons(spellings: Iterable[Collected]) -> tuple[list[Group], list[Apart]]:
    """The spellings of names of persons, by person; and the surnames that may be those of several of them."""
    full: list[tuple[Collected, Parts]] = []
    single: list[Collected] = []
    for spelling in spellings:
        parts = parts_of_text(spelling.text)
        if parts.forenames:
            full.append((spelling, parts))
        else:
            single.append(spelling)
    people = _People()
    # The fullest names first, so that shorter ones find them.
    for spelling, parts in sorted(full, key=lambda item: (-_fullness(item[1]), -len(item[0].places), item[0].text)):
        people.add(spelling, parts)
    return people.with_surnames(single)


class _People:
    """Groups of names of persons, found by any of their forms; a group is known by its number."""

    def __init__(self) -> None:
        self._groups: list[Group] = []
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._by_surname: dict[str, list[int]] = defaultdict(list)
        self._by_forename: dict[str, list[int]] = defaultdict(list)

    def add(self, spelling: Collected, parts: Parts) -> None:
        """Take in a full name: with the one group whose it may be, else as a new one."""
        other = tradition(parts)
        keys = [folded(spelling.text), other] if other else [folded(spelling.text)]
        fitting = list(dict.fromkeys(number for key in keys for number in self._by_key.get(key, ())))
        if len(fitting) == 1:
            self._take(fitting[0], spelling, parts, other)
            return
        likely = fitting or self._likely(parts)
        self._groups.append(Group("person", likely=[self._groups[number].label for number in likely[:_MOST]]))
        self._take(len(self._groups) - 1, spelling, parts, other)

    def _likely(self, parts: Parts) -> list[int]:
        """Those of the same surname whose forenames begin with the same letter, where one is an initial."""
        first = parts.forenames[0]
        found = []
        for number in self._by_surname.get(folded(parts.surname), ()):
            others = [parts_of_text(spelling.text).forenames[0] for spelling in self._groups[number].spellings]
            if any(one[0] == first[0] and (is_initial(one) or is_initial(first)) for one in others):
                found.append(number)
        return found

    def with_surnames(self, single: list[Collected]) -> tuple[list[Group], list[Apart]]:
        """All groups, when names of one word have been taken in; those that several may have, apart."""
        apart: list[Apart] = []
        alone: dict[str, Group] = {}
        for spelling in single:
            owners = [self._groups[number] for number in self._owners(spelling)]
            if len(owners) == 1:
                owners[0].spellings.append(spelling)
            elif owners:
                apart.append(Apart(spelling, tuple(owners)))
                for owner in owners:
                    owner.is_named = owner.is_named or spelling.score("person") >= ENOUGH
            else:
                key = folded(spelling.text)
                group = alone.setdefault(russian_key(spelling.text) or key, Group("person"))
                group.spellings.append(spelling)
                group.keys.add(key)
        return [*self._groups, *alone.values()], apart

    def _owners(self, spelling: Collected) -> list[int]:
        key = folded(spelling.text)
        owners = self._by_surname.get(key) or []
        if not owners and (russian := russian_key(spelling.text)):
            owners = self._by_surname.get(f"russian: {russian}") or []
        if not owners and "Sir" in spelling.titles:
            owners = self._by_forename.get(key) or []
        return owners

    def _take(self, number: int, spelling: Collected, parts: Parts, other: str) -> None:
        group = self._groups[number]
        group.spellings.append(spelling)
        is_first = len(group.spellings) == 1
        for form in forms_of(pseudo(spelling.text, "person")):
            if form.kind == "surname":
                _once(self._by_surname[form.key], number)
            elif is_first or form.key == folded(spelling.text):
                group.keys.add(form.key)
                _once(self._by_key[form.key], number)
        if other:
            group.keys.add(other)
            _once(self._by_key[other], number)
        if russian := russian_key(parts.surname):
            _once(self._by_surname[f"russian: {russian}"], number)
        for forename in parts.forenames:
            _once(self._by_forename[folded(forename)], number)


def _once(numbers: list[int], number: int) -> None:
    if not numbers or numbers[-1] != number:
        numbers.append(number)


def _fullness(parts: Parts) -> int:
    """How much of a name is written out."""
    return sum(len(name.strip(".")) for name in parts.forenames)


def tradition(parts: Parts) -> str:
    """What all spellings of a name have in common, by the way in which it was brought into our letters."""
    if parts.eastern:
        key = korean_key((parts.surname, *parts.forenames))
        return f"korean: {key}" if key else ""
    surname = russian_key(parts.surname)
    forename = parts.forenames[0]
    if not surname or len(forename.rstrip(".")) < 2:
        return ""
    return f"russian: {russian_forename(forename)} {surname}"


def others(spellings: Iterable[Collected], kind: EntryKind) -> list[Group]:
    """The spellings of names of organisations or places: one group for what differs in print, and its abbreviation."""
    groups: list[Group] = []
    by_key: dict[str, Group] = {}
    ordered = sorted(spellings, key=lambda each: (-len(each.text), each.text))
    for spelling in ordered:
        keys = {_bare(form.key) for form in forms_of(pseudo(spelling.text, kind))} | {_bare(folded(spelling.text))}
        group = next((by_key[key] for key in keys if key in by_key), None)
        if group is None:
            group = Group(kind)
            groups.append(group)
        group.spellings.append(spelling)
        keys |= {folded(short) for short in spelling.shorts}
        group.keys |= keys
        for key in keys:
            by_key.setdefault(key, group)
    return _abbreviated(groups) if kind == "org" else groups


def _abbreviated(groups: list[Group]) -> list[Group]:
    """An abbreviation that is made of the first letters of one name alone is taken for that name's."""
    by_initials: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        if " " in group.label:
            by_initials[_initials(group.label)].append(group)
    kept: list[Group] = []
    for group in groups:
        owners = by_initials.get(group.label, [])
        if len(owners) == 1 and len(group.label) > 2 and group.label.isupper():
            owners[0].spellings += group.spellings
            owners[0].keys |= group.keys
        else:
            kept.append(group)
    return kept


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.split(r"[\s-]+", name) if word[:1].isupper())


def _bare(key: str) -> str:
    return _ARTICLE.sub("", key, count=1)


def strong(groups: Iterable[Group]) -> Iterator[Group]:
    """Those for which enough speaks."""
    return (group for group in groups if group.score >= ENOUGH)
