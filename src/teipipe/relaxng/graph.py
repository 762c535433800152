"""The patterns of a schema in the simple form as a graph: all of them in order, what is in what, what to call them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from teipipe.relaxng.names import classes_of
from teipipe.relaxng.simple import (
    Attribute,
    Choice,
    Data,
    Element,
    Empty,
    Grammar,
    Group,
    Interleave,
    List,
    Name,
    NameClass,
    NotAllowed,
    OneOrMore,
    Pattern,
    Text,
    Value,
)

_WORDS: Final[dict[type[Pattern], str]] = {
    Choice: "a choice",
    Data: "a datatype",
    Empty: "“empty”",
    Group: "a group",
    Interleave: "an interleave",
    List: "a list",
    NotAllowed: "“notAllowed”",
    OneOrMore: "a repetition",
    Text: "“text”",
    Value: "a value",
}


def parts_of(pattern: Pattern) -> Sequence[Pattern]:
    """What a pattern is made of; of an element nothing, since its content stands for itself."""
    if isinstance(pattern, (Choice, Group, Interleave)):
        return pattern.parts
    if isinstance(pattern, (OneOrMore, List, Attribute)):
        return (pattern.part,)
    if isinstance(pattern, Data) and pattern.without is not None:
        return (pattern.without,)
    return ()


def in_order(grammar: Grammar) -> list[Pattern]:
    """All patterns that the start leads to, each once, parts before what they are part of."""
    order: list[Pattern] = []
    seen: set[Pattern] = set()
    roots = [grammar.start]
    for root in roots:  # grows while it is gone through
        stack = [(root, False)]
        while stack:
            pattern, is_ready = stack.pop()
            if is_ready:
                order.append(pattern)
                continue
            if pattern in seen:
                continue
            seen.add(pattern)
            parts = parts_of(pattern)
            if parts:
                stack.append((pattern, True))
                stack += [(part, False) for part in parts if part not in seen]
            else:
                order.append(pattern)
                if isinstance(pattern, Element):
                    roots.append(pattern.content)
    return order


def inside(pattern: Pattern) -> Iterator[Pattern]:
    """A pattern and all that it is made of, each once, from the first to the last."""
    seen: set[Pattern] = set()
    stack = [pattern]
    while stack:
        current = stack.pop()
        if current not in seen:
            seen.add(current)
            yield current
            stack += reversed(parts_of(current))


def described(pattern: Pattern) -> str:
    """A pattern in a few words: `the attribute “n”`, `a list`."""
    if isinstance(pattern, (Attribute, Element)):
        kind = "attribute" if isinstance(pattern, Attribute) else "element"
        name = name_in_words(pattern.name_class)
        return f"the {kind} {name}" if name else f"an {kind} of many names"
    return _WORDS[type(pattern)]


def name_in_words(name_class: NameClass) -> str:
    """The names of a class, "" where they can't be listed."""
    singles = classes_of(name_class)
    names = [f"“{single.qualified.rpartition('}')[2]}”" for single in singles if isinstance(single, Name)]
    return " or ".join(names) if len(names) == len(singles) <= 3 else ""


def is_wide(name_class: NameClass) -> bool:
    """Whether a class has infinitely many names."""
    return any(not isinstance(single, Name) for single in classes_of(name_class))
