"""What stands around names, by language: titles, common words, what makes something else of a name."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, cast

from teipipe.encode.names.folding import folded

_FOLDER: Final = Path(__file__).resolve().parent / "languages"
_PARTS: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Title:
    """A title before a name: its type (honorific, office, rank); whether it lies in the name that is marked.

    `other` says that the name after it isn't a man's own: "Mrs. Dulles"; `before` that a capital after it is a name's;
    `dotted` that it is abbreviated by a full stop.
    """

    type: str
    inside: bool = False
    other: bool = False
    before: bool = False
    dotted: bool = False


@dataclass(frozen=True)
class Lexicon:
    """The words of one language; keys are folded (`folded`), without full stops at their ends."""

    titles: dict[str, Title]
    common: frozenset[str]
    ordinary: frozenset[str]
    proper: frozenset[str]
    elsewhere: frozenset[str]
    other_heads: frozenset[str]
    same_heads: frozenset[str]
    organs: frozenset[str]
    modifiers: frozenset[str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    determiners: frozenset[str]
    military: frozenset[str]
    ordinals: frozenset[str]
    countries: frozenset[str]
    forenames: dict[str, frozenset[int]]
    abbreviated: frozenset[str]
    never: frozenset[str]

    @cached_property
    def inside(self) -> frozenset[str]:
        """Titles that lie in a name, as they are printed."""
        words = [word for word, title in self.titles.items() if title.inside]
        prints = [form for word in words for form in (word, word.capitalize(), word.upper())]
        return frozenset((*prints, *(f"{form}." for form in prints)))

    @cached_property
    def inside_starts(self) -> frozenset[str]:
        """The first two letters of each of them."""
        return frozenset(word[:2] for word in self.inside)

    @cached_property
    def inside_ends(self) -> frozenset[str]:
        """The last two letters of each of them."""
        return frozenset(word[-2:] for word in self.inside)

    @cached_property
    def of_others(self) -> frozenset[str]:
        """The words of titles after which a name isn't a man's own."""
        return frozenset(part for word, title in self.titles.items() if title.other for part in _PARTS.findall(word))

    def title(self, word: str) -> Title | None:
        """The title that a word is, if it is one."""
        return self.titles.get(bare(word))


@lru_cache(maxsize=65536)
def bare(word: str) -> str:
    """A word as the tables have it."""
    return folded(word).rstrip(".")


@cache
def lexicon(language: str) -> Lexicon:
    """The words of a language, with those of English: names stand in titles of any language."""
    tables = [_table("en")]
    base = language.partition("-")[0].lower()
    if base != "en" and base.isalpha() and (_FOLDER / f"{base}.toml").is_file():
        tables.append(_table(base))
    titles: dict[str, Title] = {}
    for table in tables:
        surely = frozenset(cast("dict[str, list[str]]", table.get("surely", {})).get("words", ()))
        for group in cast("list[dict[str, object]]", table["titles"]):
            title = Title(str(group["type"]), bool(group.get("inside")), bool(group.get("other")))
            before = title.type == "honorific"
            for word in cast("list[str]", group["words"]):
                titles.setdefault(
                    bare(word), replace(title, before=before or word in surely, dotted=word.endswith("."))
                )

    def words(name: str, key: str = "words") -> frozenset[str]:
        found = (cast("dict[str, list[str]]", table.get(name, {})).get(key, []) for table in tables)
        return frozenset(bare(word) for group in found for word in group)

    groups = [group for table in tables for group in table.get("forenames", {}).get("same", [])]
    return Lexicon(
        titles,
        words("words", "common"),
        words("words", "ordinary"),
        words("words", "proper"),
        words("words", "elsewhere"),
        words("heads", "other"),
        words("heads", "same"),
        words("heads", "organs"),
        words("modifiers"),
        words("suffixes"),
        words("particles"),
        words("determiners"),
        words("military"),
        words("ordinals"),
        words("countries"),
        _same(groups),
        frozenset(name for group in groups for name in group if name.endswith(".")),
        words("initials", "never"),
    )


def _same(groups: list[list[str]]) -> dict[str, frozenset[int]]:
    """Each forename with the numbers of the groups that it is in."""
    found: dict[str, set[int]] = {}
    for number, group in enumerate(groups):
        for name in group:
            found.setdefault(bare(name), set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def _table(language: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
