"""What may stand in one element, as a pattern that is followed child by child; only to explain, never to judge.

Patterns are tuples, built by the functions here so that equal ones are equal; taking in a child gives the pattern for
what may follow it (J. A. Brzozowski's derivatives, as J. Clark applied them to RELAX NG in 2001).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

#: ("choice", p, …), ("group", p, q), ("interleave", p, q), ("more", p), ("element", Name, key), ("attribute", Name, p),
#: ("data", type), ("value", string), ("list", p), and the three constants below.
Pattern = tuple[Any, ...]

EMPTY: Final[Pattern] = ("empty",)
NOTHING: Final[Pattern] = ("notAllowed",)
TEXT: Final[Pattern] = ("text",)

_INNER: Final = frozenset({"choice", "group", "interleave", "more"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name class: one name, or all of one namespace, or (with None for both) any name; "" is no namespace."""

    namespace: str | None
    local: str | None
    exceptions: tuple[Name, ...] = ()

    def holds(self, namespace: str, local: str) -> bool:
        """Whether a name belongs to it."""
        fits = self.namespace in (None, namespace) and self.local in (None, local)
        return fits and not any(name.holds(namespace, local) for name in self.exceptions)


def choice(*alternatives: Pattern) -> Pattern:
    """Any one of several."""
    parts: dict[Pattern, None] = {}
    for alternative in alternatives:
        parts.update(dict.fromkeys(alternative[1:] if alternative[0] == "choice" else (alternative,)))
    parts.pop(NOTHING, None)
    if EMPTY in parts and any(part != EMPTY and is_nullable(part) for part in parts):
        del parts[EMPTY]
    if len(parts) > 1:
        return ("choice", *parts)
    return next(iter(parts), NOTHING)


def both(kind: str, first: Pattern, second: Pattern) -> Pattern:
    """A "group" (one after the other) or "interleave" of two."""
    if NOTHING in (first, second):
        return NOTHING
    if first == EMPTY:
        return second
    return first if second == EMPTY else (kind, first, second)


def more(pattern: Pattern) -> Pattern:
    """Once or more often."""
    return pattern if pattern in (EMPTY, NOTHING, TEXT) or pattern[0] == "more" else ("more", pattern)


def optional(pattern: Pattern) -> Pattern:
    """Once or not at all."""
    return choice(pattern, EMPTY)


def is_nullable(pattern: Pattern) -> bool:
    """Whether nothing more needs to come."""
    match pattern[0]:
        case "empty" | "text":
            return True
        case "choice":
            return any(map(is_nullable, pattern[1:]))
        case "group" | "interleave":
            return is_nullable(pattern[1]) and is_nullable(pattern[2])
        case "more":
            return is_nullable(pattern[1])
    return False


class Follower:
    """Follows patterns; remembers each step, so that a second element of the same kind costs little."""

    def __init__(self) -> None:
        self._same: dict[Pattern, Pattern] = {}
        self._after: dict[tuple[int, str, str, str], Pattern] = {}

    def element(self, pattern: Pattern, namespace: str, local: str) -> Pattern:
        """What may follow a child of this name; NOTHING if the child may not stand there."""
        return self._step(pattern, "element", namespace, local)

    def attribute(self, pattern: Pattern, namespace: str, local: str) -> Pattern:
        """What is left when an attribute of this name was taken; NOTHING if it isn't allowed."""
        return self._step(pattern, "attribute", namespace, local)

    def _step(self, pattern: Pattern, what: str, namespace: str, local: str) -> Pattern:
        after = self._after.get((id(pattern), what, namespace, local))
        if after is None:
            pattern = self._one(pattern)
            after = self._one(self._compute(pattern, what, namespace, local))
            self._after[id(pattern), what, namespace, local] = after
        return after

    def _one(self, pattern: Pattern) -> Pattern:
        """The one object for all equal patterns, kept for good: its id stands for it."""
        return self._same.setdefault(pattern, pattern)

    def _compute(self, pattern: Pattern, what: str, namespace: str, local: str) -> Pattern:
        kind = pattern[0]
        if kind == what:
            return EMPTY if pattern[1].holds(namespace, local) else NOTHING
        if kind == "choice":
            return choice(*(self._step(part, what, namespace, local) for part in pattern[1:]))
        if kind == "more":
            after = self._step(pattern[1], what, namespace, local)
            return both("group" if what == "element" else "interleave", after, optional(pattern))
        if kind not in ("group", "interleave"):
            return NOTHING
        first, second = pattern[1:]
        taken = both(kind, self._step(first, what, namespace, local), second)
        if kind == "interleave" or what == "attribute":
            return choice(taken, both(kind, first, self._step(second, what, namespace, local)))
        return choice(taken, self._step(second, what, namespace, local)) if is_nullable(first) else taken


def leaves(pattern: Pattern, kind: str) -> Iterator[Pattern]:
    """Every "element", "attribute", "value" … of a pattern, wherever in it."""
    todo = [pattern]
    while todo:
        here = todo.pop()
        if here[0] == kind:
            yield here
        elif here[0] in _INNER or here[0] == "list":
            todo.extend(reversed(here[1:]))


def next_elements(pattern: Pattern) -> tuple[Pattern, ...]:
    """The element patterns with which what follows may begin, in the schema's order."""
    match pattern[0]:
        case "element":
            return (pattern,)
        case "choice" | "interleave":
            return _union(next_elements(part) for part in pattern[1:])
        case "group":
            first = next_elements(pattern[1])
            return _union((first, next_elements(pattern[2]))) if is_nullable(pattern[1]) else first
        case "more":
            return next_elements(pattern[1])
    return ()


def required_elements(pattern: Pattern) -> tuple[Pattern, ...]:
    """The element patterns of which one is still missing; () if none is."""
    match pattern[0]:
        case "element":
            return (pattern,)
        case "group" | "interleave":
            return required_elements(pattern[1]) or required_elements(pattern[2])
        case "choice":
            return () if is_nullable(pattern) else _union(required_elements(part) for part in pattern[1:])
        case "more":
            return required_elements(pattern[1])
    return ()


def required_attributes(pattern: Pattern) -> tuple[Name, ...]:
    """The names of attributes that are missing in every case."""
    match pattern[0]:
        case "attribute":
            return (pattern[1],)
        case "group" | "interleave":
            return tuple(dict.fromkeys((*required_attributes(pattern[1]), *required_attributes(pattern[2]))))
        case "choice":
            needed = [required_attributes(part) for part in pattern[1:]]
            return tuple(name for name in needed[0] if all(name in others for others in needed))
        case "more":
            return required_attributes(pattern[1])
    return ()


def allows_text(pattern: Pattern) -> bool:
    """Whether text may stand directly in it, anywhere."""
    if pattern[0] in ("text", "data", "value", "list"):
        return True
    return pattern[0] in _INNER and any(map(allows_text, pattern[1:]))


def without(pattern: Pattern, kind: str, instead: Pattern) -> Pattern:
    """The pattern with every leaf of one kind replaced."""
    if pattern[0] == kind:
        return instead
    match pattern[0]:
        case "choice":
            return choice(*(without(part, kind, instead) for part in pattern[1:]))
        case "group" | "interleave":
            return both(pattern[0], without(pattern[1], kind, instead), without(pattern[2], kind, instead))
        case "more":
            return more(without(pattern[1], kind, instead))
    return pattern


def _union(groups: Iterable[Iterable[Pattern]]) -> tuple[Pattern, ...]:
    return tuple(dict.fromkeys(pattern for group in groups for pattern in group))


def attributes_only(pattern: Pattern) -> Pattern:
    """What it says about attributes, everything else taken as given."""
    for kind in ("element", "text", "data", "value", "list"):
        pattern = without(pattern, kind, EMPTY)
    return pattern


def closed_list(contents: Iterable[Pattern]) -> list[str] | None:
    """The values that an attribute may have (or each of several), or None if they are not listed."""
    values: dict[str, None] = {}
    for content in contents:
        if allows_free_text(content):
            return None
        values.update(dict.fromkeys(leaf[1] for leaf in leaves(content, "value")))
    return list(values) or None


def allows_free_text(pattern: Pattern) -> bool:
    """Whether it holds anything but listed values."""
    return pattern == TEXT or any(next(leaves(pattern, kind), None) for kind in ("data", "text"))
