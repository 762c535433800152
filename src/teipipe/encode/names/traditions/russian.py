"""Russian names as libraries, scholars, newspapers, the French and the Germans write them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from teipipe.encode.names.folding import folded
from teipipe.encode.names.traditions.tables import rules, table


@lru_cache(maxsize=65536)
def russian_key(surname: str) -> str:
    """What a surname has in common with all its spellings; "" if it doesn't look Russian, or is short."""
    if len(surname) < 5 or not _written().search(surname):
        return ""
    key = _even(surname)
    return key if len(key) >= 4 and _endings().search(key) else ""


@lru_cache(maxsize=65536)
def russian_forename(forename: str) -> str:
    """What a forename has in common with all its spellings."""
    return _same().get(folded(forename)) or _even(forename)


def _even(word: str) -> str:
    if " " in word or not word[:1].isupper():
        return ""
    lower = word.lower()
    for letter, instead in table("russian")["scholarly"]:
        lower = lower.replace(letter, instead)
    key = folded(lower)
    for pattern, instead in rules("russian"):
        key = pattern.sub(instead, key)
    return key


@cache
def scholarly_letters() -> frozenset[str]:
    """Letters of which more can be told than by what they are folded to."""
    letters = "".join(letter for letter, _ in table("russian")["scholarly"])
    return frozenset(letter for letter in letters + letters.upper() if not letter.isascii())


@cache
def _written() -> re.Pattern[str]:
    return re.compile(f"{table('russian')['written']}$", re.IGNORECASE)


@cache
def _endings() -> re.Pattern[str]:
    return re.compile(f"{table('russian')['endings']}$")


@cache
def _same() -> dict[str, str]:
    return {spelling: group[0] for group in table("russian")["same"] for spelling in group}
