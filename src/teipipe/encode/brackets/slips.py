"""What “[sic]” is about: the word before it, or the whole name or date that ends there."""

from __future__ import annotations

import re
from typing import Final

from teipipe.encode.brackets.place import NEAR, Place

_WORD: Final = re.compile(r"(?:[^\W\d_](?:[\w'’.\-]*\w)?|\d[\w.,]*)$")
_EARLIER: Final = re.compile(r"([\w'’\-]+\.?)[ \xa0]$")


def slip_before(place: Place) -> tuple[int, int] | None:
    """Where the slip stands that a bracket is about; None if no word stands directly before it."""
    text = place.text
    start = max(place.start, place.pair.start - NEAR)
    end = start + len(text[start : place.pair.start].rstrip())
    match = _WORD.search(text[start:end])
    if match is None:
        return None
    word, at = match[0], start + match.start()
    months = place.vocabulary.words("months")
    is_date = word[0].isdigit() or word.casefold() in months
    if not (is_date or word[0].isupper()):
        return at, end
    while (earlier := _EARLIER.search(text[start:at])) is not None:
        word = earlier[1]
        belongs = word[0].isdigit() or word.rstrip(".").casefold() in months if is_date else word[0].isupper()
        if not belongs or (not is_date and _opens(text[start : start + earlier.start()], place)):
            break
        at = start + earlier.start()
    return at, end


def _opens(before: str, place: Place) -> bool:
    """Whether a sentence may begin behind this: then its first word has its capital from that."""
    words = before.split()
    if not words or before[-1] in '“"(':
        return True
    is_title = words[-1].rstrip(".").casefold() in place.vocabulary.words("titles")
    return before.rstrip()[-1] in ".!?:" and not is_title
