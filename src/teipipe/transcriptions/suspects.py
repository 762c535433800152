"""Characters that may stand in a text and that nobody may have meant: found, never changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from teipipe.diagnostics import Diagnostic, Location
from teipipe.rules import finding

#: UTF-8 read as Windows-1252 or Latin-1: “Ã¼” for ü, “â€™” for an apostrophe; and C1 controls, its opposite.
GARBLED: Final = "[ÃÂ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\x80-\xbf™œžšŸ˜“”¦¢€‹¹]|[\x80-\x84\x86-\x9f]|\ufffd"
BIDI: Final = "[\u202a-\u202e\u2066-\u2069]"

# These are compiled when a text is first looked at more closely: it takes longer than most texts do, and most texts
# have nothing of it.
#: All that is looked for, in one pass.
_SUSPECT: Final = (
    "[\x7f\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ue000-\uf8ff\ufeff\ufff9-\ufffb"
    "\U000e0001-\U000e007f\U000f0000-\U0010fffd\x80-\x84\x86-\x9f\ufffdÃÂâ]"
)
#: Joiners and marks of direction have work to do beside letters of Indic, Arabic and Hebrew scripts, and emoji.
_JOINERS: Final = "\u200c-\u200f"
_INVISIBLE: Final = (
    f"[\x7f\xad\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\U000e0001-\U000e007f]"
    f"|(?<![\u0590-\u1fff\u2190-\u2bff\ua800-\ufdff\ufe70-\ufefe\U0001f000-\U0001faff])[{_JOINERS}]"
    "(?![\u0590-\u1fff\u2190-\u2bff\ua800-\ufdff\ufe70-\ufefe\U0001f000-\U0001faff])"
)
_PRIVATE: Final = "[\ue000-\uf8ff\U000f0000-\U0010fffd]"
_OPENING: Final = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"),
    **dict.fromkeys("\u2066\u2067\u2068", "\u2069"),
}
#: So many places of one kind are listed.
_MOST: Final = 20


def suspects(text: str, place: Callable[[int], Location]) -> Iterator[Diagnostic]:
    """Yield garbled-characters, bidi-control, invisible-character and private-use-character."""
    if text.isascii() and "\x7f" not in text:
        return
    if re.search(_SUSPECT, text) is None:
        return
    garbled = list(re.finditer(GARBLED, text))
    if garbled:
        first = garbled[0]
        message = f"{quoted(first[0])} looks like a wrong encoding{and_more(len(garbled))}"
        yield finding("garbled-characters", message, place(first.start()), meant(first[0]))
    yield from _directions(text, place)
    for rule, pattern in (("invisible-character", _INVISIBLE), ("private-use-character", _PRIVATE)):
        for sign, offsets in _grouped(re.finditer(pattern, text)):
            yield finding(
                rule, f"{named(sign)}{and_more(len(offsets))}", place(offsets[0]), related=_also(offsets, place)
            )


def _directions(text: str, place: Callable[[int], Location]) -> Iterator[Diagnostic]:
    """One finding for each line that has controls of direction, up to a number; whether they are closed there."""
    control = re.compile(BIDI)
    at = count = 0
    while found := control.search(text, at):
        end = text.find("\n", found.start())
        at = len(text) if end < 0 else end
        if count == _MOST:
            yield finding("bidi-control", "more lines have invisible characters of direction", place(found.start()))
            return
        count += 1
        message = f"the invisible character {named(found[0])}"
        if not _is_balanced(text[found.start() : at]):
            message += "; in this line not all of its kind are closed"
        help = (
            "it stays in the text; if it wasn't meant, delete it in the TEI, and encode directions by xml:lang or @rend"
        )
        yield finding("bidi-control", message, place(found.start()), help)


def _is_balanced(line: str) -> bool:
    due: list[str] = []
    for sign in re.findall(BIDI, line):
        if sign in _OPENING:
            due.append(_OPENING[sign])
        elif not due or due.pop() != sign:
            return False
    return not due


def _grouped(matches: Iterable[re.Match[str]]) -> list[tuple[str, list[int]]]:
    found: dict[str, list[int]] = {}
    for match in matches:
        found.setdefault(match[0], []).append(match.start())
    return list(found.items())


def _also(offsets: list[int], place: Callable[[int], Location]) -> tuple[tuple[Location, str], ...]:
    return tuple((place(offset), "here, too") for offset in offsets[1:_MOST])


def and_more(count: int) -> str:
    """In how many more places the same was found, after the first."""
    if count < 2:
        return ""
    return ", here and in one more place" if count == 2 else f", here and in {count - 1} more places"


def named(sign: str) -> str:
    """A character by its number and its name in Unicode."""
    import unicodedata

    name = unicodedata.name(sign, "").lower() or _NAMES.get(sign, "")
    return f"U+{ord(sign):04X} ({name})" if name else f"U+{ord(sign):04X}"


_NAMES: Final = {"\x7f": "delete"}


def quoted(written: str) -> str:
    """Characters in quotation marks, or by their numbers if they can't be seen."""
    if written.isprintable() and written != "\ufffd":
        return f"“{written}”"
    return " ".join(f"U+{ord(sign):04X}" for sign in written)


def meant(written: str) -> str | None:
    """What garbled characters once were, if that can be told."""
    for encoding in ("cp1252", "latin-1"):
        try:
            was = written.encode(encoding).decode("utf-8" if len(written) > 1 else "cp1252")
        except UnicodeError:
            continue
        if was != written and was.isprintable():
            return f"was it “{was}”?"
    return None
