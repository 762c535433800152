"""What the words of a name alone tell: titles, initials, the order of surname and forename, parts of the world."""

from __future__ import annotations

import re
from typing import Final

from teipipe.encode.names.folding import folded
from teipipe.encode.names.personal import is_initial
from teipipe.encode.names.traditions import is_eastern
from teipipe.encode.registers.sequences import Sequence
from teipipe.encode.registers.words import words

_INITIALS: Final = re.compile(r"(?:[A-Z]\.-?){1,4}")


def is_title(word: str) -> bool:
    """Whether it is a title, or several of them: "Admirals"."""
    titles = words().names
    return titles.title(word) is not None or (len(word) > 4 and titles.title(word.removesuffix("s")) is not None)


def is_address(word: str) -> bool:
    """Whether somebody is addressed by it: "Mr.", "Cde."."""
    title = words().names.title(word)
    return title is not None and title.type == "honorific"


def is_core(word: str) -> bool:
    """Whether a title can stand alone before a name, as "Minister" can, and "Foreign" can't."""
    if word.endswith(" of"):
        return True
    title = words().names.title(word) or words().names.title(word.removesuffix("s"))
    return title is not None and (title.type != "office" or folded(word).rstrip(".").removesuffix("s") in words().roles)


def of_world(name: Sequence) -> str:
    """What tells by the words alone that it is a place."""
    if len(name.words) > 1 and name.words[-1].text in words().places:
        return "a head noun"
    is_part = len(name.words) > 1 and folded(name.words[0].text) in words().names.modifiers
    return "a part of the world" if is_part else ""


def shape_of(name: Sequence, *, with_article: bool) -> str:
    """What the form of a name tells of a person; "" if nothing."""
    forms = tuple(word.text for word in name.words)
    if len(forms) < 2 or all(_INITIALS.fullmatch(form) for form in forms):
        return ""
    if forms[0] in words().forenames:
        return "a forename before a surname"
    if any(map(is_initial, forms[:-1])) or _INITIALS.fullmatch(forms[0]):
        return "initials and a surname"
    if is_eastern(forms):
        return "surname first, then syllables"
    return "two or three capitalised words" if len(forms) <= 3 and not with_article else ""


def eastern_end(name: Sequence) -> Sequence:
    """The end of a long name, if that alone is one with its surname first: "Volunteers Peng Dehuai"."""
    if is_eastern(tuple(word.text for word in name.words)):
        return name
    for length in (3, 2):
        if len(name.words) > length and is_eastern(tuple(word.text for word in name.words[-length:])):
            return name.of(-length)
    return name


def abbreviates(short: str, text: str) -> bool:
    """Whether the letters of an abbreviation begin words of a name, in order."""
    initials = iter("".join(word[0].upper() for word in re.split(r"[\s-]+", text) if word))
    return all(letter in initials for letter in short)


def without_titles(name: str) -> str:
    """A name without the titles before it; a title alone stays."""
    parts = name.split()
    while len(parts) > 1 and words().names.title(parts[0]):
        parts = parts[1:]
    return " ".join(parts)


def capitalised(name: str) -> str:
    """A name that stands there in capitals alone, as it would else be written."""
    if not name.isupper() or len(name) < 4:
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word[0] if len(word[0]) == 1 else word[0].capitalize(), name)
