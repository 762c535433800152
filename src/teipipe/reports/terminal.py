"""Text for terminals: nothing in it moves the cursor, and marks stand below what they mark."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import dropwhile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from teipipe.reports.excerpts import Excerpt

#: What could move a terminal's cursor, or hide or turn round what follows: it comes out of documents and file names.
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_TAB: Final = "    "


def visible(text: str) -> str:
    """`text` with the characters by number that could do something to a terminal."""
    return _CONTROL.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


@dataclass(frozen=True, slots=True)
class Drawing:
    """An excerpt as a terminal shows it: what stands before the mark, what is marked, what comes after.

    `indent` and `length` are what the mark needs below, in cells of the terminal.
    """

    before: str
    marked: str
    after: str
    indent: int
    length: int


def draw(excerpt: Excerpt, width: int) -> Drawing:
    """The excerpt in at most `width` cells: what is too long is cut around the mark, with an ellipsis."""
    text, start = excerpt.text, excerpt.start
    end = min(excerpt.end, start + width)
    # Every character that is left out here would not have fitted; so that a line of megabytes costs nothing.
    first, last = max(0, start - 2 * width), min(len(text), end + 2 * width)
    before, marked, after = _shown(text[first:start]), _shown(text[start:end]), _shown(text[end:last])
    if first or last < len(text) or _cells(before) + _cells(marked) + _cells(after) > width:
        marked = _head(marked, width * 2 // 3, is_whole=end == excerpt.end)
        after = "" if marked.endswith("…") else after
        room = width - _cells(marked)
        before = _tail(before, max(room // 2, room - _cells(after)), is_whole=not first)
        after = _head(after, room - _cells(before), is_whole=last == len(text) or not after)
    return Drawing(before, marked, after, _cells(before), max(1, _cells(marked)))


def _shown(text: str) -> str:
    return visible(text.replace("\t", _TAB))


def _cells(text: str) -> int:
    """How many columns of a terminal `text` takes: none for what combines, two for a Chinese character."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _head(text: str, room: int, *, is_whole: bool) -> str:
    """As much of the beginning as fits, with an ellipsis if that, or what there was, is not all."""
    if is_whole and _cells(text) <= room:
        return text
    return f"{text[: _fitting(text, room - 1)]}…"


def _tail(text: str, room: int, *, is_whole: bool) -> str:
    if is_whole and _cells(text) <= room:
        return text
    text = text[len(text) - _fitting(text[::-1], room - 1) :]
    # What combines with a character goes with it.
    return f"…{''.join(dropwhile(unicodedata.combining, text))}"


def _fitting(text: str, room: int) -> int:
    """How many characters from the beginning fit."""
    # Nearly always each takes one cell.
    if _cells(text[:room]) <= room:
        return min(len(text), room)
    count = 0
    for character in text:
        room -= _cells(character)
        if room < 0:
            break
        count += 1
    return count
