"""Finds the names of a register in a text: one automaton over all forms of those entries that can stand in it."""

from __future__ import annotations

import re
from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

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
#: Forms of fewer words than this are known to be there as soon as they are found by them.
_PAIR: Final = 3
#: After these, no word goes on.
_ENDS: Final = frozenset(" .,;:!?)")
#: What may follow a Korean surname.
_GIVEN: Final = re.compile(r"[a-z']{1,9}(?: [a-z']{1,7})?")
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


class Bearers(NamedTuple):
    """Those who have one name: `surest` says of what kind it is for any of them, `own` whom the register has it for.

    `is_mixed` says that it is a name of persons and of others; `last` is the year in which the last one was born.
    """

    choices: Sequence[Choice]
    numbers: Sequence[int]
    surest: str
    own: Sequence[int]
    is_mixed: bool
    last: int | None


@dataclass(slots=True)
class _Forms:
    """All forms with one key, in the order of their entries, and the words which that needs.

    `is_sure`: wherever these words stand, each of the entries is one that the text may name, for one of the words is
    among those that lead to it.
    """

    key: str
    needed: frozenset[str]
    choices: list[Choice]
    is_sure: bool = True
    bearers: Bearers | None = None


class Index:
    """What is known of a register before a text is seen: which words lead to which of its entries.

    Forms are made only of entries that a text can name, once for all texts: so a large register costs no more than a
    small one.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self._anchors: dict[str, list[int]] = defaultdict(list)
        self._leading: list[tuple[str, ...]] = []
        self._korean: dict[str, list[int]] = defaultdict(list)
        self._korean_surnames: set[str] = set()
        self._russian: dict[str, list[int]] = defaultdict(list)
        self._parts: dict[int, tuple[Parts, ...]] = {}
        self._offices: dict[int, frozenset[str]] = {}
        self.forenames: dict[str, set[int]] = defaultdict(set)
        self._made: set[int] = set()
        self._seen: set[str] = set()
        self._forms: dict[str, _Forms] = {}
        self._waiting: dict[str, dict[str, list[_Forms]]] = {}
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
            self._leading.append(tuple(anchors))
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
                self._wait(forms)
            insort(forms.choices, Choice(number, form), key=itemgetter(0))
            forms.bearers = None
            forms.is_sure = forms.is_sure and not forms.needed.isdisjoint(self._leading[number])

    def _wait(self, forms: _Forms) -> None:
        """Let forms wait at the word at which the fewest wait, for many have a surname, or a syllable, in common.

        Those at one word wait at another one of theirs, so that few are looked at where it stands alone.
        """
        first, *others = sorted(forms.needed, key=lambda one: len(self._waiting.get(one, ()))) or ("",)
        self._waiting.setdefault(first, {}).setdefault(others[0] if others else first, []).append(forms)

    def bearers(self, hit: Hit) -> Bearers:
        """All who have the name of a hit: found once, not for each text, if they are the same in all."""
        forms = self._forms.get(hit.key)
        if forms is None or forms.choices is not hit.choices:
            return self.bearers_among(hit.choices)
        if forms.bearers is None:
            forms.bearers = self.bearers_among(tuple(hit.choices))
        return forms.bearers

    def bearers_among(self, choices: Sequence[Choice]) -> Bearers:
        """Those among whom some choices leave it open."""
        entries = [self.entries[choice.number] for choice in choices]
        kinds = {choice.form.kind for choice in choices}
        born = (entry.born for entry in entries if entry.born is not None)
        return Bearers(
            choices,
            tuple(dict.fromkeys(choice.number for choice in choices)),
            next((kind for kind in ("full", "given", "partial") if kind in kinds), "surname"),
            tuple(choice.number for choice in choices if choice.form.rule == "written"),
            len({entry.kind == "person" for entry in entries}) > 1,
            max(born, default=None),
        )

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
        leading = (words & self._anchors.keys()) - self._seen
        self._seen |= leading
        for number in sorted({number for word in leading for number in self._anchors[word]} - self._made):
            self._make(number)
        for word in (words | {""}) & self._waiting.keys():
            at_word = self._waiting[word]
            for other in (words & at_word.keys()) or at_word.keys() & {""}:
                for forms in at_word[other]:
                    if (len(forms.needed) < _PAIR or forms.needed <= words) and (
                        choices := self._possible(forms, words)
                    ):
                        found[forms.key] = choices
        for key, others in (*self._in_korean(text, even), *self._in_russian(text)):
            known = {choice.number for choice in found.get(key, ())}
            if not known.issuperset(choice.number for choice in others):
                found[key] = [*found.get(key, ()), *(choice for choice in others if choice.number not in known)]
        return found

    def _possible(self, forms: _Forms, words: set[str]) -> list[Choice]:
        """Those entries that have some forms to which the words of a text lead."""
        if forms.is_sure:
            return forms.choices
        return [choice for choice in forms.choices if not words.isdisjoint(self._leading[choice.number])]

    def _in_korean(self, text: str, even: Folded) -> Iterator[tuple[str, list[Choice]]]:
        seen: set[str] = set()
        after = 0
        for _, start, end in self._korean_automaton.find_matches_as_indexes(even.text):
            if start < after or not (given := _GIVEN.match(even.text, end)):
                continue
            after = given.end()
            name = even.text[start + 1 : after]
            if name in seen or not text[even.offset(start + 1)].isupper():
                continue
            seen.add(name)
            for spelling, key in _korean_spellings(name):
                if numbers := self._korean.get(key, ()):
                    form = Form(spelling, spelling, "full", "transliteration")
                    yield spelling, [Choice(number, form) for number in numbers]
                    break

    @cached_property
    def _korean_automaton(self) -> AhoCorasick:
        """Finds the surnames of all Koreans, each with a word after it."""
        surnames = [f" {surname} " for surname in sorted(self._korean_surnames)]
        return AhoCorasick(surnames, MatchKind.LeftmostLongest, store_patterns=False)

    def _in_russian(self, text: str) -> Iterator[tuple[str, list[Choice]]]:
        if not self._russian:
            return
        for word, key in set(map(_russian_word, set(text.split()))):
            if key in self._russian:
                form = Form(word, folded(word), "surname", "transliteration")
                yield form.key, [Choice(number, form) for number in self._russian[key]]


@lru_cache(maxsize=16384)
def _korean_spellings(name: str) -> tuple[tuple[str, str], ...]:
    """What can be a Korean name of two or three words, the longer one first, each with its key."""
    first, *given = name.split()
    keys = ((count, korean_key((first.capitalize(), *given[:count]))) for count in range(len(given), 0, -1))
    return tuple((" ".join((first, *given[:count])), key) for count, key in keys if key)


@lru_cache(maxsize=65536)
def _russian_word(word: str) -> tuple[str, str]:
    """The part of a word that has a capital, and its key, if it looks Russian."""
    match = None if word.islower() else _CAPITALISED.search(word)
    key = russian_key(match[0]) if match else ""
    return (match[0], key) if match and key else ("", "")


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
        # It is used once, so one that is made quickly is better than one that is quick.
        automaton = AhoCorasick(
            [f" {key}" for key in keys],
            MatchKind.LeftmostLongest,
            store_patterns=False,
            implementation=Implementation.NoncontiguousNFA,
        )
        text, patterns = self._even.text, self._patterns
        offset = self._even.offset
        for number, start, end in automaton.find_matches_as_indexes(text):
            key = keys[number]
            if text[end : end + 1] not in _ENDS and not self._is_end(end):
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
