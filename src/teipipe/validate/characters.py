"""Looks for characters that nobody meant: read in the wrong encoding once, or invisible and turning the text round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from teipipe.rules import finding

if TYPE_CHECKING:
    from teipipe.diagnostics import Diagnostic
    from teipipe.documents import Document
    from teipipe.validate.context import Context

#: UTF-8 read as Windows-1252 or Latin-1: “Ã¼” for ü, “â€™” for an apostrophe; and C1 controls, its opposite.
_GARBLED: Final = "[ÃÂ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\x80-\xbf™œžšŸ˜“”¦¢€‹¹]|[\x80-\x84\x86-\x9f]|\ufffd"
_BIDI: Final = "[\u202a-\u202e\u2066-\u2069]"

#: The bytes of all of them in UTF-8, and of a few other things.
_SUSPECT: Final = re.compile(
    rb"\xc2[\x80-\x84\x86-\x9f]|\xc3[\x82\x83]|\xc3\xa2\xe2\x82\xac|\xef\xbf\xbd"
    rb"|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]"
)
_ASCII: Final = bytes(range(128))


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Yield one garbled-characters (the first place, and how many there are), and bidi-control for each line."""
    if document.data.isascii():
        return
    # Without ASCII, next to nothing is left, and what stands together there need not in the text, but may.
    rest = document.data.translate(None, _ASCII)
    if not _SUSPECT.search(rest):
        return
    signs = rest.decode("utf-8")
    if not re.search(_GARBLED, signs) and not re.search(_BIDI, signs):
        return
    text = document.data.decode("utf-8")
    garbled = list(re.finditer(_GARBLED, text))
    if garbled:
        first = garbled[0]
        more = f", here and in {len(garbled) - 1} more places" if len(garbled) > 2 else ""
        more = ", here and in one more place" if len(garbled) == 2 else more
        where = document.at(len(text[: first.start()].encode("utf-8")))
        yield finding(
            "garbled-characters", f"{_quote(first[0])} looks like a wrong encoding{more}", where, _meant(first[0])
        )
    lines: set[int | None] = set()
    for match in re.finditer(_BIDI, text):
        where = document.at(len(text[: match.start()].encode("utf-8")))
        if where.line not in lines:
            lines.add(where.line)
            import unicodedata

            name = unicodedata.name(match[0]).lower()
            yield finding("bidi-control", f"the invisible character U+{ord(match[0]):04X} ({name})", where)


def _quote(written: str) -> str:
    if written.isprintable() and written != "\ufffd":
        return f"“{written}”"
    return " ".join(f"U+{ord(sign):04X}" for sign in written)


def _meant(written: str) -> str | None:
    for encoding in ("cp1252", "latin-1"):
        try:
            meant = written.encode(encoding).decode("utf-8" if len(written) > 1 else "cp1252")
        except UnicodeError:
            continue
        if meant != written and meant.isprintable():
            return f"was it “{meant}”?"
    return None
