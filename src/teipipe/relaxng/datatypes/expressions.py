"""Reads the regular expressions of XML Schema (XSD 1.0 part 2, appendix F)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from unicodedata import category

from teipipe.relaxng.datatypes.blocks import BLOCKS
from teipipe.relaxng.datatypes.names import is_name_character, is_name_start

Test = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Character:
    """One character that passes the test."""

    test: Test


@dataclass(frozen=True, slots=True)
class Series:
    """One part after the other; without parts, the empty string."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Any one of the parts."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """The part, `least` to `most` times; None is any number."""

    part: Expression
    least: int
    most: int | None


Expression = Character | Series | Either | Repeated


class ExpressionError(ValueError):
    """A string is no regular expression of XML Schema; the message says why."""


# Deeper ones are no one's intention, and would exhaust the stack.
_DEEPEST: Final = 100
_MANY: Final = 10**9
_CATEGORIES: Final = frozenset(
    f"{group}{kind}"
    for group, kinds in {
        "L": "ultmo",
        "M": "nce",
        "N": "dlo",
        "P": "cdseifo",
        "Z": "slp",
        "S": "mcko",
        "C": "cfon",
    }.items()
    for kind in ("", *kinds)
)
_SINGLE_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t"} | {sign: sign for sign in "\\|.?*+(){}-[]^"}
_MULTIPLE_ESCAPES: Final[dict[str, Test]] = {
    "s": lambda character: character in " \t\n\r",
    "i": is_name_start,
    "c": is_name_character,
    "d": str.isdecimal,
    "w": lambda character: category(character)[0] not in "PZC",
}


def expression(text: str) -> Expression:
    """The parts of a regular expression; raises ExpressionError."""
    reader = _Reader(text)
    read = reader.alternatives(0)
    if reader.position < len(text):
        raise reader.error(f"“{text[reader.position]}” without its counterpart")
    return read


class _Reader:
    """A position in a regular expression; each method reads one production of the grammar from there."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0

    def error(self, what: str) -> ExpressionError:
        return ExpressionError(f"{what} at character {self.position + 1}")

    def at(self, signs: str) -> bool:
        """Whether the next character is one of these."""
        return self.position < len(self.text) and self.text[self.position] in signs

    def follows(self, signs: str) -> bool:
        """Whether the character after the next one is one of these."""
        return self.position + 1 < len(self.text) and self.text[self.position + 1] in signs

    def next(self, what: str) -> str:
        if self.position >= len(self.text):
            raise self.error(f"it ends where {what} is expected,")
        self.position += 1
        return self.text[self.position - 1]

    def alternatives(self, depth: int) -> Expression:
        if depth > _DEEPEST:
            raise self.error(f"more than {_DEEPEST} brackets in each other")
        branches = [self.branch(depth)]
        while self.at("|"):
            self.position += 1
            branches.append(self.branch(depth))
        return branches[0] if len(branches) == 1 else Either(tuple(branches))

    def branch(self, depth: int) -> Expression:
        pieces: list[Expression] = []
        while self.position < len(self.text) and not self.at("|)"):
            pieces.append(self.quantified(self.atom(depth)))
        return pieces[0] if len(pieces) == 1 else Series(tuple(pieces))

    def atom(self, depth: int) -> Expression:
        if self.at("?*+{}]"):
            raise self.error(f"“{self.text[self.position]}” has nothing before it that it could belong to,")
        sign = self.next("a character")
        if sign == "(":
            inner = self.alternatives(depth + 1)
            if not self.at(")"):
                raise self.error("“)” is missing")
            self.position += 1
            return inner
        if sign == "[":
            return Character(self.group())
        if sign == "\\":
            escaped = self.escape()
            return Character(escaped if callable(escaped) else escaped.__eq__)
        return Character((lambda character: character not in "\n\r") if sign == "." else sign.__eq__)

    def quantified(self, atom: Expression) -> Expression:
        if self.at("?*+"):
            least, most = {"?": (0, 1), "*": (0, None), "+": (1, None)}[self.next("")]
        elif self.at("{"):
            self.position += 1
            least = most = self.number()
            if self.at(","):
                self.position += 1
                most = None if self.at("}") else self.number()
            if not self.at("}"):
                raise self.error("“}” is missing")
            self.position += 1
            if most is not None and most < least:
                raise self.error("a number of times from more to less")
        else:
            return atom
        return Repeated(atom, least, most)

    def number(self) -> int:
        start = self.position
        while self.at("0123456789"):
            self.position += 1
        digits = self.text[start : self.position].lstrip("0")
        if start == self.position:
            raise self.error("a number is missing")
        return int(digits or "0") if len(digits) < 10 else _MANY

    def escape(self) -> str | Test:
        """The character, or the test, that stands behind a backslash."""
        sign = self.next("a character")
        if sign in _SINGLE_ESCAPES:
            return _SINGLE_ESCAPES[sign]
        test = _MULTIPLE_ESCAPES.get(sign.lower()) or (self.property() if sign in "pP" else None)
        if test is None:
            self.position -= 1
            raise self.error(f"“\\{sign}” is no escape of XML Schema,")
        return _unless(test) if sign.isupper() else test

    def property(self) -> Test:
        end = self.text.find("}", self.position)
        if not self.at("{") or end < 0:
            raise self.error("a name in “{…}” is missing")
        name = self.text[self.position + 1 : end]
        if name in _CATEGORIES:
            test: Test = lambda character: category(character).startswith(name)  # noqa: E731
        elif name.startswith("Is") and name[2:] in BLOCKS:
            test = _among([], [(chr(first), chr(last)) for first, last in BLOCKS[name[2:]]], [])
        else:
            raise self.error(f"“{name}” is neither a category nor a block of Unicode,")
        self.position = end + 1
        return test

    def group(self) -> Test:
        """The test for what stands in brackets, the opening one being read."""
        is_negative = self.at("^")
        self.position += is_negative
        singles: list[str] = []
        ranges: list[tuple[str, str]] = []
        tests: list[Test] = []
        start = self.position
        without: Test | None = None
        while not self.at("]") or self.position == start:
            if self.at("-") and self.follows("[") and self.position > start:
                self.position += 2
                without = self.group()
                if not self.at("]"):
                    raise self.error("“]” is missing")
                break
            self.item(start, singles, ranges, tests)
        self.position += 1
        test = _among(singles, ranges, tests)
        if is_negative:
            test = _unless(test)
        return test if without is None else _difference(test, without)

    def item(self, start: int, singles: list[str], ranges: list[tuple[str, str]], tests: list[Test]) -> None:
        """One character, range or escape of a group."""
        # A hyphen may stand for itself first or last (XSD 1.0, second edition); elsewhere it belongs to a range.
        if self.at("-") and not (self.position == start or self.follows("]")):
            raise self.error("a hyphen (which would be “\\-” if meant for itself)")
        first = self.single()
        if callable(first):
            tests.append(first)
        elif self.at("-") and not self.follows("[]"):
            self.position += 1
            last = "" if self.at("-") else self.single()
            if callable(last) or last < first:
                raise self.error("a range that does not go from one character to a later one")
            ranges.append((first, last))
        else:
            singles.append(first)

    def single(self) -> str | Test:
        sign = self.next("“]”")
        if sign in "[]":
            self.position -= 1
            raise self.error(f"“{sign}” in brackets (which would be “\\{sign}” if meant for itself)")
        return self.escape() if sign == "\\" else sign


def _among(singles: list[str], ranges: list[tuple[str, str]], tests: list[Test]) -> Test:
    known, among, others = frozenset(singles), tuple(ranges), tuple(tests)

    def test(character: str) -> bool:
        if character in known or any(first <= character <= last for first, last in among):
            return True
        return any(other(character) for other in others)

    return test


def _unless(test: Test) -> Test:
    return lambda character: not test(character)


def _difference(test: Test, without: Test) -> Test:
    return lambda character: test(character) and not without(character)
