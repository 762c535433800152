"""The words of a language: which classes each belongs to, and what it means."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from teipipe.encode.dates.numbers import NUMBERS, Suffixes
from teipipe.encode.dates.tokens import pieces_of
from teipipe.errors import ConfigurationError

#: The classes whose words mean a number, with the least and the greatest.
_RANGES: Final[dict[str, tuple[int, int]]] = {
    "month": (1, 12),
    "month-short": (1, 12),
    "month-doubtful": (1, 12),
    "month-roman": (1, 12),
    "weekday": (1, 7),
    "weekday-short": (1, 7),
    "nth-word": (1, 31),
    "count": (1, 999),
    "decade-word": (0, 90),
    "tens": (20, 90),
    "part": (1, 3),
    "part-noun": (1, 3),
    "fraction": (2, 12),
    "meridiem": (0, 1),
    "deictic": (-9, 9),
    "year-word": (-1, 1),
}
#: Those whose words mean one of a few things.
_UNITS: Final = ("day", "week", "month", "year", "decade", "century")
_NAMED: Final = {"unit": _UNITS, "units": _UNITS, "daypart": ("morning", "afternoon", "evening", "night")}
_VALUED: Final = frozenset((*_RANGES, *_NAMED, "season"))


def require(condition: object, key: str, message: str, path: Path) -> None:
    """Raise ConfigurationError, for a key of a file, if something isn't as it should be."""
    if not condition:
        raise ConfigurationError(f"{key}: {message}", path=path)


def table_of(data: dict[str, Any], key: str, path: Path) -> dict[str, Any]:
    """The table under a key; an empty one if there is none."""
    table = data.get(key, {})
    require(isinstance(table, dict), key, "isn't a table", path)
    return dict(table)


class Vocabulary:
    """`classes` of each word, `meanings` of those that have one, and `suffixes` of numbers."""

    def __init__(self, data: dict[str, Any], path: Path) -> None:
        self._path = path
        self.classes: dict[str, set[str]] = {}
        self.meanings: dict[str, object] = {}
        tables = table_of(data, "words", path)
        self.names = frozenset(tables)
        for name, table in tables.items():
            self._read(name, table)
        self.suffixes = self._endings(table_of(data, "endings", path))

    def add_literal(self, word: str) -> None:
        """A word that stands in a template itself."""
        for form in _written(word):
            self.classes.setdefault(form, set()).add(f"={word}")

    def _read(self, name: str, table: object) -> None:
        key = f"words.{name}"
        self._require(name not in NUMBERS, key, "is a class of numbers, which have no words")
        if isinstance(table, list):
            self._require(name not in _VALUED, key, "is a table: its keys are what its words mean")
            self._add(name, key, table, None)
            return
        if not isinstance(table, dict):
            raise ConfigurationError(
                f"{key}: is a list of words, or a table of such lists by their meaning", path=self._path
            )
        for meaning, words in table.items():
            place = f"{key}.{meaning}"
            self._require(isinstance(words, list), place, "is a list of words")
            self._add(name, place, words, self._meaning(name, place, meaning))

    def _require(self, condition: object, key: str, message: str) -> None:
        require(condition, key, message, self._path)

    def _add(self, name: str, key: str, words: list[object], meaning: object) -> None:
        for word in words:
            self._require(isinstance(word, str) and _is_word(word), key, f"{word!r} is no single word")
            for form in _written(str(word)):
                self.classes.setdefault(form, set()).add(name)
                known = self.meanings.setdefault(form, meaning)
                if known is None:
                    self.meanings[form] = meaning
                elif meaning is not None:
                    self._require(known == meaning, key, f"“{word}” means {known} elsewhere")

    def _meaning(self, name: str, key: str, meaning: str) -> object:
        """What the words under a key mean, by their class."""
        if name in _NAMED:
            self._require(meaning in _NAMED[name], key, f"stands for one of {', '.join(_NAMED[name])}")
            return meaning
        if name == "season":
            ends = re.fullmatch(r"([1-9]|1[0-2])-([1-9]|1[0-2])", meaning)
            self._require(ends, key, "stands for a season: its first and its last month, as in 3-5")
            return (int(ends[1]), int(ends[2])) if ends else None
        least, greatest = _RANGES.get(name, (-999, 999))
        right = re.fullmatch(r"-?[0-9]{1,3}", meaning) and least <= int(meaning) <= greatest
        self._require(right, key, f"stands for a number from {least} to {greatest}")
        return int(meaning)

    def _endings(self, table: dict[str, Any]) -> Suffixes:
        for key, endings in table.items():
            self._require(key in ("ordinals", "decades"), f"endings.{key}", "is ordinals or decades")
            right = isinstance(endings, list) and all(isinstance(one, str) and one.isalpha() for one in endings)
            self._require(right, f"endings.{key}", "is a list of endings, of letters alone")
        meridiems = {word: value for word, value in self.meanings.items() if "meridiem" in self.classes[word]}
        return Suffixes(frozenset(table.get("ordinals", ())), frozenset(table.get("decades", ())), meridiems)


def _is_word(word: str) -> bool:
    """Whether it is read as one piece of a text."""
    return len(pieces_of(word)) == 1 and not word[0].isdigit() and not word.isspace()


def _written(word: str) -> set[str]:
    """How a word is written: as it stands, with a capital letter, in capitals; with either kind of apostrophe."""
    forms = {word, word[:1].upper() + word[1:], word.upper()}
    return forms | {form.replace("'", "’") for form in forms}
