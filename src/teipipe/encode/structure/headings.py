"""Headings of sections and scenes: short lines that are no sentences, and what follows them."""

from __future__ import annotations

import re
from typing import Final

from teipipe.encode.decisions import Certainty
from teipipe.encode.structure.draft import Draft
from teipipe.encode.structure.enumerations import mark_of
from teipipe.encode.structure.marks import Marks
from teipipe.encode.structure.units import Unit, is_sentence

_LONGEST: Final = 120
_NUMBERED: Final = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,2})*\.?|[IVXL]{1,6}\.|[A-Z]\.|§\s?\d+|Item\s\d+[.:]?|TOP\s\d+[.:]?|Punkt\s\d+[.:]?)\s"
)
_WORD: Final = re.compile(r"[^\W\d_]{4,}")

Heading = tuple[str, int, str, Certainty]


class Headings:
    """The headings among some units: `found` has for each its division, level, reason and certainty.

    `barred` are the units no list can reach over: labels and headings.
    """

    def __init__(
        self, draft: Draft, units: list[Unit], bounds: tuple[int, int], labels: set[int], marks: Marks
    ) -> None:
        self._draft = draft
        self._units = units
        self._first, self._last = bounds
        self._labels = labels
        within = {number: level for number, level in marks.headings.items() if bounds[0] <= number < bounds[1]}
        levels = sorted(set(within.values()))
        self._given = {number: levels.index(level) + 1 for number, level in within.items()}
        tabled = {number for first, (_, behind) in marks.tables.items() for number in range(first, behind)}
        apart = labels | tabled | marks.items.keys()
        self.found: dict[int, Heading] = {}
        for number in range(*bounds):
            unit = units[number]
            is_short = unit.end - unit.start <= _LONGEST or number in self._given
            if unit.page is None and is_short and number not in apart:
                heading = self._heading(number, unit)
                if heading is not None:
                    self.found[number] = heading
        self._thin()
        self.barred = labels | self.found.keys()

    def _heading(self, number: int, unit: Unit) -> Heading | None:
        draft = self._draft
        if number in self._given:
            return self._kind(unit), self._given[number], "the word processor says so", Certainty.HIGH
        known = draft.vocabulary.lists_at(unit.first)
        for name in known:
            is_whole = name.startswith("division:") and draft.whole(name, unit)
            if is_whole and self._following(number) is not None:
                kind = name.partition(":")[2]
                return kind if kind != "summary" else "section", 1, "a known heading", Certainty.HIGH
        if "narrative" in known and draft.start("narrative", unit):
            return None
        scene = "scenes" in known and draft.start("scenes", unit)
        if scene and self._begins_scene(number, unit):
            return "scene", 1, "it says where or when what follows was said", Certainty.HIGH
        if self._is_heading(number, unit):
            return self._kind(unit), 1, "a short line that is no sentence, above a paragraph", Certainty.MEDIUM
        return None

    def _begins_scene(self, number: int, unit: Unit) -> bool:
        if self._labels:
            return self._following(number) in self._labels
        return unit.gap and unit.end - unit.start <= 80 and not self._is_sentence(unit)

    def _kind(self, unit: Unit) -> str:
        profile = self._draft.vocabulary.profile
        if profile.text_type == "minutes" and _NUMBERED.match(self._draft.text, unit.start, unit.end):
            return "item"
        return "scene" if self._labels else "section"

    def _following(self, number: int) -> int | None:
        """The next unit that is no page break."""
        number += 1
        while number < self._last and self._units[number].page is not None:
            number += 1
        return number if number < self._last else None

    def _is_sentence(self, unit: Unit) -> bool:
        return is_sentence(self._draft.text, unit.start, unit.end)

    def _is_heading(self, number: int, unit: Unit) -> bool:
        text, following = self._draft.text, self._following(number)
        if following is None or not self._may_be(unit):
            return False
        is_caps = self._is_caps(unit)
        numbered = _NUMBERED.match(text, unit.start, unit.end)
        if self._labels:
            distinct = is_caps or numbered or self._is_titled(unit)
            return bool(unit.gap and distinct and following in self._labels)
        if self._draft.vocabulary.profile.body == "letter" and not (is_caps or numbered):
            return False
        after = self._units[following]
        if numbered and self._kind(unit) == "item" and self._is_sentence(after) and text[after.end - 1] != ":":
            return mark_of(text, after) is None and not self._counts_on(number)
        if mark_of(text, unit) and mark_of(text, after) and not numbered:
            return False
        length = after.end - after.start
        if length < 2 * (unit.end - unit.start) and length < _LONGEST:
            return False
        return self._ends_before(number) and not self._counts_on(number)

    def _may_be(self, unit: Unit) -> bool:
        """Whether a line may be a heading, by how it begins and ends: a question is one in essays alone."""
        text, first = self._draft.text, self._draft.text[unit.start]
        if not (first.isupper() or first.isdigit() or first in "“\"‘'„§¿") or text[unit.end - 1] in ",;-–—":
            return False
        is_asked = text[unit.end - 1] == "?" and self._draft.vocabulary.profile.text_type == "essay"
        return is_asked or self._is_caps(unit) or not self._is_sentence(unit)

    def _is_caps(self, unit: Unit) -> bool:
        return unit.end - unit.start > 3 and self._draft.text[unit.start : unit.end].isupper()

    def _counts_on(self, number: int) -> bool:
        """Whether a numbered line is the next one of numbered paragraphs."""
        mark = mark_of(self._draft.text, self._units[number])
        before = mark_of(self._draft.text, self._units[number - 1]) if number > self._first else None
        if mark is None or before is None or number - 1 in self.found:
            return False
        return mark.style == before.style and any(value - 1 in before.values for value in mark.values)

    def _ends_before(self, number: int) -> bool:
        """Whether the paragraph before is closed."""
        number -= 1
        while number >= self._first and self._units[number].page is not None:
            number -= 1
        if number < self._first or number in self.found:
            return True
        unit = self._units[number]
        return self._is_sentence(unit) and self._draft.text[unit.end - 1] not in ":;"

    def _is_titled(self, unit: Unit) -> bool:
        words = _WORD.findall(self._draft.text, unit.start, unit.end)
        return len(words) > 1 and all(word[0].isupper() for word in words)

    def _thin(self) -> None:
        """Where every other line would be a heading, none is that isn't known to be one."""
        guessed = [
            number for number, heading in self.found.items() if heading[0] != "item" and heading[3] is Certainty.MEDIUM
        ]
        if len(guessed) * 5 > (self._last - self._first) * 2 and len(guessed) > 2:
            for number in guessed:
                del self.found[number]
