"""What stands before and after a name: titles, forenames, and whatever makes it a part of something longer."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final, NamedTuple

from teipipe.encode.names.lexicon import Lexicon, bare
from teipipe.encode.names.personal import is_initial

_BLANKS: Final = " \u00a0\n\t\u2009\u202f"
_AROUND: Final = ".,;:!?()[]{}“”‘’'\"—–-…"
_DASHES: Final = "–—/…"
_OPENING: Final = "([{\"“„‘'«‹"
_WORD: Final = re.compile(r"[^\W_][\w.’'-]*")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.)+")
_SUFFIX: Final = re.compile(r",?[ \u00a0](?:Jr|Sr|II|III|IV)\b\.?")
_APPOSITION: Final = re.compile(r",[ \u00a0\n](?:(?:[^\W\d_a-z][\w.’'-]*|of|for|the|and|to|in),?[ \u00a0\n]?){1,10}")
#: Words that lie between the words of an office: "Secretary of State".
_BETWEEN: Final = frozenset({"of", "for", "the", "to", "and"})
#: So many places of an office are looked at.
_TRIES: Final = 20
#: More words than this before a name aren't looked at, nor are longer words.
_MOST: Final = 6
_LONGEST: Final = 40


class Before(NamedTuple):
    """What stands right before a name: `titles`, the nearest first, and `given`: forenames, or what looks like them.

    `start` is where the forenames begin, if there are any; `is_first` says that a sentence begins with them, so that
    what looks like one may be any word.
    """

    titles: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    start: int = -1
    is_first: bool = False


#: Before a name that nothing belongs to.
NOTHING: Final = Before()


class Surroundings:
    """Looks around names in a text."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text = text
        self._lexicon = lexicon

    def before(self, start: int, floor: int) -> Before:
        """What stands before a name that begins at `start`, in a paragraph that begins at `floor`."""
        if start - 1 <= floor or self._text[start - 1] not in _BLANKS or self._is_small(start, floor):
            return NOTHING
        is_first = False
        is_loud = self._text[start : start + 2].isupper()
        titles: list[str] = []
        given: list[str] = []
        at = begin = start
        for _ in range(_MOST):
            word, at, is_first = self._previous(at, floor)
            if not word:
                break
            known = self._lexicon.title(word)
            if known and not is_initial(word):
                titles.append(bare(word))
            elif titles:
                if word not in _BETWEEN:
                    break
            elif self._is_forename(word, is_loud=is_loud) and not (is_first and self.has_small(word)):
                given.append(word)
                begin = at
            else:
                break
            if is_first:
                break
        return Before(tuple(titles), tuple(reversed(given)), begin, is_first)

    def _is_small(self, start: int, floor: int) -> bool:
        """Whether the word before is one in small letters, and no title: so it mostly is, and this is quick."""
        text = self._text
        word = text[text.rfind(" ", max(floor, start - _LONGEST), start - 1) + 1 : start - 1]
        return word.isalpha() and word.islower() and word not in self._lexicon.titles

    def is_followed(self, end: int) -> bool:
        """Whether a capital stands after the sign that ends a name: else, there is no word after it nor a compound."""
        return self._text[end + 1 : end + 2].isupper()

    def after(self, end: int, ceiling: int) -> str:
        """The word with a capital right after a name that ends at `end`, "" if something else comes there."""
        text = self._text
        if end + 1 >= ceiling or text[end] not in _BLANKS or not text[end + 1].isupper():
            return ""
        match = _WORD.match(text, end + 1, min(end + 1 + _LONGEST, ceiling))
        return match[0] if match else ""

    def compound(self, end: int) -> str:
        """The word with a capital that a hyphen joins to a name, "" if there is none."""
        if self._text[end : end + 1] != "-" or not self._text[end + 1 : end + 2].isupper():
            return ""
        match = _WORD.match(self._text, end + 1, end + 1 + _LONGEST)
        return match[0].partition("-")[0] if match else ""

    def is_within(self, start: int, floor: int) -> bool:
        """Whether a sentence goes on with what begins at `start`, so that its capital is that of a name."""
        word = self.word_before(start, floor)
        return bool(word) and not self._ends_sentence(word) and not word.isupper()

    def beside(self, start: int, end: int, floor: int, ceiling: int) -> list[str]:
        """The words with a capital in what stands beside a name as an office does: "Affairs (X)", "X, Counselor"."""
        text = self._text
        found: list[str] = []
        if text[end : end + 1] == "," and (match := _APPOSITION.match(text, end, ceiling)):
            found = _WORD.findall(match[0])
        elif text[start - 1 : start] == "(" and text[end : end + 1] == ")":
            words = text[max(floor, start - 120) : start - 1].split()
            for word in reversed(words):
                if not (word[0].isupper() or word in _BETWEEN):
                    break
                found.append(word)
        return [word for word in found if word[0].isupper()]

    def suffix(self, end: int) -> int:
        """Where a suffix after a name ends ("Jr."), or the name itself."""
        match = _SUFFIX.match(self._text, end)
        return match.end() if match else end

    def word_before(self, start: int, floor: int) -> str:
        """The word right before a place in a paragraph, without what opens a bracket or a quotation; "" if none."""
        at = start
        while at > floor and self._text[at - 1] in _OPENING:
            at -= 1
        return self._previous(at, floor)[0].lstrip(_OPENING)

    def _previous(self, at: int, floor: int) -> tuple[str, int, bool]:
        """The word before a place, where it begins, and whether a sentence, a bracket or a quotation begins with it."""
        text = self._text
        end = at
        while end > floor and text[end - 1] in _BLANKS:
            end -= 1
        if end == at or end <= floor:
            return "", at, True
        words = text[max(floor, end - _LONGEST) : end].rsplit(None, 2)
        word = words[-1]
        start = end - len(word)
        own = word if word.isalpha() else word[max(map(word.rfind, _DASHES)) + 1 :].lstrip(_OPENING)
        is_first = own != word or start <= floor or self._ends_sentence(words[-2] if len(words) > 1 else "")
        return own, end - len(own), is_first

    def _ends_sentence(self, word: str) -> bool:
        if not word or word[-1] in "?!:;…—–-”’)]":
            return True
        if word[-1] != "." or word in self._lexicon.abbreviated:
            return False
        return not self._lexicon.title(word) and not _INITIALS.fullmatch(word)

    def _is_forename(self, word: str, *, is_loud: bool) -> bool:
        """Whether a word may be a part of a name that goes on after it; one in capitals only of a name in capitals."""
        if _INITIALS.fullmatch(word):
            return word[0].isupper()
        if word in self._lexicon.abbreviated:
            return True
        if not word[0].isupper() or (len(word) > 1 and word.isupper() and not is_loud) or word[-1] in ',;:?!.)]”’…"':
            return False
        return bare(word) not in self._lexicon.common and not word.endswith(("’s", "'s", "’", "'"))

    def has_small(self, word: str) -> bool:
        """Whether a word stands in the text without a capital, too."""
        return word.lower() in self._words

    def has_word(self, word: str) -> bool:
        """Whether a word in capitals stands in the text."""
        return bool(word) and word in self._words

    def has_office(self, title: str) -> bool:
        """Whether the title of an office stands in the text, and isn't part of a longer one before its end."""
        at = self._text.find(title)
        for _ in range(_TRIES):
            if at < 0:
                return False
            before, end = self._previous(at, 0)[0], at + len(title)
            if not (before and self._lexicon.title(before)) and not self._text[end : end + 5].startswith(
                (" for ", " of ")
            ):
                return True
            at = self._text.find(title, end)
        return False

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(word.strip(_AROUND) for word in set(self._text.split()))
