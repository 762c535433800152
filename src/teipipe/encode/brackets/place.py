"""One pair of brackets in its place: what stands in it, before it and behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from teipipe.encode.brackets.pairs import Pair
from teipipe.encode.brackets.vocabulary import Vocabulary
from teipipe.encode.brackets.words import Word, words_of

#: So much of the text is looked at on either side.
NEAR: Final = 60
#: A word is no longer than this.
_WORD: Final = 40
_SQUARE: Final = str.maketrans("[]", "  ")
_LAST: Final = re.compile(r"(?:[^\W\d_]\.)+$|[^\W_]+(?:['’\-][^\W_]+)*\.?$")
_NEXT: Final = re.compile(r"[\s“‘\"'(]*([^\W_]+)")
#: What ends a sentence, and may stand behind the sign that does.
_ENDED: Final = re.compile(r"[.!?:…—–][\s”’\"')\]]*$|[-]\s*$")
_ENDED_IN: Final = re.compile(r"[.!?…]['\"”’)]*$")
#: A question mark, and what stands around it.
_DOUBTS: Final = "?() \t\n\xa0"
_ABBREVIATED: Final = re.compile(r"(?:^|[\s(])(?:[^\W\d_]\.)*[^\W\d_]{1,5}\.$")
_INITIALS: Final = re.compile(r"(?:^|[\s(])(?:[^\W\d_]\.)+$")


@dataclass(eq=False)
class Place:
    """`pair` in `text`, within the leaf or the brackets that reach from `start` to `end`.

    `element` is that leaf or what the brackets around it were taken for; `in_turn` says whether somebody speaks there;
    `resp` points at whose the brackets are, `is_quoting` if that is an author who quotes. `content` is what stands
    between them, where brackets are blanks, and `words` are those in it; `before` and `after` is what stands near;
    `touches` says whether a letter or digit stands directly before it, and directly behind it.
    """

    text: str
    pair: Pair
    start: int
    end: int
    element: str
    vocabulary: Vocabulary
    resp: str = "#translator"
    in_turn: bool = False
    is_quoting: bool = False

    content: str = field(init=False)
    words: list[Word] = field(init=False)
    before: str = field(init=False)
    after: str = field(init=False)
    touches: tuple[bool, bool] = field(init=False)

    def __post_init__(self) -> None:
        text, pair = self.text, self.pair
        self.content = text[pair.start + pair.opening : pair.end - pair.closing].translate(_SQUARE)
        self.words = words_of(self.content)
        self.before = text[max(self.start, pair.start - NEAR) : pair.start]
        self.after = text[pair.end : min(self.end, pair.end + NEAR)]
        self.touches = self.before[-1:].isalnum(), self.after[:1].isalnum()

    @cached_property
    def doubted(self) -> int:
        """Where the question mark begins that the content ends with, and the brackets around it; 0 if there is none."""
        end = len(self.content.rstrip(_DOUBTS))
        return end if "?" in self.content[end:] else 0

    @cached_property
    def is_ended(self) -> bool:
        """Whether the content ends as a sentence does."""
        return _ENDED_IN.search(self.content.rstrip()[-NEAR:]) is not None

    @property
    def is_joined(self) -> bool:
        """Whether anything but a blank stands directly before it, or behind it."""
        pair = self.pair
        return bool(
            self.text[max(pair.start - 1, 0) : pair.start].strip() or self.text[pair.end : pair.end + 1].strip()
        )

    @cached_property
    def last(self) -> str:
        """The word before it, "" if a sign stands between."""
        words = self.before[-_WORD:].split()
        match = _LAST.search(words[-1]) if words else None
        return match[0] if match else ""

    @cached_property
    def earlier(self) -> list[str]:
        """The words before the last one, as far as they stand near."""
        return self.before.split()[:-1]

    @cached_property
    def next(self) -> str:
        """The word behind it, "" if a sign stands between."""
        match = _NEXT.match(self.after)
        return match[1] if match else ""

    @cached_property
    def opens(self) -> bool:
        """Whether a sentence may begin here."""
        before = self.before.rstrip()
        if not before:
            return True
        if before[-1].isalnum() or before[-1] == ",":
            return False
        if before.endswith(".") and self.last.rstrip(".").casefold() in self.vocabulary.words("titles"):
            return False
        if _INITIALS.search(before):
            return False
        return _ENDED.search(before) is not None and not (_ABBREVIATED.search(before) and self.next[:1].islower())

    @cached_property
    def closes(self) -> bool:
        """Whether what follows is the end of the text, or begins a sentence."""
        after = self.after.strip()
        return not after or not after[0].isalnum() or after[0].isupper()

    @cached_property
    def fills(self) -> bool:
        """Whether nothing else stands in its leaf."""
        around = self.text[self.start : self.pair.start] if len(self.before) < NEAR else self.before
        return not around.strip() and not self.after.strip() and self.end - self.pair.end <= NEAR
