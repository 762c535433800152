"""Square brackets of a transcript: what each is, by what stands in it and around it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import zip_longest
from operator import attrgetter
from typing import NamedTuple

from teipipe.diagnostics import Diagnostic
from teipipe.encode.blocks import Block, Span, Structure
from teipipe.encode.brackets.classified import Classified
from teipipe.encode.brackets.contents import by_content, page
from teipipe.encode.brackets.other import by_kind
from teipipe.encode.brackets.pages import counted_pages
from teipipe.encode.brackets.pairs import DEEPEST, Brackets, Pair
from teipipe.encode.brackets.place import Place
from teipipe.encode.brackets.supply import by_place
from teipipe.encode.brackets.vocabulary import PAIRS, Vocabulary, vocabulary_of
from teipipe.encode.decisions import Certainty, Decision
from teipipe.encode.marked import Marked
from teipipe.encode.names.register import Register
from teipipe.encode.settings import Settings
from teipipe.encode.structure.loading import profiles
from teipipe.encode.structure.profile import Profile
from teipipe.encode.transcript import Transcript
from teipipe.rules import finding

RANK = 10
#: Elements that are nothing but a sign.
_EMPTY = frozenset({"gap", "pb", "lb"})
_LONGEST = 60
#: Quotations in which something is supplied are looked for so far back.
_QUOTED = 4000


def brackets_in(transcript: Transcript, structure: Structure, settings: Settings) -> Marked:
    """The brackets in the leaves of a text that the structure itself hasn't marked."""
    reader = _Reader(transcript, structure, settings)
    sign = -1
    for leaf in structure.leaves:
        if sign < leaf.start:
            sign = reader.sign_from(leaf.start)
        if sign < leaf.end and leaf.element not in _EMPTY:
            reader.read(leaf)
    return Marked(tuple(reader.spans), tuple(reader.decisions), tuple(reader.findings))


def _speeches(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks in which somebody speaks."""
    for block in blocks:
        if block.element == "sp":
            yield block
        elif block.children:
            yield from _speeches(block.children)


class _Open(NamedTuple):
    """What the brackets around a pair were taken for, None if nothing, and where their content ends."""

    pair: Pair
    classified: Classified | None


class _Reader:
    """Reads the brackets of one leaf after the other."""

    def __init__(self, transcript: Transcript, structure: Structure, settings: Settings) -> None:
        self.spans: list[Span] = []
        self.decisions: list[Decision] = []
        self.findings: list[Diagnostic] = []
        self._transcript = transcript
        profile = _profile(structure.profile, settings)
        own = dict(profile.brackets) if profile is not None else {}
        self._vocabulary: Vocabulary = vocabulary_of(settings.language, profile)
        self._brackets = _brackets_of(profile)
        whose = own.get("resp", ("author" if structure.text_type == "essay" else "translator",))[0]
        self._resp = f"#{whose}"
        self._names = _Names(settings.register)
        self._structure = structure
        self._next = 0
        self._named = [label.name for label in structure.labels]
        self._label = 0
        self._pages = counted_pages(transcript.text, structure.leaves)

    def sign_from(self, start: int) -> int:
        """Where the first bracket stands from a place on: leaves before it need not be read."""
        return self._brackets.first(self._transcript.text, start)

    @cached_property
    def _taken(self) -> list[Span]:
        """What the structure has marked, in order."""
        return sorted(self._structure.spans, key=attrgetter("start", "end", "opening", "closing", "element"))

    @cached_property
    def _turns(self) -> tuple[list[int], list[int]]:
        """Where turns begin, and where each ends."""
        found = list(_speeches((*self._structure.front, *self._structure.body, *self._structure.back)))
        return [turn.start for turn in found], [turn.end for turn in found]

    def _is_in_turn(self, leaf: Block) -> bool:
        starts, ends = self._turns
        number = bisect_right(starts, leaf.start) - 1
        return number >= 0 and leaf.start < ends[number] and leaf.element != "speaker"

    def read(self, leaf: Block) -> None:
        """Take in a leaf."""
        pairs, alone = self._brackets.within(self._transcript.text, leaf.start, leaf.end)
        if alone:
            self._unbalanced(alone)
        around: list[_Open] = []
        for pair, following in zip_longest(pairs, pairs[1:]):
            while around and around[-1].pair.end <= pair.start:
                around.pop()
            element = self._element_around(pair, leaf.element)
            if pair.depth >= DEEPEST or not element:
                continue
            classified = None
            if _is_around(pair, following):
                self._decide(pair, None)
            elif not _is_covered(pair, around):
                classified = self._pair(pair, leaf, element, around)
            around.append(_Open(pair, classified))

    def _pair(self, pair: Pair, leaf: Block, element: str, around: list[_Open]) -> Classified | None:
        start, end = leaf.start, leaf.end
        if around:
            outer = around[-1]
            start, end = outer.pair.start + outer.pair.opening, outer.pair.end - outer.pair.closing
            if outer.classified is not None:
                element = outer.classified.element
                start, end = outer.pair.start + outer.classified.opening, outer.pair.end - outer.classified.closing
            if not start <= pair.start < pair.end <= end:
                return None
        text = self._transcript.text
        near = max(leaf.start, pair.start - _QUOTED)
        is_quoting = self._resp == "#author" and text.rfind("“", near, pair.start) > text.rfind("”", near, pair.start)
        in_turn = self._is_in_turn(leaf)
        place = Place(text, pair, start, end, element, self._vocabulary, self._resp, in_turn, is_quoting)
        if leaf.start in self._pages:
            classified: Classified | None = page(place, Certainty.MEDIUM, "numbers that count up, each alone")
        else:
            classified = by_kind(place) if pair.kind else by_content(place) or by_place(place, self._names)
        self._decide(pair, classified)
        return classified

    def _decide(self, pair: Pair, classified: Classified | None) -> None:
        if classified is None:
            reason = "it fits none of the classes"
            self.decisions.append(Decision("bracket-unclassified", pair.start, pair.end, Certainty.LOW, "", reason))
            self._find(
                "unclassified-bracket", f"“{self._shown(pair)}” is none of the known kinds of brackets", pair.start
            )
            return
        start = pair.start - classified.earlier
        said = " ".join(f"{name}={value}" for name, value in classified.attributes if name != "resp")
        self.spans.append(
            Span(
                classified.element,
                start,
                pair.end,
                classified.attributes,
                classified.opening,
                classified.closing,
                RANK + pair.depth,
            )
        )
        self.decisions.append(
            Decision(
                classified.rule,
                start,
                pair.end,
                classified.certainty,
                f"{classified.element} {said}".rstrip(),
                classified.reason,
                classified.candidates,
            )
        )
        if classified.certainty is Certainty.LOW:
            self._find("doubtful-bracket", f"“{self._shown(pair)}”: {classified.reason}", pair.start)

    def _unbalanced(self, alone: list[int]) -> None:
        """One finding for a leaf: what a missing bracket does to others behind it isn't worth one each."""
        sign = self._transcript.text[alone[0]]
        more = f"; so have {len(alone) - 1} more in this paragraph" if len(alone) > 1 else ""
        self.decisions.extend(
            Decision("bracket-unbalanced", at, at + 1, Certainty.LOW, "", "no other bracket belongs to it")
            for at in alone[:1]
        )
        self._find("unbalanced-bracket", f"“{sign}” has no other bracket in its paragraph{more}", alone[0])

    def _find(self, rule: str, message: str, offset: int) -> None:
        self.findings.append(finding(rule, message, self._transcript.place(offset)))

    def _shown(self, pair: Pair) -> str:
        words = " ".join(self._transcript.text[pair.start : min(pair.end, pair.start + 2 * _LONGEST)].split())
        return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"

    def _element_around(self, pair: Pair, element: str) -> str:
        """The element of the structure that it stands in; "" if the structure has marked it, or it is half in one."""
        while self._label < len(self._named) and self._named[self._label][1] <= pair.start:
            self._label += 1
        if self._label < len(self._named):
            start, end = self._named[self._label]
            if pair.start < start and end < pair.end:
                return ""
        taken = self._taken
        while self._next < len(taken) and taken[self._next].end <= pair.start:
            self._next += 1
        for name, start, end, _, opening, closing, _ in taken[self._next : self._next + 2 * DEEPEST]:
            if start >= pair.end:
                break
            if end <= pair.start:
                continue
            holds = (
                start + opening <= pair.start and pair.end <= end - closing and (start, end) != (pair.start, pair.end)
            )
            held = pair.start + pair.opening <= start and end <= pair.end - pair.closing
            if holds:
                element = name
            elif not held:
                return ""
        return element


def _is_covered(pair: Pair, around: list[_Open]) -> bool:
    """Whether brackets around it are an empty element, so that its signs are among theirs; or say nothing but it."""
    return any(
        (outer.classified is not None and outer.classified.element in _EMPTY) or _is_around(outer.pair, pair)
        for outer in around
    )


def _is_around(outer: Pair, inner: Pair | None) -> bool:
    """Whether nothing but the other pair stands in a pair: doubled brackets."""
    return (
        inner is not None
        and inner.start == outer.start + outer.opening
        and inner.end == outer.end - outer.closing
        and inner.kind == outer.kind
    )


def _profile(name: str, settings: Settings) -> Profile | None:
    """The profile that was asked for, or else the one that the structure was read by."""
    if settings.profile is not None:
        return settings.profile
    return next((profile for profile in (*settings.profiles, *profiles()) if profile.name == name), None)


@lru_cache(maxsize=32)
def _brackets_of(profile: Profile | None) -> Brackets:
    """The brackets that a profile has besides square ones."""
    own = dict(profile.brackets) if profile is not None else {}
    return Brackets({kind: [_signs(pair) for pair in own.get(f"pair-{kind}", ())] for kind in PAIRS})


def _signs(pair: str) -> tuple[str, str]:
    opening, _, closing = pair.partition(" ")
    return opening, closing.strip()


@lru_cache(maxsize=8)
def _forms_of(register: Register) -> Mapping[str, list[str]]:
    """The names of a register, between blanks, by the words in them."""
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for name in {form.text.casefold() for entry in register.entries for form in entry.names}:
        for word in set(name.split(" ")):
            forms[word].append(f" {name} ")
    return dict(forms)


class _Names:
    """The names of a register, as far as a name that is completed needs them."""

    def __init__(self, register: Register | None) -> None:
        self._register = register

    def __contains__(self, name: object) -> bool:
        if self._register is None:
            return False
        return any(f" {name} " in form for form in _forms_of(self._register).get(str(name).partition(" ")[0], ()))
