"""Patterns of the simple form made from their parts; “empty” and “notAllowed” spread at once (sections 4.12–4.21)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias, cast

from teipipe.relaxng.datatypes import Datatype
from teipipe.relaxng.simple import (
    Attribute,
    Choice,
    Data,
    Empty,
    Group,
    Interleave,
    List,
    NameClass,
    NotAllowed,
    OneOrMore,
    Pattern,
    Text,
)
from teipipe.relaxng.syntax import Node

#: Makes the pattern of an element from its parts and what else it says (a name class, a datatype).
Make: TypeAlias = Callable[[Node, list[Pattern], object], Pattern]


def choice(node: Node, parts: list[Pattern], what: object = None) -> Pattern:
    """Any one of the parts."""
    if len(parts) == 1:
        return parts[0]
    found: dict[Pattern, None] = {}
    empty: Pattern | None = None
    for part in parts:
        if isinstance(part, Empty):
            empty = empty or part
        elif not isinstance(part, NotAllowed):
            found[part] = None
    if empty is not None:
        found[empty] = None
    if not found:
        return NotAllowed(node)
    return Choice(node, list(found)) if len(found) > 1 else next(iter(found))


def group(node: Node, parts: list[Pattern], what: object = None) -> Pattern:
    """All parts, one after the other."""
    return _all(Group, node, parts)


def interleave(node: Node, parts: list[Pattern], what: object = None) -> Pattern:
    """All parts, in any order."""
    return _all(Interleave, node, parts)


def _all(kind: type[Group | Interleave], node: Node, parts: list[Pattern]) -> Pattern:
    if len(parts) == 1:
        return parts[0]
    found: list[Pattern] = []
    for part in parts:
        if isinstance(part, NotAllowed):
            return part
        if not isinstance(part, Empty):
            found.append(part)
    if not found:
        return parts[0]
    return kind(node, found) if len(found) > 1 else found[0]


def _one_or_more(node: Node, parts: list[Pattern], what: object) -> Pattern:
    part = group(node, parts)
    return part if isinstance(part, (Empty, NotAllowed)) else OneOrMore(node, part)


def _zero_or_more(node: Node, parts: list[Pattern], what: object) -> Pattern:
    return choice(node, [_one_or_more(node, parts, what), Empty(node)])


def _optional(node: Node, parts: list[Pattern], what: object) -> Pattern:
    return choice(node, [group(node, parts), Empty(node)])


def _mixed(node: Node, parts: list[Pattern], what: object) -> Pattern:
    return interleave(node, [group(node, parts), Text(node)])


def _list(node: Node, parts: list[Pattern], what: object) -> Pattern:
    part = group(node, parts)
    return part if isinstance(part, NotAllowed) else List(node, part)


def _attribute(node: Node, parts: list[Pattern], what: object) -> Pattern:
    part = parts[0] if parts else Text(node)
    if isinstance(part, NotAllowed):
        return part
    return Attribute(node, cast("NameClass", what), part, node.documentation)


def _data(node: Node, parts: list[Pattern], what: object) -> Pattern:
    return Data(node, cast("Datatype", what), None if isinstance(parts[0], NotAllowed) else parts[0])


MAKE: Final[dict[str, Make]] = {
    "group": group,
    "interleave": interleave,
    "choice": choice,
    "except": choice,
    "optional": _optional,
    "zeroOrMore": _zero_or_more,
    "oneOrMore": _one_or_more,
    "list": _list,
    "mixed": _mixed,
    "attribute": _attribute,
    "data": _data,
    "empty": lambda node, parts, what: Empty(node),
    "text": lambda node, parts, what: Text(node),
    "notAllowed": lambda node, parts, what: NotAllowed(node),
}
