"""How likely it is that a reading of bytes is text that somebody wrote: from 0 (none of it) to 1 (all of it)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import ascii_lowercase
from typing import Final

#: A reading that is less likely than this isn't text that somebody wrote.
LEAST_LIKELY: Final = 0.75

_WORD: Final = re.compile(r"(\d?)([^\W\d_]+)(?=(\d?))")
_SIGN: Final = re.compile(r"(.?)([^\w\x00-\x7f])(?=(.?))", re.DOTALL)
_WIDE: Final = re.compile(r"(?<=([a-z]))?([^\x00-\x7f])(?=([a-z])?)")
#: What CJK texts have between their words, of which nothing follows.
_CJK_PUNCTUATION: Final = re.compile("[·\u2010-\u2026\u3000-\u303f\uff00-\uff60\uffe0-\uffee]")
_KANA: Final = re.compile("[\u3041-\u30ff]")

#: What the commonest letter of an alphabet of its own is worth, and how much less the rarest: a text comes to about 1.
_COMMONEST: Final = 1.1
_RARITY: Final = 0.4
#: A word that fits another language than most do counts a little less: otherwise any mixture would do.
_OTHER_LANGUAGE: Final = 0.9
#: So do languages that are rarer than others, and letters that stand alone and are no words.
_RARE: Final = 0.95
_ALONE: Final = 0.85
#: Japanese without any kana is a name or a heading, and more often it is Chinese.
_WITHOUT_KANA: Final = 0.8


def likelihood(text: str, script: str) -> float:
    """How likely a reading is, by its characters beyond ASCII; `script` as in encodings.toml."""
    return _by_alphabet(text) if script == "alphabet" else _by_commonness(text, script)


def _by_alphabet(text: str) -> float:
    alphabets = _alphabets()
    fitting = dict.fromkeys(alphabets.worth, 0.0)
    some = total = 0.0
    for before, word, after in _WORD.findall(text):
        if word.isascii():
            continue
        count = sum(letter > "\x7f" for letter in word)
        total += count
        is_alone = len(word) == 1
        if (is_alone and (before or after)) or (word != word.upper() and word[1:] != word[1:].lower()):
            continue
        letters = word.lower()
        is_foreign = count > 2 and 3 * count > 2 * len(word)  # no language with Latin letters has such a word
        best = 0.0
        for language, known in alphabets.worth.items():
            if known.keys() >= set(letters) and not (is_foreign and "a" in known):
                worth = sum(known[letter] for letter in letters if letter > "\x7f")
                if is_alone and word not in alphabets.alone:
                    worth *= _ALONE
                fitting[language] += worth
                best = max(best, worth)
        some += best
    most = max(fitting.values())
    signs = _SIGN.findall(text)
    good = min(most + _OTHER_LANGUAGE * (some - most), total) + sum(
        alphabets.fits(before, sign, after, text) for before, sign, after in signs
    )
    total += len(signs)
    return good / total if total else 1.0


def _by_commonness(text: str, script: str) -> float:
    is_common = _COMMON[script]
    good = total = 0.0
    for before, character, after in _WIDE.findall(text):
        glued = bool(before or after)
        if _CJK_PUNCTUATION.match(character) and not glued:
            continue
        total += 1
        good += 0 if glued else is_common(character)
    if script == "japanese" and not _KANA.search(text):
        good *= _WITHOUT_KANA
    return good / total if total else 0.0


def _common_in(codec: str, first: int, last: int) -> Callable[[str], bool]:
    """Whether a character stands in the part of a standard that has the common ones, by its lead byte."""

    def is_common(character: str) -> bool:
        try:
            return first <= character.encode(codec)[0] <= last
        except UnicodeEncodeError:
            return False

    return is_common


#: Level 1 of GB 2312, Big5 and JIS X 0208, with kana; the syllables of KS X 1001.
_COMMON: Final[dict[str, Callable[[str], bool]]] = {
    "chinese-simplified": _common_in("gb2312", 0xB0, 0xD7),
    "chinese-traditional": _common_in("big5", 0xA4, 0xC6),
    "japanese": lambda character: bool(_KANA.match(character)) or _common_in("euc_jp", 0xB0, 0xCF)(character),
    "korean": _common_in("euc_kr", 0xB0, 0xC8),
}


@dataclass(frozen=True, slots=True)
class _Alphabets:
    """What each letter is worth in each language (those of ASCII in languages with Latin letters), and signs."""

    worth: dict[str, dict[str, float]]
    between: frozenset[str]
    opening: frozenset[str]
    closing: frozenset[str]
    any: frozenset[str]
    alone: str

    def fits(self, before: str, sign: str, after: str, text: str) -> float:
        """How well a sign stands where it stands: wholly, half, or not at all."""
        if sign not in self.any or (before.isalpha() and (sign in self.opening)):
            return 0.0
        if before.isalpha() and after.isalpha() and sign not in self.between:
            return 0.0
        is_lone = sign in self.closing and before.isalpha() and "“" not in text and "„" not in text
        return 0.5 if is_lone else 1.0


@cache
def _alphabets() -> _Alphabets:
    table = tomllib.loads(Path(__file__).with_name("alphabets.toml").read_text(encoding="utf-8"))
    languages = {name: dict.fromkeys({*letters, *ascii_lowercase}, 1.0) for name, letters in table["letters"].items()}
    for name, letters in table["alphabets"].items():
        languages[name] = {letter: _COMMONEST - _RARITY * place / len(letters) for place, letter in enumerate(letters)}
    for name in table["rare"]:
        languages[name] = {letter: _RARE * worth for letter, worth in languages[name].items()}
    signs = {kind: frozenset(signs) for kind, signs in table["signs"].items()}
    return _Alphabets(languages, signs["between"], signs["opening"], signs["closing"], signs["any"], table["alone"])
