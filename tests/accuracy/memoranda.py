"""Diplomatic documents that others have published and marked, when they are there."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

from tests.accuracy.aspects import brackets, dates, names, value_of_date
from tests.accuracy.marks import Mark, Marks
from tests.accuracy.matching import Item, matched
from tests.accuracy.measuring import ROOT, Measured, encoded

FOLDER: Final = ROOT.parent / "shared" / "gold" / "memoranda"

#: Titles that the publishers have sometimes inside a name, mostly before it.
_TITLES: Final = re.compile(
    r"(?:(?:Sir|Lord|Mr|Mrs|Miss|Dr|Messrs|Senator|Secretary|Ambassador|Minister|Governor|President|Marshal|Prince|Baron|Generalissimo|Pandit"
    r"|(?:Lieutenant |Major |Vice |Rear )?(?:General|Admiral)|Colonel|Captain)\b\.?\s+)+"
)
#: What the elements of ours may be for each kind of the publishers' brackets.
_KINDS: Final = {
    "insertion": {"supplied", "unclear", "add", "note", "sic"},
    "omitted-here": {"gap", "note"},
    "garble": {"gap", "unclear"},
}
_TIME: Final = re.compile(r"[,—\s]+(?:\d{1,2}(?:[:.]\d\d)?(?:–\d{1,2}(?:[:.]\d\d)?)?\s*[ap]\.\s?m\.?|noon|midnight)$")
#: What is counted, and whether the publishers marked all there is of it, so that there is a precision.
ROWS: Final = {
    "names": (("names of persons", ("persName",), True),),
    "dates": (
        ("dates of the documents", ("line",), False),
        ("calendar dates, where all are marked", ("silver",), True),
        ("relative dates, where many are marked", ("relative",), False),
    ),
    "brackets": (("brackets", ("brackets",), False),),
}


def missing() -> str | None:
    """Why they can't be measured; None if they can."""
    return None if (FOLDER / "persons.json").exists() else f"{FOLDER} is not there"


def measured(aspects: Sequence[str]) -> list[Measured]:
    """All documents, by the register that their volume's list of persons makes."""
    found: list[Measured] = []
    for path in sorted(FOLDER.glob("*.json")):
        if path.name != "persons.json":
            found += _document(json.loads(path.read_text(encoding="utf-8")), aspects)
    return found


def _document(gold: Mapping[str, Any], aspects: Sequence[str]) -> Iterator[Measured]:
    text, ours = encoded(FOLDER / gold["txt"], register_of(gold["volume"]))
    by_aspect = {"names": _names, "dates": _dates, "brackets": _brackets}
    for aspect in aspects:
        if aspect in by_aspect:
            theirs, found = by_aspect[aspect](gold, ours, text)
            yield Measured(gold["id"], aspect, text, tuple(matched(theirs, found)))


def _names(gold: Mapping[str, Any], ours: Marks, text: str) -> tuple[list[Item], list[Item]]:
    """Persons; those that are in no list count neither for nor against."""
    spans = [span for span in gold["spans"] if span["type"] == "persName"]
    theirs = [
        Item(span["start"], span["end"], "persName", span["ref"].lstrip("#"), "persName", _untitled(span))
        for span in spans
        if span.get("ref")
    ]
    found = [
        replace(item, spans=_without_roles(mark, text))
        for mark, item in zip(ours.of("persName"), names(_Only(ours, "persName"), text), strict=True)
    ]
    return theirs, _beside([span for span in spans if not span.get("ref")], found)


class _Only(Marks):
    """The marks of one element."""

    def __init__(self, marks: Marks, element: str) -> None:
        self.all = marks.of(element)


def _untitled(span: Mapping[str, Any]) -> frozenset[tuple[int, int]]:
    match = _TITLES.match(span["text"])
    return frozenset({(span["start"] + match.end(), span["end"])}) if match else frozenset()


def _without_roles(mark: Mark, text: str) -> frozenset[tuple[int, int]]:
    start, end = mark.start, mark.end
    for child in mark.children:
        if child.element == "roleName" and child.start == start:
            start = child.end + len(text[child.end :]) - len(text[child.end :].lstrip())
    for child in reversed(mark.children):
        if child.element == "roleName" and child.end == end and child.start > start:
            end = len(text[: child.start].rstrip(" ,\xa0"))
    return frozenset({(start, end)}) if start < end else frozenset()


def _beside(spans: Sequence[Mapping[str, Any]], items: Sequence[Item]) -> list[Item]:
    """The items that overlap none of some spans."""
    return [item for item in items if not any(span["start"] < item.end and item.start < span["end"] for span in spans)]


def _dates(gold: Mapping[str, Any], ours: Marks, text: str) -> tuple[list[Item], list[Item]]:
    found = [replace(item, value=re.sub(r"T[\d:]+", "", item.value)) for item in dates(ours, text)]
    if "silver_dates" in gold:
        return _silver(gold, found, text)
    theirs = [_line(span) for span in gold["spans"] if span["type"] == "date"]
    near = [item for item in found if any(item.start < other.end and other.start < item.end for other in theirs)]
    return theirs, [replace(item, kind="date", group="line", spans=_timeless(item, text)) for item in near]


def _line(span: Mapping[str, Any]) -> Item:
    """The date of a document; its time of day is not looked at."""
    attributes = {name: value.partition("T")[0] for name, value in span["attrs"].items()}
    if "when" in attributes and "to" in attributes:
        attributes["from"] = attributes.pop("when")
    start, end = span["start"], span["end"]
    timeless = frozenset({(start, start + len(_TIME.sub("", span["text"])))})
    return Item(start, end, "date", value_of_date(attributes), "line", timeless)


def _timeless(item: Item, text: str) -> frozenset[tuple[int, int]]:
    return frozenset({(item.start, item.start + len(_TIME.sub("", text[item.start : item.end])))})


def _silver(gold: Mapping[str, Any], found: Sequence[Item], text: str) -> tuple[list[Item], list[Item]]:
    """All dates by the calendar; those in titles of books count neither way, nor do times of day."""
    titles = [span for span in gold["silver_dates"] if span["category"] == "bibliographic"]
    theirs = [_day(span) for span in gold["silver_dates"] if span["category"] != "bibliographic"]
    yearless = {(item.start, item.end) for item in theirs if "=--" in item.value}
    relative = [
        Item(span["start"], span["start"] + len(span["text"]), "date", "", "relative")
        for span in gold.get("silver_relative", ())
    ]
    ours: list[Item] = []
    for item in _beside(titles, found):
        if item.group == "calendar dates":
            value = re.sub(r"=\d{4}-", "=--", item.value) if item.places & yearless else item.value
            ours.append(replace(item, kind="date", group="silver", value=value, spans=_timeless(item, text)))
        elif any(item.start < other.end and other.start < item.end for other in relative):
            ours.append(replace(item, kind="date", group="relative", value=""))
    return [*theirs, *relative], ours


def _day(span: Mapping[str, Any]) -> Item:
    names = ("from", "to") if "iso_to" in span else ("when",)
    value = " ".join(f"{name}={span[key]}" for name, key in zip(names, ("iso", "iso_to"), strict=False))
    return Item(span["start"], span["end"], "date", value, "silver")


def _brackets(gold: Mapping[str, Any], ours: Marks, text: str) -> tuple[list[Item], list[Item]]:
    """The publishers' brackets. They mark by one kind what we tell apart, so several elements are right."""
    kinds = {(span["start"], span["end"]): span["kind"] for span in gold["spans"] if span["type"] == "editorial"}
    theirs = [Item(*place, kind, "", "brackets") for place, kind in kinds.items()]
    found: list[Item] = []
    for item in brackets(ours, text):
        kind = kinds.get((item.start, item.end), "")
        near = any(item.start < end and start < item.end for start, end in kinds)
        if near:
            found.append(replace(item, kind=kind if item.kind in _KINDS.get(kind, ()) else item.kind, value=""))
    return theirs, found


@cache
def register_of(volume: str) -> Path:
    """A volume's list of persons as a register."""
    persons = json.loads((FOLDER / "persons.json").read_text(encoding="utf-8"))[volume]
    entries = "\n".join(_person(key, person) for key, person in persons.items())
    path = Path(_scratch().name) / f"{volume}.xml"
    path.write_text(_REGISTER.format(volume=volume, entries=entries), encoding="utf-8")
    return path


@cache
def _scratch() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()


def _person(key: str, person: Mapping[str, str]) -> str:
    """An entry, with its name in parts as the list has it: surname, rank and forename, and what comes after them."""
    name, _, other = person["name"].partition(" (")
    surname, *rest = (escape(part) for part in name.split(", "))
    parts: list[str] = []
    for number, part in enumerate(rest):
        match = _TITLES.match(part + " ")
        rank, given = (match[0].strip(), part[match.end() :].strip()) if match else ("", part)
        parts += [f'<roleName type="honorific">{rank}</roleName>'] if rank else []
        parts += (
            [f"<{'genName' if number else 'forename'}>{given}</{'genName' if number else 'forename'}>"] if given else []
        )
    whole = surname if all(part.startswith("<roleName") for part in parts) else f"<surname>{surname}</surname>"
    names = f'<persName type="preferred">{", ".join((whole, " ".join(parts))) if parts else whole}</persName>'
    if other:
        names += f'<persName type="variant">{escape(other.rstrip(")"))}</persName>'
    said = escape(person["entry"].removeprefix(person["name"]).strip(" ,"))
    note = f'<note type="description">{said}</note>' if said else ""
    return f'      <person xml:id="{key}">{names}{note}</person>'


_REGISTER: Final = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="register" xml:lang="en">
  <teiHeader>
    <fileDesc>
      <titleStmt><title>Persons of {volume}</title></titleStmt>
      <publicationStmt><p>Not published.</p></publicationStmt>
      <sourceDesc><p>The list of persons in the volume.</p></sourceDesc>
    </fileDesc>
  </teiHeader>
  <standOff>
    <listPerson>
{entries}
    </listPerson>
  </standOff>
</TEI>
"""
