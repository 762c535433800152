"""From decoded text to text that XML can hold: line ends, page breaks, signs that stand for what can't stand itself."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

#: What may need a second look, here or in `suspects`; most texts have nothing of it, which one pass shows.
_SPECIAL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xadÃÂâ\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\uf8ff\ufeff"
    "\ufff9-\uffff\U000e0000-\U0010ffff]"
)
_ASCII: Final = bytes(range(128))
_CONTROLS: Final = bytes(code for code in range(32) if code not in b"\t\n") + b"\x7f"
# What only a second look needs is compiled then: for most files, that would take longer than all the rest.
#: Line ends that editors don't count as such.
_SOFT: Final = frozenset("\x0b\x85\u2028\u2029")
_SOFT_END: Final = "[\x0b\x85\u2028\u2029]"
_UNHOLDABLE: Final = "[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
_PAGE: Final = "\f"
_END_OF_FILE: Final = "\x1a"

#: The control pictures of Unicode begin here, one for each C0 control; all else is stood for by REPLACEMENT.
_PICTURES: Final = 0x2400
REPLACEMENT: Final = "\ufffd"

_STANDS_FOR: Final = {
    **{code: chr(_PICTURES + code) for code in range(0x20) if chr(code) not in "\t\n\r"},
    **dict.fromkeys([*range(0xD800, 0xE000), 0xFFFE, 0xFFFF], REPLACEMENT),
    **{ord(end): "\n" for end in _SOFT},
    ord(_PAGE): " ",
}


class Represented(NamedTuple):
    """A text as XML can hold it, with line feeds as line ends, character for character.

    `replaced` are the offsets of what XML can't hold, with the character that stood there; `pages` those at which a new
    page begins; `soft` those of line feeds that a line separator, next line or vertical tab became: editors don't
    count these as lines. `is_ended` says that a mark of DOS at its end was left out, `is_plain` that nothing in
    it needs a second look.
    """

    text: str
    replaced: tuple[tuple[int, str], ...] = ()
    pages: tuple[int, ...] = ()
    soft: frozenset[int] = frozenset()
    is_ended: bool = False
    is_plain: bool = False


def _is_special(text: str) -> bool:
    """Whether anything needs a second look. Of mostly ASCII, bytes are faster."""
    data = text.encode("utf-8", "surrogatepass")
    beyond = data.translate(None, _ASCII)
    if 3 * len(beyond) > len(data):
        return _SPECIAL.search(text) is not None
    has_controls = len(data.translate(None, _CONTROLS)) < len(data)
    return has_controls or _SPECIAL.search(beyond.decode("utf-8", "surrogatepass")) is not None


def represented(text: str) -> Represented:
    """A text as XML can hold it."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _is_special(text):
        return Represented(text, is_plain=True)
    body = text.rstrip("\x1a\n\x00") if _END_OF_FILE in text[-2:] else text
    is_ended = len(body) < len(text) and _END_OF_FILE in text[len(body) :]
    if is_ended:
        text = body + "\n" * text.count("\n", len(body))
    return Represented(
        text.translate(_STANDS_FOR),
        tuple((match.start(), match[0]) for match in re.finditer(_UNHOLDABLE, text)),
        tuple(match.start() for match in re.finditer(_PAGE, text)),
        frozenset(match.start() for match in re.finditer(_SOFT_END, text)),
        is_ended,
    )


def represented_all(text: str) -> str:
    """A short text (of a comment, of an attribute) as XML can hold it."""
    return text.translate(_STANDS_FOR)
