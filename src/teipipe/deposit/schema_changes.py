"""What a schema allows that it didn't, and the other way round: elements, attributes, values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from teipipe.relaxng.graph import in_order, parts_of
from teipipe.relaxng.names import classes_of
from teipipe.relaxng.simple import Attribute, Element, Grammar, Name, NameClass, Pattern, Value


@dataclass(slots=True)
class _Allowed:
    """What an element may have, of all its definitions together."""

    attributes: dict[str, set[str]] = field(default_factory=dict)
    children: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class SchemaChange:
    """Things in a schema that are "added" or "removed": `what` they are: "element", "attribute", "value", "content".

    `names` are those of what is in or out: of elements, of `ELEMENT/@ATTRIBUTE`, of values as `ELEMENT/@ATTRIBUTE =
    VALUE`, of content as `CHILD in ELEMENT`.
    """

    kind: str
    what: str
    names: tuple[str, ...]


def schema_changes(old: Grammar, new: Grammar) -> Iterator[SchemaChange]:
    """Yield what two schemas in RELAX NG allow differently, by the names of elements.

    How often something may come, and in which order, is not compared.
    """
    before, after = _allowed(old), _allowed(new)
    yield from _both("element", set(before), set(after))
    yield from _both("attribute", _attributes(before, after), _attributes(after, before))
    yield from _both("value", _values(before, after), _values(after, before))
    yield from _both("content", _children(before, after), _children(after, before))


def _both(what: str, before: set[str], after: set[str]) -> Iterator[SchemaChange]:
    for kind, names in (("added", after - before), ("removed", before - after)):
        if names:
            yield SchemaChange(kind, what, tuple(sorted(names)))


def _attributes(mine: dict[str, _Allowed], other: dict[str, _Allowed]) -> set[str]:
    """The attributes of elements that both schemas have."""
    return {f"{name}/@{one}" for name, allowed in mine.items() if name in other for one in allowed.attributes}


def _values(mine: dict[str, _Allowed], other: dict[str, _Allowed]) -> set[str]:
    """The listed values of attributes that both schemas have."""
    return {
        f"{name}/@{attribute} = {value}"
        for name, allowed in mine.items()
        if name in other
        for attribute, values in allowed.attributes.items()
        if attribute in other[name].attributes
        for value in values
    }


def _children(mine: dict[str, _Allowed], other: dict[str, _Allowed]) -> set[str]:
    """What may stand in what, of elements that both schemas have."""
    return {
        f"{child} in {name}"
        for name, allowed in mine.items()
        if name in other
        for child in allowed.children
        if child in other
    }


def _allowed(schema: Grammar) -> dict[str, _Allowed]:
    found: dict[str, _Allowed] = {}
    for pattern in in_order(schema):
        if isinstance(pattern, Element):
            for name in _names(pattern.name_class):
                _take(pattern.content, found.setdefault(name, _Allowed()))
    return found


def _take(content: Pattern, allowed: _Allowed) -> None:
    """Note the attributes and the children of one definition of an element."""
    waiting = [content]
    seen: set[int] = set()
    while waiting:
        pattern = waiting.pop()
        if id(pattern) in seen:
            continue
        seen.add(id(pattern))
        if isinstance(pattern, Element):
            allowed.children.update(_names(pattern.name_class))
        elif isinstance(pattern, Attribute):
            for name in _names(pattern.name_class):
                allowed.attributes.setdefault(name, set()).update(_listed(pattern.part))
        else:
            waiting += parts_of(pattern)


def _listed(part: Pattern) -> Iterator[str]:
    waiting = [part]
    seen: set[int] = set()
    while waiting:
        pattern = waiting.pop()
        if id(pattern) not in seen:
            seen.add(id(pattern))
            if isinstance(pattern, Value):
                yield pattern.text
            waiting += parts_of(pattern)


def _names(name_class: NameClass) -> Iterator[str]:
    for one in classes_of(name_class):
        if isinstance(one, Name):
            yield one.qualified.rpartition("}")[2]
        else:
            yield "*"
