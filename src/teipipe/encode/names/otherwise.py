"""Korean and Russian names that a text writes otherwise than the register does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache
from typing import Final

from teipipe.encode.names.folding import Folded, folded, others_in
from teipipe.encode.names.forms import Form
from teipipe.encode.names.index import Choice, Index
from teipipe.encode.names.traditions import korean_key, russian_key, scholarly_letters

#: Words with a capital that are long enough for a Russian name.
_CAPITALISED: Final = re.compile(r"[A-Z\u00c0-\u024f]\w{4,}")
#: So many words are kept of which it is known that they are no Russian names.
_MOST: Final = 65536
#: What may follow a Korean surname.
_GIVEN: Final = re.compile(r"[a-z']{1,9}(?: [a-z']{1,7})?")


def otherwise(index: Index, text: str, even: Folded, words: Set[str]) -> dict[str, list[Choice]]:
    """The spellings in a text that are those of names of the register by the rules of both, with who that may be.

    `words` are those of the text, folded.
    """
    found = dict(_korean(index, text, even))
    for word in _russian_words(index, text, words) if index.russian else ():
        key = folded(word)
        form = Form(word, key, "surname", "transliteration")
        numbers = index.russian[russian_key(word)]
        found.setdefault(key, []).extend(Choice(number, form) for number in numbers)
    return found


def _russian_words(index: Index, text: str, words: Set[str]) -> Iterable[str]:
    """The words that have the key of a Russian name of the register, with a capital.

    Most words of a text stood in others, and were none: only what is new is looked at. Scholars write letters with
    diacritics, which tell more than what is folded: these are looked for as they are written.
    """
    if len(index.foreign) > _MOST:
        index.foreign.clear()
    found: list[str] = []
    for word in words - index.foreign:
        capitalised = word.capitalize()
        if russian_key(capitalised) in index.russian:
            found.append(capitalised)
        else:
            index.foreign.add(word)
    if not text.isascii() and not scholarly_letters().isdisjoint(others_in(text)):
        found += (word for word in set(_CAPITALISED.findall(text)) if russian_key(word) in index.russian)
    return found


def _korean(index: Index, text: str, even: Folded) -> Iterator[tuple[str, list[Choice]]]:
    seen: set[str] = set()
    after = 0
    for _, start, end in index.korean_automaton.find_matches_as_indexes(even.text, overlapping=True):
        # Most are words like "an" and "no": they are no names, and tell nothing of what follows them.
        if start < after or not text[even.offset(start + 1)].isupper() or not (given := _GIVEN.match(even.text, end)):
            continue
        after = given.end()
        name = even.text[start + 1 : after]
        if name in seen:
            continue
        seen.add(name)
        for spelling, key in _korean_spellings(name):
            if numbers := index.korean.get(key, ()):
                form = Form(spelling, spelling, "full", "transliteration")
                yield spelling, [Choice(number, form) for number in numbers]
                break


@lru_cache(maxsize=16384)
def _korean_spellings(name: str) -> tuple[tuple[str, str], ...]:
    """What can be a Korean name of two or three words, the longer one first, each with its key."""
    first, *given = name.split()
    keys = ((count, korean_key((first.capitalize(), *given[:count]))) for count in range(len(given), 0, -1))
    return tuple((" ".join((first, *given[:count])), key) for count, key in keys if key)
