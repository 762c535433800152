"""What is known of a register before a text is seen: by which words its entries are found, and in which forms."""

from __future__ import annotations

import re
from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from teipipe.encode.names.folding import folded
from teipipe.encode.names.forms import Form, forms_of
from teipipe.encode.names.lexicon import bare
from teipipe.encode.names.personal import Parts, parts_of
from teipipe.encode.names.register import Entry, Register
from teipipe.encode.names.traditions import chinese_surnames, korean_key, korean_surname, russian_key

_RUN: Final = re.compile(r"[^\W_]+")
#: What divides words: all of it is blank where they are looked at one by one.
_DIVIDING: Final = {ord(sign): " " for sign in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"}
_DIVIDING_TOO: Final = re.compile(r"[^\w\x00-\x7f]")
#: Stands for the word that would follow one that is a name alone; no word is like it.
ALONE: Final = " "
#: The title of an office: words that have capitals, and those between them; it has at least so many blanks.
_OFFICE: Final = re.compile(r"[^\W\d_a-z][\w’'-]*(?: (?:(?:of|for|the|and|in|to the|on) )*[^\W\d_a-z][\w’'-]*)+")
_WORDS: Final = 2
#: What is shorter may be abbreviated with full stops in the text, and without them in the register, or the other way.
_DOTTED: Final = 12
#: Titles after which a forename, or the first word of a name, stands for the whole: "Sir Roger", "Prince Wan".
_NOBLE: Final = frozenset({"sir", "dame", "lord", "lady", "prince", "princess", "king", "queen", "emperor", "shah"})


def divided(even: str) -> str:
    """What was folded, with blanks for all signs that are no part of a word; as long as it was."""
    if not even.isascii():
        even = _DIVIDING_TOO.sub(" ", even)
    return even.translate(_DIVIDING)


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

    `is_mixed` says that it is a name of persons and of others; `last` is the year in which the last one was born;
    `among` are all who have it.
    """

    choices: Sequence[Choice]
    numbers: Sequence[int]
    surest: str
    own: Sequence[int]
    is_mixed: bool
    last: int | None
    among: frozenset[int]


@dataclass(slots=True)
class _Forms:
    """All forms with one key, in the order of their entries, and the words which that needs.

    `is_sure`: wherever these words stand, each of the entries is one that the text may name, for one of the words is
    among those that lead to it.
    """

    needed: frozenset[str]
    choices: list[Choice]
    is_sure: bool = True
    bearers: Bearers | None = None


def add_size(sizes: dict[str, tuple[int, ...]], words: Sequence[str]) -> None:
    """Note how many words some form has that begins with a word, by the one that follows."""
    following = words[1] if len(words) > 1 else ALONE
    known = sizes.get(following) or sizes.get(ALONE, ())
    if len(words) in known:
        return
    sizes[following] = tuple(sorted((*known, len(words)), reverse=True))
    if following == ALONE:  # it is one of the forms wherever the word stands, whatever follows
        sizes.update({other: (*longer, 1) for other, longer in sizes.items() if other != ALONE})


class Index:
    """What is known of a register before a text is seen: which words lead to which of its entries.

    Forms are made only of entries that a text can name, once for all texts: so a large register costs no more than a
    small one. `starts` tells which words follow the one with which a form begins, and of how many words the forms are
    that begin with both, the longest first; ALONE follows one that is a form itself. `signed` has the forms of some
    words that begin or end with another sign, and where their first word stands in them: "(j.)" of "j".
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self._anchors: dict[str, list[int]] = defaultdict(list)
        self._leading: list[tuple[str, ...]] = []
        self.korean: dict[str, list[int]] = defaultdict(list)
        self.korean_surnames: set[str] = set()
        self.russian: dict[str, list[int]] = defaultdict(list)
        self.foreign: set[str] = set()
        self._parts: dict[int, tuple[Parts, ...]] = {}
        self._offices: dict[int, frozenset[str]] = {}
        self.forenames: dict[str, set[int]] = defaultdict(set)
        self._made: set[int] = set()
        self._seen: set[str] = set()
        self.forms: dict[str, _Forms] = {}
        self.starts: dict[str, dict[str, tuple[int, ...]]] = {}
        self.signed: dict[str, list[tuple[str, int]]] = {}
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
            self.korean[key].append(number)
            self.korean_surnames.update(spellings)
        if key := russian_key((surname or (head if comma else words[-1])).strip()):
            self.russian[key].append(number)
        yield from {run for run in runs if len(run) > 1 or len(runs) == 1}

    def prepare(self, words: Set[str]) -> None:
        """Make the forms of all entries that a text of these words can name."""
        leading = (words & self._anchors.keys()) - self._seen
        self._seen |= leading
        for number in sorted({number for word in leading for number in self._anchors[word]} - self._made):
            self._make(number)

    def _make(self, number: int) -> None:
        """Make the forms of an entry, with those of the others that have the same key."""
        self._made.add(number)
        for form in forms_of(self.entries[number]):
            forms = self.forms.get(form.key)
            if forms is None:
                forms = self._add(form.key)
            if forms is not None:
                insort(forms.choices, Choice(number, form), key=itemgetter(0))
                forms.bearers = None
                forms.is_sure = forms.is_sure and not forms.needed.isdisjoint(self._leading[number])

    def _add(self, key: str) -> _Forms | None:
        """Let forms be found by their words; those without any aren't looked for."""
        spaced = divided(key)
        body = spaced.strip()
        if not body:
            return None
        words = body.split(" ")
        add_size(self.starts.setdefault(words[0], {}), words)
        if body != spaced:
            before = spaced.index(body)
            written = key[before : before + len(body)]
            self.signed.setdefault(written, []).append((key, before))
            self.signed[written].sort(key=lambda one: -len(one[0]))
        forms = self.forms[key] = _Forms(frozenset(words) - {""}, [])
        return forms

    def choices(self, key: str, words: Set[str]) -> Sequence[Choice]:
        """The entries that have a form with a key, if its words are among those of a text, and these lead to them."""
        forms = self.forms.get(key)
        if forms is None or not forms.needed <= words:
            return ()
        if forms.is_sure:
            return forms.choices
        return [choice for choice in forms.choices if not words.isdisjoint(self._leading[choice.number])]

    @cached_property
    def korean_automaton(self) -> AhoCorasick:
        """Finds the surnames of all Koreans, each between blanks, which two of them may share."""
        surnames = [f" {surname} " for surname in sorted(self.korean_surnames)]
        return AhoCorasick(surnames, MatchKind.Standard, store_patterns=False)

    def bearers(self, hit: Hit) -> Bearers:
        """All who have the name of a hit: found once, not for each text, if they are the same in all."""
        forms = self.forms.get(hit.key)
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
        numbers = tuple(dict.fromkeys(choice.number for choice in choices))
        return Bearers(
            choices,
            numbers,
            next((kind for kind in ("full", "given", "partial") if kind in kinds), "surname"),
            tuple(choice.number for choice in choices if choice.form.rule == "written"),
            len({entry.kind == "person" for entry in entries}) > 1,
            max(born, default=None),
            frozenset(numbers),
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


@lru_cache(maxsize=8)
def index_of(register: Register) -> Index:
    """The index of a register, made once in a process."""
    return Index(register.entries)
