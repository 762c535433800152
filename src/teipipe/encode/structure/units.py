"""The paragraphs of a transcript: one on each line, between blank lines, or of lines that were broken at a width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from teipipe.encode.blocks import Span
from teipipe.encode.structure.patterns import first_word
from teipipe.encode.structure.vocabulary import Vocabulary

#: Lines of a page or screen that was broken at a width are no longer than this.
WIDEST: Final = 132
_NARROWEST: Final = 45
_BREAK: Final = re.compile(r"\n")
_FIRST_WORD: Final = re.compile(r"\S+")
_NUMBER: Final = re.compile(r"\d{1,6}")
_MARKED: Final = re.compile(r"(?:[-–—•*·▪◦]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxlIVXL]{1,6})[.)])\s")
_ABBREVIATED: Final = re.compile(r"(?:(?<!\w)[^\W\d_]\.[^\W\d_]|(?<!\w)(?:Jr|Sr|Inc|Ltd|Corp|Dept))\.$")
_LABEL: Final = re.compile(r"[^\W\d_a-z][^\n:]{0,50}(?::|\s[-–—])\s")
_DIVIDED: Final = re.compile(r"[^\W\d_]{2}-\n[ \t\xa0]*[^\W\d_]{2}")
#: What ends a sentence, and what may stand behind it.
ENDS: Final = ".!?:;…"
_BEHIND: Final = "\"'”’»“)]*_ \t\xa0"


@dataclass(slots=True)
class Unit:
    """A paragraph, head or other line: from its first to behind its last character that is no blank.

    `gap`: a blank line stands before it. `page` is its number if it is a page break and nothing else, else None;
    `pages` are the places and numbers of page breaks within it; `first` is its first word, as phrases are found by it.
    """

    start: int
    end: int
    gap: bool = False
    indent: int = 0
    page: str | None = None
    pages: list[tuple[int, int, str]] = field(default_factory=list)
    first: str = ""


def lines_of(text: str) -> list[Unit]:
    """The lines that hold anything but blanks."""
    units: list[Unit] = []
    at, gap = 0, True
    for line in text.split("\n"):
        stripped = line.lstrip()
        if stripped:
            start = at + len(line) - len(stripped)
            units.append(Unit(start, start + len(stripped.rstrip()), gap, start - at))
            gap = False
        else:
            gap = True
        at += len(line) + 1
    return units


def units_of(text: str, lines: list[Unit], *, are_paragraphs: bool = False) -> tuple[list[Unit], str]:
    """The units of a text, of its lines, and how they are set apart: "lines" or "wrapped"."""
    width = 0 if are_paragraphs else _width(text, lines)
    units = _continued(text, _joined(text, lines, width) if width else lines)
    for unit in units:
        unit.first = first_word(text, unit.start, unit.end)
    return units, "wrapped" if width else "lines"


def paged(text: str, vocabulary: Vocabulary) -> list[Unit]:
    """The lines of a text; those that are page breaks and nothing else are known."""
    lines = lines_of(text)
    _number_pages(text, lines, vocabulary)
    return lines


def split_at(text: str, units: list[Unit], number: int, at: int, start: int) -> None:
    """Divide a unit in two: one ends at a place, the other begins at another one behind it."""
    unit = units[number]
    units.insert(number + 1, Unit(start, unit.end, pages=unit.pages, first=first_word(text, start, unit.end)))
    units[number] = Unit(unit.start, at, unit.gap, unit.indent, first=first_word(text, unit.start, at))


def pages_within(unit: Unit) -> Iterator[Span]:
    """The page breaks within a unit: all of each is sign."""
    for start, end, number in unit.pages:
        if end > start:
            yield Span("pb", start, end, (("n", number),) if number else (), opening=end - start)


def divided_words(text: str) -> Iterator[tuple[int, int]]:
    """Words that are divided by a hyphen at the end of a line, in lines that were broken at a width."""
    return (match.span() for match in _DIVIDED.finditer(text))


def ends_sentence(text: str, start: int, end: int) -> bool:
    """Whether a stretch ends as a sentence does, whatever quotation marks or brackets stand behind."""
    tail = text[max(start, end - 12) : end].rstrip(_BEHIND)
    return bool(tail) and tail[-1] in ENDS


def is_sentence(text: str, start: int, end: int) -> bool:
    """Whether a line is a sentence by its end: "10 a.m." and "Jr." don't end one."""
    return ends_sentence(text, start, end) and _ABBREVIATED.search(text, max(start, end - 8), end) is None


def _number_pages(text: str, lines: list[Unit], vocabulary: Vocabulary) -> None:
    """Tell page breaks: lines with the number of a page in one of the usual forms, or bare numbers in sequence."""
    bare: list[tuple[int, Unit]] = []
    for line in lines:
        if line.end - line.start > 40:
            continue
        number = _NUMBER.search(text, line.start, line.end)
        if number is None:
            continue
        if number.span() == (line.start, line.end):
            bare.append((int(number[0]), line))
        elif vocabulary.whole("pages", text, line.start, line.end, first_word(text, line.start, line.end)):
            line.page = number[0]
    values = [value for value, _ in bare]
    if len(bare) >= 2 and all(later == earlier + 1 for earlier, later in pairwise(values)):
        for value, line in bare:
            line.page = str(value)
    _unnumber_feet(lines)


def _unnumber_feet(lines: list[Unit]) -> None:
    """Take away numbers that stand at the feet of pages: the first one is 1, or the last one ends the text."""
    pages = [line for line in lines if line.page is not None]
    if pages and ((pages[0].page == "1" and pages[0] is not lines[0]) or pages[-1] is lines[-1]):
        for line in pages:
            line.page = ""


def _width(text: str, lines: list[Unit]) -> int:
    """The width at which the lines were broken, 0 if each is a paragraph of its own."""
    lengths = sorted(line.end - line.start for line in lines if line.page is None)
    long = [length for length in lengths if length >= _NARROWEST]
    if len(long) < 3:
        return 0
    width = long[(len(long) - 1) * 19 // 20]
    if width > WIDEST:
        return 0
    pairs = [
        (one, two) for one, two in pairwise(lines) if not two.gap and one.end - one.start >= _NARROWEST and not two.page
    ]
    full = [two for one, two in pairs if _is_full(text, one, two, width)]
    # Words are divided where the room ends: so many lines begin in mid-sentence.
    inside = sum(text[line.start].islower() for line in full)
    return width if len(full) >= 2 and len(full) * 5 >= len(pairs) * 2 and inside * 3 >= len(full) else 0


def _is_full(text: str, line: Unit, following: Unit, width: int) -> bool:
    """Whether the first word of the next line had no room on this one."""
    word = _FIRST_WORD.match(text, following.start, min(following.end, following.start + width))
    return line.end - line.start + 1 + (len(word[0]) if word else 0) >= width * 9 // 10 - 2


def _joined(text: str, lines: list[Unit], width: int) -> list[Unit]:
    units: list[Unit] = []
    last: Unit | None = None
    hangs = _labels_hang(text, lines)
    for line in lines:
        are_text = last is not None and line.page is None and last.page is None and not line.gap
        if last is not None and are_text and _goes_on(text, last, line, width, hangs=hangs):
            units[-1].end = line.end
        else:
            units.append(Unit(line.start, line.end, line.gap, line.indent, line.page))
        last = line
    return units


def _labels_hang(text: str, lines: list[Unit]) -> bool:
    """Whether paragraphs begin with labels further left than their other lines."""
    least = min(line.indent for line in lines)
    outer = [line for line in lines if line.indent == least]
    labels = sum(_LABEL.match(text, line.start, line.end) is not None for line in outer)
    return len(outer) < len(lines) and labels >= 2 and labels * 2 >= len(outer)


def _goes_on(text: str, last: Unit, line: Unit, width: int, *, hangs: bool) -> bool:
    """Whether a line goes on with the paragraph of the line before, by its indent, or by what stands in both."""
    if hangs and line.indent != last.indent:
        return line.indent > last.indent
    if line.indent > last.indent or _MARKED.match(text, line.start, line.end):
        return False
    if ends_sentence(text, last.start, last.end) and _LABEL.match(text, line.start, line.end):
        return False
    return _is_full(text, last, line, width)


def _continued(text: str, units: list[Unit]) -> list[Unit]:
    """Paragraphs that go on behind a page break are one: the first part ends in mid-sentence, the second begins so."""
    joined: list[Unit] = []
    at = 0
    while at < len(units):
        unit = units[at]
        is_break = unit.page is not None and at + 1 < len(units) and joined
        if is_break and _is_broken(text, joined[-1], units[at + 1]):
            following = units[at + 1]
            joined[-1].pages.append((unit.start, unit.end, unit.page or ""))
            joined[-1].end = following.end
            at += 2
            continue
        joined.append(unit)
        at += 1
    return joined


def _is_broken(text: str, before: Unit, after: Unit) -> bool:
    if before.page is not None or after.page is not None:
        return False
    return text[after.start].islower() and not ends_sentence(text, before.start, before.end)
