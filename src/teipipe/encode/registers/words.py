"""The words that tell what a name is the name of, as a table has them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from teipipe.encode.names.folding import folded
from teipipe.encode.names.lexicon import Lexicon, lexicon


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; `names` are those that the encoder knows. Heads have their capitals."""

    names: Lexicon
    organisations: frozenset[str]
    open: frozenset[str]
    alone: frozenset[str]
    in_places: frozenset[str]
    at_places: frozenset[str]
    places: frozenset[str]
    verbs: frozenset[str]
    weak_verbs: frozenset[str]
    before: frozenset[str]
    roles: frozenset[str]
    forenames: frozenset[str]
    others: frozenset[str]
    peoples: tuple[str, ...]
    always: tuple[str, ...]

    def is_common(self, word: str) -> bool:
        """Whether it is an ordinary word, however it is written; peoples and months are not: they begin names, too."""
        key = folded(word).rstrip(".")
        if len(key) == 1 and word.endswith("."):
            return False
        if (
            key in self.names.modifiers
            or key.endswith((*self.peoples, *self.always))
            or key.capitalize() in self.others
        ):
            return False
        return key in self.names.common or key in self.names.determiners


@cache
def words() -> Words:
    """The words of English."""
    table: dict[str, Any] = tomllib.loads(Path(__file__).with_name("english.toml").read_text(encoding="utf-8"))

    def of(part: str, key: str) -> frozenset[str]:
        return frozenset(table[part][key])

    return Words(
        lexicon("en"),
        of("organisations", "heads"),
        of("organisations", "open"),
        of("organisations", "alone"),
        of("places", "strong"),
        of("places", "weak"),
        of("places", "heads"),
        of("persons", "verbs"),
        of("persons", "weak"),
        of("persons", "before"),
        of("persons", "roles"),
        frozenset(table["persons"]["forenames"].split()),
        of("others", "words"),
        tuple(table["others"]["peoples"]),
        tuple(table["others"]["always"]),
    )
