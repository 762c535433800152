"""What is measured: turns, brackets, dates, names; what counts as one, its kind and its value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from tests.accuracy.marks import Mark, Marks, children_of
from tests.accuracy.matching import Item

#: Attributes of dates that say which day it is.
_DAYS: Final = ("when", "from", "to", "notBefore", "notAfter")
_MONTHS: Final = "january|february|march|april|may|june|july|august|september|october|november|december"
_CALENDAR: Final = re.compile(
    rf"\b(?:{_MONTHS}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
    r"|1[0-9]{3}s?|20[0-9]{2}s?|['’][0-9]{2}|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}|\w+ century)(?!\w)",
    re.IGNORECASE,
)
#: Words that make an expression relative although it names a month or a year.
_RELATIVE: Final = re.compile(
    r"^(?:that|this|the same|the following|the next|the previous|last|next)\b|\b(?:before|after|since)\b", re.IGNORECASE
)
#: Elements that hold the words of a text, each a paragraph or as good as one.
_LEAVES: Final = ("p", "head", "item", "byline", "opener", "closer", "dateline", "signed", "salute", "trailer", "note")
NAMES: Final = ("persName", "orgName", "placeName", "eventName", "rs", "roleName")


def turns(marks: Marks, text: str) -> list[Item]:
    """Turns, their labels, the stage directions, and what each paragraph of the text is."""
    items: list[Item] = []
    for mark in marks.all:
        if mark.element == "sp":
            items.append(Item(mark.start, mark.end, "turn", _refs(mark.attributes.get("who")), "turns"))
        elif mark.element == "speaker":
            names = (f"{name.start - mark.start}-{name.end - mark.start}" for name in children_of(mark, "persName"))
            items.append(Item(mark.start, mark.end, "speaker", " ".join(names), "labels"))
        elif mark.element == "stage":
            items.append(Item(mark.start, mark.end, "stage", mark.attributes.get("type", ""), "stage directions"))
        elif mark.element in _LEAVES and not any(_is_in(mark, other, _LEAVES) for other in marks.of("note")):
            items.append(Item(mark.start, mark.end, mark.element, "/".join(mark.path), "paragraphs"))
        elif mark.element == "div" or (mark.element == "seg" and mark.attributes.get("type")):
            kind = f"{mark.element}[{mark.attributes.get('type', '')}]"
            items.append(Item(mark.start, mark.end, kind, "/".join(mark.path), "divisions"))
    return items


def _is_in(mark: Mark, other: Mark, elements: Iterable[str]) -> bool:
    return mark is not other and mark.element in elements and other.start <= mark.start and mark.end <= other.end


def brackets(marks: Marks, text: str) -> list[Item]:
    """Whatever sets a square bracket: the element, and what it says of the words in it."""
    items: list[Item] = []
    for mark in marks.all:
        if "[" in mark.signs or "]" in mark.signs:
            said = (mark.attributes.get(name, "") for name in ("reason", "instant", "quantity", "unit", "extent"))
            items.append(Item(mark.start, mark.end, mark.element, " ".join(word for word in said if word), "brackets"))
    return items


def dates(marks: Marks, text: str) -> list[Item]:
    """Dates and times: by the calendar, or relative to something."""
    items: list[Item] = []
    for mark in marks.of("date", "time"):
        group = "times of day" if mark.element == "time" else kind_of_date(text[mark.start : mark.end])
        items.append(Item(mark.start, mark.end, mark.element, value_of_date(mark.attributes), group))
    return items


def kind_of_date(text: str) -> str:
    """Calendar dates name a month, a year, a decade or a century; others lean on something else that is said."""
    text = " ".join(text.split())
    return "calendar dates" if _CALENDAR.search(text) and not _RELATIVE.search(text) else "relative dates"


def value_of_date(attributes: Mapping[str, str]) -> str:
    """What a date says of the calendar."""
    said = ((name, attributes.get(name) or attributes.get(f"{name}-iso")) for name in _DAYS)
    return " ".join(f"{name}={value}" for name, value in said if value)


def names(marks: Marks, text: str) -> list[Item]:
    """Names, by their elements, and the entries that they point at."""
    items: list[Item] = []
    for mark in marks.of(*NAMES):
        is_role = mark.element == "roleName"
        value = mark.attributes.get("type", "") if is_role else _refs(mark.attributes.get("ref"))
        where = "label" if "speaker" in mark.path else ""
        items.append(Item(mark.start, mark.end, mark.element, value, mark.element, where=where))
    return items


def _refs(pointers: str | None) -> str:
    return " ".join(sorted(pointer.rpartition("#")[2] for pointer in (pointers or "").split()))


ASPECTS: Final[dict[str, Callable[[Marks, str], list[Item]]]] = {
    "turns": turns,
    "brackets": brackets,
    "dates": dates,
    "names": names,
}
