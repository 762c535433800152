"""How good the persons are that `teipipe register suggest` suggests: `python -m tests.accuracy.suggestions`.

A suggestion is right if one of its spellings is a form of a person of the register; it is pure if all of them are forms
of the same one. A person counts as found if a suggestion is that person's. In the documents of others, only the chief
persons are in the list: real ones that aren't count as wrong, so the precision there is a lower bound; and only those
who are named in the text itself are looked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tests.accuracy import memoranda
from tests.accuracy.measuring import ROOT

from teipipe.build.registering import texts_in
from teipipe.encode.names.folding import folded
from teipipe.encode.names.forms import forms_of
from teipipe.encode.names.register import Entry, Name, load_register
from teipipe.encode.registers.suggesting import suggest
from teipipe.encode.registers.suggestion import Suggestion
from teipipe.encode.registers.texts import Text

_TEI: Final = ROOT / "tei"


@dataclass(frozen=True, slots=True)
class Score:
    """How many suggestions are right, wrong, pure; how many persons there are, and are found."""

    right: int = 0
    wrong: int = 0
    pure: int = 0
    found: int = 0
    persons: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right,
            self.wrong + other.wrong,
            self.pure + other.pure,
            self.found + other.found,
            self.persons + other.persons,
        )

    def __str__(self) -> str:
        suggested = self.right + self.wrong
        return (
            f"precision {self.right / max(suggested, 1):.3f} ({self.right} of {suggested}), "
            f"recall {self.found / max(self.persons, 1):.3f} ({self.found} of {self.persons}), "
            f"grouped without a mistake {self.pure / max(self.right, 1):.3f} ({self.pure} of {self.right})"
        )


def score(texts: Iterable[Text], forms: Mapping[str, Iterable[str]], persons: Iterable[str]) -> Score:
    """What is suggested from texts, without any register, against persons with their folded forms."""
    owners: dict[str, set[str]] = {}
    for identifier, keys in forms.items():
        for key in keys:
            owners.setdefault(key, set()).add(identifier)
    right = wrong = pure = 0
    found: set[str] = set()
    for entry in suggest(texts).entries:
        if entry.kind != "person":
            continue
        whose = _whose(entry, owners)
        if not any(whose):
            wrong += 1
            continue
        right += 1
        common = set.intersection(*whose)
        pure += bool(common)
        found |= common or set.union(*whose)
    wanted = set(persons)
    return Score(right, wrong, pure, len(found & wanted), len(wanted))


def _whose(entry: Suggestion, owners: Mapping[str, set[str]]) -> list[set[str]]:
    return [owners.get(folded(spelling.text), set()) for spelling in entry.spellings]


def own() -> Score:
    """Both of our transcripts, against the persons of our register."""
    persons = [entry for entry in load_register(_TEI / "register.xml").entries if entry.kind == "person"]
    forms = {entry.id: [form.key for form in forms_of(entry) if form.kind != "epithet"] for entry in persons}
    return score(texts_in(sorted((_TEI / "sources").glob("*.txt")), with_register=False), forms, forms)


def others() -> Score:
    """The documents of others one by one, against their volume's list of persons."""
    listed = json.loads((memoranda.FOLDER / "persons.json").read_text(encoding="utf-8"))
    total = Score()
    for path in sorted(memoranda.FOLDER.glob("*_*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        total += _document(gold, listed[gold["volume"]], texts_in([path.with_suffix(".txt")], with_register=False))
    return total


def _document(gold: Mapping[str, Any], listed: Mapping[str, Any], texts: list[Text]) -> Score:
    forms: dict[str, set[str]] = {}
    for identifier, person in listed.items():
        entry = Entry(identifier, "person", (Name(person["name"], "preferred"),))
        forms[identifier] = {form.key for form in forms_of(entry)}
    named: set[str] = set()
    for span in gold["spans"]:
        identifier = span.get("ref", "").removeprefix("#")
        if identifier not in forms:
            continue
        forms[identifier].add(folded(span["text"]))
        # "The Secretary" is no name that could be suggested.
        surname = listed[identifier]["name"].split(",")[0].split()[-1]
        if span["zone"] == "body" and surname.lower() in span["text"].lower():
            named.add(identifier)
    return score(texts, forms, named)


def main() -> None:
    """Print both."""
    print(f"our two transcripts:     {own()}")
    print(f"documents of others:     {memoranda.missing() or others()}")


if __name__ == "__main__":
    main()
