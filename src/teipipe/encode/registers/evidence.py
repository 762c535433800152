"""What tells that a stretch of a text is a name, and what it is the name of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from teipipe.encode.names.folding import folded
from teipipe.encode.names.personal import is_initial
from teipipe.encode.registers.sequences import Sequence, Word, sequences_in
from teipipe.encode.registers.shapes import (
    abbreviates,
    capitalised,
    eastern_end,
    is_address,
    is_core,
    is_title,
    of_world,
    shape_of,
    without_titles,
)
from teipipe.encode.registers.suggestion import EntryKind
from teipipe.encode.registers.texts import Role, Text
from teipipe.encode.registers.words import words

_ABBREVIATION: Final = re.compile(r"[A-Z]{2,7}")
_TITLE_OF: Final = re.compile(r"\b([A-Z][\w-]+) of (?:the )?\Z")
_ROMAN: Final = re.compile(r"[IVXLC]+")
_AFTER: Final = re.compile(r"[ \u00a0](of|for|on|against)(?: the)? ")
_DEFINED: Final = re.compile(r"[ \u00a0]\(([A-Z]{2,7})(?:[;,) ])")
_NEXT: Final = re.compile(r"['’]?s?[ \u00a0]?([a-z'’-]+)?")
_BEFORE: Final = re.compile(r"([A-Za-z-]+)?[ \u00a0]*(the[ \u00a0])?\Z")
_CAPITALISED: Final = re.compile(r"\b[A-Z][\w-]+")
#: What says most of a stretch, if it is several things; so many of them may lie in each other.
_ROLES: Final[tuple[Role, ...]] = ("known", "person", "org", "place", "speaker", "present")
_NESTED: Final = 5
#: So far before a name in brackets a title may stand.
_NEAR: Final = 70
_APPOSITION: Final = re.compile(r"(?:,| \() ?(?:the |a |an |then |former |later |at )*([a-z-]+)")

#: How much each kind of evidence weighs; from 2 on, one of them is enough.
WEIGHTS: Final = {
    "tagged as a name": 4.0,
    "speaks": 4.0,
    "in the list of those present": 3.0,
    "a title before it": 3.0,
    "initials and a surname": 2.5,
    "surname first, then syllables": 2.5,
    "does what persons do": 1.5,
    "who it is stands beside it": 2.0,
    "stands where persons stand": 0.6,
    "two or three capitalised words": 0.8,
    "a head noun": 3.0,
    "abbreviated in brackets": 3.0,
    "an abbreviation": 1.8,
    "after “in” or “near”": 2.0,
    "after “at”, “from” or “to”": 1.0,
    "a forename before a surname": 2.2,
    "listed beside a person": 1.4,
    "alone on a line": 2.0,
    "a part of the world": 1.0,
    "a capital letter": 0.0,
    "with an article": 0.0,
}
#: What tells of a place.
PLACED: Final = (
    "after “in” or “near”",
    "after “at”, “from” or “to”",
    "a head noun",
    "tagged as a name",
)


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a text and what it may be: `kind`, with one piece of evidence for it.

    `against` says that it isn't a person's; `title` is what stood before the name, `short` its abbreviation; `begins`
    says that a sentence begins with it, so that its capital tells nothing.
    """

    text: str
    start: int
    end: int
    kind: EntryKind
    evidence: str
    title: str = ""
    short: str = ""
    against: bool = False
    begins: bool = False


class Finder:
    """Looks for names in one text; `ordinary` are words that stand in small letters somewhere in the texts."""

    def __init__(self, text: Text, ordinary: frozenset[str]) -> None:
        self._text = text.text
        self._roles = text.roles
        self._starts = [start for start, _, _ in text.roles]
        self._ordinary = ordinary

    def found(self) -> Iterator[Found]:
        """All that may be names, each with one piece of evidence; the same stretch may come several times."""
        yield from self._tagged()
        taken = 0
        for sequence in sequences_in(self._text, self._ordinary):
            if sequence.end <= taken:
                continue
            for part in self._untagged(sequence):
                if organisation := self._organisation(part):
                    taken, evidence = organisation
                    yield from self._as_organisation(part, taken, evidence)
                else:
                    yield from self._parts(part, self._role(part.start, part.end))

    def _tagged(self) -> Iterator[Found]:
        for start, end, role in self._roles:
            if role in ("person", "org", "place"):
                if found := self._named(start, end, role, "tagged as a name"):
                    yield found
            elif role == "speaker":
                # Of a label that is tagged itself, the name in it is the one who speaks.
                within = self._within(start, end)
                if not any(kind == "known" for _, _, kind in within):
                    named = next((part for part in within if part[2] == "person"), (start, end, "person"))
                    if found := self._named(named[0], named[1], "person", "speaks"):
                        yield found

    def _named(self, start: int, end: int, kind: EntryKind, evidence: str) -> Found | None:
        """A stretch that somebody has marked, without the titles and signs around the name."""
        name = " ".join(self._text[start:end].split()).strip(" .:,-–—")
        titles = ""
        if kind == "person":
            bare = without_titles(name)
            name, titles = bare, name[: len(name) - len(bare)].strip()
        if not name:
            return None
        at = self._text.find(name.split()[0], start, end)
        shown = capitalised(name) if kind == "person" else name
        return Found(shown, max(at, start), end, kind, evidence, titles)

    def _within(self, start: int, end: int) -> list[tuple[int, int, Role]]:
        """What is known of the parts of a part."""
        first, last = bisect_left(self._starts, start), bisect_right(self._starts, end)
        return [each for each in self._roles[first:last] if each[1] <= end and each[2] != "speaker"]

    def _role(self, start: int, end: int) -> Role | None:
        """What is known of the part of the text in which a stretch stands: of several, what says most."""
        at = bisect_right(self._starts, start)
        around = {
            role for first, last, role in self._roles[max(at - _NESTED, 0) : at] if first <= start and end <= last
        }
        return next((role for role in _ROLES if role in around), None)

    def _untagged(self, sequence: Sequence) -> Iterator[Sequence]:
        """The parts of a sequence that nobody has marked as a name."""
        if not self._roles:
            yield sequence
            return
        first = 0
        for number, word in enumerate(sequence.words):
            if self._role(word.start, word.end) in ("known", "person", "org", "place"):
                if first < number:
                    yield sequence.of(first, number)
                first = number + 1
        if first < len(sequence.words):
            yield sequence.of(first) if first else sequence

    def _organisation(self, sequence: Sequence) -> tuple[int, str] | None:
        """Where it ends and what tells, if it is the name of an organisation."""
        table, last = words(), sequence.words[-1].text
        if sequence.text.isupper() and is_address(sequence.words[0].text):
            return None  # "MR. DULLES"
        if last in table.open and (further := self._further(sequence)):
            return further.end, "a head noun"
        if last in table.organisations and (len(sequence.words) > 1 or last in table.alone):
            return sequence.end, "a head noun"
        if all(_ABBREVIATION.fullmatch(word.text) and not _ROMAN.fullmatch(word.text) for word in sequence.words):
            return (sequence.end, "an abbreviation") if not self._is_shouted(sequence) else None
        return None

    def _further(self, sequence: Sequence) -> Sequence | None:
        """What goes on with "of": "Ministry of Foreign Affairs"."""
        match = _AFTER.match(self._text, sequence.end)
        if match is None or sequence.possessive:
            return None
        following = next(sequences_in(self._text[match.end() : match.end() + 120], frozenset()), None)
        if following is None or following.start:
            return None
        moved = tuple(replace(word, start=word.start + match.end()) for word in following.words)
        return Sequence(moved, begins=False)

    def _as_organisation(self, sequence: Sequence, end: int, evidence: str) -> Iterator[Found]:
        text = " ".join(self._text[sequence.start : end].split())
        defined = _DEFINED.match(self._text, end)
        short = defined[1] if defined and abbreviates(defined[1], text) else ""
        place = self._placed(sequence, end) if evidence == "an abbreviation" else ""
        if place:
            yield Found(text, sequence.start, end, "place", place)
            return
        yield Found(text, sequence.start, end, "org", evidence, short=short)
        if short:
            yield Found(text, sequence.start, end, "org", "abbreviated in brackets", short=short)

    def _parts(self, sequence: Sequence, role: Role | None) -> Iterator[Found]:
        """Persons and places: a possessive ends a name, a title and what is a name of neither divide it."""
        part: list[int] = []
        title: list[str] = []
        # "Secretary of State Dulles": what is divided off at the beginning belongs to the title before it.
        further = _TITLE_OF.search(self._text, max(0, sequence.start - 40), sequence.start)
        if further and is_core(further[1]) and self._divides(sequence, sequence.words[0]) == "title":
            title = [f"{further[1]} of"]
        is_heading = sequence.text.isupper() and len(sequence.words) > 1 and not is_address(sequence.words[0].text)
        if is_heading and role not in ("speaker", "present"):
            return
        for number, word in enumerate(sequence.words):
            if kind := self._divides(sequence, word):
                if kind == "other":
                    yield from self._name(sequence, part, title, role)
                # What stands before a title or a head is no name of a person: "Soviet Ambassador Ivanov".
                part = []
                title = [*title, word.text] if kind == "title" else []
                continue
            part.append(number)
            if word.possessive:
                yield from self._name(sequence, part, title, role)
                part, title = [], []
        yield from self._name(sequence, part, title, role)

    def _divides(self, sequence: Sequence, word: Word) -> Literal["title", "head", "other", ""]:
        """Whether a word divides a sequence, and as what."""
        if not is_initial(word.text) and is_title(word.text):
            return "other" if word.possessive else "title"
        if len(sequence.words) > 1 and word.text in words().organisations:
            return "head"
        is_modifier = len(sequence.words) > 1 and folded(word.text) in words().names.modifiers
        return "other" if word.text in words().others and not is_modifier else ""

    def _name(self, whole: Sequence, part: list[int], title: list[str], role: Role | None) -> Iterator[Found]:
        if not part:
            return
        name = eastern_end(whole.of(part[0], part[-1] + 1))
        text = name.text
        if len(text.rstrip(".")) < 2 or len(name.words) > 5 or self._is_people(name):
            return
        addressed = any(map(is_address, title))
        if _ABBREVIATION.fullmatch(text) and role not in ("speaker", "present") and not addressed:
            if not self._is_shouted(name) and not _ROMAN.fullmatch(text):
                yield Found(text, name.start, name.end, "org", "an abbreviation")
            return
        for kind, evidence, against in self._evidence(name, title, role):
            shown = capitalised(text) if role == "speaker" or addressed else text
            yield Found(
                shown, name.start, name.end, kind, evidence, " ".join(dict.fromkeys(title)), "", against, name.begins
            )

    def _evidence(self, name: Sequence, title: list[str], role: Role | None) -> Iterator[tuple[EntryKind, str, bool]]:
        """Each piece of evidence for a name, with its kind; whether it speaks against a person."""
        before, article = self._before(name.start)
        if article:
            yield "place", "with an article", True
        place = self._placed(name, name.end)
        if place:
            yield "place", place, False
        if world := of_world(name):
            yield "place", world, True
            return
        if role == "present" and not article:
            yield "person", "in the list of those present", False
        if any(is_core(word) for word in title):
            yield "person", "a title before it", False
        yield "person", "a capital letter", False
        if form := shape_of(name, with_article=article):
            yield "person", form, False
        yield from self._beside(name, before)

    def _beside(self, name: Sequence, before: str) -> Iterator[tuple[EntryKind, str, bool]]:
        """What stands around a name of a person."""
        table = words()
        after = _NEXT.match(self._text, name.end)
        following = (after[1] or "") if after and not name.possessive else ""
        if following in table.verbs:
            is_weak = following in table.weak_verbs
            yield "person", "stands where persons stand" if is_weak else "does what persons do", False
        apposition = _APPOSITION.match(self._text, name.end)
        if before in table.roles or (apposition and apposition[1] in table.roles) or self._is_bracketed(name):
            yield "person", "who it is stands beside it", False
        elif self._is_alone(name):
            yield "person", "alone on a line", False
        elif before in table.before:
            yield "person", "stands where persons stand", False

    def _is_alone(self, name: Sequence) -> bool:
        """Whether it is a line of its own below a sentence, as a signature is."""
        start, end = name.start, name.end
        below = self._text[max(0, start - 3) : start].rstrip(" ")
        return below[-1:] == "\n" and below[-2:-1] in ".!?]”" and self._text[end : end + 1] in ("\n", "")

    def _is_bracketed(self, name: Sequence) -> bool:
        """Whether it alone stands in brackets, after a title: "the Ambassador in France (Dillon)"."""
        start, end = name.start, name.end
        if self._text[start - 1 : start] != "(" or self._text[end : end + 1] != ")":
            return False
        return any(is_core(word) for word in _CAPITALISED.findall(self._text, max(0, start - _NEAR), start))

    def _placed(self, name: Sequence, end: int) -> str:
        """What tells that it is a place: a preposition before it, unless a word goes on with it: "in Soviet papers"."""
        before, _ = self._before(name.start)
        after = _NEXT.match(self._text, end)
        following = (after[1] or "") if after else ""
        if name.possessive or (following and not words().is_common(following) and following not in words().verbs):
            return ""
        if before.lower() in words().in_places:
            return "after “in” or “near”"
        return "after “at”, “from” or “to”" if before.lower() in words().at_places else ""

    def _before(self, start: int) -> tuple[str, bool]:
        """The word before, and whether an article stands between."""
        match = _BEFORE.search(self._text, max(0, start - 40), start)
        if match is None:
            return "", False
        if match[1] and match[1].lower() == "the" and not match[2]:
            return "", True
        return match[1] or "", bool(match[2])

    def _is_people(self, name: Sequence) -> bool:
        """Whether a single word is that of a people: "the Koreans", "Soviet papers"."""
        if len(name.words) > 1 or name.possessive:
            return False
        word = name.text
        if word.endswith(words().always):
            return True
        singular = word.removesuffix("s")
        after = _NEXT.match(self._text, name.end)
        following = (after[1] or "") if after else ""
        goes_on = bool(following) and not words().is_common(following) and following not in words().verbs
        return (goes_on or singular != word) and singular.lower().endswith(words().peoples)

    def _is_shouted(self, sequence: Sequence) -> bool:
        """Whether the line is in capitals, so that these tell nothing."""
        start = self._text.rfind("\n", 0, sequence.start) + 1
        end = self._text.find("\n", sequence.end)
        line = self._text[start : min(end if end >= 0 else len(self._text), sequence.end + 200)]
        return line.isupper() and len(line) > 12
