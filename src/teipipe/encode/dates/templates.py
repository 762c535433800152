"""How a language writes dates, as templates, and the regular expressions over letters that they become.

    {month} {day}[<, | >{year}]

A name in braces is a class of words or numbers (`{month}`, `{year}`); with a figure, it belongs to the second date of
a range (`{day2}`); `{name:one|other}` is one of several classes; `{@name}` a template with a name (`{@name2}` the same,
of the second date). Square brackets hold what may be missing, pointed ones several ways, divided by bars. A blank is a
blank, `~` one that may be missing. What else stands there is a word or sign of the language; `-` is any dash. What
stands before `^` (always as many words) and after `$` has to be there, but is no part of the date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from teipipe.encode.dates.numbers import APOSTROPHES

_PIECE: Final = re.compile(
    rf"\{{(?P<field>[^{{}}]*)\}}|(?P<mark>[\[\]<>|~ ^$])"
    rf"|(?P<word>[^\W\d_](?:\.[^\W\d_])+\.?|\w+(?:[{APOSTROPHES}]\w+)?)|(?P<sign>.)"
)
_MARKS: Final = {"[": "(?:", "]": ")?", "<": "(?:", ">": ")", "|": "|", "~": " ?", " ": " "}


class TemplateError(ValueError):
    """A template that can't be understood; the message says why."""


class Template:
    """A template, taken apart: `fields` has the name of each group of its expression, in order."""

    def __init__(self, text: str, named: Mapping[str, str]) -> None:
        self.text = text
        self.fields: list[str] = []
        self._named = named
        self._pieces: list[tuple[str, str]] = []
        self._read(text, "", 0)
        self._balanced()

    @property
    def reach(self) -> int:
        """How many letters it looks at, at the most."""
        return len(self._pieces)

    def classes(self) -> set[str]:
        """The classes that it names."""
        return {name for kind, value in self._pieces if kind == "field" for name in value.split("|")}

    def uses(self) -> list[tuple[str, frozenset[str]]]:
        """The name of each field, without the figure of a second date, and its classes."""
        classes = [frozenset(value.split("|")) for kind, value in self._pieces if kind == "field"]
        return [(name.rstrip("0123456789"), these) for name, these in zip(self.fields, classes, strict=True)]

    def literals(self) -> set[str]:
        """The words and signs of the language that stand in it."""
        return {value for kind, value in self._pieces if kind == "literal"}

    def expression(self, letters: Callable[[str], str]) -> str:
        """The regular expression; `letters` gives the set of letters for a class, or a word after an equals sign."""
        written: list[str] = []
        for kind, value in self._pieces:
            if kind == "field":
                letters_of = "".join(letters(name) for name in value.split("|"))
                written.append(f"([{letters_of}])" if letters_of else r"([^\s\S])")
            elif kind == "literal":
                written.append(f"[{letters('=' + value)}]")
            elif value == "^":
                written = [f"(?<={''.join(written)})", "(?:)"]
            else:
                written.append("(?=" if value == "$" else _MARKS[value])
        return "".join(written) + (")" if ("mark", "$") in self._pieces else "")

    def before(self, letters: Callable[[str], str]) -> str:
        """The expression for what has to stand before it."""
        written = self.expression(letters)
        return written[: written.index(")(?:)") + 1] if ("mark", "^") in self._pieces else ""

    def first_classes(self) -> tuple[set[str], bool]:
        """The classes that what it matches can begin with, and whether that can be nothing."""
        found, nothing, _ = self._firsts(0)
        return found, nothing

    def needs(self) -> list[set[str]]:
        """Classes of which whatever it matches has one at least, beginning with the first piece behind `^`."""
        marks = [at for at, piece in enumerate(self._pieces) if piece == ("mark", "^")]
        return self._needs(marks[-1] + 1 if marks else 0)[0]

    def _needs(self, at: int) -> tuple[list[set[str]], int]:
        """What the pieces from `at` on need, and where they end: of several ways, one need of each."""
        ways: list[list[set[str]]] = [[]]
        while at < len(self._pieces):
            kind, value = self._pieces[at]
            at += 1
            if kind != "mark":
                ways[-1].append(_classes_of(kind, value))
            elif value == "|":
                ways.append([])
            elif value in "]>":
                break
            elif value in "[<":
                inside, at = self._needs(at)
                ways[-1] += inside if value == "<" else []
        if len(ways) == 1:
            return ways[0], at
        return [set().union(*(min(way, key=len) for way in ways))] if all(ways) else [], at

    def _firsts(self, at: int) -> tuple[set[str], bool, int]:
        """The classes that the pieces from `at` on can begin with; whether they may be nothing; where they end."""
        found: set[str] = set()
        branch: set[str] = set()
        nothing, maybe = False, True
        while at < len(self._pieces):
            kind, value = self._pieces[at]
            at += 1
            if kind == "mark" and value in "]>":
                break
            if kind == "mark" and value in "^|":
                found, nothing = (found | branch, nothing or maybe) if value == "|" else (set(), False)
                branch, maybe = set(), True
                continue
            if kind == "mark" and value == "$":
                break
            these, empty = _classes_of(kind, value), value == "~"
            if kind == "mark" and value in "[<":
                these, empty, at = self._firsts(at)
                empty = empty or value == "["
            branch |= these if maybe else set()
            maybe = maybe and empty
        return found | branch, nothing or maybe, at

    def _read(self, text: str, suffix: str, depth: int) -> None:
        if depth > 8:
            raise TemplateError("a template with a name contains itself")
        for match in _PIECE.finditer(text):
            if match["field"] is not None:
                self._field(match["field"], suffix, depth)
            elif match["mark"]:
                self._pieces.append(("mark", match["mark"]))
            else:
                self._pieces.append(("literal", match["word"] or match["sign"]))

    def _field(self, text: str, suffix: str, depth: int) -> None:
        if text.startswith("@"):
            number = re.search(r"\d*$", text)
            ending = number[0] if number else ""
            name = text[1 : len(text) - len(ending)]
            if name not in self._named:
                raise TemplateError(f"there is no template named “{name}”")
            self._read(f"<{self._named[name]}>", ending or suffix, depth + 1)
            return
        name, _, classes = text.partition(":")
        base = name.rstrip("0123456789")
        if not base:
            raise TemplateError("a pair of braces without a name")
        self.fields.append(name if name != base else base + suffix)
        self._pieces.append(("field", classes or base))

    def _balanced(self) -> None:
        opened: list[str] = []
        for kind, value in self._pieces:
            if kind == "mark" and value in "[<":
                opened.append(value)
            elif kind == "mark" and value in "]>" and (not opened or "[<".index(opened.pop()) != "]>".index(value)):
                raise TemplateError(f"“{value}” closes nothing")
        if opened:
            raise TemplateError(f"“{opened[-1]}” isn't closed")


def _classes_of(kind: str, value: str) -> set[str]:
    """The classes of a piece; that of a word in a template begins with an equals sign."""
    if kind == "field":
        return set(value.split("|"))
    return {f"={value}"} if kind == "literal" else {" "}
