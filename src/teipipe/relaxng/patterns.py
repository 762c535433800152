"""Patterns of the simple form, each kept once, and what is left of them after an event (derivatives).

After James Clark, "An algorithm for RELAX NG validation" (2001), with equal patterns being the same object: what was
worked out once for a pattern holds wherever it comes up again, so that all together is an automaton built as needed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sized
from typing import Final

from teipipe.relaxng.leaves import AttributeLeaf, ElementLeaf, Leaf, StringLeaf
from teipipe.relaxng.pattern import (
    ATTRIBUTE,
    CHOICE,
    ELEMENT,
    EMPTY,
    GROUP,
    INTERLEAVE,
    MORE,
    NOTHING,
    STRING,
    TEXT,
    Pattern,
)
from teipipe.relaxng.room import Room

#: What is remembered of one pattern for names that it doesn't list: documents could hold any number of them.
_FOREIGN: Final = 2_000
#: About how many bytes a pattern takes, each of its parts, what is remembered of it, and each name in a set.
_PATTERN: Final = 650
_PART: Final = 30
_ANSWER: Final = 300
_NAME: Final = 40

#: A pattern in numbers: its kind, then its parts (which are older), or its leaf.
Row = list[int]


class Patterns:
    """All patterns of one schema. Its methods make them, and give what is left of them.

    They may have been kept as `rows` from an earlier run; then `leaf_of` gives a leaf by kind and number, and a pattern
    is made of its row when it is first needed.
    """

    def __init__(self, rows: list[Row] | None = None, leaf_of: Callable[[int, int], Leaf] | None = None) -> None:
        self.rows: list[Row] = [[EMPTY], [NOTHING], [TEXT]] if rows is None else rows
        self.room = Room()
        self._leaf_of = leaf_of
        self._made: list[Pattern | None] = [None] * len(self.rows)
        #: The number of each row; of rows from an earlier run only once a pattern is looked for that isn't made yet.
        self._numbers: dict[tuple[int, ...], int] = {}
        self._are_numbered = False
        self.empty: Final = self.at(EMPTY)
        self.nothing: Final = self.at(NOTHING)
        self.text: Final = self.at(TEXT)

    def at(self, number: int) -> Pattern:
        """The pattern of this number."""
        found = self._made[number]
        if found is not None:
            return found
        todo = [number]
        while todo:
            kind, *parts = self.rows[todo[-1]]
            if kind < ELEMENT and not all(0 <= part < todo[-1] for part in parts):
                raise ValueError("parts are older than what they are part of")
            missing = [] if kind >= ELEMENT else [part for part in parts if self._made[part] is None]
            if missing:
                todo += missing
                continue
            current = todo.pop()
            if self._made[current] is None:
                self._made[current] = self._from_row(current, kind, parts)
        made = self._made[number]
        assert made is not None
        return made

    def _from_row(self, number: int, kind: int, numbers: list[int]) -> Pattern:
        if kind >= ELEMENT:
            assert self._leaf_of is not None
            return Pattern(kind, (), self._leaf_of(kind, numbers[0]), number)
        parts = tuple(part for part in map(self._made.__getitem__, numbers) if part is not None)
        return Pattern(kind, parts, None, number)

    def _make(self, kind: int, parts: tuple[Pattern, ...], leaf: Leaf | None = None) -> Pattern:
        key = (kind, *[part.number for part in parts]) if leaf is None else (kind, leaf.number)
        if not self._are_numbered:
            self._numbers = {tuple(row): number for number, row in enumerate(self.rows)}
            self._are_numbered = True
        number = self._numbers.get(key)
        if number is not None:
            return self.at(number)
        self.room.take(_PATTERN + _PART * len(parts))
        number = self._numbers[key] = len(self.rows)
        made = Pattern(kind, parts, leaf, number)
        self.rows.append(list(key))
        self._made.append(made)
        return made

    def leaf(self, leaf: Leaf) -> Pattern:
        """The pattern that is one element, one attribute or one string."""
        kind = ELEMENT if isinstance(leaf, ElementLeaf) else ATTRIBUTE if isinstance(leaf, AttributeLeaf) else STRING
        return self._make(kind, (), leaf)

    def choice(self, parts: Iterable[Pattern]) -> Pattern:
        """Any one of them."""
        flat: dict[Pattern, None] = {}
        for part in parts:
            if part.kind == CHOICE:
                flat.update(dict.fromkeys(part.parts))
            elif part.kind != NOTHING:
                flat[part] = None
        if len(flat) > 1 and self.empty in flat and sum(part.nullable for part in flat) > 1:
            del flat[self.empty]
        if not flat:
            return self.nothing
        if len(flat) == 1:
            return next(iter(flat))
        return self._make(CHOICE, tuple(sorted(flat, key=_number)))

    def group(self, first: Pattern, second: Pattern) -> Pattern:
        """One after the other."""
        if first.kind == NOTHING or second.kind == NOTHING:
            return self.nothing
        if first.kind == EMPTY:
            return second
        if second.kind == EMPTY:
            return first
        if first.kind == TEXT and _absorbs_text(second):
            return second
        # What classes of attributes have in common stays one pattern, however often they come together.
        if first.kind == GROUP and not first.is_for_attributes:
            return self.group(first.parts[0], self.group(first.parts[1], second))
        return self._make(GROUP, (first, second))

    def groups(self, parts: Iterable[Pattern]) -> Pattern:
        """All of them, one after the other."""
        result = self.empty
        for part in reversed(list(parts)):
            result = self.group(part, result)
        return result

    def interleave(self, parts: Iterable[Pattern]) -> Pattern:
        """All of them, mixed with each other."""
        flat: list[Pattern] = []
        for part in parts:
            if part.kind == NOTHING:
                return self.nothing
            if part.kind == INTERLEAVE:
                flat += part.parts
            elif part.kind != EMPTY and not (part.kind == TEXT and self.text in flat):
                flat.append(part)
        if len(flat) < 2:
            return flat[0] if flat else self.empty
        return self._make(INTERLEAVE, tuple(sorted(flat, key=_number)))

    def more(self, part: Pattern) -> Pattern:
        """It, once or several times."""
        if part.kind in (EMPTY, NOTHING, TEXT, MORE):
            return part
        if part.kind == CHOICE and self.empty in part.parts:
            return self.choice((self.empty, self.more(self.choice(p for p in part.parts if p.kind != EMPTY))))
        return self._make(MORE, (part,))

    def start(self, pattern: Pattern, name: str | None) -> Mapping[ElementLeaf, Pattern]:
        """What is left after an element of this name (None: of any), for each element pattern that it may be."""
        if name is not None and not pattern.may_begin(name):
            return {}
        found = pattern.starts.get(name)
        if found is None:
            found = self._start(pattern, name)
            names = pattern.first[0]
            if name in names or len(pattern.starts) < _FOREIGN:
                self._remember(pattern.starts, names)
                pattern.starts[name] = found
        return found

    def _remember(self, answers: Sized, names: Collection[str]) -> None:
        """Take room for one more of the answers of a pattern, at the first time for the names in it, too."""
        self.room.take(_ANSWER if answers else _ANSWER + _NAME * len(names))

    def _start(self, pattern: Pattern, name: str | None) -> dict[ElementLeaf, Pattern]:
        kind = pattern.kind
        if kind == ELEMENT:
            leaf = pattern.leaf
            assert isinstance(leaf, ElementLeaf)
            return {leaf: self.empty} if name is None or leaf.holds(name) else {}
        found: dict[ElementLeaf, Pattern] = {}
        if kind == CHOICE:
            for part in pattern.parts if name is None else pattern.branches(name):
                self._collect(found, self.start(part, name))
        elif kind == GROUP:
            head, tail = pattern.parts
            for leaf, rest in self.start(head, name).items():
                found[leaf] = self.group(rest, tail)
            if head.nullable:
                self._collect(found, self.start(tail, name))
        elif kind == INTERLEAVE:
            for number, part in enumerate(pattern.parts):
                for leaf, rest in self.start(part, name).items():
                    others = (*pattern.parts[:number], *pattern.parts[number + 1 :])
                    self._collect(found, {leaf: self.interleave((rest, *others))})
        elif kind == MORE:
            again = self.choice((self.empty, pattern))
            for leaf, rest in self.start(pattern.parts[0], name).items():
                found[leaf] = self.group(rest, again)
        return found

    def _collect(self, found: dict[ElementLeaf, Pattern], more: Mapping[ElementLeaf, Pattern]) -> None:
        for leaf, rest in more.items():
            before = found.get(leaf)
            found[leaf] = rest if before is None else self.choice((before, rest))

    def after_text(self, pattern: Pattern, fitting: frozenset[StringLeaf]) -> Pattern:
        """What is left after a text (or a token) that the string patterns `fitting` accept."""
        found = pattern.texts.get(fitting)
        if found is None:
            found = self._after_text(pattern, fitting)
            self._remember(pattern.texts, ())
            pattern.texts[fitting] = found
        return found

    def _after_text(self, pattern: Pattern, fitting: frozenset[StringLeaf]) -> Pattern:
        kind, parts = pattern.kind, pattern.parts
        if kind == TEXT:
            return pattern
        if kind == STRING:
            return self.empty if pattern.leaf in fitting else self.nothing
        if kind == CHOICE:
            return self.choice(self.after_text(part, fitting) for part in parts)
        if kind == GROUP:
            left = self.group(self.after_text(parts[0], fitting), parts[1])
            return self.choice((left, self.after_text(parts[1], fitting))) if parts[0].nullable else left
        if kind == INTERLEAVE:
            return self.choice(
                self.interleave((self.after_text(part, fitting), *parts[:number], *parts[number + 1 :]))
                for number, part in enumerate(parts)
            )
        if kind == MORE:
            return self.group(self.after_text(parts[0], fitting), self.choice((self.empty, pattern)))
        return self.nothing

    def without_attributes(self, pattern: Pattern, but: frozenset[str] = frozenset()) -> Pattern:
        """The pattern where no attribute may come any more, except those named."""
        if not pattern.has_attributes:
            return pattern
        names = but if pattern.any_attribute else but & pattern.attributes
        found = pattern.pruned.get(names)
        if found is None:
            found = self._without_attributes(pattern, names)
            if not pattern.any_attribute or len(pattern.pruned) < _FOREIGN:
                self._remember(pattern.pruned, pattern.attributes)
                pattern.pruned[names] = found
        return found

    def _without_attributes(self, pattern: Pattern, but: frozenset[str]) -> Pattern:
        if isinstance(pattern.leaf, AttributeLeaf):
            return pattern if any(map(pattern.leaf.holds, but)) else self.nothing
        parts = [self.without_attributes(part, but) for part in pattern.parts]
        return self.rebuild(pattern.kind, parts)

    def rebuild(self, kind: int, parts: list[Pattern]) -> Pattern:
        """A pattern of this kind, of other parts."""
        if kind == CHOICE:
            return self.choice(parts)
        if kind == GROUP:
            return self.group(*parts)
        return self.interleave(parts) if kind == INTERLEAVE else self.more(parts[0])

    def consume(self, pattern: Pattern, name: str, fitting: frozenset[AttributeLeaf]) -> Pattern:
        """What is left after an attribute of this name, whose value the attribute patterns `fitting` accept."""
        if name not in pattern.attributes and not pattern.any_attribute:
            return self.nothing
        found = pattern.consumed.get((name, fitting))
        if found is None:
            found = self._consume(pattern, name, fitting)
            if name in pattern.attributes or len(pattern.consumed) < _FOREIGN:
                self._remember(pattern.consumed, pattern.attributes)
                pattern.consumed[name, fitting] = found
        return found

    def _consume(self, pattern: Pattern, name: str, fitting: frozenset[AttributeLeaf]) -> Pattern:
        kind, parts = pattern.kind, pattern.parts
        if kind == ATTRIBUTE:
            return self.empty if pattern.leaf in fitting else self.nothing
        if kind == CHOICE:
            return self.choice(self.consume(part, name, fitting) for part in parts)
        if kind == GROUP:
            left = self.group(self.consume(parts[0], name, fitting), parts[1])
            return self.choice((left, self.group(parts[0], self.consume(parts[1], name, fitting))))
        if kind == INTERLEAVE:
            return self.choice(
                self.interleave((self.consume(part, name, fitting), *parts[:number], *parts[number + 1 :]))
                for number, part in enumerate(parts)
            )
        return self.group(self.consume(parts[0], name, fitting), self.choice((self.empty, pattern)))


def _number(pattern: Pattern) -> int:
    return pattern.number


def _absorbs_text(pattern: Pattern) -> bool:
    """Whether text in front of it changes nothing: it may begin with any text itself, again and again."""
    if pattern.kind == TEXT:
        return True
    if pattern.kind in (MORE, CHOICE):
        # Of a choice, one alternative that takes text is not enough: the others would be lost only after the text.
        inner = pattern.parts if pattern.kind == MORE else [part for part in pattern.parts if part.kind != EMPTY]
        if pattern.kind == CHOICE:
            return len(inner) == 1 and _absorbs_text(inner[0])
        (part,) = inner
        return part.kind == CHOICE and any(choice.kind == TEXT for choice in part.parts)
    if pattern.kind == INTERLEAVE:
        return any(part.kind == TEXT for part in pattern.parts)
    return pattern.kind == GROUP and _absorbs_text(pattern.parts[0])
