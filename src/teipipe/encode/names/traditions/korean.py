"""Korean names in McCune-Reischauer, in Revised Romanisation, and as newspapers write them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from teipipe.encode.names.folding import folded
from teipipe.encode.names.traditions.tables import rules, table

_NG: Final = re.compile("nk|ng")


def is_korean(words: tuple[str, ...]) -> bool:
    """Whether a name of these words can be a Korean one: a known surname, then one or two syllables."""
    return bool(korean_key(words))


def korean_key(words: tuple[str, ...]) -> str:
    """What a name, surname first, has in common with all its spellings; "" if it isn't Korean."""
    return _key(words) if words and words[0][:1].isupper() and korean_surname(words[0]) else ""


@lru_cache(maxsize=16384)
def _key(words: tuple[str, ...]) -> str:
    parts = folded(" ".join(words)).split()
    if not 2 <= len(parts) <= 3 or parts[0] not in _surnames():
        return ""
    syllables = _syllables(tuple(parts[1:]))
    if not syllables:
        return ""
    # Where they are written together, "chang-ik" could be "chan-gik" as well.
    return f"{_surnames()[parts[0]][0]} {_NG.sub('N', ''.join(_even(syllable) for syllable in syllables))}"


def korean_surname(word: str) -> tuple[str, ...]:
    """All spellings of a surname, folded; () if it is none."""
    return _surnames().get(folded(word), ())


def _syllables(given: tuple[str, ...]) -> tuple[str, ...]:
    one = _syllable()
    if len(given) == 2:
        return given if all(one.fullmatch(part) for part in given) else ()
    joined = given[0]
    if one.fullmatch(joined):
        return (joined,)
    for at in range(len(joined) - 1, 0, -1):
        if one.fullmatch(joined[:at]) and one.fullmatch(joined[at:].removeprefix("'")) and joined[at] not in "aeiouyw":
            return joined[:at], joined[at:]
    return ()


def _even(syllable: str) -> str:
    for pattern, instead in rules("korean"):
        syllable = pattern.sub(instead, syllable)
    return syllable


@cache
def _syllable() -> re.Pattern[str]:
    return re.compile(table("korean")["syllable"])


@cache
def _surnames() -> dict[str, tuple[str, ...]]:
    """Each spelling, with all of the same name; one that is of several names has those of all."""
    found: dict[str, tuple[str, ...]] = {}
    for group in table("korean")["surnames"]:
        for spelling in group:
            found[spelling] = tuple(dict.fromkeys((*found.get(spelling, ()), *group)))
    return found
