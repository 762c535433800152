"""Decides whether what looks like the name of an organisation, place, event or group is one, and as what element."""

from __future__ import annotations

import re
from typing import Final

from teipipe.encode.names.forms import Form
from teipipe.encode.names.index import Choice, Hit
from teipipe.encode.names.lexicon import Lexicon, bare
from teipipe.encode.names.register import Entry
from teipipe.encode.names.surroundings import Surroundings

_NUMBERED: Final = re.compile(r"\d+(?:st|nd|rd|th|\.)\s")
_LONG: Final = re.compile(r"[^\W\d_]{4,}")

_TYPES: Final = {"faction": "group"}
#: The element for each kind of entry, and its type, where the name is a proper one.
ELEMENTS: Final = {
    "person": ("persName", ()),
    "org": ("orgName", ()),
    "place": ("placeName", ()),
    "event": ("eventName", ()),
    "group": ("rs", (("type", "group"),)),
    "faction": ("rs", (("type", "group"),)),
}


def element_of(entry: Entry, form: Form, words: Lexicon) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The element for a form of an entry, and its attributes: descriptions and epithets are no names, but `rs`."""
    if form.kind == "epithet":
        return "rs", (("type", "person"),)
    if not any(sign.isupper() for sign in form.text):
        return "rs", (("type", _TYPES.get(entry.kind, entry.kind)),)
    if entry.kind == "event" and not _is_proper(form.text, words):
        return "rs", (("type", "event"),)
    return ELEMENTS[entry.kind]


def _is_proper(text: str, words: Lexicon) -> bool:
    """Whether words are the proper name of an event: it has a number ("20th congress"), or capitals throughout."""
    if _NUMBERED.match(text) or bare(text.split()[0]) in words.ordinals:
        return True
    return all(word[0].isupper() for word in _LONG.findall(text))


class Things:
    """Looks at names that aren't those of persons."""

    def __init__(self, text: str, around: Surroundings, lexicon: Lexicon) -> None:
        self._text = text
        self._around = around
        self._lexicon = lexicon

    def is_name(self, hit: Hit, choice: Choice, kind: str) -> bool:
        """Whether the capitals are those of the name; what begins with a small one in the register may have any."""
        form = choice.form
        written = self._text[hit.start : hit.end]
        if form.exact:
            return _letters(written) == _letters(form.text)
        if not form.text[:1].isupper():
            return True
        last = re.split(r"[\s-]", written)[-1]
        return written[:1].isupper() or (kind != "place" and last[:1].isupper())

    def is_longer(self, hit: Hit, kind: str, floor: int, ceiling: int) -> str:
        """The word that makes a longer name of it, which the register lacks; "" if it stands alone."""
        if (
            kind == "place"
            and self._text[hit.end : hit.end + 1] in "-‐‑"
            and self._text[hit.end + 1 : hit.end + 2].islower()
        ):
            return self._text[hit.end : hit.end + 20].split()[0]
        before = self._around.word_before(hit.start, floor)
        if before and before[0].isupper():
            if kind == "place" and bare(before) in self._lexicon.modifiers:
                return before
            if kind == "org" and hit.end - hit.start <= 5 and before.isupper() and len(before) > 1 and before.isalpha():
                return before
        after = self._around.after(hit.end, ceiling)
        if not after:
            return ""
        word = bare(after.rstrip("’'"))
        if kind == "place" and word in self._lexicon.other_heads:
            return after
        return after if kind in ("place", "org") and word in self._lexicon.organs else ""

    def is_meant(self, hit: Hit, floor: int, ceiling: int) -> bool:
        """Whether an epithet or a description means somebody: "the Great Leader", not beside a name or in an office."""
        if self._around.word_before(hit.start, floor).lower() not in self._lexicon.determiners:
            return False
        after = self._around.after(hit.end, ceiling)
        rest = self._text[hit.end : hit.end + 4]
        return not after and rest[1:].lower() != "of "


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
