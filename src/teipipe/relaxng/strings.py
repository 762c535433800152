"""Whether a string fits: the value of an attribute, or the whole text of an element."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Final

from teipipe.relaxng.leaves import StringLeaf, is_contextual
from teipipe.relaxng.pattern import CHOICE, MORE, STRING, TEXT, Pattern
from teipipe.relaxng.patterns import Patterns

#: How many accepted values are remembered for each pattern; an `xml:id` never comes again, a `type` always does.
_REMEMBERED: Final = 5_000

#: Longer texts are not remembered, and their tokens are not all made at once: a document may be one single text.
_LONG: Final = 1_000

_BLANK: Final = re.compile("[ \t\r\n]*")
_TOKEN: Final = re.compile("[^ \t\r\n]+")


def is_blank(text: str) -> bool:
    """Whether there is nothing but XML's white space in it (a no-break space is something)."""
    return not text or (text.isspace() and (text.isascii() or _BLANK.fullmatch(text) is not None))


def tokens(text: str) -> list[str]:
    """The text divided at XML's white space."""
    return text.split() if text.isascii() else _TOKEN.findall(text)


def each_token(text: str) -> Iterable[str]:
    """The same, of a long text one by one."""
    return tokens(text) if len(text) <= _LONG else (match[0] for match in _TOKEN.finditer(text))


def words(text: str, most: int) -> str:
    """The first so many tokens of a text with a blank between them."""
    return " ".join(islice(each_token(text), most))


class Acceptor:
    """Judges strings by one pattern of strings and remembers those that fit; `known` are some that do.

    Calling it tells whether a string fits; may raise LimitError.
    """

    __slots__ = ("_closed", "_is_contextual", "_leaves", "_list", "_most", "_patterns", "known", "pattern")

    def __init__(self, pattern: Pattern, patterns: Patterns) -> None:
        self.pattern = pattern
        self.known: set[str] = set()
        self._patterns = patterns
        strings = [leaf for leaf in pattern.leaves() if isinstance(leaf, StringLeaf)]
        #: Values whose meaning is their words: looked up, not tried one by one.
        self._closed = frozenset(str(leaf.meaning) for leaf in strings if _is_word(leaf))
        self._most = 2 + max((value.count(" ") for value in self._closed), default=0)
        self._leaves = [leaf for leaf in strings if not _is_word(leaf)]
        self._is_contextual = any(map(is_contextual, strings))
        self._list: StringLeaf | None = None
        if not self._closed and pattern.kind == STRING and pattern.leaf is not None:
            (self._list,) = self._leaves

    @property
    def is_trivial(self) -> bool:
        """Whether every string fits."""
        parts = self.pattern.parts if self.pattern.kind == CHOICE else (self.pattern,)
        return any(part.kind == TEXT for part in parts)

    def __call__(self, text: str, prefixes: Mapping[str, str]) -> bool:
        """Whether `text` fits; `prefixes` are the namespaces in scope."""
        if text in self.known:
            return True
        fits = self._judge(text, prefixes)
        if fits and not self._is_contextual and len(text) <= _LONG:
            if len(self.known) >= _REMEMBERED:
                self.known.clear()
            self.known.add(text)
        return fits

    def _judge(self, text: str, prefixes: Mapping[str, str]) -> bool:
        if self._list is not None:
            return self.fits(self._list, text, prefixes)
        if self.pattern.nullable and is_blank(text):
            return True
        if self.is_trivial:
            return True
        if self.pattern.kind == CHOICE and all(part.kind == STRING or part.nullable for part in self.pattern.parts):
            if self._closed and words(text, self._most) in self._closed:
                return True
            return any(self.fits(leaf, text, prefixes) for leaf in self._leaves)
        return self._patterns.after_text(self.pattern, self.fitting(self.pattern, text, prefixes)).nullable

    def fitting(self, pattern: Pattern, text: str, prefixes: Mapping[str, str]) -> frozenset[StringLeaf]:
        """Which of the strings in a pattern a text fits."""
        leaves = [leaf for leaf in pattern.leaves() if isinstance(leaf, StringLeaf)]
        return frozenset(leaf for leaf in leaves if self.fits(leaf, text, prefixes))

    def fits(self, leaf: StringLeaf, text: str, prefixes: Mapping[str, str]) -> bool:
        """Whether a text is one of a `data`, the same as a `value`, or the tokens of a `list`."""
        datatype = leaf.datatype
        if datatype is None:
            assert leaf.tokens is not None
            return self._fit_in_order(leaf.tokens, text, prefixes)
        if leaf.text is not None:
            if _is_word(leaf):
                meant = str(leaf.meaning)
                return words(text, 2 + meant.count(" ")) == meant
            meaning = datatype.value(text, prefixes)
            return meaning is not None and meaning == leaf.meaning
        if not datatype.allows(text, prefixes):
            return False
        return leaf.without is None or not self._is_in(leaf.without, text, prefixes)

    def _is_in(self, pattern: Pattern, text: str, prefixes: Mapping[str, str]) -> bool:
        fitting = self.fitting(pattern, text, prefixes)
        return self._patterns.after_text(pattern, fitting).nullable

    def _fit_in_order(self, pattern: Pattern, text: str, prefixes: Mapping[str, str]) -> bool:
        repeated = pattern.parts[0] if pattern.kind == MORE else None
        if repeated is not None and repeated.kind == STRING and isinstance(repeated.leaf, StringLeaf):
            leaf = repeated.leaf
            return not is_blank(text) and all(self.fits(leaf, word, prefixes) for word in each_token(text))
        for word in each_token(text):
            pattern = self._patterns.after_text(pattern, self.fitting(pattern, word, prefixes))
            if pattern is self._patterns.nothing:
                return False
        return pattern.nullable


def _is_word(leaf: StringLeaf) -> bool:
    """Whether it is a value that is compared word by word."""
    return leaf.text is not None and leaf.datatype is not None and leaf.datatype.name == "token"
