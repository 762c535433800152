"""One pattern of the simple form, with what is known of it: what it may begin with, which attributes it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from teipipe.relaxng.leaves import AttributeLeaf, ElementLeaf, Leaf, StringLeaf

EMPTY, NOTHING, TEXT, CHOICE, GROUP, INTERLEAVE, MORE, ELEMENT, ATTRIBUTE, STRING = range(10)

#: What no name is in: then a pattern begins with no element, or holds no attribute.
_NONE: Final[frozenset[str]] = frozenset()

#: More names than this are not listed as what a pattern may begin with or holds: then it may be any.
_NAMED: Final = 1_000


class Pattern:
    """One pattern; equal ones are identical. Made by Patterns only.

    `parts` are the patterns it is made of, `leaf` what an element, attribute or string pattern stands for. `nullable`:
    nothing at all fits.
    """

    __slots__ = (
        "_attributes",
        "_choices",
        "_first",
        "consumed",
        "is_for_attributes",
        "kind",
        "leaf",
        "nullable",
        "number",
        "parts",
        "pruned",
        "starts",
        "texts",
    )

    def __init__(self, kind: int, parts: tuple[Pattern, ...], leaf: Leaf | None, number: int) -> None:
        self.kind = kind
        self.parts = parts
        self.leaf = leaf
        self.number = number
        self.nullable = _nullable(kind, parts)
        #: Whether there is nothing in it but attributes: then the order of its parts means nothing.
        self.is_for_attributes: bool = kind in (EMPTY, ATTRIBUTE) or (
            bool(parts) and all(p.is_for_attributes for p in parts)
        )
        self._attributes: tuple[frozenset[str], bool] | None = None
        self._first: tuple[frozenset[str], bool] | None = None
        self._choices: dict[str, list[Pattern]] | None = None
        #: What was worked out for this pattern before.
        self.starts: dict[str | None, dict[ElementLeaf, Pattern]] = {}
        self.consumed: dict[tuple[str, frozenset[AttributeLeaf]], Pattern] = {}
        self.pruned: dict[frozenset[str], Pattern] = {}
        self.texts: dict[frozenset[StringLeaf], Pattern] = {}

    @property
    def attributes(self) -> frozenset[str]:
        """The names of attributes in it, outside of elements."""
        return self.all_attributes[0]

    @property
    def any_attribute(self) -> bool:
        """Whether there is an attribute in it without a fixed name."""
        return self.all_attributes[1]

    @property
    def all_attributes(self) -> tuple[frozenset[str], bool]:
        """Both."""
        if self._attributes is None:
            self._attributes = _attributes(self)
        return self._attributes

    @property
    def has_attributes(self) -> bool:
        """Whether an attribute pattern is in it, outside of elements."""
        names, is_open = self.all_attributes
        return is_open or bool(names)

    @property
    def first(self) -> tuple[frozenset[str], bool]:
        """The names of elements that can come first, and whether one without a fixed name can."""
        if self._first is None:
            self._first = _first(self)
        return self._first

    def may_begin(self, name: str) -> bool:
        """Whether an element of this name can come first."""
        names, is_open = self.first
        return is_open or name in names

    def branches(self, name: str) -> Iterable[Pattern]:
        """The alternatives of a choice that can begin with an element of this name."""
        if len(self.parts) < 8:
            return self.parts
        if self._choices is None:
            self._choices = {}
            anything = [part for part in self.parts if part.first[1]]
            for part in self.parts:
                names, is_open = part.first
                if not is_open:
                    for first in names:
                        self._choices.setdefault(first, list(anything)).append(part)
            self._choices[""] = anything
        found = self._choices.get(name)
        return self._choices[""] if found is None else found

    def leaves(self) -> Iterator[Leaf]:
        """Every leaf in it, each once, from left to right; not those inside of elements and attributes."""
        seen: set[Pattern] = {self}
        todo = [self]
        while todo:
            pattern = todo.pop()
            if pattern.leaf is not None:
                yield pattern.leaf
            for part in reversed(pattern.parts):
                if part not in seen:
                    seen.add(part)
                    todo.append(part)


def _nullable(kind: int, parts: tuple[Pattern, ...]) -> bool:
    if kind in (EMPTY, TEXT):
        return True
    if kind == CHOICE:
        return any(part.nullable for part in parts)
    return kind in (GROUP, INTERLEAVE, MORE) and all(part.nullable for part in parts)


def _attributes(pattern: Pattern) -> tuple[frozenset[str], bool]:
    if isinstance(pattern.leaf, AttributeLeaf):
        return pattern.leaf.names, pattern.leaf.is_open
    return _together([part.all_attributes for part in pattern.parts])


def _first(pattern: Pattern) -> tuple[frozenset[str], bool]:
    if isinstance(pattern.leaf, ElementLeaf):
        return pattern.leaf.names, pattern.leaf.is_open
    parts = pattern.parts
    if pattern.kind == GROUP and not parts[0].nullable:
        parts = parts[:1]
    return _together([part.first for part in parts])


def _together(found: list[tuple[frozenset[str], bool]]) -> tuple[frozenset[str], bool]:
    named = [names for names, _ in found if names]
    names = _NONE if not named else named[0] if len(named) == 1 else frozenset().union(*named)
    if len(names) > _NAMED:
        return _NONE, True
    return names, any(is_open for _, is_open in found)
