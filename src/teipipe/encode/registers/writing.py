"""Suggestions as TEI, as JSON, and as text for people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from teipipe.encode.registers.suggestion import Ambiguous, EntryKind, Spelling, Suggestion, Suggestions
from teipipe.reports.characters import encoded, listed
from teipipe.reports.paths import home, name
from teipipe.reports.terminal import visible

#: Grows only when something that was there changes its meaning or goes away; the schema has it, too.
VERSION: Final = 1

_LISTS: Final[dict[EntryKind, tuple[str, str, str]]] = {
    "person": ("listPerson", "person", "persName"),
    "org": ("listOrg", "org", "orgName"),
    "place": ("listPlace", "place", "placeName"),
}
_NOUNS: Final[dict[EntryKind, str]] = {"person": "Persons", "org": "Organisations", "place": "Places"}
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
#: So many names, and pieces of evidence, are said in words.
_MOST: Final = 6


def as_tei(suggestions: Suggestions, date: str, *, identifier: str = "register-suggested", folder: Path) -> str:
    """A register with the entries that are suggested, without those that it may have already."""
    lists = "\n".join(_list(kind, suggestions, folder) for kind in _LISTS if _new(suggestions, kind))
    apart = "\n".join(_comment(line) for line in _apart_lines(suggestions))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{identifier}" xml:lang="en">
  <teiHeader>
    <fileDesc>
      <titleStmt>
        <title>Suggested entries for a register</title>
        <respStmt xml:id="suggested">
          <resp>suggested by rule, from the names in {suggestions.sources} documents; not reviewed</resp>
          <name>teipipe</name>
        </respStmt>
      </titleStmt>
      <publicationStmt>
        <publisher>not stated</publisher>
        <idno type="document">{identifier}</idno>
        <availability status="unknown">
          <p>Suggestions for editors, which are not published.</p>
        </availability>
        <date when="{date}">{date}</date>
      </publicationStmt>
      <sourceDesc>
        <p>Names in documents, each with its places.</p>
      </sourceDesc>
    </fileDesc>
    <revisionDesc>
      <change when="{date}" who="#suggested">Suggested by rule.</change>
    </revisionDesc>
  </teiHeader>
  <standOff>
{lists or _EMPTY}
  </standOff>
{apart}{chr(10) if apart else ""}</TEI>
"""


#: A register without entries is one all the same.
_EMPTY: Final = "    <listPerson>\n      <desc>Nothing is suggested.</desc>\n    </listPerson>"


def _new(suggestions: Suggestions, kind: EntryKind) -> list[Suggestion]:
    return [entry for entry in suggestions.entries if entry.kind == kind and not entry.existing]


def _list(kind: EntryKind, suggestions: Suggestions, folder: Path) -> str:
    tag, element, named = _LISTS[kind]
    entries = "\n".join(_entry(entry, element, named, folder) for entry in _new(suggestions, kind))
    return f"    <{tag}>\n{entries}\n    </{tag}>"


def _entry(entry: Suggestion, element: str, named: str, folder: Path) -> str:
    lines = [f'      <{element} xml:id="{entry.id}">']
    for number, spelling in enumerate(entry.spellings):
        kind = "variant" if number else "preferred"
        lines.append(f'        <{named} type="{kind}">{_escaped(spelling.text)}</{named}>')
    lines.append(f'        <note type="identification">{_escaped(_sentence(entry, folder))}</note>')
    lines.append(f"      </{element}>")
    return "\n".join(lines)


def _sentence(entry: Suggestion, folder: Path) -> str:
    """What an editor has to know of an entry, in words."""
    first = min((spelling.first for spelling in entry.spellings), key=lambda one: _order(one.place))
    parts = [
        f"Suggested, not identified. {_times(entry.count)}, first in {_place(first.place, folder)}: “{first.context}”."
    ]
    parts.append(f"What tells: {_evidence(entry)}.")
    if entry.titles:
        parts.append(f"Titles before it: {', '.join(entry.titles[:_MOST])}.")
    parts += [f"{remark[0].upper()}{remark[1:]}." for remark in entry.remarks]
    return " ".join(parts)


def _order(place: Any) -> tuple[str, int, int]:
    return str(place.path), place.line or 0, place.column or 0


def _times(number: int) -> str:
    return "Once" if number == 1 else f"{number:,} times"


def _evidence(entry: Suggestion) -> str:
    found = [f"{reason} ({number:,})" for reason, number in list(entry.evidence.items())[:_MOST]]
    return "; ".join(found)


def _place(place: Any, folder: Path) -> str:
    where = name(place.path, folder).as_posix()
    return f"{where}:{place.line}:{place.column or 1}" if place.line is not None else where


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def _comment(text: str) -> str:
    return f"  <!-- {text.replace('--', '- -')} -->"


def _apart_lines(suggestions: Suggestions) -> Iterator[str]:
    for entry in suggestions.entries:
        if entry.existing:
            names = ", ".join(f"“{spelling.text}”" for spelling in entry.spellings)
            yield f"{names}: may be further names of #{entry.existing}"
    for one in suggestions.ambiguous:
        yield f"“{one.spelling.text}” ({_times(one.spelling.count).lower()}) may be {' or '.join(one.candidates)}"


def as_json(suggestions: Suggestions, folder: Path | None = None) -> Iterator[str]:
    """All suggestions as one JSON object in pieces; its form is that of schema/formats/suggestions.schema.json."""
    from teipipe import __version__

    here = home(folder)
    yield f'{{\n"version": {VERSION},\n"tool": {encoded({"name": "teipipe", "version": __version__})},\n'
    yield f'"sources": {suggestions.sources},\n"entries": '
    yield from listed(_as_record(entry, here) for entry in suggestions.entries)
    yield ',\n"ambiguous": '
    yield from listed(_ambiguous_record(one, here) for one in suggestions.ambiguous)
    yield "\n}\n"


def _as_record(entry: Suggestion, folder: Path) -> dict[str, Any]:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "score": entry.score,
        "count": entry.count,
        "names": [_spelling_record(spelling, folder) for spelling in entry.spellings],
        "titles": entry.titles,
        "existing": entry.existing or None,
        "remarks": entry.remarks,
    }


def _ambiguous_record(one: Ambiguous, folder: Path) -> dict[str, Any]:
    return {**_spelling_record(one.spelling, folder), "candidates": list(one.candidates)}


def _spelling_record(spelling: Spelling, folder: Path) -> dict[str, Any]:
    return {
        "text": spelling.text,
        "count": spelling.count,
        "evidence": spelling.evidence,
        "mentions": [
            {
                "path": name(one.place.path, folder).as_posix(),
                "line": one.place.line,
                "column": one.place.column,
                "context": one.context,
            }
            for one in spelling.mentions
        ],
    }


def as_text(suggestions: Suggestions, folder: Path | None = None) -> Iterator[str]:
    """All suggestions for people, a few lines each."""
    here = home(folder)
    for kind, noun in _NOUNS.items():
        entries = [entry for entry in suggestions.entries if entry.kind == kind]
        if entries:
            yield f"{noun} ({len(entries):,})\n"
        for entry in entries:
            yield from (f"{visible(line)}\n" for line in _entry_lines(entry, here))
        if entries:
            yield "\n"
    if suggestions.ambiguous:
        yield f"Left apart ({len(suggestions.ambiguous):,})\n"
    for one in suggestions.ambiguous:
        text = f"  {one.spelling.text} ({_times(one.spelling.count).lower()}): {', or '.join(one.candidates)}"
        yield f"{visible(text)}\n"


def _entry_lines(entry: Suggestion, folder: Path) -> Iterator[str]:
    first, *others = entry.spellings
    more = f"; also {', '.join(f'{one.text} ({one.count:,})' for one in others)}" if others else ""
    yield f"  {first.text} ({first.count:,}){more}"
    yield f"      {_evidence(entry)}"
    yield f"      {_place(first.first.place, folder)}: {first.first.context}"
    yield from (f"      {remark}" for remark in entry.remarks)
