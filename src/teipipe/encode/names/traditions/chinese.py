"""Chinese names in pinyin and in Wade-Giles."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import product
from typing import Final

from teipipe.encode.names.folding import folded
from teipipe.encode.names.traditions.tables import table

#: More spellings of one name than this aren't looked for.
_MOST: Final = 16


def is_chinese(words: tuple[str, ...]) -> bool:
    """Whether a name of these words can be a Chinese one: a known surname, then one or two syllables."""
    return bool(_readings(words))


@lru_cache(maxsize=4096)
def chinese_forms(words: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    """The other spellings of a name, surname first: each as (whole name, its surname, system); () if it is none."""
    found: dict[str, tuple[str, str, str]] = {}
    for syllables in _readings(words):
        surname, *given = syllables
        joined = "".join(given).capitalize()
        whole = f"{surname.capitalize()} {joined}"
        found.setdefault(folded(whole), (whole, surname.capitalize(), "pinyin"))
        if len(given) == 2:
            whole = f"{surname.capitalize()} {given[0].capitalize()}-{given[1]}"
            found.setdefault(folded(whole), (whole, surname.capitalize(), "pinyin"))
        for spelling in list(product(*(_wade(syllable) for syllable in syllables)))[:_MOST]:
            first, *rest = (spelling[0].capitalize(), *spelling[1:])
            whole = f"{first} {'-'.join((rest[0].capitalize(), *rest[1:]))}"
            found.setdefault(folded(whole), (whole, first, "Wade-Giles"))
    found.pop(folded(" ".join(words)), None)
    return tuple(found.values())


def _readings(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The name as syllables of pinyin, surname first, in each way it can be read: as pinyin, as Wade-Giles."""
    parts = folded(" ".join(words)).split()
    if not 2 <= len(parts) <= 3 or not all(word[:1].isupper() for word in words):
        return []
    surname, given = parts[0], parts[1:]
    hyphened = any("-" in word for word in words[1:]) or len(words) == 3
    readings: list[tuple[str, ...]] = []
    if not hyphened and surname in _surnames() and len(given) == 1:
        syllables = _divided(given[0])
        if syllables:
            readings.append((surname, *syllables))
    wade = [_read(part) for part in parts]
    if all(wade) and len(parts) == 2 + (hyphened and len(parts) == 3):
        for syllables in list(product(*wade))[:4]:
            if syllables[0] in _surnames() and syllables not in readings and (hyphened or len(parts) == 2):
                readings.append(syllables)
    return readings


def _divided(joined: str) -> tuple[str, ...]:
    """One or two syllables that are written together; the longer first one, as the standard divides without a sign."""
    known = table("chinese")["syllables"]
    if joined in known:
        return (joined,)
    for at in range(min(6, len(joined) - 1), 0, -1):
        first, second = joined[:at], joined[at:].removeprefix("'")
        if first in known and second in known and (second[0] not in "aeo" or joined[at] == "'"):
            return (first, second)
    return next(
        ((joined[:at], joined[at:]) for at in range(1, len(joined)) if joined[:at] in known and joined[at:] in known),
        (),
    )


def _wade(syllable: str) -> tuple[str, ...]:
    """How Wade-Giles writes a syllable: with its apostrophe, and without, as newspapers do."""
    spellings: list[str] = table("chinese")["syllables"][syllable]
    return tuple(dict.fromkeys(one for spelling in spellings for one in (spelling, spelling.replace("'", ""))))


def _read(spelling: str) -> tuple[str, ...]:
    """The syllables that a spelling of Wade-Giles may stand for, those with its apostrophe first."""
    exact, loose = _spellings()
    if "'" in spelling:
        return exact.get(spelling, ())
    return tuple(dict.fromkeys((*exact.get(spelling, ()), *loose.get(spelling, ()))))


@cache
def _spellings() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """What each spelling of Wade-Giles stands for, and each one whose apostrophe was left out."""
    exact: dict[str, tuple[str, ...]] = {}
    loose: dict[str, tuple[str, ...]] = {}
    for syllable, spellings in table("chinese")["syllables"].items():
        for spelling in spellings:
            exact[spelling] = (*exact.get(spelling, ()), syllable)
            if "'" in spelling:
                plain = spelling.replace("'", "")
                loose[plain] = (*loose.get(plain, ()), syllable)
    return exact, loose


@cache
def _surnames() -> frozenset[str]:
    return frozenset(table("chinese")["surnames"])


@lru_cache(maxsize=4096)
def chinese_surnames(word: str) -> frozenset[str]:
    """The spellings of a surname in both systems, folded; none if it isn't a Chinese one."""
    if word not in _surnames() and not _read(word):
        return frozenset()
    pinyin = {word} if word in _surnames() else set()
    pinyin |= {syllable for syllable in _read(word) if syllable in _surnames()}
    return frozenset(pinyin | {spelling for syllable in pinyin for spelling in _wade(syllable)})
