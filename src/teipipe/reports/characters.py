"""What reports write of any text: nothing that a terminal, a log, XML or UTF-8 could take for something else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from teipipe.reports.terminal import visible

#: Halves of characters, which stand for the bytes of file names that are no text, and what XML 1.0 forbids.
_UNWRITABLE: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")
_HALF: Final = re.compile("[\ud800-\udfff]")
#: What JSON may hold as it is, but a terminal that shows it shouldn't; cf. `terminal.visible`.
_LOUD: Final = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]")

_encode: Final = json.JSONEncoder(ensure_ascii=False).encode


def shown(text: str) -> str:
    r"""`text` on one line, every character by number (as `\u001b`) that could do something, or can't be written."""
    return _UNWRITABLE.sub(_number, visible(text))


def encoded(value: Any) -> str:
    r"""`value` as JSON on one line (RFC 8259), readable by all: no half of a surrogate pair is left (RFC 7493, 2.1).

    Half a pair, as in a file name that isn't UTF-8, becomes the six characters `\udcff`; all else comes out of a
    parser as it went in.
    """
    return _HALF.sub(lambda half: "\\" + _number(half), _LOUD.sub(_number, _encode(value)))


def listed(values: Iterable[Any]) -> Iterator[str]:
    """A JSON array of `values` in pieces, one value a line, so that it need never be in memory as a whole."""
    separator = "[\n"
    for value in values:
        yield separator + encoded(value)
        separator = ",\n"
    yield "[]" if separator == "[\n" else "\n]"


def _number(sign: re.Match[str]) -> str:
    return f"\\u{ord(sign[0]):04x}"
