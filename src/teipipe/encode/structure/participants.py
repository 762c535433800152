"""The lists of those present: where one begins, how far it reaches, what groups it has."""

from __future__ import annotations

import re
from typing import Final

from teipipe.encode.blocks import Block
from teipipe.encode.decisions import Certainty
from teipipe.encode.structure.draft import Builder, Draft, container
from teipipe.encode.structure.units import Unit, ends_sentence

#: A line of a list of those present is no longer than this.
_LINE: Final = 260
_GROUP: Final = re.compile(r"(?<=[.;]\s)[^\W\d_][^.:;,()\n]{2,60}:(?=\s)")
_WORD: Final = re.compile(r"[^\W\d_]+")
_WORDS: Final = re.compile(r"[^\W\d_][\w'’-]+")
_NAME: Final = re.compile(r"[^\W\d_]\W?[^\W\d_]")
_SEPARATOR: Final = re.compile(r"\s*[:.–—-]?\s*")


def heading(draft: Draft, unit: Unit) -> tuple[str, int] | None:
    """Whether a unit begins a list of those present or absent: which, and where its heading ends."""
    text, words = draft.text, draft.vocabulary
    for name in ("present", "absent"):
        match = draft.start(name, unit)
        if match is None:
            continue
        end = match.end("phrase")
        is_office = words.offices.whole(text, unit.start, end) is not None
        if is_office and not _is_names(text, end, unit.end):
            continue
        if end == unit.end or (text[end] in ":.)]" and end + 1 >= unit.end):
            return name, unit.end
        if text[end] == ":" and text[end + 1 : end + 2].isspace():
            return name, end + 1
    return None


def _is_names(text: str, start: int, end: int) -> bool:
    """Whether a stretch is names rather than a sentence: most words have a capital."""
    if end - start > _LINE:
        return False
    words = _WORD.findall(text, start, end)
    return len(words) > 0 and sum(word[0].isupper() for word in words) * 5 >= len(words) * 3


def read(draft: Draft, builder: Builder, units: list[Unit], at: int, stops: set[int]) -> int:
    """Read a list of those present that begins at a unit; returns the number of the first one behind it."""
    found = heading(draft, units[at])
    if found is None:
        return at
    name, end = found
    unit = units[at]
    builder.open("participants")
    builder.add(Block("head", unit.start, end))
    draft.decide("participants", (unit.start, end), "div type=participants", "its heading says so")
    if end < unit.end:
        start = _next_word(draft.text, end, unit.end)
        _line(draft, builder, start, unit.end)
        last = at + 1
        ends = unit.end
    else:
        last, ends = _lines(draft, builder, units, at + 1, stops)
    if name == "present" and ends > end:
        draft.present.append((_next_word(draft.text, end, ends), ends))
    return last


def _line(draft: Draft, builder: Builder, start: int, end: int) -> None:
    """Those present in one line: a paragraph, or a list if it has groups with headings of their own."""
    groups = [match.start() for match in _GROUP.finditer(draft.text, start, end)]
    if not groups:
        builder.add(Block("p", start, end))
        return
    for one, two in zip([start, *groups], [*groups, end], strict=True):
        stop = one + len(draft.text[one:two].rstrip())
        builder.item(Block("item", one, stop))
    builder.end_list()
    draft.decide("participants", (start, end), "list", "it has groups, each with a heading", Certainty.MEDIUM)


def _lines(draft: Draft, builder: Builder, units: list[Unit], at: int, stops: set[int]) -> tuple[int, int]:
    """Those present on lines of their own: groups that have a heading are lists."""
    ends, first = 0, at
    spaced = at + 1 < len(units) and units[at + 1].gap
    groups: list[list[Block]] = [[]]
    while at < len(units):
        unit = units[at]
        if unit.page is not None:
            if not groups[-1]:
                break
            groups[-1].append(Block("pb", unit.start, unit.end, (("n", unit.page),) if unit.page else ()))
            at += 1
            continue
        if at in stops or not (is_person(draft, unit) or _is_group(draft, unit)):
            break
        is_heading = draft.text[unit.end - 1] == ":"
        if unit.gap and at > first and not (spaced or is_heading):
            break
        if is_heading:
            groups.append([])
        groups[-1].append(Block("head" if is_heading else "item", unit.start, unit.end))
        ends = unit.end
        at += 1
    for group in groups:
        _group(builder, group)
    return at, ends


def _group(builder: Builder, group: list[Block]) -> None:
    """Add a list, or what is no list because it has no items."""
    if any(block.element == "item" for block in group):
        builder.add(container("list", group))
        return
    for block in group:
        builder.add(block if block.element == "pb" else Block("p", block.start, block.end))


def follow(draft: Draft, units: list[Unit], at: int) -> bool:
    """Whether the line of a person is the next one."""
    while at < len(units) and units[at].page is not None:
        at += 1
    return at < len(units) and (is_person(draft, units[at]) or _is_group(draft, units[at]))


def _is_group(draft: Draft, unit: Unit) -> bool:
    """Whether a unit is a group of those present, with its heading: "Soviet side: A, B"."""
    found = heading(draft, unit)
    return found is not None and found[0] == "present" and found[1] < unit.end and unit.end - unit.start <= 2 * _LINE


def is_person(draft: Draft, unit: Unit) -> bool:
    """Whether a unit may be a line of such a list, and not a sentence or the next heading."""
    text = draft.text
    length = unit.end - unit.start
    if length > _LINE or not _NAME.search(text, unit.start, unit.end):
        return False
    if heading(draft, unit) is not None or is_field(draft, unit) or _is_division(draft, unit):
        return False
    if text[unit.start].islower() or text[unit.start] in "[":
        return False
    return not (ends_sentence(text, unit.start, unit.end) and text[unit.end - 1] not in ":;" and length > 90)


def _is_division(draft: Draft, unit: Unit) -> bool:
    """Whether a unit is the heading of a division."""
    names = draft.vocabulary.lists_at(unit.first)
    return any(name.startswith("division:") and draft.whole(name, unit) for name in names)


def is_field(draft: Draft, unit: Unit) -> bool:
    """Whether a unit is a line such as "SUBJECT" or "To: …"."""
    for name in draft.vocabulary.lists_at(unit.first):
        match = draft.start(name, unit) if name.startswith("field:") else None
        if match is not None and (match.end("phrase") == unit.end or draft.text[match.end("phrase")] == ":"):
            return True
    return False


def _next_word(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def words_of(draft: Draft) -> frozenset[str]:
    """The capitalised words in the lists of those present, and in the titles."""
    words: set[str] = set()
    for start, end in (*draft.present, *draft.titles):
        words.update(_WORDS.findall(draft.text, start, end))
    return frozenset(word.casefold() for word in words if word[0].isupper())
