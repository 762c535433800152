"""Suggests entries for names that a register lacks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from teipipe.encode.names.folding import folded
from teipipe.encode.names.forms import forms_of
from teipipe.encode.names.personal import parts_of
from teipipe.encode.registers.collecting import collect
from teipipe.encode.registers.grouping import Apart, Group, others, persons, strong, tradition
from teipipe.encode.registers.suggestion import Ambiguous, Suggestion, Suggestions
from teipipe.encode.registers.texts import Text

if TYPE_CHECKING:
    from teipipe.encode.names.register import Register

_NOT_IN_IDS: Final = re.compile("[^a-z0-9]+")


def suggest(texts: Iterable[Text], register: Register | None = None) -> Suggestions:
    """Entries for the names in texts that a register doesn't have, or for all of them."""
    texts = list(texts)
    known = _Known(register)
    collected = [one for one in collect(texts) if not known.has(one.text)]
    found = {kind: [one for one in collected if one.kind == kind] for kind in ("person", "org", "place")}
    people, apart = persons(found["person"])
    groups = [*strong(people), *strong(others(found["org"], "org")), *strong(others(found["place"], "place"))]
    groups.sort(key=lambda group: (group.kind != "person", group.kind, -_count(group), group.label))
    ids = _Ids(known.ids)
    entries = tuple(_suggestion(group, ids, known) for group in groups)
    return Suggestions(entries, tuple(_ambiguous(apart, groups)), len(texts))


class _Known:
    """What the register has: its ids, and all forms of its entries."""

    def __init__(self, register: Register | None) -> None:
        entries = () if register is None else register.entries
        self.ids = {entry.id for entry in entries}
        self._full: dict[str, str] = {}
        self._any: set[str] = set()
        for entry in entries:
            for form in forms_of(entry):
                self._any.add(form.key)
                if form.kind in ("full", "partial"):
                    self._full.setdefault(form.key, entry.id)
            for name in entry.names if entry.kind == "person" else ():
                parts = parts_of(name)
                if parts.forenames and (key := tradition(parts)):
                    self._full.setdefault(key, entry.id)

    def has(self, text: str) -> bool:
        """Whether it is a name that the register has, in any form."""
        key = folded(text)
        return key in self._any or key.removeprefix("the ") in self._any

    def entry(self, keys: Iterable[str]) -> str:
        """The id of an entry one of whose full names is among these forms."""
        return next((self._full[key] for key in sorted(keys) if key in self._full), "")


class _Ids:
    """Makes ids out of names: plain letters, each once."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)

    def of(self, name: str, kind: str) -> str:
        """The id of an entry with this name."""
        plain = unicodedata.normalize("NFKD", name.replace("’", "").replace("'", "")).encode("ascii", "ignore").decode()
        base = _NOT_IN_IDS.sub("-", plain.lower()).strip("-")
        if not base or not base[0].isalpha():
            base = f"{kind}-{base}".rstrip("-")
        identifier, number = base, 1
        while identifier in self._taken:
            number += 1
            identifier = f"{base}-{number}"
        self._taken.add(identifier)
        return identifier


def _count(group: Group) -> int:
    return sum(len(spelling.places) for spelling in group.spellings)


def _suggestion(group: Group, ids: _Ids, known: _Known) -> Suggestion:
    titles = sorted({title for spelling in group.spellings for title in spelling.titles})
    existing = known.entry(group.keys)
    remarks = [f"may be the same as {label}" for label in group.likely]
    if existing:
        remarks.append(f"may be a variant of #{existing}, which the register has")
    if group.kind == "person" and all(" " not in spelling.text for spelling in group.spellings):
        remarks.append("only a surname stands there")
    spellings = [spelling.spelling(group.kind) for spelling in group.spellings]
    identifier = ids.of(group.label, group.kind)
    return Suggestion(identifier, group.kind, spellings, titles, existing, round(group.score, 2), remarks)


def _ambiguous(apart: Iterable[Apart], groups: list[Group]) -> Iterable[Ambiguous]:
    """Surnames of several of those that are suggested; of one alone, they are its own."""
    suggested = set(map(id, groups))
    for one in apart:
        kept = [group.label for group in one.groups if id(group) in suggested]
        if kept:
            yield Ambiguous(one.spelling.spelling("person"), tuple(kept))
