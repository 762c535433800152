"""The numbers that a word processor sets before the items of lists: readers see them, the file counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from teipipe.transcriptions.word.formatting import Styles
from teipipe.transcriptions.word.names import W, child_value, number, switch, value

if TYPE_CHECKING:
    from lxml import etree

_LEVELS: Final = 9
_PLACE: Final = re.compile("%([1-9])")
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_CYRILLIC: Final = "абвгдежзиклмнопрстуфхцчшщэюя"


@dataclass(frozen=True, slots=True)
class Item:
    """What stands before an item: its level from 0, whether it is counted, its label as readers see it.

    `list` tells the lists of a file apart.
    """

    level: int
    is_ordered: bool
    label: str
    list: str
    has_blank: bool = True


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str
    suffix: str
    restarts_after: int
    is_legal: bool


class Numbering:
    """The lists of a document, counted as its paragraphs come."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstracts: dict[str, etree._Element] = {}
        self._lists: dict[str, etree._Element] = {}
        if root is not None:
            self._abstracts = {each.get(f"{W}abstractNumId", ""): each for each in root.findall(f"{W}abstractNum")}
            self._lists = {each.get(f"{W}numId", ""): each for each in root.findall(f"{W}num")}
        self._counts: dict[str, list[int | None]] = {}
        self._levels: dict[tuple[str, int], _Level | None] = {}
        self._begun: set[tuple[str, int]] = set()

    def item(self, properties: etree._Element | None, style: str) -> Item | None:
        """What stands before a paragraph; None if it is in no list."""
        name, level = self._of(properties, style)
        if name in ("", "0") or name not in self._lists:
            return None
        level = min(max(level, 0), _LEVELS - 1)
        found = self._level(name, level)
        if found is None:
            return None
        if found.format == "bullet":
            return Item(level, False, found.text.strip(), name)
        label = self._counted(name, level, found)
        if found.format == "none" and not label:
            return None
        return Item(level, True, label, name, found.suffix != "nothing")

    def _of(self, properties: etree._Element | None, style: str) -> tuple[str, int]:
        own = None if properties is None else properties.find(f"{W}numPr")
        name, level = child_value(own, "numId"), number(child_value(own, "ilvl"), -1)
        if name:
            return name, max(level, 0)
        name, styled, by = self._styles.numbering(style)
        if level < 0:
            level = styled if styled >= 0 else self._level_of_style(name, by)
        return name, level

    def _level_of_style(self, name: str, style: str) -> int:
        abstract = self._abstract(name)
        for each in [] if abstract is None else abstract.findall(f"{W}lvl"):
            if child_value(each, "pStyle") == style:
                return number(each.get(f"{W}ilvl"), 0)
        return 0

    def _abstract(self, name: str, depth: int = 0) -> etree._Element | None:
        """The definition of a list; of another one if it is linked to a style that has that."""
        abstract = self._abstracts.get(child_value(self._lists.get(name), "abstractNumId"))
        link = child_value(abstract, "numStyleLink")
        if link and depth < _LEVELS:
            linked, _, _ = self._styles.numbering(link)
            if linked and linked != name:
                return self._abstract(linked, depth + 1)
        return abstract

    def _level(self, name: str, level: int) -> _Level | None:
        key = (name, level)
        if key not in self._levels:
            self._levels[key] = self._defined(name, level)
        return self._levels[key]

    def _defined(self, name: str, level: int) -> _Level | None:
        override = self._override(name, level)
        abstract = self._abstract(name)
        own = None if override is None else override.find(f"{W}lvl")
        found = own if own is not None else _with_level(abstract, "lvl", level)
        if found is None:
            return None
        return _Level(
            number(child_value(found, "start"), 1),
            child_value(found, "numFmt", "decimal"),
            child_value(found, "lvlText"),
            child_value(found, "suff", "tab"),
            number(child_value(found, "lvlRestart"), level),
            bool(switch(found, "isLgl")),
        )

    def _override(self, name: str, level: int) -> etree._Element | None:
        return _with_level(self._lists.get(name), "lvlOverride", level)

    def _counted(self, name: str, level: int, found: _Level) -> str:
        abstract = self._abstract(name)
        key = name if abstract is None else abstract.get(f"{W}abstractNumId", name)
        counts = self._counts.setdefault(key, [None] * _LEVELS)
        override = self._override(name, level)
        begins = child_value(override, "startOverride")
        if begins and (name, level) not in self._begun:
            counts[level] = number(begins, 1)
        else:
            before = counts[level]
            counts[level] = found.start if before is None else before + 1
        self._begun.add((name, level))
        for deeper in range(level + 1, _LEVELS):
            below = self._level(name, deeper)
            if below is None or level < below.restarts_after:
                counts[deeper] = None
        return _PLACE.sub(lambda place: self._shown(name, int(place[1]) - 1, counts, found), found.text)

    def _shown(self, name: str, level: int, counts: list[int | None], at: _Level) -> str:
        of = self._level(name, level)
        if of is None:
            return ""
        count = counts[level]
        if count is None:
            count = counts[level] = of.start
        return formatted(count, "decimal" if at.is_legal and of.format != "decimalZero" else of.format)


def _with_level(parent: etree._Element | None, name: str, level: int) -> etree._Element | None:
    children = [] if parent is None else parent.findall(f"{W}{name}")
    return next((each for each in children if each.get(f"{W}ilvl") == str(level)), None)


def formatted(count: int, format: str) -> str:
    """A number as a format of Word's shows it (17.18.59); those that aren't known here in digits."""
    match format:
        case "none" | "bullet":
            return ""
        case "lowerLetter":
            return _lettered(count, "abcdefghijklmnopqrstuvwxyz")
        case "upperLetter":
            return _lettered(count, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        case "russianLower":
            return _lettered(count, _CYRILLIC)
        case "russianUpper":
            return _lettered(count, _CYRILLIC.upper())
        case "lowerRoman":
            return _roman(count)
        case "upperRoman":
            return _roman(count).upper()
        case "decimalZero":
            return f"{count:02}"
        case "ordinal":
            return f"{count}{_ordinal(count)}"
        case "chicago":
            signs = "*†‡§"
            return signs[(count - 1) % 4] * ((count - 1) // 4 % 10 + 1) if count > 0 else "0"
        case _:
            return str(count)


def _lettered(count: int, letters: str) -> str:
    """Word doubles letters behind the last one: z, aa, bb."""
    if count < 1:
        return str(count)
    return letters[(count - 1) % len(letters)] * min((count - 1) // len(letters) + 1, 10)


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    written = ""
    for worth, letters in _ROMAN:
        written += letters * (count // worth)
        count %= worth
    return written


def _ordinal(count: int) -> str:
    if count % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")


def note_format(settings: etree._Element | None, document: etree._Element, kind: str) -> tuple[str, int]:
    """How notes of a kind (footnote, endnote) are numbered, and from which number."""
    default = "decimal" if kind == "footnote" else "lowerRoman"
    own = document.findall(f".//{W}sectPr/{W}{kind}Pr")
    found = own or ([] if settings is None else settings.findall(f"{W}{kind}Pr"))
    for each in found:
        format, start = child_value(each, "numFmt"), each.find(f"{W}numStart")
        if format or start is not None:
            return format or default, number(value(start), 1)
    return default, 1
