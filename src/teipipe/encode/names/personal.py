"""The parts of a personal name: surname, forenames, suffix; in a heading and by the order of its tradition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from teipipe.encode.names.lexicon import Lexicon, bare, lexicon
from teipipe.encode.names.register import Name
from teipipe.encode.names.traditions import is_eastern

_BRACKETED: Final = re.compile(r"\s*\(([^()]*)\)")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.){2,}")
_INITIAL: Final = re.compile(r"[^\W\d_]\.?")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a personal name consists of; `eastern` ones have the surname first. A name of one word is a surname."""

    surname: str
    forenames: tuple[str, ...] = ()
    suffix: str = ""
    titles: tuple[str, ...] = ()
    eastern: bool = False

    @property
    def natural(self) -> str:
        """The name in its own order, without suffix and titles."""
        words = (self.surname, *self.forenames) if self.eastern else (*self.forenames, self.surname)
        return " ".join(words)


def parts_of(name: Name) -> Parts:
    """The parts of a name, as the register divides it; else as its form tells."""
    if name.surname:
        titles = tuple(name.title.split())
        before = name.text.find(name.surname) <= name.text.find(name.forename) and "," not in name.text
        surname = f"{name.link} {name.surname}" if name.link else name.surname
        return Parts(surname, forenames_in(name.forename), name.suffix, titles, bool(name.forename) and before)
    return parts_of_text(name.text)


@lru_cache(maxsize=65536)
def parts_of_text(text: str) -> Parts:
    """The parts of a name that nobody divided: "Adams, Sherman", "Robert Amory, Jr.", "Kim Il Sung"."""
    text = _BRACKETED.sub("", text).strip()
    head, comma, rest = text.partition(",")
    if not comma:
        return _natural(text.split())
    suffix = ""
    titles: list[str] = []
    forenames: list[str] = []
    for piece in rest.split(","):
        words = piece.split()
        if not words:
            continue
        if bare(piece.strip()) in _words().suffixes:
            suffix = piece.strip()
            continue
        while words and _words().title(words[0]):
            titles.append(words.pop(0))
        if words and (forenames or not words[0][0].isupper()):
            return Parts(text)  # no heading of a person, but a list, or a description
        forenames = words
    if forenames:
        return Parts(head.strip(), forenames_in(" ".join(forenames)), suffix, tuple(titles))
    own = _natural(head.split())
    return Parts(own.surname, own.forenames, suffix or own.suffix, (*own.titles, *titles), own.eastern)


def also_in(text: str) -> tuple[str, ...]:
    """Other names that stand in brackets after one: "Yeh, George K.C. (Yeh Kung-ch'ao)"."""
    found = (match[1].strip() for match in _BRACKETED.finditer(text))
    return tuple(one for one in found if one[:1].isupper() and " " in one and "," not in one)


def forenames_in(text: str) -> tuple[str, ...]:
    """Forenames one by one; "K.C." is two."""
    words: list[str] = []
    for word in text.split():
        words += re.findall(r"[^\W\d_]\.", word) if _INITIALS.fullmatch(word) else [word]
    return tuple(words)


def is_initial(word: str) -> bool:
    """Whether it is one letter that stands for a name."""
    return _INITIAL.fullmatch(word) is not None


def _natural(words: list[str]) -> Parts:
    table = _words()
    titles: list[str] = []
    while len(words) > 1 and table.title(words[0]) and not is_initial(words[0]):
        titles.append(words[0])
        words = words[1:]
    suffix = ""
    if len(words) > 2 and bare(words[-1]) in table.suffixes:
        *words, suffix = words
    if len(words) < 2:
        return Parts(" ".join(words), (), suffix, tuple(titles))
    if is_eastern(tuple(words)):
        return Parts(words[0], tuple(words[1:]), suffix, tuple(titles), eastern=True)
    first = len(words) - 1
    while first > 1 and words[first - 1] in table.particles:
        first -= 1
    return Parts(" ".join(words[first:]), forenames_in(" ".join(words[:first])), suffix, tuple(titles))


def _words() -> Lexicon:
    return lexicon("en")
