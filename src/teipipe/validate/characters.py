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
    from teipipe.transcriptions.suspects import BIDI, GARBLED, and_more, meant, named, quoted

    signs = rest.decode("utf-8")
    if not re.search(GARBLED, signs) and not re.search(BIDI, signs):
        return
    text = document.data.decode("utf-8")
    garbled = list(re.finditer(GARBLED, text))
    if garbled:
        first = garbled[0]
        where = document.at(len(text[: first.start()].encode("utf-8")))
        message = f"{quoted(first[0])} looks like a wrong encoding{and_more(len(garbled))}"
        yield finding("garbled-characters", message, where, meant(first[0]))
    lines: set[int | None] = set()
    for match in re.finditer(BIDI, text):
        where = document.at(len(text[: match.start()].encode("utf-8")))
        if where.line not in lines:
            lines.add(where.line)
            yield finding("bidi-control", f"the invisible character {named(match[0])}", where)
