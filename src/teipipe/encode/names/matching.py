"""Finds the names of a register in a text: one automaton over all forms of those entries that can stand in it."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from teipipe.encode.names.folding import Folded, folded
from teipipe.encode.names.forms import Form, forms_of
from teipipe.encode.names.lexicon import bare
from teipipe.encode.names.personal import Parts, parts_of
from teipipe.encode.names.register import Entry, Register
from teipipe.encode.names.traditions import (
    chinese_surnames,
    korean_key,
    korean_surname,
    russian_key,
)

_RUN: Final = re.compile(r"[^\W_]+")
#: What divides words, for the vocabulary of a text: all of it is blank there.
_DIVIDING: Final = {ord(sign): " " for sign in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\u00a7"}
_CAPITALISED: Final = re.compile(r"[^\W\d_a-z]\w{4,}")
#: The title of an office: words that have capitals, and those between them; it has at least so many blanks.
_OFFICE: Final = re.compile(r"[^\W\d_a-z][\w’'-]*(?: (?:(?:of|for|the|and|in|to the|on) )*[^\W\d_a-z][\w’'-]*)+")
_WORDS: Final = 2
#: What is shorter may be abbreviated with full stops in the text, and without them in the register, or the other way.
_DOTTED: Final = 12
#: Titles after which a forename, or the first word of a name, stands for the whole: "Sir Roger", "Prince Wan".
_NOBLE: Final = frozenset({"sir", "dame", "lord", "lady", "prince", "princess", "king", "queen", "emperor", "shah"})


class Choice(NamedTuple):
    """An entry, by its number in the index, that a stretch of text may mean, and by which of its forms."""

    number: int
    form: Form


class Hit(NamedTuple):
    """A name in a text (offsets of what was folded): all entries that have this form; `key` is what stands there."""

    start: int
    end: int
    choices: Sequence[Choice]
    key: str


@dataclass(slots=True)
class _Forms:
    """All forms with one key, in the order of their entries, and the words which that needs.

    `is_sure`: wherever these words stand, each of the entries is one that the text may name.
    """

    key: str
    needed: frozenset[str]
    choices: list[Choice]
    is_sure: bool = True


class Index:
    """What is known of a register before a text is seen: which words lead to which of its entries.

    Forms are made only of entries that a text can name, once for all texts: so a large register costs no more than a
    small one.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self._anchors: dict[str, list[int]] = defaultdict(list)
        self._korean: dict[str, list[int]] = defaultdict(list)
        self._korean_surnames: set[str] = set()
        self._russian: dict[str, list[int]] = defaultdict(list)
        self._parts: dict[int, tuple[Parts, ...]] = {}
        self._offices: dict[int, frozenset[str]] = {}
        self.forenames: dict[str, set[int]] = defaultdict(set)
        self._made: set[int] = set()
        self._forms: dict[str, _Forms] = {}
        self._waiting: dict[str, list[_Forms]] = {}
        for number, entry in enumerate(entries):
            anchors: set[str] = set()
            for name in entry.names:
                if entry.kind == "person" and name.type != "epithet":
                    anchors.update(self._personal(number, name.text, name.surname, name.title))
                else:
                    runs = _RUN.findall(folded(name.text))
                    anchors.add(max(runs, key=len, default=""))
                    if name.text.isupper() and len(name.text) < _DOTTED:
                        anchors.update((runs[0][:1], "".join(runs)))
            for anchor in anchors:
                self._anchors[anchor].append(number)

    def _personal(self, number: int, text: str, surname: str, title: str) -> Iterable[str]:
        """The words one of which stands wherever this name does: those of its surname."""
        head, comma, rest = text.partition(",")
        words = (surname or head).split() if comma or surname else text.split()
        if not words:
            return
        first = folded(words[0])
        runs = _RUN.findall(folded(words[-1]))
        others = chinese_surnames(first)
        spellings = korean_surname(first)
        if comma or surname or others or spellings or (len(words) == 2 and "-" in words[1]):
            runs += _RUN.findall(first)
        noble = {folded(word) for word in (*title.split(), *rest.split())}
        if noble & _NOBLE:
            runs += _RUN.findall(folded(text))
        for given in rest.split() if comma else words[:-1]:
            if len(given) > 2:
                self.forenames[folded(given)].add(number)
        for spelling in others:
            runs += _RUN.findall(spelling)
        if not comma and spellings and (key := korean_key(tuple(words))):
            self._korean[key].append(number)
            self._korean_surnames.update(spellings)
        if key := russian_key((surname or (head if comma else words[-1])).strip()):
            self._russian[key].append(number)
        yield from {run for run in runs if len(run) > 1 or len(runs) == 1}

    def _make(self, number: int) -> None:
        """Make the forms of an entry, with those of the others that have the same key."""
        self._made.add(number)
        for form in forms_of(self.entries[number]):
            forms = self._forms.get(form.key)
            if forms is None:
                forms = self._forms[form.key] = _Forms(form.key, frozenset(_RUN.findall(form.key)), [])
                # It waits at the word at which the fewest wait: many have a surname, or a syllable, in common.
                word = min(forms.needed, key=lambda one: len(self._waiting.get(one, ())), default="")
                self._waiting.setdefault(word, []).append(forms)
            insort(forms.choices, Choice(number, form), key=itemgetter(0))
            forms.is_sure = forms.is_sure and len(forms.needed) == 1 and all(map(self._has(number), forms.needed))

    def _has(self, number: int) -> Callable[[str], bool]:
        """Whether a word is one that stands wherever an entry is named."""

        def is_anchor(word: str) -> bool:
            numbers = self._anchors.get(word, [])
            at = bisect_left(numbers, number)
            return at < len(numbers) and numbers[at] == number

        return is_anchor

    def parts(self, number: int) -> tuple[Parts, ...]:
        """The parts of all names of a person."""
        if number not in self._parts:
            names = self.entries[number].names
            self._parts[number] = tuple(parts_of(name) for name in names if name.type != "epithet")
        return self._parts[number]

    def offices(self, number: int) -> frozenset[str]:
        """The words in which the register says what offices an entry has."""
        if number not in self._offices:
            entry = self.entries[number]
            words = " ".join((*entry.offices, entry.description)).split()
            self._offices[number] = frozenset(bare(word.strip(",;:()")) for word in words)
        return self._offices[number]

    def titles(self, number: int) -> tuple[str, ...]:
        """The titles of the offices of an entry, as far as each goes without a date: "Secretary of State"."""
        entry = self.entries[number]
        said = (_OFFICE.match(text) for text in (*entry.offices, entry.description))
        return tuple(match[0].strip() for match in said if match and match[0].count(" ") >= _WORDS)

    def patterns(self, text: str, even: Folded) -> dict[str, list[Choice]]:
        """What to look for in a text: the keys of forms whose words all stand in it, and spellings that it has."""
        words = set(even.text.translate(_DIVIDING).split())
        found: dict[str, list[Choice]] = {}
        selected = {number for word in words & self._anchors.keys() for number in self._anchors[word]}
        for number in sorted(selected - self._made):
            self._make(number)
        for word in (words | {""}) & self._waiting.keys():
            for forms in self._waiting[word]:
                if forms.needed <= words:
                    choices = forms.choices
                    if not forms.is_sure:
                        choices = [choice for choice in choices if choice.number in selected]
                    if choices:
                        found[forms.key] = choices
        for key, others in (*self._in_korean(text, even, words), *self._in_russian(text)):
            known = {choice.number for choice in found.get(key, ())}
            found[key] = [*found.get(key, ()), *(choice for choice in others if choice.number not in known)]
        return found

    def _in_korean(self, text: str, even: Folded, words: set[str]) -> Iterator[tuple[str, list[Choice]]]:
        surnames = sorted({run for name in self._korean_surnames for run in _RUN.findall(name)} & words)
        if not surnames:
            return
        pattern = re.compile(
            rf" ((?:{'|'.join(map(re.escape, self._korean_surnames))}) [a-z']{{1,9}}(?: [a-z']{{1,7}})?)"
        )
        seen: set[str] = set()
        for match in pattern.finditer(even.text):
            if match[1] in seen or not text[even.offset(match.start(1))].isupper():
                continue
            seen.add(match[1])
            parts = match[1].split()
            for count in range(len(parts), 1, -1):
                key = korean_key((parts[0].capitalize(), *parts[1:count]))
                if numbers := self._korean.get(key, ()) if key else ():
                    spelling = " ".join(parts[:count])
                    form = Form(spelling, spelling, "full", "transliteration")
                    yield spelling, [Choice(number, form) for number in numbers]
                    break

    def _in_russian(self, text: str) -> Iterator[tuple[str, list[Choice]]]:
        if not self._russian:
            return
        words = (_CAPITALISED.search(word) for word in set(text.split()) if not word.islower())
        for word in {match[0] for match in words if match}:
            numbers = self._russian.get(russian_key(word), ())
            if numbers:
                key = folded(word)
                form = Form(word, key, "surname", "transliteration")
                yield key, [Choice(number, form) for number in numbers]


@lru_cache(maxsize=8)
def index_of(register: Register) -> Index:
    """The index of a register, made once in a process."""
    return Index(register.entries)


class Matcher:
    """The names of an index in one text."""

    def __init__(self, index: Index, text: str) -> None:
        self._even = Folded(text)
        self._patterns = index.patterns(text, self._even)

    def choices(self, key: str) -> Sequence[Choice]:
        """The entries that have a form with this key."""
        return self._patterns.get(key, ())

    def hits(self) -> Iterator[Hit]:
        """All names in the text, in order; of those that begin at the same place the longest one."""
        keys = list(self._patterns)
        if not keys:
            return
        automaton = AhoCorasick([f" {key}" for key in keys], MatchKind.LeftmostLongest, store_patterns=False)
        text, patterns = self._even.text, self._patterns
        offset = self._even.offset
        for number, start, end in automaton.find_matches_as_indexes(text):
            key = keys[number]
            if not self._is_end(end):
                key = self._shorter(key)
                end = start + 1 + len(key)
                if not key or not self._is_end(end):
                    continue
            yield Hit(offset(start + 1), offset(end - 1) + 1, patterns[key], key)

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
                key = key if key in self._patterns else key.removesuffix("s").removesuffix("'")
                if (at, to) != (0, len(words)) and key in self._patterns:
                    start = base + starts[at]
                    end = start + len(key)
                    yield Hit(self._even.offset(start), self._even.offset(end - 1) + 1, self._patterns[key], key)
                    at = to - 1
                    break
            at += 1

    def _is_end(self, end: int) -> bool:
        """Whether no word goes on here; a possessive may."""
        after = self._even.text[end : end + 3]
        if after[:1] == "'" and after[1:2].isalnum():
            return after[1] == "s" and not after[2:].isalnum()
        return not after[:1].isalnum() and after[:1] != "_"

    def _shorter(self, key: str) -> str:
        """The longest key that a key begins with."""
        while " " in key:
            key = key.rpartition(" ")[0]
            if key in self._patterns:
                return key
        return ""
