"""What a schema in the simple form may not say (RELAX NG specification, section 7)."""

from __future__ import annotations

from typing import Final, NoReturn

from teipipe.relaxng.graph import described, in_order, inside, is_wide, parts_of
from teipipe.relaxng.overlaps import check_overlaps
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
    NotAllowed,
    OneOrMore,
    Pattern,
    Text,
    Value,
)
from teipipe.relaxng.syntax import beside

# On some way from an element, or from the start, to a pattern: what lies on it.
_START, _ATTRIBUTE, _LIST, _EXCEPT, _REPEATED, _REPEATED_GROUP, _ONCE, _NO_LIST = (1 << bit for bit in range(8))

#: Where a pattern may not stand (section 7.1).
_FORBIDDEN: Final[dict[type[Pattern], int]] = {
    Attribute: _ATTRIBUTE | _REPEATED_GROUP | _LIST | _EXCEPT | _START,
    Element: _ATTRIBUTE | _LIST | _EXCEPT,
    Text: _LIST | _EXCEPT | _START,
    List: _LIST | _EXCEPT | _START,
    Interleave: _LIST | _EXCEPT | _START,
    Group: _EXCEPT | _START,
    OneOrMore: _EXCEPT | _START,
    Empty: _EXCEPT | _START,
    Data: _START,
    Value: _START,
    Choice: 0,
    NotAllowed: 0,
}

#: For each of these places: the pattern that makes it one, how it is called, its section, what may stand there.
_PLACES: Final[dict[int, tuple[tuple[type[Pattern], ...], str, str, str]]] = {
    _ATTRIBUTE: ((Attribute,), "an attribute", "7.1.1", "the value of an attribute is text, data, values, lists"),
    _REPEATED_GROUP: (
        (Group, Interleave),
        "a group that is repeated",
        "7.1.2",
        "an element has each attribute once; take it out of the repetition",
    ),
    _LIST: ((List,), "a list", "7.1.3", "a list is made of data and values"),
    _EXCEPT: ((Data,), "the exceptions of a datatype", "7.1.4", "exceptions are data, values, or a choice of them"),
    _START: ((), "start", "7.1.5", "a document begins with an element, or one of several"),
}

# What the content of an element can be made of (section 7.2).
_EMPTY, _COMPLEX, _SIMPLE = range(3)


def check_restrictions(grammar: Grammar) -> None:
    """Raise SchemaError if the schema breaks a restriction."""
    order = in_order(grammar)
    places = _check_places(grammar, order)
    _check_contents([pattern for pattern in order if places[pattern] & _NO_LIST])
    check_overlaps(order)


def _check_places(grammar: Grammar, order: list[Pattern]) -> dict[Pattern, int]:
    """Section 7.1, and that attributes of any name are repeated (7.3); gives what lies on the ways to each pattern."""
    flags = dict.fromkeys(order, 0)
    for pattern in order:
        if isinstance(pattern, Element):
            flags[pattern.content] |= _ONCE | _NO_LIST
    flags[grammar.start] |= _START | _ONCE | _NO_LIST
    for pattern in reversed(order):
        place = flags[pattern]
        wrong = place & _FORBIDDEN[type(pattern)]
        if wrong:
            _misplaced(pattern, wrong & -wrong, flags)
        if place & _ONCE and isinstance(pattern, Attribute) and is_wide(pattern.name_class):
            message = "an attribute of any name has to stand in a repetition (RELAX NG, section 7.3)"
            raise pattern.node.error(message, "put it into zeroOrMore or oneOrMore")
        inner = _inside(pattern, place)
        for part in parts_of(pattern):
            flags[part] |= inner
    return flags


def _inside(pattern: Pattern, place: int) -> int:
    if isinstance(pattern, OneOrMore):
        return (place | _REPEATED) & ~_ONCE
    if isinstance(pattern, (Group, Interleave)):
        return place | _REPEATED_GROUP if place & _REPEATED else place
    if isinstance(pattern, Attribute):
        return place | _ATTRIBUTE
    if isinstance(pattern, List):
        return (place | _LIST) & ~_NO_LIST
    return place | _EXCEPT if isinstance(pattern, Data) else place


def _misplaced(pattern: Pattern, flag: int, flags: dict[Pattern, int]) -> NoReturn:
    kinds, place, section, help = _PLACES[flag]
    node = pattern.node
    for outer in flags:
        if isinstance(outer, kinds) and outer is not pattern and (flag != _REPEATED_GROUP or flags[outer] & _REPEATED):
            found = next((inner for inner in inside(outer) if inner is pattern), None)
            if found is not None:
                place = f"{place} ({beside(node, outer.node)})"
                break
    raise node.error(f"{described(pattern)} can't stand in {place} (RELAX NG, section {section})", help)


def _check_contents(order: list[Pattern]) -> None:
    """Section 7.2: strings stand alone, beside attributes only; `order` is without what stands in lists alone."""
    contents: dict[Pattern, int] = {}
    for pattern in order:
        contents[pattern] = _content(pattern, contents)


def _content(pattern: Pattern, contents: dict[Pattern, int]) -> int:
    if isinstance(pattern, Choice):
        return max(contents[part] for part in pattern.parts)
    if isinstance(pattern, (Group, Interleave)):
        return _content_of_all(pattern, contents)
    if isinstance(pattern, OneOrMore):
        if contents[pattern.part] == _SIMPLE:
            help = "put the repetition into a list"
            message = "data or values can't be repeated outside of a list (RELAX NG, section 7.2)"
            raise pattern.node.error(message, help)
        return contents[pattern.part]
    if isinstance(pattern, (List, Data, Value)):
        return _SIMPLE
    return _COMPLEX if isinstance(pattern, (Element, Text)) else _EMPTY


def _content_of_all(pattern: Group | Interleave, contents: dict[Pattern, int]) -> int:
    before: Pattern | None = None
    for part in pattern.parts:
        if contents[part] == _EMPTY:
            continue
        if before is not None and _SIMPLE in (contents[before], contents[part]):
            other = before if contents[part] == _SIMPLE else part
            what = "“text”" if any(isinstance(inner, Text) for inner in inside(other)) else "elements"
            what = "other data or values" if contents[other] == _SIMPLE else what
            message = f"data or values can't stand beside {what} ({beside(part.node, before.node)})"
            help = "make it a choice, or put all of it into a list"
            raise part.node.error(f"{message} (RELAX NG, section 7.2)", help)
        before = part
    return _EMPTY if before is None else contents[before]
