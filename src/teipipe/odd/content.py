"""From content models and datatypes as they are written to patterns in which nothing is left to look up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from teipipe.diagnostics import Location
from teipipe.odd import model, schema
from teipipe.odd.index import Index
from teipipe.odd.model import Expansion, ListType, Occurs
from teipipe.odd.schema import Child, Choice, Data, Named, Pattern, Tokens, Value

#: More repetitions than this become unbounded, since each is a copy of the pattern in the schema.
MAX_COPIES: Final = 400

XSD_TYPES: Final = frozenset(
    {
        "string",
        "boolean",
        "decimal",
        "float",
        "double",
        "duration",
        "dateTime",
        "time",
        "date",
        "gYearMonth",
        "gYear",
        "gMonthDay",
        "gDay",
        "gMonth",
        "hexBinary",
        "base64Binary",
        "anyURI",
        "QName",
        "NOTATION",
        "normalizedString",
        "token",
        "language",
        "NMTOKEN",
        "NMTOKENS",
        "Name",
        "NCName",
        "ID",
        "IDREF",
        "IDREFS",
        "ENTITY",
        "ENTITIES",
        "integer",
        "nonPositiveInteger",
        "negativeInteger",
        "long",
        "int",
        "short",
        "byte",
        "nonNegativeInteger",
        "unsignedLong",
        "unsignedInt",
        "unsignedShort",
        "unsignedByte",
        "positiveInteger",
    }
)
_FACETS: Final = frozenset(
    {
        "length",
        "minLength",
        "maxLength",
        "pattern",
        "maxInclusive",
        "maxExclusive",
        "minInclusive",
        "minExclusive",
        "totalDigits",
        "fractionDigits",
    }
)

_Reference = model.ElementRef | model.ClassRef | model.MacroRef | model.AnyElement


class Contents:
    """Resolves content models; None stands for what refers to nothing and is left out."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._named: dict[tuple[str, str], Pattern] = {}
        self._open: list[str] = []

    def of_element(self, spec: model.ElementSpec) -> Pattern:
        """The content of an element."""
        if spec.values is not None and spec.values.type is ListType.CLOSED:
            return self._values(spec.values)
        if spec.content is None:
            self.index.report("no-content", f"elementSpec “{spec.ident}” has no content", spec.at)
            return schema.NOTHING
        pattern = self._within_limits(self._sequence(spec.content), spec)
        self._check(pattern, spec)
        return pattern

    def named(self, spec: model.MacroSpec | model.DataSpec) -> Pattern:
        """What a macro or a datatype stands for, under its name; nothing if it contains itself."""
        kind = "macro" if isinstance(spec, model.MacroSpec) else "datatype"
        return self._name(kind, spec, spec.at) or schema.NOTHING

    def _within_limits(self, pattern: Pattern, spec: model.Spec) -> Pattern:
        if not schema.is_too_large(pattern):
            return pattern
        message = f"the content of “{spec.ident}” has more than {schema.MAX_SIZE} particles, or is nested too deeply"
        self.index.report("limit-exceeded", message, spec.at)
        return schema.NOTHING

    def value(self, definition: model.AttDef) -> Pattern:
        """The value of an attribute."""
        datatype, values = definition.datatype, definition.values
        occurs = datatype.occurs if datatype else model.ONCE
        written = self._pattern(datatype.content) if datatype and datatype.content else None
        if values is None or values.type is ListType.OPEN:
            token = written or schema.CHARS
        elif values.type is ListType.CLOSED:
            token = self._values(values)
        else:
            token = schema.choice([self._values(values), written or Data("Name")])
        if any(isinstance(part, (Child, schema.Wildcard)) for part in schema.walk(token)):
            self.index.report("undefined-content", f"@{definition.ident} contains elements", definition.at)
            return schema.CHARS
        return self._tokens(token, occurs, definition.at)

    def _tokens(self, token: Pattern, occurs: Occurs, at: Location) -> Pattern:
        if any(isinstance(part, schema.Chars) for part in schema.walk(token)):
            return schema.CHARS
        if occurs.minimum in (0, 1) and occurs.maximum == 1:
            return schema.repeat(token, occurs.minimum, 1)
        return self._list(schema.repeat(token, *self._bounds(occurs, at)), at)

    def _list(self, items: Pattern, at: Location) -> Pattern:
        if any(isinstance(part, Tokens) for part in schema.walk(items)):
            self.index.report("undefined-content", "a list of lists", at, "take @maxOccurs away from one of them")
        return Tokens(items)

    def _bounds(self, occurs: Occurs, at: Location) -> tuple[int, int | None]:
        if max(occurs.minimum, occurs.maximum or 0) <= MAX_COPIES:
            return occurs.minimum, occurs.maximum
        self.index.report("many-repetitions", f"{occurs.minimum} to {occurs.maximum} repetitions", at)
        return min(occurs.minimum, MAX_COPIES), None

    def _sequence(self, contents: Iterable[model.Content], ordered: bool = True) -> Pattern:
        """All of them, those that refer to nothing left out; data alone make a list of tokens."""
        written = list(contents)
        items = [(content, found) for content in written if (found := self._pattern(content)) is not None]
        patterns = [found for _, found in items]
        if len(items) > 1 and all(isinstance(content, model.DataRef) for content, _ in items):
            return self._list(schema.group(patterns), items[0][0].at)
        return schema.group(patterns) if ordered else schema.interleave(patterns)

    def _pattern(self, content: model.Content) -> Pattern | None:
        match content:
            case model.Text():
                return schema.CHARS
            case model.Empty():
                return schema.NOTHING
            case model.ValList():
                return self._values(content)
            case model.DataRef():
                return self._data(content)
            case model.Sequence():
                found: Pattern | None = self._sequence(content.items, content.ordered)
            case model.Alternate():
                found = self._alternate(content)
            case _:
                found = self._reference(content)
        if found is None:
            return None
        if isinstance(schema.bare(found), (Data, Value)) and content.occurs.maximum != 1:
            return self._list(schema.repeat(found, *self._bounds(content.occurs, content.at)), content.at)
        return schema.repeat(found, *self._bounds(content.occurs, content.at))

    def _reference(self, content: _Reference) -> Pattern | None:
        match content:
            case model.ElementRef():
                key = self.index.element(content.key, content.at)
                return None if key is None else Child(key)
            case model.ClassRef():
                return self._class(content)
            case model.MacroRef():
                return self._macro(content)
            case model.AnyElement():
                without = self.index.odd.exceptions if content.without is None else content.without
                return schema.Wildcard(without, content.only)

    def _alternate(self, content: model.Alternate) -> Pattern | None:
        items = [found for item in content.items if (found := self._pattern(item)) is not None]
        if not items and content.items:
            return schema.NOTHING
        return schema.choice(items)

    def _values(self, values: model.ValList) -> Pattern:
        return schema.choice(Value(item.value, item.docs) for item in values.items)

    def _macro(self, reference: model.MacroRef) -> Pattern | None:
        spec = self.index.macro(reference.key, reference.at)
        return None if spec is None else self._name("macro", spec, reference.at)

    def _name(self, kind: str, spec: model.MacroSpec | model.DataSpec, at: Location) -> Pattern | None:
        self.index.used.add(spec.ident)
        if spec.ident in self._open:
            circle = " → ".join([*self._open[self._open.index(spec.ident) :], spec.ident])
            self.index.report("circular-reference", f"the {kind} “{spec.ident}” contains itself: {circle}", at)
            return None
        if (kind, spec.ident) not in self._named:
            self._open.append(spec.ident)
            self._named[kind, spec.ident] = Named(spec.ident, self._within_limits(self._sequence(spec.content), spec))
            self._open.pop()
        return self._named[kind, spec.ident]

    def _class(self, reference: model.ClassRef) -> Pattern | None:
        spec = self.index.class_spec(reference.key, reference.at)
        if spec is None:
            return None
        self.index.used.add(spec.ident)
        if not spec.is_model:
            message = f"“{spec.ident}” is a class of attributes, which no content is made of"
            self.index.report("dangling-key", message, reference.at)
            return None
        members = self.index.elements_of(spec.ident)
        plain = reference.expand is Expansion.ALTERNATE and reference.only is None and not reference.without
        kept = [Child(key) for key in members if self._takes(reference, key)]
        self._check_filter(reference, members)
        if not kept:
            self.index.report("empty-class", f"class “{spec.ident}” has no members here", reference.at)
            return schema.NEVER if plain else None
        if plain:
            return Named(spec.ident, Choice(tuple(kept))) if len(kept) > 1 else kept[0]
        return _expanded(kept, reference.expand)

    def _takes(self, reference: model.ClassRef, key: str) -> bool:
        ident = self.index.elements[key].ident
        return (reference.only is None or ident in reference.only) and ident not in reference.without

    def _check_filter(self, reference: model.ClassRef, members: Iterable[str]) -> None:
        idents = {self.index.elements[key].ident for key in members}
        for name in sorted((reference.only or frozenset()) | reference.without):
            if name not in idents:
                self.index.report("dangling-key", f"class “{reference.key}” has no member “{name}”", reference.at)

    def _data(self, reference: model.DataRef) -> Pattern | None:
        facets = reference.facets
        if reference.restriction is not None:
            facets = (*facets, ("pattern", reference.restriction))
        if reference.name is not None:
            return self._xsd_type(reference, reference.name, facets)
        key = reference.key or ""
        if key not in self.index.datatypes:
            if key in XSD_TYPES:
                self.index.report(
                    "legacy-datatype", f"“{key}” is a type of W3C XML Schema", reference.at, "write @name"
                )
                return self._xsd_type(reference, key, facets)
            if key.startswith("data.") and f"tei{key}" in self.index.datatypes:
                self.index.report("legacy-datatype", f"“{key}” is an old name", reference.at, f"write “tei{key}”")
                key = f"tei{key}"
        spec = self.index.datatype(key, reference.at)
        pattern = None if spec is None else self._name("datatype", spec, reference.at)
        if pattern is None or not facets:
            return pattern
        return self._restricted(pattern, facets, reference)

    def _xsd_type(self, reference: model.DataRef, name: str, facets: tuple[tuple[str, str], ...]) -> Pattern | None:
        if name not in XSD_TYPES:
            self.index.dangling("type of W3C XML Schema", name, reference.at, XSD_TYPES)
            return None
        for facet, _ in facets:
            if facet not in _FACETS:
                self.index.report("odd-value", f"no facet is called “{facet}”", reference.at)
        return Data(name, facets)

    def _restricted(self, pattern: Pattern, facets: tuple[tuple[str, str], ...], reference: model.DataRef) -> Pattern:
        """The datatype `pattern` with further facets."""
        match schema.bare(pattern):
            case Data(name, before):
                return Data(name, (*before, *facets))
            case Choice(items) if all(isinstance(schema.bare(item), Data) for item in items):
                return schema.choice(self._restricted(item, facets, reference) for item in items)
            case _:
                message = f"“{reference.key}” isn't a plain type, and can't be restricted further"
                self.index.report("odd-value", message, reference.at, "restrict it in its dataSpec")
                return pattern

    def _check(self, pattern: Pattern, spec: model.ElementSpec) -> None:
        reason = schema.contradiction(pattern)
        if reason:
            self.index.report("undefined-content", f"the content of “{spec.ident}” {reason}", spec.at)


def _expanded(members: list[Child], expand: Expansion) -> Pattern:
    bounds = {
        Expansion.SEQUENCE: (1, 1),
        Expansion.SEQUENCE_OPTIONAL: (0, 1),
        Expansion.SEQUENCE_REPEATABLE: (1, None),
        Expansion.SEQUENCE_OPTIONAL_REPEATABLE: (0, None),
    }
    if expand is Expansion.ALTERNATE:
        return schema.choice(members)
    return schema.group(schema.repeat(member, *bounds[expand]) for member in members)
