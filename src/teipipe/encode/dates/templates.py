"""How a language writes dates, as templates, and what they are made of.

    {month} {day}[<, | >{year}]

A name in braces is a class of words or numbers (`{month}`, `{year}`); with a figure, it belongs to the second date of
a range (`{day2}`); `{name:one|other}` is one of several classes; `{@name}` a template with a name (`{@name2}` the same,
of the second date). Square brackets hold what may be missing, pointed ones several ways, divided by bars. A blank is a
blank, `~` one that may be missing. What else stands there is a word or sign of the language; `-` is any dash. What
stands before `^` (always as many words) and after `$` has to be there, but is no part of the date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from teipipe.encode.dates.numbers import APOSTROPHES

_PIECE: Final = re.compile(
    rf"\{{(?P<field>[^{{}}]*)\}}|(?P<mark>[\[\]<>|~ ^$])"
    rf"|(?P<word>[^\W\d_](?:\.[^\W\d_])+\.?|\w+(?:[{APOSTROPHES}]\w+)?)|(?P<sign>.)"
)
_CLOSING: Final = {"[": "]", "<": ">"}
_FIGURES: Final = "0123456789"
#: Templates with names stand in each other no deeper.
_DEEPEST: Final = 8


class TemplateError(ValueError):
    """A template that can't be understood; the message says why."""


class Piece(NamedTuple):
    """One token of a date: of one of some classes; that of a word that stands there itself begins with “=”.

    `field` is the name by which it is read, "" if it only has to be there.
    """

    field: str
    classes: tuple[str, ...]


_BLANK: Final = Piece("", (" ",))


class Choice:
    """One of several `ways` to go on, the preferred ones first.

    `firsts` are the classes that it can begin with; `least` and `most` say how many tokens it is; `pieces` are all
    those in it, in order.
    """

    __slots__ = ("firsts", "least", "most", "pieces", "ways")

    def __init__(self, ways: Iterable[Sequence[Piece | Choice]]) -> None:
        self.ways = tuple(tuple(way) for way in ways)
        self.firsts: set[str] = set()
        self.least: int
        self.most: int
        self.pieces: tuple[Piece, ...]
        pieces: list[Piece] = []
        lengths: list[tuple[int, int]] = []
        firsts: Iterable[str]
        for way in self.ways:
            least = most = 0
            for part in way:
                if isinstance(part, Piece):
                    firsts, fewest, longest = part.classes, 1, 1
                    pieces.append(part)
                else:
                    firsts, fewest, longest = part.firsts, part.least, part.most
                    pieces += part.pieces
                if not least:
                    self.firsts.update(firsts)
                least, most = least + fewest, most + longest
            lengths.append((least, most))
        self.pieces = tuple(pieces)
        self.least = min(least for least, _ in lengths)
        self.most = max(most for _, most in lengths)

    def mirrored(self) -> Choice:
        """The same, from its end to its beginning."""
        return Choice(
            [part if isinstance(part, Piece) else part.mirrored() for part in reversed(way)] for way in self.ways
        )


#: A blank, and one that may be missing.
_BLANKS: Final[dict[str, Piece | Choice]] = {" ": _BLANK, "~": Choice([[_BLANK], []])}


class Template(NamedTuple):
    """A template, taken apart: a date, and what has to stand before it and behind it, None if nothing has."""

    text: str
    before: Choice | None
    date: Choice
    behind: Choice | None

    def pieces(self) -> Iterator[Piece]:
        """All that it is made of."""
        for choice in (self.before, self.date, self.behind):
            yield from choice.pieces if choice else ()

    @property
    def reach(self) -> int:
        """How many tokens it looks at from where the date begins."""
        return self.date.most + (self.behind.most if self.behind else 0)

    @property
    def back(self) -> int:
        """How many tokens it looks at before the date."""
        return self.before.most if self.before else 0

    def words(self) -> set[str]:
        """The words and signs of the language that stand in it."""
        return {name[1:] for piece in self.pieces() if not piece.field for name in piece.classes if name != " "}

    def fields(self) -> set[str]:
        """The names of the fields that are read by it: what stands before the date isn't."""
        return {piece.field for piece in (*self.date.pieces, *(self.behind.pieces if self.behind else ()))} - {""}


class Templates:
    """Takes templates apart; those with a name, which others are made of, once."""

    def __init__(self, named: Mapping[str, str]) -> None:
        self._named = named
        self._known: dict[tuple[str, str], Choice] = {}

    def of(self, text: str) -> Template:
        """A template; raises TemplateError if it can't be understood."""
        pieces = _PIECE.finditer(text)
        before = behind = None
        date, ending = self._choice(pieces)
        if ending == "^":
            before = date
            date, ending = self._choice(pieces)
        if ending == "$":
            behind, ending = self._choice(pieces)
        if ending:
            raise TemplateError(f"“{ending}” stands where it can’t")
        if before and before.least < before.most:
            raise TemplateError("before ^ there are always as many words")
        if not date.least:
            raise TemplateError("may match nothing")
        return Template(text, before, date, behind)

    def _choice(
        self, pieces: Iterator[re.Match[str]], opening: str = "", suffix: str = "", depth: int = 0
    ) -> tuple[Choice, str]:
        """What stands before the bracket that closes an `opening` one, or before the next mark, and that."""
        ways: list[list[Piece | Choice]] = [[]]
        for match in pieces:
            kind, text = match.lastgroup, match[0]
            if kind == "field":
                ways[-1].append(self._field(match["field"], suffix, depth))
            elif kind != "mark":
                ways[-1].append(Piece("", (f"={text}",)))
            elif text in _BLANKS:
                ways[-1].append(_BLANKS[text])
            elif text == "|":
                ways.append([])
            elif text in _CLOSING:
                ways[-1].append(self._choice(pieces, text, suffix, depth)[0])
            elif text in "^$" and not opening:
                return Choice(ways), text
            elif text != _CLOSING.get(opening):
                raise TemplateError(f"“{text}” closes nothing" if text in "]>" else f"“{text}” stands in brackets")
            else:
                return Choice([*ways, []] if text == "]" else ways), ""
        if opening:
            raise TemplateError(f"“{opening}” isn't closed")
        return Choice(ways), ""

    def _field(self, text: str, suffix: str, depth: int) -> Piece | Choice:
        if text.startswith("@"):
            name = text[1:].rstrip(_FIGURES)
            return self._of_name(name, text[1 + len(name) :] or suffix, depth + 1)
        name, _, classes = text.partition(":")
        base = name.rstrip(_FIGURES)
        if not base:
            raise TemplateError("a pair of braces without a name")
        return Piece(name if name != base else base + suffix, tuple((classes or base).split("|")))

    def _of_name(self, name: str, suffix: str, depth: int) -> Choice:
        if name not in self._named:
            raise TemplateError(f"there is no template named “{name}”")
        if depth > _DEEPEST:
            raise TemplateError("a template with a name contains itself")
        if (name, suffix) not in self._known:
            choice, ending = self._choice(_PIECE.finditer(self._named[name]), "", suffix, depth)
            if ending:
                raise TemplateError(f"“{ending}” stands in brackets")
            self._known[name, suffix] = choice
        return self._known[name, suffix]
