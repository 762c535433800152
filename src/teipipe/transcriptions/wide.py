"""UTF-16 and UTF-32: told by their byte order marks, or by where their zero bytes are."""

from __future__ import annotations

import re
from typing import Final

_MARKS: Final = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
#: So much is looked at, a multiple of four bytes.
_SAMPLE: Final = 4096
#: What text has hardly any of, in any script: controls, what isn't assigned, what is private.
_STRANGE: Final = "[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\uf8ff\ufff0-\ufff8\uffff]"
#: Of a hundred zero bytes, so many are on the same side in UTF-16; and of a hundred characters, so many look like text.
_SAME_SIDE: Final = 0.9
_LIKE_TEXT: Final = 0.95
#: Zero bytes among all, in a text of ASCII's letters; others have few, from blanks, digits and line ends.
_ENOUGH: Final = 0.2


def marked(raw: bytes) -> tuple[str, int]:
    """The encoding that a byte order mark says, and its length; "" and 0 without one of these."""
    return next(((codec, len(mark)) for mark, codec in _MARKS if raw.startswith(mark)), ("", 0))


def unmarked(raw: bytes) -> str:
    """Which of UTF-16 and UTF-32 a text without a mark is in, "" if none of them."""
    sample = raw[:_SAMPLE]
    zeros = [sample[side::4].count(0) for side in range(4)]
    quarter = max(len(sample) // 4, 1)
    if len(raw) % 4 == 0 and zeros[3] == zeros[2] == quarter:
        return "utf-32-le" if _is_text(sample, "utf-32-le") else ""
    if len(raw) % 4 == 0 and zeros[0] == zeros[1] == quarter:
        return "utf-32-be" if _is_text(sample, "utf-32-be") else ""
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    for codec, own in (("utf-16-le", odd), ("utf-16-be", even)):
        is_plain = own >= max(_SAME_SIDE * (even + odd), _ENOUGH * len(sample))
        if _is_text(sample, codec) and (is_plain or _is_likely(sample, codec)):
            return codec
    return ""


def _is_text(sample: bytes, codec: str) -> bool:
    text = sample.decode(codec, "replace")
    return len(re.findall(_STRANGE, text)) <= (1 - _LIKE_TEXT) * len(text) and text.count("\x00") * 20 <= len(text)


def _is_likely(sample: bytes, codec: str) -> bool:
    """Whether it reads as a text in some script: letters of ASCII, taken two by two, are rare ideographs."""
    from teipipe.transcriptions.likelihood import LEAST_LIKELY, likelihood

    text = sample.decode(codec, "ignore")
    scripts = ("alphabet", "chinese-simplified", "chinese-traditional", "japanese", "korean")
    return max(likelihood(text, script) for script in scripts) >= LEAST_LIKELY


def decoded(body: bytes, codec: str) -> str:
    """The text of UTF-16 or UTF-32, with surrogates that have no partner, and a sign for half a character at the end.

    Raises UnicodeDecodeError if UTF-32 has a number that is no character's.
    """
    width = 4 if codec.startswith("utf-32") else 2
    rest = len(body) % width
    text = body[: len(body) - rest].decode(codec, "surrogatepass")
    return text + "\ufffd" if rest else text
