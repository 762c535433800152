"""Datatypes of a resolved schema as XSD simple types."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from lxml import etree

from teipipe.odd import schema
from teipipe.odd.markup import Markup
from teipipe.odd.model import Doc
from teipipe.odd.schema import Choice, Data, Group, Named, Never, Nothing, Pattern, Repeat, Tokens, Value

XSD_NS: Final = "http://www.w3.org/2001/XMLSchema"
X: Final = Markup(XSD_NS)


class Types:
    """Makes simple types; those with a name of their own are gathered in `named` and referred to by `prefix`.

    With `prefix` None nothing is referred to: every type is written out where it is used.
    """

    def __init__(self, prefix: str | None, annotate: Callable[[tuple[Doc, ...]], etree._Element | None]) -> None:
        self.prefix = prefix
        self.annotate = annotate
        self.named: dict[str, etree._Element] = {}
        #: What is said of an attribute whose value is of this pattern, after “which”.
        self.widened: dict[Pattern, list[str]] = {}

    def attribute_of(self, pattern: Pattern) -> tuple[str | None, etree._Element | None]:
        """The type for an attribute's or extension's declaration: its name, or else an anonymous simpleType."""
        name = self.name_of(pattern)
        return (name, None) if name is not None else (None, self.simple(pattern))

    def name_of(self, pattern: Pattern) -> str | None:
        """The name of the type of a pattern, if it has one."""
        match pattern:
            case schema.Chars():
                return "xs:string"
            case Data(name, facets) if not facets:
                return f"xs:{name}"
            case Named(ident, body):
                if self.prefix is None:
                    return self.name_of(body)
                if ident not in self.named:
                    self.named[ident] = X("simpleType", name=ident)  # first, should it refer to itself
                    self.named[ident].extend(self.simple(body))
                return f"{self.prefix}{ident}"
            case _:
                return None

    def name_content(self, pattern: Pattern, element: str) -> str:
        """A name for the type of an element's content, which XSD wants to have one."""
        name = "nothing" if isinstance(pattern, Nothing) else f"{element}.content"
        if name not in self.named:
            self.named[name] = self.simple(pattern)
            self.named[name].set("name", name)
        return f"{self.prefix or ''}{name}"

    def simple(self, pattern: Pattern) -> etree._Element:
        """An anonymous simpleType."""
        name = self.name_of(pattern)
        if name is not None:
            return X("simpleType", X("restriction", base=name))
        match pattern:
            case Data(name, facets):
                return self.faceted(name, facets)
            case Value():
                return self.enumeration([pattern])
            case Choice(items):
                return self.union(items)
            case Repeat(item, 0, 1):
                return self.union((item, schema.NOTHING))
            case Tokens(item):
                if not _uniform(item):
                    self.widened[pattern] = ["is a list of tokens that XSD can only check one by one"]
                return self.tokens(item)
            case Named(_, body):
                return self.simple(body)
            case Never():
                self.widened[pattern] = ["may have any value, where the ODD leaves none"]
                return X("simpleType", X("restriction", base="xs:string"))
            case Nothing():
                # Not length="0": of such a type xmlschema lets no white space be.
                return X("simpleType", X("restriction", X("pattern", value=""), base="xs:token"))
            case _:
                raise AssertionError(f"no datatype: {pattern}")

    def faceted(self, name: str, facets: tuple[tuple[str, str], ...]) -> etree._Element:
        """A restriction; a second pattern is a restriction of the first one, since within one they are alternatives."""
        steps: list[list[tuple[str, str]]] = [[]]
        for facet, value in facets:
            if any(facet == before for before, _ in steps[-1]):
                steps.append([])
            steps[-1].append((facet, value))
        built: etree._Element | None = None
        for step in steps:
            written = [X(facet, value=value) for facet, value in step]
            restriction = X("restriction", built, *written, base=f"xs:{name}" if built is None else None)
            built = X("simpleType", restriction)
        assert built is not None
        return built

    def enumeration(self, values: list[Value]) -> etree._Element:
        """A closed list of values."""
        items = [X("enumeration", self.annotate(value.docs), value=value.value) for value in values]
        return X("simpleType", X("restriction", *items, base="xs:token"))

    def union(self, items: tuple[Pattern, ...]) -> etree._Element:
        """One of several types; all single values together are one of them."""
        values = [value for item in items for value in _values(item)]
        if len(values) == len(items):
            return self.enumeration(values)
        types: list[str] = []
        inner: list[etree._Element] = []
        for item in items:
            if isinstance(item, Value):
                continue
            name, anonymous = self.attribute_of(item)
            if name is not None:
                types.append(name)
            elif anonymous is not None:
                inner.append(anonymous)
        if values:
            inner.append(self.enumeration(values))
        return X("simpleType", X("union", *inner, memberTypes=" ".join(types) or None))

    def tokens(self, items: Pattern) -> etree._Element:
        """A list of tokens."""
        kinds = list(dict.fromkeys(_tokens(items)))
        token = kinds[0] if len(kinds) == 1 else schema.choice(kinds)
        minimum, maximum = _length(items)
        name, anonymous = self.attribute_of(token)
        whole = X("list", anonymous, itemType=name)
        facets = [X("minLength", value=str(minimum))] if minimum else []
        facets += [X("maxLength", value=str(maximum))] if maximum is not None else []
        if not facets:
            return X("simpleType", whole)
        return X("simpleType", X("restriction", X("simpleType", whole), *facets))


def _values(pattern: Pattern) -> Iterator[Value]:
    if isinstance(pattern, Value):
        yield pattern


def _tokens(pattern: Pattern) -> Iterator[Pattern]:
    """The patterns of which each matches one token of a list."""
    match pattern:
        case Group(items):
            for item in items:
                yield from _tokens(item)
        case Repeat(item):
            yield from _tokens(item)
        case Choice(items) if any(isinstance(schema.bare(item), (Group, Repeat)) for item in items):
            for item in items:
                yield from _tokens(item)
        case Nothing():
            pass
        case Named(_, body) if isinstance(schema.bare(body), (Group, Repeat)):
            yield from _tokens(body)
        case _:
            yield pattern


def _length(pattern: Pattern) -> tuple[int, int | None]:
    """The smallest and the largest number of tokens."""
    match pattern:
        case Group(items):
            lengths = [_length(item) for item in items]
            longest = [high for _, high in lengths if high is not None]
            return sum(low for low, _ in lengths), sum(longest) if len(longest) == len(lengths) else None
        case Choice(items):
            lengths = [_length(item) for item in items]
            longest = [high for _, high in lengths if high is not None]
            return min(low for low, _ in lengths), max(longest) if len(longest) == len(lengths) else None
        case Repeat(item, minimum, maximum):
            low, high = _length(item)
            return low * minimum, None if high is None or maximum is None else high * maximum
        case Named(_, body):
            return _length(body)
        case Nothing():
            return 0, 0
        case _:
            return 1, 1


def _uniform(pattern: Pattern) -> bool:
    """Whether the list is so many tokens of one kind, which XSD can say exactly."""
    if isinstance(pattern, Repeat):
        return _length(pattern.item) == (1, 1) and len(list(_tokens(pattern.item))) == 1
    return _length(pattern) == (1, 1) and len(list(_tokens(pattern))) == 1
