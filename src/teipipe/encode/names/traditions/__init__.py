"""Names in other letters than the Latin ones, and the ways in which they are written in these."""

from __future__ import annotations

import re
from typing import Final

from teipipe.encode.names.traditions.chinese import chinese_forms, chinese_surnames, is_chinese
from teipipe.encode.names.traditions.korean import is_korean, korean_key, korean_surname
from teipipe.encode.names.traditions.russian import russian_forename, russian_key, scholarly_letters

_HYPHENED: Final = re.compile(r"[^\W\d_]['’\w]*-['’\w]+", re.UNICODE)

__all__ = [
    "chinese_forms",
    "chinese_surnames",
    "is_chinese",
    "is_eastern",
    "is_korean",
    "korean_key",
    "korean_surname",
    "russian_forename",
    "russian_key",
    "scholarly_letters",
]


def is_eastern(words: tuple[str, ...]) -> bool:
    """Whether a name of these words is written with the surname first: a Korean or Chinese one.

    So is any whose second word goes on in small letters after a hyphen, as in "Chiang Kai-shek".
    """
    if len(words) == 2 and _HYPHENED.fullmatch(words[1]) and words[1].partition("-")[2].islower():
        return True
    return is_korean(words) or is_chinese(words)
