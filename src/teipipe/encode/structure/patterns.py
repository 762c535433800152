"""Phrases as profiles have them: words and placeholders, no regular expressions, so that none can take long.

A phrase is compared without regard to case and to the kind and amount of blanks. `{number}` is for digits, `{roman}`
for a Roman number, `{letter}` for one letter, `{word}` for one word, `{text}` for up to 120 characters of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from functools import cache, cached_property
from typing import Final

PLACEHOLDERS: Final = {
    "number": r"\d{1,6}",
    "roman": r"[ivxlcdm]{1,8}",
    "letter": r"[^\W\d_]",
    "word": r"[^\s]{1,60}?",
    "text": r"[^\n]{1,120}?",
}
#: A phrase has no more characters and placeholders than these.
LONGEST: Final = 120
MOST: Final = 3
#: A phrase is sought in so many characters.
_NEAR: Final = 400

_PIECE: Final = re.compile(r"\{([^{}]*)\}|[^\S\n]+|[^\s{}]+|[{}]")
#: What may stand before a phrase at the beginning of a line.
_OPENING: Final = r"[\[(*_“\"„]{0,3}"
_FIRST: Final = re.compile(r"[\s\[({*_“\"„]*([^\W_]+)")
_WORD: Final = re.compile(r"[^\W_]+")
#: A placeholder before the end of the first word, which then isn't always the same.
_OPEN: Final = re.compile(r"\W*\w*\{")


class PatternError(ValueError):
    """A phrase that isn't one; says why."""


def source_of(phrase: str) -> str:
    """The regular expression for a phrase; raises PatternError if it has an unknown placeholder, or is too long."""
    if len(phrase) > LONGEST:
        raise PatternError(f"is longer than {LONGEST} characters")
    pieces: list[str] = []
    counts: dict[str, int] = {}
    for match in _PIECE.finditer(phrase.strip()):
        name = match[1]
        if match[0] in "{}" or (name is not None and name not in PLACEHOLDERS):
            raise PatternError(f"has “{match[0]}”, which is no placeholder; known are {', '.join(_shown())}")
        if name is None:
            pieces.append(r"[^\S\n]+" if match[0].isspace() else re.escape(match[0]))
            continue
        counts[name] = counts.get(name, 0) + 1
        pieces.append(PLACEHOLDERS[name])
    if sum(counts.values()) > MOST:
        raise PatternError(f"has more than {MOST} placeholders")
    if not pieces:
        raise PatternError("is empty")
    return "".join(pieces)


def require_phrase(phrase: str) -> None:
    """Raise PatternError if there is something wrong with a phrase: only placeholders and length can be."""
    if "{" in phrase or "}" in phrase or not 0 < len(phrase) <= LONGEST:
        source_of(phrase)


def _shown() -> list[str]:
    return [f"{{{name}}}" for name in PLACEHOLDERS]


def first_word(text: str, start: int, end: int) -> str:
    """The first word of a stretch, as phrases are found by it; "" if there is none near."""
    match = _FIRST.match(text, start, min(end, start + 40))
    return match[1].casefold() if match else ""


class Phrases:
    """Phrases of one kind, sought at the beginning of a line, as a whole line, or anywhere in a short stretch."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self.phrases = tuple(dict.fromkeys(phrases))

    @cached_property
    def _any(self) -> str:
        sources = sorted((source_of(phrase) for phrase in self.phrases), key=len, reverse=True)
        return f"(?P<phrase>{'|'.join(sources)})" if sources else r"(?P<phrase>(?!))"

    @cached_property
    def _start(self) -> re.Pattern[str]:
        return re.compile(rf"{_OPENING}{self._any}(?!\w)", re.IGNORECASE)

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        return re.compile(rf"{_OPENING}{self._any}[.,:!]?[\])*_”\"]{{0,3}}[,:.!]?", re.IGNORECASE)

    @cached_property
    def _within(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){self._any}(?!\w)", re.IGNORECASE)

    def __bool__(self) -> bool:
        return bool(self.phrases)

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The first words of all; "" if one begins with a placeholder or has none."""
        return frozenset(
            "" if phrase.startswith("{") else first_word(phrase, 0, len(phrase)) for phrase in self.phrases
        )

    @cached_property
    def _open(self) -> Phrases | None:
        """Those whose first word isn't always the same; the others need not be compiled, nor sought, without theirs."""
        found = [phrase for phrase in self.phrases if _OPEN.match(phrase) or not first_word(phrase, 0, len(phrase))]
        return None if not found else self if len(found) == len(self.phrases) else Phrases(found)

    def may_start(self, firsts: Set[str]) -> bool:
        """Whether one may stand at the beginning of lines with these first words."""
        return self._open is not None or not self.first_words.isdisjoint(firsts)

    def start(self, text: str, start: int, end: int, first: str | None = None) -> re.Match[str] | None:
        """A phrase at the beginning of a stretch; `first` is its first word, if that is known."""
        if first is None:
            first = first_word(text, start, end)
        sought = self if first in self.first_words else self._open
        return sought._start.match(text, start, end) if sought is not None else None

    def whole(self, text: str, start: int, end: int, first: str | None = None) -> re.Match[str] | None:
        """A phrase that is all of a stretch, but for brackets around it and a colon or full stop behind."""
        if first is None:
            first = first_word(text, start, end)
        sought = self if first in self.first_words else self._open
        return sought._whole.fullmatch(text, start, end) if sought is not None else None

    def within(self, text: str, start: int, end: int, words: Set[str] | None = None) -> re.Match[str] | None:
        """A phrase anywhere at the beginning of a stretch, as far as `near_words` go; `words` are these, if known."""
        if words is None:
            words = near_words(text, start, end)
        sought = self if not self.first_words.isdisjoint(words) else self._open
        return sought._within.search(text, start, min(end, start + _NEAR)) if sought is not None else None


def near_words(text: str, start: int, end: int) -> frozenset[str]:
    """The words at the beginning of a stretch, as phrases are found by them."""
    return frozenset(map(str.casefold, _WORD.findall(text, start, min(end, start + _NEAR))))


@cache
def phrases_of(phrases: tuple[str, ...]) -> Phrases:
    """Phrases, compiled once for all profiles that have the same."""
    return Phrases(phrases)
