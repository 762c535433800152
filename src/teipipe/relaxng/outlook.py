"""What could come next: which elements and attributes a pattern begins with, still needs, or could do without."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from teipipe.relaxng.automaton import Vector
from teipipe.relaxng.leaves import AttributeLeaf, ElementLeaf
from teipipe.relaxng.pattern import ATTRIBUTE, CHOICE, ELEMENT, EMPTY, GROUP, NOTHING, Pattern
from teipipe.relaxng.patterns import Patterns

#: So many sequences of missing things are tried before one is believed.
_TRIED: Final = 400
_DEEP: Final = 8


class Outlook:
    """Answers such questions for the patterns of one schema, each worked out once."""

    def __init__(self, patterns: Patterns) -> None:
        self._patterns = patterns
        self._needed: dict[Pattern, tuple[ElementLeaf, ...]] = {}
        self._lacking: dict[Pattern, tuple[tuple[AttributeLeaf, ...], ...]] = {}
        self._forgiven: dict[Pattern, Pattern] = {}

    def next(self, pattern: Pattern) -> Mapping[ElementLeaf, Pattern]:
        """Every element that can come next, and what is left after it."""
        return self._patterns.start(pattern, None)

    def elements(self, vector: Vector) -> list[ElementLeaf]:
        """Every element that can come next, in the order of the schema."""
        found = dict.fromkeys(leaf for pattern in vector for leaf in self.next(pattern))
        return sorted(found, key=lambda leaf: leaf.number)

    def needed(self, vector: Vector) -> list[ElementLeaf]:
        """The elements of which one has to come before the content can be complete, each thing that is needed apart."""
        found = [leaf for pattern in vector for leaf in self._need(pattern)]
        return list(dict.fromkeys(found))

    def _need(self, pattern: Pattern) -> tuple[ElementLeaf, ...]:
        found = self._needed.get(pattern)
        if found is None:
            found = self._needed[pattern] = self._find_needed(pattern)
        return found

    def _find_needed(self, pattern: Pattern) -> tuple[ElementLeaf, ...]:
        if pattern.nullable or pattern.kind == NOTHING:
            return ()
        if pattern.kind == ELEMENT and isinstance(pattern.leaf, ElementLeaf):
            return (pattern.leaf,)
        if pattern.kind == GROUP:
            first, second = pattern.parts
            return self._need(second if first.nullable else first)
        return tuple(dict.fromkeys(leaf for part in pattern.parts for leaf in self._need(part)))

    def after(self, vector: Vector, leaf: ElementLeaf) -> Vector:
        """What is left after this very element."""
        nothing = self._patterns.nothing
        return tuple(self.next(pattern).get(leaf, nothing) for pattern in vector)

    def after_name(self, vector: Vector, name: str) -> Vector | None:
        """What is left after an element of this name, whichever it is; None if there can't be one."""
        make = self._patterns
        after = tuple(make.choice(make.start(pattern, name).values()) for pattern in vector)
        return after if any(rest.kind != NOTHING for rest in after) else None

    def after_anything(self, vector: Vector) -> Vector:
        """What is left if some element, or none at all, stood for what can come next."""
        make = self._patterns
        return tuple(make.choice((pattern, *self.next(pattern).values())) for pattern in vector)

    def skipped(self, vector: Vector, name: str) -> tuple[tuple[tuple[ElementLeaf, ...], ...], Vector] | None:
        """The fewest elements that have to come first for one of this name to be allowed, and what follows them.

        Up to two, of each the different ways that come to the same; those that are needed are tried first.
        """
        needed = set(self.needed(vector))
        first = sorted(self.elements(vector), key=lambda leaf: (leaf not in needed, leaf.number))
        ways: dict[Vector, list[ElementLeaf]] = {}
        for leaf in first[:_TRIED]:
            ways.setdefault(self.after(vector, leaf), []).append(leaf)
        leading = {after: leaves for after, leaves in ways.items() if self.after_name(after, name) is not None}
        if leading:
            is_needed = next(iter(leading.values()))[0] in needed
            chosen = {after: leaves for after, leaves in leading.items() if (leaves[0] in needed) is is_needed}
            same = [leaf for leaves in chosen.values() for leaf in leaves if (leaf in needed) is is_needed]
            return (tuple(same),), tuple(map(self._patterns.choice, zip(*chosen, strict=True)))
        for after, leaves in list(ways.items())[:_DEEP]:
            for leaf in self.needed(after):
                further = self.after(after, leaf)
                if self.after_name(further, name) is not None:
                    return (tuple(leaves), (leaf,)), further
        return None

    def lacking(self, pattern: Pattern) -> tuple[tuple[AttributeLeaf, ...], ...]:
        """The attributes that a pattern can't do without: of each group, one is needed."""
        found = self._lacking.get(pattern)
        if found is None:
            found = self._lacking[pattern] = self._find_lacking(pattern)
        return found

    def _find_lacking(self, pattern: Pattern) -> tuple[tuple[AttributeLeaf, ...], ...]:
        if not pattern.has_attributes:
            return ()
        if pattern.kind == ATTRIBUTE and isinstance(pattern.leaf, AttributeLeaf):
            return ((pattern.leaf,),)
        if pattern.kind != CHOICE:
            return tuple(dict.fromkeys(group for part in pattern.parts for group in self.lacking(part)))
        ways = [self.lacking(part) for part in pattern.parts]
        if not all(ways):
            return ()
        fewest = min(ways, key=len)
        if len(fewest) > 1:
            return fewest
        return (tuple(dict.fromkeys(leaf for way in ways if len(way) == 1 for leaf in way[0])),)

    def forgiven(self, pattern: Pattern) -> Pattern:
        """The pattern as if all attributes that it asks for were there."""
        if not pattern.has_attributes:
            return pattern
        found = self._forgiven.get(pattern)
        if found is None:
            if pattern.kind == ATTRIBUTE:
                found = self._patterns.empty
            else:
                found = self._patterns.rebuild(pattern.kind, [self.forgiven(part) for part in pattern.parts])
            self._forgiven[pattern] = found
        return found

    def has_text(self, vector: Vector) -> bool:
        """Whether words can come next."""
        after = (self._patterns.after_text(pattern, frozenset()) for pattern in vector)
        return any(rest.kind != NOTHING for rest in after)

    def is_empty(self, vector: Vector) -> bool:
        """Whether there never can be anything in it but attributes."""
        return all(self.forgiven(pattern).kind == EMPTY for pattern in vector)
