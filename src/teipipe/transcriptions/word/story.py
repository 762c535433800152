"""The text of a document: its paragraphs and tables, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from teipipe.transcriptions.word.formatting import Styles
from teipipe.transcriptions.word.linear import Linear
from teipipe.transcriptions.word.names import COMPATIBILITY, W, child_value, local, number, switch, words_of
from teipipe.transcriptions.word.numbering import Numbering
from teipipe.transcriptions.word.paragraph import ParagraphReader
from teipipe.transcriptions.word.remarks import Remarks

if TYPE_CHECKING:
    from lxml import etree

    from teipipe.transcriptions.marks import Mark
    from teipipe.transcriptions.word.opening import WordParts

#: What stands between paragraphs: one line is empty; in a table none is; a note stays in the line that it belongs to.
_APART: Final = "\n\n"
_NEXT_LINE: Final = "\n"
_IN_LINE: Final = " "
#: What only holds blocks, or wraps them in something that has no words.
_WRAPPERS: Final = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "body", "txbxContent"})


@dataclass
class _Cell:
    start: int
    end: int
    cols: int
    rows: int = 1


@dataclass
class _Table:
    """What is known of a table while it is read: by column, the cell that is going on there."""

    rows: list[tuple[int, int, list[_Cell], bool]] = field(default_factory=list)
    going_on: dict[int, _Cell] = field(default_factory=dict)


class Story:
    """Reads a document; `text` and `marks` are what it comes to, `remarks` what is to be told."""

    def __init__(self, parts: WordParts) -> None:
        self._parts = parts
        self.remarks = Remarks()
        self.linear = Linear()
        self.styles = Styles(parts.styles)
        self.numbering = Numbering(parts.numbering, self.styles)
        self._paragraphs = ParagraphReader(parts, self)
        self._joins = False
        self._depth = 0

    @property
    def text(self) -> str:
        """The text that was read."""
        return self.linear.text

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is said of stretches of it."""
        return self.linear.marks()

    def read(self) -> None:
        """Read all of it."""
        body = self._parts.document.find(f"{W}body")
        if body is not None:
            self.blocks(body, _APART)
        self._paragraphs.finish()
        self._footers()

    def blocks(self, parent: Iterable[etree._Element], apart: str) -> None:
        """Read paragraphs and tables (those in an element, or one by one), set apart from each other."""
        for child in parent:
            name = local(child)
            if name == "p":
                self._paragraph(child, apart)
            elif name == "tbl":
                self._table(child, apart)
            elif name == "AlternateContent":
                for chosen in alternatives(child):
                    self.blocks(chosen, apart)
            elif name in _WRAPPERS:
                self.blocks(child, apart)
            elif name in ("oMath", "oMathPara"):
                self.linear.separate(apart)
                self._paragraphs.formula(child)
                self.linear.separate(apart)
            elif name in ("altChunk", "subDoc"):
                self.remarks.omitted("a document within the document", "", self.linear.next)
            elif name in ("del", "moveFrom"):
                words = words_of(child, "delText", "t")
                self.remarks.deleted(words, child.get(f"{W}author", ""), self.linear.next, is_move=name != "del")
            elif name and next(child.iter(f"{W}p", f"{W}tbl"), None) is not None:
                self.blocks(child, apart)  # a wrapper that isn't known here

    def _paragraph(self, element: etree._Element, apart: str) -> None:
        properties = element.find(f"{W}pPr")
        is_in_line = apart == _IN_LINE
        if not self._joins and not (is_in_line and self.linear.ends_blank()):
            self.linear.separate(apart)
        self._joins = False
        boxes = self._paragraphs.read(element, properties, is_in_line=is_in_line)
        self._joins = _has_no_end(properties)
        self._text_boxes(boxes, apart)
        if properties is not None and _ends_page(properties) and apart == _APART:
            self.linear.page()

    def _text_boxes(self, boxes: list[etree._Element], apart: str) -> None:
        for box in boxes:
            self._joins = False
            self.linear.separate(apart)
            self.remarks.displaced("a text box", words_of(box), self.linear.next)
            self.blocks(box, apart)
            self.linear.separate(apart)

    def _table(self, element: etree._Element, apart: str) -> None:
        if apart == _IN_LINE:
            for row in _rows(element):
                for cell in _cells(row):
                    self.blocks(cell, apart)
            return
        self._joins = False
        self.linear.separate(apart)
        table = _Table()
        start = self.linear.next
        self._depth += 1
        for row in _rows(element):
            if row.find(f"{W}trPr/{W}del") is not None:
                self._deleted_row(row)
            else:
                self._row(row, table)
        self._depth -= 1
        self._mark(table, start)
        self.linear.separate(apart)

    def _deleted_row(self, row: etree._Element) -> None:
        mark = row.find(f"{W}trPr/{W}del")
        author = "" if mark is None else mark.get(f"{W}author", "")
        self.remarks.deleted(words_of(row, "delText", "t"), author, self.linear.next, is_move=False)

    def _row(self, row: etree._Element, table: _Table) -> None:
        properties = row.find(f"{W}trPr")
        column = number(child_value(properties, "gridBefore"), 0)
        cells: list[_Cell] = []
        start = self.linear.next
        for element in _cells(row):
            own = element.find(f"{W}tcPr")
            width = max(number(child_value(own, "gridSpan"), 1), 1)
            merge = None if own is None else own.find(f"{W}vMerge")
            begins = merge is None or merge.get(f"{W}val") == "restart"
            above = table.going_on.get(column)
            if not begins and above is not None and not words_of(element):
                above.rows += 1
            else:
                cell = self._cell(element, width)
                cells.append(cell)
                table.going_on[column] = cell
            column += width
        head = bool(switch(properties, "tblHeader"))
        if cells:
            table.rows.append((start, cells[-1].end, cells, head))

    def _cell(self, element: etree._Element, width: int) -> _Cell:
        self._joins = False
        self.linear.separate(_NEXT_LINE)
        start = self.linear.next
        self.blocks(element, _NEXT_LINE)
        end = self.linear.length if self.linear.length > start else self.linear.hold()
        self.linear.separate(_NEXT_LINE)
        return _Cell(start, end, width)

    def _mark(self, table: _Table, start: int) -> None:
        if not table.rows:
            return
        linear, rank = self.linear, 3 * self._depth
        linear.mark("table", start, max(start, table.rows[-1][1]), rank=rank)
        for begin, end, cells, is_head in table.rows:
            role = {"role": "label"} if is_head else {}
            linear.mark("row", begin, end, role, rank + 1)
            for cell in cells:
                spans = {name: str(count) for name, count in (("cols", cell.cols), ("rows", cell.rows)) if count > 1}
                linear.mark("cell", cell.start, cell.end, role | spans, rank + 2)

    def _footers(self) -> None:
        """Tell what headers and footers of pages say, each once."""
        said: dict[str, None] = {}
        for root in self._parts.footers.values():
            words = words_of(root)
            if any(sign.isalpha() for sign in words) and words not in said:
                said[words] = None
                what = "a header of pages" if local(root) == "hdr" else "a footer of pages"
                self.remarks.omitted(what, words, 0)


def alternatives(element: etree._Element) -> Iterator[etree._Element]:
    """Of contents that stand for each other (ECMA-376, part 3), the first; the last if only that has words."""
    choices = element.findall(f"{COMPATIBILITY}Choice")
    fallback = element.find(f"{COMPATIBILITY}Fallback")
    if choices and (fallback is None or words_of(choices[0]) or not words_of(fallback)):
        yield choices[0]
    elif fallback is not None:
        yield fallback


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    yield from _inside(table, "tr")


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    yield from _inside(row, "tc")


def _inside(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    for child in parent:
        if local(child) == name:
            yield child
        elif local(child) in _WRAPPERS:
            yield from _inside(child, name)


def _has_no_end(properties: etree._Element | None) -> bool:
    """Whether the next paragraph goes on in the same line: the end was deleted, or it is a large initial."""
    if properties is None:
        return False
    frame = properties.find(f"{W}framePr")
    if frame is not None and frame.get(f"{W}dropCap", "none") != "none":
        return True
    return any(properties.find(f"{W}rPr/{W}{name}") is not None for name in ("del", "moveFrom"))


def _ends_page(properties: etree._Element) -> bool:
    section = properties.find(f"{W}sectPr")
    return section is not None and child_value(section, "type", "nextPage") != "continuous"
