"""Words as XML has them. `xml.sax.saxutils` does the same, and loads all that the web needs before it does anything."""

from __future__ import annotations

from typing import Final

_WORDS: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
#: A parser makes spaces of these in an attribute.
_VALUE: Final = _WORDS | str.maketrans({'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def escape(words: str) -> str:
    """Words as they stand in an element."""
    return words.translate(_WORDS)


def quoteattr(words: str) -> str:
    """Words as the value of an attribute, in quotation marks."""
    return f'"{words.translate(_VALUE)}"'
