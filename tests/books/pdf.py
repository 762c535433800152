"""The words of a PDF in the order of its structure tree, as somebody hears them who has the book read aloud.

Artifacts (running heads, page numbers, rules) are no words. What stands in the file under ActualText is taken from
there. Only what Typst writes is understood: fonts with two bytes a glyph, nothing drawn by forms.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, TypeAlias
from unicodedata import normalize

import pikepdf

#: A piece of a page by the numbers of both.
Mark: TypeAlias = tuple[int, int]

#: Elements of the structure that stand within a line; all others separate words.
_WITHIN: Final = frozenset(["/Span", "/Em", "/Strong", "/Link", "/Reference", "/Code", "/Quote"])

#: What stands between two pieces of a line that was broken where no space is.
TURN: Final = "\n"

#: Characters that say only how others are set.
INVISIBLE: Final = dict.fromkeys(
    map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"),
    "",
)
#: Marks above or below letters are set higher or lower, but in no other line.
_TURN_BEFORE_MARK: Final = re.compile(f"{TURN}+(?=[\u0300-\u036f])")

_RIGHT_TO_LEFT: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RUN: Final = re.compile(f"[{_RIGHT_TO_LEFT}](?:[ -/:-@{_RIGHT_TO_LEFT}]*[{_RIGHT_TO_LEFT}])?")


@dataclass(slots=True)
class _Piece:
    """Text of one mark, with its lines: (page, height on it) where it begins and ends, and the size of its letters."""

    page: int
    glyphs: list[str] = field(default_factory=list)
    first: float = 0.0
    last: float = 0.0
    size: float = 0.0

    @property
    def text(self) -> str:
        """As it is read: glyphs are written from left to right, whatever they stand for."""
        text = "".join(glyph[0] if glyph else "" for glyph in self.glyphs)
        glyphs = [glyph for glyph in self.glyphs if glyph]
        for run in _RUN.finditer(text):
            glyphs[slice(*run.span())] = reversed(glyphs[slice(*run.span())])
        return "".join(glyphs).translate(INVISIBLE)

    def add(self, glyphs: list[str], height: float, size: float) -> None:
        if not self.glyphs:
            self.first = height
        elif abs(height - self.last) > 0.6 * size:
            self.glyphs.append(TURN)
        self.glyphs += glyphs
        self.last, self.size = height, max(self.size, size)

    def begins_line_after(self, other: _Piece | None) -> bool:
        if other is None or self.page != other.page:
            return True
        return abs(self.first - other.last) > 0.6 * max(self.size, other.size)


def words_of(pdf: bytes) -> str:
    """The words, separated by spaces, or by TURN where a line was broken between letters."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pieces = {
            key: piece
            for number, page in enumerate(opened.pages)
            for key, piece in _Marked(number, page).pieces.items()
        }
        pages = {page.obj.objgen: number for number, page in enumerate(opened.pages)}
        text = "".join(_told(opened.Root.StructTreeRoot.K, pieces, pages))
    lost = [piece.text for piece in pieces.values() if piece.text.strip()]
    assert not lost, f"in no element of the structure: {lost}"
    return normalize("NFC", re.sub(r"\s*[^\S\n]\s*", " ", _TURN_BEFORE_MARK.sub("", text))).strip()


def _told(root: Any, pieces: dict[Mark, _Piece], pages: dict[Any, int]) -> Iterator[str]:
    before: _Piece | None = None
    for edge, mark, is_heard in _walk(root, -1, pages, True):
        yield edge
        piece = None if mark is None else pieces.pop(mark, None)
        if piece is not None and is_heard:
            yield TURN if piece.begins_line_after(before) else ""
            yield piece.text
            before = piece


def _walk(node: Any, page: int, pages: dict[Any, int], is_heard: bool) -> Iterator[tuple[str, Mark | None, bool]]:
    """The edges of elements, as what separates words, and the marks in them (page and number); not heard are those
    of the table of contents."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _walk(child, page, pages, is_heard)
    elif isinstance(node, int):
        yield "", (page, node), is_heard
    elif node.get("/Type") != "/OBJR":
        page = pages[node.Pg.objgen] if "/Pg" in node else page
        is_heard = is_heard and node.get("/S") != "/TOC"
        edge = "" if is_heard and str(node.get("/S", "/Span")) in _WITHIN else " "
        yield edge, None, is_heard
        yield from _walk(node.MCID if "/MCID" in node else node.get("/K", pikepdf.Array()), page, pages, is_heard)
        yield edge, None, is_heard


class _Marked:
    """Gathers the pieces of a page by their marks from what its stream says."""

    def __init__(self, number: int, page: pikepdf.Page) -> None:
        self.pieces: dict[Mark, _Piece] = {}
        self._number = number
        self._fonts: Any = page.Resources.get("/Font", {})
        self._marks: list[tuple[str, Any]] = []
        self._saved: list[float] = []
        self._height = self._size = 0.0
        self._letters: dict[int, str] = {}
        for instruction in pikepdf.parse_content_stream(page, "q Q cm Tf Tj TJ BDC BMC EMC"):
            self._take(str(instruction.operator), list(instruction.operands))

    def _take(self, operator: str, operands: list[Any]) -> None:
        match operator:
            case "q":
                self._saved.append(self._height)
            case "Q":
                self._height = self._saved.pop()
            case "cm":
                self._height += float(operands[5])
            case "Tf":
                self._letters = _letters(bytes(self._fonts[operands[0]].ToUnicode.read_bytes()))
                self._size = float(operands[1])
            case "BDC" | "BMC":
                self._begin(str(operands[0]), operands[1] if operator == "BDC" else {})
            case "EMC":
                self._marks.pop()
            case _:
                self._show(list(operands[0]) if operator == "TJ" else operands)

    def _begin(self, tag: str, properties: Any) -> None:
        self._marks.append((tag, properties))
        if "/ActualText" in properties:
            self._add([str(properties.ActualText)])

    def _show(self, strings: list[Any]) -> None:
        if not any("/ActualText" in properties for _, properties in self._marks):
            glyphs = b"".join(bytes(part) for part in strings if isinstance(part, pikepdf.String))
            self._add([self._letters[int.from_bytes(glyphs[at : at + 2])] for at in range(0, len(glyphs), 2)])

    def _add(self, glyphs: list[str]) -> None:
        if not any(tag == "/Artifact" for tag, _ in self._marks):
            [mark] = [int(properties.MCID) for _, properties in self._marks if "/MCID" in properties]
            piece = self.pieces.setdefault((self._number, mark), _Piece(self._number))
            piece.add(glyphs, self._height, self._size)


@lru_cache(maxsize=200)
def _letters(cmap: bytes) -> dict[int, str]:
    """What each glyph of a font stands for, by its ToUnicode."""
    assert b"beginbfrange" not in cmap
    blocks = re.findall(r"beginbfchar(.*?)endbfchar", cmap.decode("latin-1"), re.DOTALL)
    pairs = (pair for block in blocks for pair in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block))
    return {int(glyph, 16): bytes.fromhex(text).decode("utf-16-be") for glyph, text in pairs}


def marks_of(element: Any) -> Iterator[tuple[Any, int]]:
    """The marks that stand in an element itself, with the pages (as pikepdf numbers objects) that they are on."""
    for child in element.get("/K", ()):
        if isinstance(child, int):
            yield element.Pg.objgen, child
        elif "/MCID" in child:
            yield child.get("/Pg", element.get("/Pg")).objgen, int(child.MCID)
