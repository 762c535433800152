"""The resolved schema: patterns in which no class, macro or datatype is left to look up, and elements made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from teipipe.diagnostics import Location
from teipipe.odd.model import Doc, ValItem


@dataclass(frozen=True, slots=True)
class Chars:
    """Character data, any amount."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """The empty content, or the empty value."""


@dataclass(frozen=True, slots=True)
class Never:
    """What no content satisfies."""


@dataclass(frozen=True, slots=True)
class Child:
    """One element, by its key in the schema."""

    key: str


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Any element, with anything inside it, except for these names (None: all of the namespace); `only`: in these."""

    without: tuple[tuple[str, str | None], ...]
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Data:
    """A datatype of W3C XML Schema, with facets."""

    type: str
    facets: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """One value, compared as tokens."""

    value: str
    docs: tuple[Doc, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Tokens:
    """White-space separated tokens, each matched by its part of the pattern."""

    item: Pattern


@dataclass(frozen=True, slots=True)
class Group:
    """One after the other."""

    items: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Interleave:
    """All, in any order."""

    items: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several."""

    items: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """Again and again; `maximum` None: without bound."""

    item: Pattern
    minimum: int
    maximum: int | None


@dataclass(frozen=True, slots=True)
class Named:
    """A pattern that the ODD has a name for: a model class, a macro, a datatype."""

    ident: str
    body: Pattern = field(compare=False)


Pattern = (
    Chars | Nothing | Never | Child | Wildcard | Data | Value | Tokens | Group | Interleave | Choice | Repeat | Named
)

#: What labels a step from one state of a content model to another.
Symbol = Child | Wildcard | Chars

CHARS = Chars()
NOTHING = Nothing()
NEVER = Never()


def group(items: Iterable[Pattern]) -> Pattern:
    """The sequence of `items`, as simple as it can be said."""
    kept: list[Pattern] = []
    for item in items:
        if isinstance(item, Never):
            return NEVER
        if isinstance(item, Group):
            kept.extend(item.items)
        elif not isinstance(item, Nothing):
            kept.append(item)
    if not kept:
        return NOTHING
    return kept[0] if len(kept) == 1 else Group(tuple(kept))


def choice(items: Iterable[Pattern]) -> Pattern:
    """The alternation of `items`, as simple as it can be said; an empty one is made an option."""
    kept: dict[Pattern, None] = {}
    empty = False
    for item in items:
        if isinstance(item, Nothing):
            empty = True
        elif isinstance(item, Choice):
            kept.update(dict.fromkeys(item.items))
        elif not isinstance(item, Never):
            kept[item] = None
    if not kept:
        return NOTHING if empty else NEVER
    whole = next(iter(kept)) if len(kept) == 1 else Choice(tuple(kept))
    return repeat(whole, 0, 1) if empty else whole


def interleave(items: Iterable[Pattern]) -> Pattern:
    """The `items` in any order, as simple as it can be said."""
    kept = tuple(item for item in items if not isinstance(item, Nothing))
    if any(isinstance(item, Never) for item in kept):
        return NEVER
    if len(kept) < 2:
        return kept[0] if kept else NOTHING
    return Interleave(kept)


def repeat(item: Pattern, minimum: int, maximum: int | None) -> Pattern:
    """`item` between `minimum` and `maximum` times, as simple as it can be said."""
    if (minimum, maximum) == (1, 1) or isinstance(item, Nothing):
        return item
    if maximum == 0:
        return NOTHING
    if isinstance(item, Never):
        return NOTHING if minimum == 0 else NEVER
    if isinstance(item, Chars):
        return item
    if isinstance(item, Repeat):
        if item.maximum is None and item.minimum <= 1 and minimum <= 1:
            return Repeat(item.item, min(item.minimum, minimum), None)
        if maximum is None and item.minimum <= 1:
            return Repeat(item.item, item.minimum * minimum, None)
    return Repeat(item, minimum, maximum)


def bare(pattern: Pattern) -> Pattern:
    """What a name stands for; anything else is itself."""
    while isinstance(pattern, Named):
        pattern = pattern.body
    return pattern


def parts(pattern: Pattern) -> tuple[Pattern, ...]:
    """The patterns directly inside a pattern."""
    match pattern:
        case Group(items) | Choice(items) | Interleave(items):
            return items
        case Repeat(item) | Tokens(item):
            return (item,)
        case Named(_, body):
            return (body,)
        case _:
            return ()


def walk(pattern: Pattern) -> Iterator[Pattern]:
    """The pattern and all in it, in order."""
    yield pattern
    for part in parts(pattern):
        yield from walk(part)


#: The largest content model, in particles, each repetition counted; and the deepest.
MAX_SIZE: Final = 5000
MAX_DEPTH: Final = 60


def is_too_large(pattern: Pattern) -> bool:
    """Whether a pattern is over one of the limits, with what its names stand for written out."""
    size, depth = _extent(pattern, {})
    return size > MAX_SIZE or depth > MAX_DEPTH


def _extent(pattern: Pattern, known: dict[str, tuple[int, int]]) -> tuple[int, int]:
    if isinstance(pattern, Named):
        if pattern.ident not in known:
            known[pattern.ident] = _extent(pattern.body, known)
        return known[pattern.ident]
    extents = [_extent(part, known) for part in parts(pattern)]
    size = sum(size for size, _ in extents) or 1
    if isinstance(pattern, Repeat):
        size *= max(pattern.minimum, pattern.maximum or 1, 1)
    return size, 1 + max((depth for _, depth in extents), default=0)


def nullable(pattern: Pattern) -> bool:
    """Whether the pattern is satisfied by no content at all."""
    match pattern:
        case Chars() | Nothing():
            return True
        case Group(items) | Interleave(items):
            return all(map(nullable, items))
        case Choice(items):
            return any(map(nullable, items))
        case Repeat(item, minimum):
            return minimum == 0 or nullable(item)
        case Named(_, body):
            return nullable(body)
        case Tokens(item):
            return nullable(item)
        case _:
            return False


_EMPTY, _COMPLEX, _SIMPLE = range(3)


def contradiction(pattern: Pattern) -> str | None:
    """Why RELAX NG forbids this content (sections 7.2 and 7.4), or None: a phrase that follows “the content of X”."""
    try:
        _content_type(pattern)
    except ValueError as error:
        return str(error)
    return None


def is_data(pattern: Pattern) -> bool:
    """Whether the pattern is one of values, without text or elements."""
    return _content_type(pattern) == _SIMPLE


def _content_type(pattern: Pattern) -> int:
    match pattern:
        case Nothing() | Never():
            return _EMPTY
        case Data() | Value() | Tokens():
            return _SIMPLE
        case Choice(items):
            return max(map(_content_type, items))
        case Group(items) | Interleave(items):
            kinds = [kind for item in items if (kind := _content_type(item))]
            if len(kinds) > 1 and _SIMPLE in kinds:
                raise ValueError("puts data beside something else")
            if isinstance(pattern, Interleave):
                _check_apart(items)
            return max(kinds, default=_EMPTY)
        case Repeat(item, _, maximum):
            kind = _content_type(item)
            if kind is _SIMPLE and maximum != 1:
                raise ValueError("repeats data outside a list")
            return kind
        case Named(_, body):
            return _content_type(body)
        case _:
            return _COMPLEX


def _check_apart(items: Iterable[Pattern]) -> None:
    seen: set[Pattern] = set()
    for item in items:
        leaves = {leaf for leaf in walk(item) if isinstance(leaf, (Child, Chars, Wildcard))}
        if leaves & seen:
            raise ValueError("has the same thing in two parts that are interleaved")
        seen |= leaves


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute as an element has it; `values` is its list, whatever its type, for documentation."""

    namespace: str
    name: str
    ident: str
    required: bool
    value: Pattern
    owner: str
    at: Location
    default: str | None = None
    docs: tuple[Doc, ...] = ()
    values: tuple[ValItem, ...] = ()


@dataclass(frozen=True, slots=True)
class OneOf:
    """Groups of attributes of which exactly one is there."""

    groups: tuple[tuple[AttributeItem, ...], ...]


@dataclass(frozen=True, slots=True)
class Inherited:
    """All the attributes that a class defines itself, unchanged."""

    ident: str
    items: tuple[AttributeItem, ...] = field(compare=False)


AttributeItem = Attribute | OneOf | Inherited


def each_attribute(items: Iterable[AttributeItem]) -> Iterator[tuple[Attribute, bool]]:
    """Every attribute of `items`, and whether each element must have it (it is required, and in no choice)."""
    for item in items:
        match item:
            case Attribute():
                yield item, item.required
            case Inherited(_, inner):
                yield from each_attribute(inner)
            case OneOf(groups):
                for alternative in groups:
                    for attribute, _ in each_attribute(alternative):
                        yield attribute, False


@dataclass(frozen=True, slots=True)
class Element:
    """An element with its attributes and its content."""

    key: str
    namespace: str
    name: str
    content: Pattern
    attributes: tuple[AttributeItem, ...]
    at: Location
    module: str = ""
    docs: tuple[Doc, ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """All elements that can occur below `start`, in the order in which the ODD specifies them."""

    ident: str
    namespace: str
    start: tuple[str, ...]
    elements: Mapping[str, Element]
    language: str = "en"

    def names(self, pattern: Pattern) -> Iterator[str]:
        """The names of the elements in a pattern, in order."""
        for part in walk(pattern):
            if isinstance(part, Child):
                yield self.elements[part.key].name

    def doc(self, docs: Iterable[Doc]) -> Doc | None:
        """The description in the schema's language, or in English, or of no language, or the first one."""
        by_language: dict[str, Doc] = {}
        for doc in docs:
            by_language.setdefault(doc.language, doc)
        for language in (self.language, "en", ""):
            if language in by_language:
                return by_language[language]
        return next(iter(by_language.values()), None)
