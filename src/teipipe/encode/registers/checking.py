"""Checks a register against documents: what is double in it, what is missing, which names can't be found or mislead."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from teipipe.diagnostics import Diagnostic, Location
from teipipe.encode.names.folding import Folded, folded
from teipipe.encode.names.forms import forms_of
from teipipe.encode.names.personal import parts_of
from teipipe.encode.names.register import Entry, Name, Register
from teipipe.encode.names.traditions import korean_key, russian_forename, russian_key
from teipipe.encode.registers.texts import Text
from teipipe.encode.registers.words import words
from teipipe.rules import finding

_SMALL: Final = re.compile(r"\b[a-z][a-z'’-]+")
#: So many other places are named beside the first one.
_RELATED: Final = 20
#: More entries of one key than that are no doubles: it is a key of many.
_MANY: Final = 8


@dataclass(frozen=True, slots=True)
class Speaker:
    """The label of a turn that points at nobody, and where it stands."""

    label: str
    place: Location


@dataclass(frozen=True, slots=True)
class Read:
    """What documents say: their texts, and the turns whose speakers point at nobody."""

    texts: Sequence[Text]
    speakers: Sequence[Speaker] = field(default=())


def check(register: Register, read: Read) -> Iterator[Diagnostic]:
    """All that is found in a register and in what documents point at nothing, in no order."""
    yield from register.findings
    yield from _nameless(register)
    yield from _repeated(register)
    yield from _doubles(register)
    yield from _misleading(register, read)
    if read.texts:
        yield from _unused(register, read)
    yield from _without_entry(register, read)
    yield from _speakers(read)


def _nameless(register: Register) -> Iterator[Diagnostic]:
    for entry in register.entries:
        if not any(name.type == "preferred" for name in entry.names):
            message = f"#{entry.id} has no preferred name" if entry.names else f"#{entry.id} has no name"
            yield finding("nameless-entry", message, register.place(entry), "give it the name that is its heading")


def _repeated(register: Register) -> Iterator[Diagnostic]:
    for entry in register.entries:
        seen: dict[str, Name] = {}
        for name in entry.names:
            first = seen.setdefault(name.text, name)
            if first is not name:
                related = ((register.place(entry, first), "the first one"),)
                message = f"“{name.text}” is twice among the names of #{entry.id}"
                yield finding("repeated-form", message, register.place(entry, name), related=related)


def _doubles(register: Register) -> Iterator[Diagnostic]:
    """Entries of one kind that a name leads to in one of its forms or spellings, though none is written alike."""
    by_key: dict[tuple[str, str], dict[str, tuple[Entry, Name]]] = defaultdict(dict)
    for entry in register.entries:
        for name in entry.names:
            for key in _keys(entry, name):
                by_key[entry.kind, key].setdefault(entry.id, (entry, name))
    told: set[tuple[str, str]] = set()
    for owners in by_key.values():
        if not 2 <= len(owners) <= _MANY:
            continue
        (one, first), *others = owners.values()
        for other, name in others:
            if (one.id, other.id) in told or (folded(first.text) == folded(name.text) and " " in name.text):
                continue  # the register itself tells that
            told.add((one.id, other.id))
            yield _double(register, (one, first), (other, name))


def _keys(entry: Entry, name: Name) -> Iterator[str]:
    """What is the same in all spellings of a name."""
    if name.type == "epithet":
        return
    single = Entry(entry.id, entry.kind, (name,))
    if " " not in name.text and (entry.kind != "person" or name.type == "preferred"):
        yield folded(name.text)  # a surname alone may be that of many
    yield from (form.key for form in forms_of(single) if form.kind == "full" and " " in form.key)
    if entry.kind != "person":
        return
    parts = parts_of(name)
    if parts.eastern and (key := korean_key((parts.surname, *parts.forenames))):
        yield f"korean: {key}"
    if parts.forenames and len(parts.forenames[0]) > 2 and (key := russian_key(parts.surname)):
        yield f"russian: {russian_forename(parts.forenames[0])} {key}"


def _double(register: Register, one: tuple[Entry, Name], other: tuple[Entry, Name]) -> Diagnostic:
    (first, name), (second, spelling) = one, other
    same = "differ in case or signs only" if folded(name.text) == folded(spelling.text) else "are spellings of one name"
    message = f"#{first.id} “{name.text}” and #{second.id} “{spelling.text}” {same}{_years(first, second)}"
    advice = "make one entry of the two, if it is the same; else say in a note who is who"
    related = ((register.place(first, name), "the other one"),)
    return finding("possible-duplicate", message, register.place(second, spelling), advice, related=related)


def _years(one: Entry, other: Entry) -> str:
    """What the years of life say for or against two entries being one."""
    pairs = (("born", one.born, other.born), ("died", one.died, other.died))
    known = [(what, here, there) for what, here, there in pairs if here is not None and there is not None]
    against = [f"{what} {here} and {there}" for what, here, there in known if here != there]
    if against:
        return f"; but {', '.join(against)}"
    same = [f"{what} {here}" for what, here, _ in known]
    return f"; both {', '.join(same)}" if same else ""


def _misleading(register: Register, read: Read) -> Iterator[Diagnostic]:
    """Names that are ordinary words of these documents, or a single letter."""
    ordinary = {word for text in read.texts for word in _SMALL.findall(text.text)}
    for entry in register.entries:
        for name in entry.names:
            bare = name.text.strip(" .")
            if name.type == "epithet" or " " in bare:
                continue
            if len(bare) < 2:
                reason = "is one letter"
            elif bare.isupper():
                continue
            elif words().is_common(bare) or bare.lower() in ordinary:
                reason = "is an ordinary word, too"
            else:
                continue
            message = f"“{name.text}” of #{entry.id} {reason}: it is found only where something else tells"
            yield finding("common-form", message, register.place(entry, name))


def _unused(register: Register, read: Read) -> Iterator[Diagnostic]:
    """Names that stand in none of the documents, however they are printed."""
    from ahocorasick_rs import AhoCorasick

    # What an event is called is often a description, which nobody looks for.
    entries = [entry for entry in register.entries if entry.kind != "event"]
    names = [(entry, name) for entry in entries for name in entry.names if folded(name.text)]
    keys = list(dict.fromkeys(f" {folded(name.text)}" for _, name in names))
    automaton = AhoCorasick(keys)
    found: set[str] = set()
    for text in read.texts:
        even = Folded(text.text).text
        for number, _, end in automaton.find_matches_as_indexes(even, overlapping=True):
            if end == len(even) or not even[end].isalnum():
                found.add(keys[number])
    for entry, name in names:
        if f" {folded(name.text)}" not in found:
            message = f"“{name.text}” of #{entry.id} stands in no document"
            yield finding("unused-form", message, register.place(entry, name))


def _without_entry(register: Register, read: Read) -> Iterator[Diagnostic]:
    """Names that are marked and point at no entry, each once, with the entries that have them."""
    known: dict[str, list[str]] = defaultdict(list)
    for entry in register.entries:
        for form in forms_of(entry):
            known[form.key].append(entry.id)
    for text in read.texts:
        places: dict[str, list[int]] = defaultdict(list)
        for start, end, role in text.roles:
            if role in ("person", "org", "place"):
                places[" ".join(text.text[start:end].split())].append(start)
        for name, starts in places.items():
            if not name:
                continue
            entries = list(dict.fromkeys(known.get(folded(name), ())))[:_MANY]
            advice = (
                f"is it {' or '.join(f'#{one}' for one in entries)}?"
                if entries
                else "make an entry for it (teipipe register suggest), and point at that"
            )
            times = "" if len(starts) == 1 else f", {len(starts):,} times"
            related = tuple((text.place(start), "here as well") for start in starts[1:_RELATED])
            message = f"“{name}” is marked as a name and points at no entry{times}"
            yield finding("name-without-entry", message, text.place(starts[0]), advice, related=related)


def _speakers(read: Read) -> Iterator[Diagnostic]:
    places: dict[tuple[str, str], list[Location]] = defaultdict(list)
    for speaker in read.speakers:
        places[str(speaker.place.path), speaker.label].append(speaker.place)
    for (_, label), found in places.items():
        times = "" if len(found) == 1 else f", {len(found):,} times"
        related = tuple((place, "here as well") for place in found[1:_RELATED])
        message = f"“{label}” speaks, and the turn points at nobody{times}"
        yield finding("speaker-without-entry", message, found[0], "say with @who which entry speaks", related=related)
