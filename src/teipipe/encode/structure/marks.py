"""What a word processor says of whole paragraphs: headings, items, tables, pages, and labels that look like labels."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from teipipe.encode.blocks import Block
from teipipe.encode.structure.units import Unit
from teipipe.encode.transcript import Mark, Transcript

#: How the labels of turns look, where they look otherwise than what is said.
_LOOKS = frozenset({"bold", "small-caps", "caps", "underline"})
#: A label is no longer than this.
_LABEL = 60
_LINE = re.compile(r"\S[^\n]*")
_CELL = frozenset({"role", "rows", "cols"})


@dataclass(slots=True)
class Marks:
    """What is said of units, by their numbers: levels of headings, items, and tables with the unit behind each.

    `looks` has for the start of a unit where what looks like a label ends.
    """

    headings: dict[int, int] = field(default_factory=dict)
    items: dict[int, Mark] = field(default_factory=dict)
    tables: dict[int, tuple[Block, int]] = field(default_factory=dict)
    looks: dict[int, int] = field(default_factory=dict)


def is_of_word_processor(transcript: Transcript) -> bool:
    """Whether a word processor says what a paragraph is."""
    return any(mark.kind != "page" for mark in transcript.marks)


def with_pages(transcript: Transcript, lines: list[Unit]) -> list[Unit]:
    """Lines, and a page break before each with which a page begins; a line with a page's number beside it is enough."""
    places = [mark.start for mark in transcript.marks if mark.kind == "page"]
    if not places:
        return lines
    starts = [line.start for line in lines]
    before: dict[int, int] = {}
    for at in places:
        number = bisect_left(starts, at)
        inside = number and lines[number - 1].end > at > lines[number - 1].start
        near = [lines[one] for one in (number - 1, number) if 0 <= one < len(lines)]
        if not inside and number < len(lines) and all(line.page is None for line in near):
            before[number] = at
    units: list[Unit] = []
    for number, line in enumerate(lines):
        if number in before:
            at = min(before[number], line.start)
            units.append(Unit(at, at, gap=False, page=""))
        units.append(line)
    return units


def marks_of(transcript: Transcript, units: list[Unit]) -> Marks:
    """What a word processor says of units."""
    marks = Marks()
    if not transcript.marks:
        return marks
    # A page that begins with a paragraph has its place.
    starts = [unit.start - (unit.page == "" and unit.start == unit.end) for unit in units]
    outer_end = 0
    for mark in transcript.marks:
        first = bisect_left(starts, mark.start)
        if first == len(units):
            continue
        unit = units[first]
        if mark.kind == "table" and mark.end > outer_end:
            outer_end = mark.end
            _table(transcript, units, starts, mark, marks)
        elif mark.kind in ("heading", "item") and unit.start == mark.start and mark.end >= unit.end:
            if mark.kind == "heading":
                marks.headings[first] = max(1, _integer(mark.values.get("level", "1")))
            else:
                marks.items[first] = mark
        elif (
            mark.kind in _LOOKS and unit.start == mark.start and mark.end < unit.end and mark.end - mark.start <= _LABEL
        ):
            marks.looks.setdefault(unit.start, mark.end)
    return marks


def _integer(value: str) -> int:
    return int(value) if value.isdecimal() else 1


def _table(transcript: Transcript, units: list[Unit], starts: list[int], table: Mark, marks: Marks) -> None:
    """Take in a table whose cells hold all its words; another is left to be paragraphs."""
    within = [
        mark
        for mark in transcript.marks[bisect_left(transcript.marks, table.start, key=lambda mark: mark.start) :
                                     bisect_right(transcript.marks, table.end, key=lambda mark: mark.start)]
        if mark.end <= table.end and mark.kind in ("row", "cell")
    ]  # fmt: skip
    rows: list[tuple[Mark, list[Mark]]] = []
    for mark in within:
        if mark.kind == "row" and (not rows or mark.start >= rows[-1][0].end):
            rows.append((mark, []))
        elif mark.kind == "cell" and rows and (not rows[-1][1] or mark.start >= rows[-1][1][-1].end):
            rows[-1][1].append(mark)
    blocks = tuple(_row(transcript.text, row, cells) for row, cells in rows if cells)
    first = bisect_left(starts, table.start)
    behind = bisect_left(starts, table.end)
    if not blocks or behind <= first or units[behind - 1].end > table.end:
        return
    if _has_all(transcript.text, blocks, units[first].start, table.end):
        marks.tables[first] = Block("table", blocks[0].start, blocks[-1].end, (), blocks), behind


def _row(text: str, row: Mark, cells: list[Mark]) -> Block:
    blocks = tuple(_cell(text, cell) for cell in cells)
    return Block("row", blocks[0].start, blocks[-1].end, _attributes(row), blocks)


def _cell(text: str, cell: Mark) -> Block:
    """A cell; several lines in it are paragraphs."""
    lines = [match.span() for match in _LINE.finditer(text, cell.start, cell.end)]
    paragraphs = tuple(Block("p", *line) for line in lines) if len(lines) > 1 else ()
    return Block("cell", cell.start, cell.end, _attributes(cell), paragraphs)


def _attributes(mark: Mark) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in mark.values.items() if name in _CELL)


def _has_all(text: str, blocks: tuple[Block, ...], start: int, end: int) -> bool:
    at = start
    for block in blocks:
        for cell in block.leaves():
            if cell.start < at or text[at : cell.start].strip():
                return False
            at = cell.end
    return at <= end and not text[at:end].strip()


def begins_another(first: Mark, mark: Mark) -> bool:
    """Whether an item begins another list than that of the first one: the file has it in another, and not within it."""
    is_deeper = _integer(mark.values.get("level", "0")) > _integer(first.values.get("level", "0"))
    return not is_deeper and mark.values.get("list") != first.values.get("list")


def listed(text: str, items: list[tuple[Unit, Mark]]) -> Block:
    """Items as a list, deeper ones as lists within them."""
    level = min(_integer(mark.values.get("level", "0")) for _, mark in items)
    labelled = all(_label(text, unit, mark) for unit, mark in items if _integer(mark.values.get("level", "0")) == level)
    children: list[Block] = []
    at = 0
    while at < len(items):
        unit, mark = items[at]
        own = _integer(mark.values.get("level", "0")) == level
        deeper = at + 1 if own else at
        following = deeper
        while following < len(items) and _integer(items[following][1].values.get("level", "0")) > level:
            following += 1
        inner = listed(text, items[deeper:following]) if following > deeper else None
        children += _item(text, unit, mark, inner, labelled=labelled) if own else []
        if not own and inner is not None:
            children.append(Block("item", inner.start, inner.end, (), (inner,)))
        at = following
    return Block("list", children[0].start, children[-1].end, (), tuple(children))


def _item(text: str, unit: Unit, mark: Mark, inner: Block | None, *, labelled: bool) -> list[Block]:
    start, before = unit.start, []
    if labelled:
        behind = unit.start + len(_label(text, unit, mark))
        before = [Block("label", unit.start, behind)]
        start = behind + len(text[behind : unit.end]) - len(text[behind : unit.end].lstrip())
    if inner is None:
        return [*before, Block("item", start, unit.end)]
    return [*before, Block("item", start, inner.end, (), (Block("p", start, unit.end), inner))]


def _label(text: str, unit: Unit, mark: Mark) -> str:
    """The label that stands before an item, if blanks set it apart."""
    label = mark.values.get("label", "")
    behind = unit.start + len(label)
    return (
        label if label and behind < unit.end and text.startswith(label, unit.start) and text[behind].isspace() else ""
    )
