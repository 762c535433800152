"""Lines that tell by their form what they are: dates, salutations; and those that are two lines in one."""

from __future__ import annotations

import re
from typing import Final

from teipipe.encode.structure.draft import Draft
from teipipe.encode.structure.units import Unit, is_sentence, split_at

_DATELINE: Final = 100
#: A line with a date has no more words than these, and of those in small letters.
_WORDS: Final = 13
_PROSE: Final = 2
_YEAR: Final = re.compile(
    r"(?<!\d)(?:1[0-9]|20)\d\d(?!\d)|(?<!\d)\d{1,2}[./]\s?(?:\d{1,2}|[IVX]{1,4})[./]\s?\d{2,4}(?!\d)"
)
_DIGIT: Final = re.compile(r"\d")
#: Lines are divided among so many units; a salutation that a sentence follows is no longer than this.
_NEAR: Final = 20
_RUN_IN: Final = 70
_SALUTE: Final = 120
#: A salutation that is longer doesn't end with a full stop.
_SURELY: Final = 40
_SALUTE_END: Final = re.compile(r"[:!]\s+(?=\S)")
_ITEM: Final = re.compile(r":\s+(?=\d)")


def _is_prose(word: str) -> bool:
    """Whether a word is one of a title rather than of a date: "at", "between"; not "p.m."."""
    return word.isalpha() and word.islower() and len(word) > 1


def is_dateline(draft: Draft, unit: Unit) -> bool:
    """Whether a unit is a line with a date, perhaps behind a place, and no sentence."""
    text = draft.text
    words = text[unit.start : min(unit.end, unit.start + _DATELINE)].split()
    if unit.end - unit.start > _DATELINE or len(words) > _WORDS or sum(map(_is_prose, words)) > _PROSE:
        return False
    if not (text[unit.start].isupper() or text[unit.start].isdigit() or text[unit.start] == "["):
        return False
    if not _DIGIT.search(text, unit.start, unit.end):
        return False
    year = _YEAR.search(text, unit.start, unit.end)
    if year is not None and not year[0].isdigit():
        return True
    if year is None and is_sentence(text, unit.start, unit.end):
        return False
    return draft.vocabulary.months.within(text, unit.start, unit.end) is not None


def split_agenda(draft: Draft, units: list[Unit]) -> None:
    """Divide a line that has the heading of an agenda and its first item."""
    text = draft.text
    for number, unit in enumerate(units[:_NEAR]):
        match = draft.start("division:agenda", unit) if unit.page is None else None
        found = _ITEM.match(text, match.end("phrase"), unit.end) if match else None
        if found:
            split_at(text, units, number, found.start() + 1, found.end())
            return


def is_salutation(draft: Draft, unit: Unit) -> bool:
    """Whether a unit is a salutation and nothing else."""
    text, length = draft.text, unit.end - unit.start
    if length > _SALUTE or text[unit.end - 1] not in (",:!;" if length > _SURELY else ",:!;."):
        return False
    if ": " in text[unit.start : unit.end]:
        return False
    return draft.whole("salutations", unit) is not None


def split_salutation(draft: Draft, units: list[Unit]) -> None:
    """Divide a paragraph that begins with a salutation: "Dear Winston: I am grateful …"."""
    text = draft.text
    for number, unit in enumerate(units[:_NEAR]):
        if unit.page is not None or not draft.start("salutations", unit):
            continue
        match = _SALUTE_END.search(text, unit.start, min(unit.end, unit.start + _RUN_IN))
        if match and draft.vocabulary.whole("salutations", text, unit.start, match.start() + 1, unit.first):
            split_at(text, units, number, match.start() + 1, match.end())
        return
