"""What editors write into brackets, by language: tables beside this module, and what a profile adds to them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from teipipe.encode.brackets.words import Phrases, WordClass, words_of
from teipipe.encode.structure.profile import Profile

_FOLDER: Final = Path(__file__).resolve().parent / "tables"
_FALLBACK: Final = "en"

#: The classes that a profile can add phrases to, under these names.
CLASSES: Final = (
    "sic", "insertion", "deletion", "reading",
    "illegible", "inaudible", "lost", "garbled", "withheld", "omitted", "missing",
    "page", "language", "note", "authorial", "event", "act", "action", "entrance", "exit", "aside", "remark",
)  # fmt: skip
#: Reasons of gaps, by their class; there is none where the bracket says none.
GAPS: Final = {
    "illegible": "illegible",
    "inaudible": "inaudible",
    "lost": "lost",
    "garbled": "garbled",
    "withheld": "withheld",
    "omitted": "omitted",
    "missing": "",
}
#: What other kinds of brackets can be, if a profile says so: "pair-" and one of these.
PAIRS: Final = ("supplied", "insertion", "deletion", "surplus", "unclear", "gap", "remark")
#: Whose the brackets are.
HANDS: Final = ("translator", "author", "publisher")
#: The keys of the table `[brackets]` of a profile.
KEYS: Final = (*CLASSES, *(f"pair-{name}" for name in PAIRS), "resp")


@dataclass(frozen=True)
class Vocabulary:
    """The classes of brackets, and lists of words that several of them use."""

    classes: Mapping[str, WordClass]
    lists: Mapping[str, frozenset[str]]
    phrases: Mapping[str, Phrases]
    places: Mapping[str, frozenset[str]]
    units: Mapping[str, str]
    #: Units in the singular.
    single: frozenset[str]
    numbers: Mapping[str, int]
    #: For each word that a key begins with, the classes of such keys.
    classes_by_word: Mapping[str, frozenset[str]]
    #: Whether nouns have a capital, so that one tells nothing of names.
    capital_nouns: bool

    def words(self, name: str) -> frozenset[str]:
        """The words of a list."""
        return self.lists[name]


@lru_cache(maxsize=32)
def vocabulary_of(language: str, profile: Profile | None) -> Vocabulary:
    """That of a language (of English, if there is none), with what the profile adds."""
    name = language.split("-")[0].lower()
    own = profile.brackets if profile is not None else ()
    return _vocabulary(name if (_FOLDER / f"{name}.toml").is_file() else _FALLBACK, own)


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def _vocabulary(name: str, own: tuple[tuple[str, tuple[str, ...]], ...]) -> Vocabulary:
    table = _table(name)
    added = dict(own)
    gaps = frozenset(table["gaps"]["with"])
    units = {word: unit for key in ("units", "unit") for unit, words in table[key].items() for word in words}
    numbers: dict[str, int] = table["numbers"]
    lists = {key: frozenset(words) for key, words in table["words"].items()}
    counted = gaps | units.keys() | numbers.keys() | lists["approximate"]
    classes: dict[str, WordClass] = {}
    by_word: dict[str, set[str]] = {}
    for key in CLASSES:
        entry = table.get(key, {})
        # A phrase with "!" before it is none.
        gone = {" ".join(word.text for word in words_of(phrase)) for phrase in added.get(key, ()) if phrase[0] == "!"}
        named = [phrase for phrase in (*entry.get("key", ()), *added.get(key, ())) if phrase[0] != "!"]
        keys = Phrases(phrase for phrase in named if " ".join(word.text for word in words_of(phrase)) not in gone)
        beside = frozenset(entry.get("with", ())) | (counted if key in GAPS else frozenset())
        classes[key] = WordClass(keys, beside, frozenset(entry.get("needs", ())))
        for first in keys.by_first:
            by_word.setdefault(first, set()).add(key)
    return Vocabulary(
        classes,
        lists | {"hands": frozenset(table["hands"]["key"])},
        {key: Phrases(table["words"][key]) for key in ("glosses", "hedges", "references")},
        {place: frozenset(words) for place, words in table["places"].items()},
        units,
        frozenset(word for words in table["unit"].values() for word in words),
        numbers,
        {word: frozenset(names) for word, names in by_word.items()},
        table["capital-nouns"],
    )
