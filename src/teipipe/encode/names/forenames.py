"""Whether the forenames in a text can be those of a person: some of them, initials, other forms, other spellings."""

from __future__ import annotations

import re
from typing import Final

from teipipe.encode.names.folding import folded
from teipipe.encode.names.lexicon import Lexicon
from teipipe.encode.names.personal import Parts, is_initial
from teipipe.encode.names.traditions import russian_forename

_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.)+")
#: Forenames of so many letters may differ in one.
_LONG: Final = 6


def agree(parts: Parts, given: tuple[str, ...], words: Lexicon) -> bool:
    """Whether forenames before a surname can be those of a person: some of them in their order, or initials."""
    letters = [letter for word in given for letter in (word.split(".")[:-1] if _INITIALS.fullmatch(word) else [word])]
    if not parts.forenames:
        return all(is_initial(letter) for letter in letters)
    at = 0
    for letter in letters:
        if at == len(parts.forenames) and at and is_initial(letter):
            continue  # of a patronymic or a second name, the register may say nothing
        while at < len(parts.forenames) and not _same(parts.forenames[at], letter, words):
            at += 1
        if at == len(parts.forenames):
            return False
        at += 1
    return True


def _same(forename: str, word: str, words: Lexicon) -> bool:
    one, other = folded(forename).rstrip("."), folded(word).rstrip(".")
    if not one or not other:
        return False
    if is_initial(forename) or is_initial(word):
        return one[0] == other[0]
    if one == other or russian_forename(forename) == russian_forename(word) or _is_misspelt(one, other):
        return True
    return bool(words.forenames.get(one, frozenset()) & words.forenames.get(other, frozenset()))


def _is_misspelt(one: str, other: str) -> bool:
    """Whether two long words differ in one letter, which isn't the first: "Mohammed", "Mohammad"."""
    if min(len(one), len(other)) < _LONG or one[0] != other[0] or abs(len(one) - len(other)) > 1:
        return False
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[at + 1 :] == other[at + (len(one) == len(other)) :] or one[at:] == other[at + 1 :]


def initials_of(parts: Parts) -> str:
    """The initials of a name of at least three words: "JFD"."""
    letters = "".join(name[0] for name in (*parts.forenames, parts.surname))
    return letters if len(letters) > 2 and letters.isupper() and letters.isalpha() and not parts.eastern else ""
