"""What an encoded file says of itself: from which transcript it was made, when, and whether anybody has worked on it.

A processing instruction before the root element holds the checksum of the file without that checksum. Whoever changes a
word, an attribute or a blank breaks it; no file beside it is needed, and it goes along when the file is moved or sent.
Line ends alone break nothing: version control changes them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

_NAME: Final = "teipipe-encode"
_SEAL: Final = re.compile(
    rb'<\?teipipe-encode source="(?P<source>[0-9a-f]{64})" date="(?P<date>\d{4}-\d\d-\d\d)" '
    rb'self="(?P<self>[0-9a-f]{64})"\?>'
)
#: It stands before the root element; what stands further down is somebody's text.
_WITHIN: Final = 4096


@dataclass(frozen=True, slots=True)
class Seal:
    """The seal of a file: the SHA-256 of its transcript, the day of its encoding, whether it is as it was written."""

    source: str
    date: str
    is_whole: bool


def sealed(tei: str, source: str, date: str) -> bytes:
    """A document, which begins with its XML declaration, with its seal, in UTF-8."""
    declaration, rest = tei.split("\n", 1)
    before = f'{declaration}\n<?{_NAME} source="{source}" date="{date}" self="'.encode()
    after = f'"?>\n{rest}'.encode()
    digest = sha256(before)
    digest.update(after)
    return b"".join((before, digest.hexdigest().encode(), after))


def seal_of(data: bytes) -> Seal | None:
    """The seal of a file; None if it has none, because it was not encoded by teipipe, or it was taken out."""
    data = with_plain_ends(data)
    found = _SEAL.search(data, 0, _WITHIN)
    if found is None:
        return None
    start, end = found.span("self")
    digest = sha256(data[:start])
    digest.update(memoryview(data)[end:])
    is_whole = digest.hexdigest().encode() == found["self"]
    return Seal(found["source"].decode(), found["date"].decode(), is_whole)


def with_plain_ends(data: bytes) -> bytes:
    """A file with line ends as they are written: a checkout may have made others of them."""
    return data.replace(b"\r\n", b"\n")
