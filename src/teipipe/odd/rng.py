"""A resolved schema as RELAX NG, XML syntax: flat, and the same for the same schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree

from teipipe.odd import schema
from teipipe.odd.markup import Markup, document
from teipipe.odd.model import XML_NS, Doc, ValItem
from teipipe.odd.schema import Attribute, AttributeItem, Element, Inherited, OneOf, Pattern, Schema

RNG_NS: Final = "http://relaxng.org/ns/structure/1.0"
ANNOTATIONS_NS: Final = "http://relaxng.org/ns/compatibility/annotations/1.0"
DATATYPES: Final = "http://www.w3.org/2001/XMLSchema-datatypes"

_R: Final = Markup(RNG_NS)
_A: Final = Markup(ANNOTATIONS_NS)
_CONSTANTS: Final = {schema.Chars: "text", schema.Nothing: "empty", schema.Never: "notAllowed"}


def emit_rng(resolved: Schema) -> str:
    """The schema as the text of a RELAX NG file."""
    return _Writer(resolved).document()


class _Writer:
    """Writes one grammar: definitions are made where they are first referred to, and gathered by kind."""

    def __init__(self, resolved: Schema) -> None:
        self.schema = resolved
        self.names: dict[object, str] = {}
        self.taken: set[str] = set()
        self.macros: dict[str, etree._Element] = {}
        self.classes: dict[str, etree._Element] = {}
        self.attributes: dict[str, etree._Element] = {}
        for key, element in resolved.elements.items():
            self.name(("element", key), element.name)

    def document(self) -> str:
        starts = [_R("ref", name=self.names["element", key]) for key in self.schema.start]
        start = _R("start", starts[0] if len(starts) == 1 else _R("choice", *starts))
        elements = [self.element(element) for element in self.schema.elements.values()]
        grammar = etree.Element(f"{{{RNG_NS}}}grammar", {"datatypeLibrary": DATATYPES, "ns": self.schema.namespace})
        namespaces = {None: RNG_NS, "a": ANNOTATIONS_NS}
        comment = f"Made by teipipe from the ODD “{self.schema.ident}”: change that, and compile it again."
        rest = [table[name] for table in (self.macros, self.classes, self.attributes) for name in sorted(table)]
        return document(grammar, namespaces, comment, [start, *elements, *rest])

    def name(self, key: object, wanted: str) -> str:
        """The name of a definition: `wanted`, or something near it if another definition is called so."""
        if key not in self.names:
            name, number = wanted, 2
            while name in self.taken:
                name, number = f"{wanted}.{number}", number + 1
            self.taken.add(name)
            self.names[key] = name
        return self.names[key]

    def element(self, element: Element) -> etree._Element:
        foreign = None if element.namespace == self.schema.namespace else element.namespace
        attributes = [node for item in element.attributes for node in self.attribute(item)]
        return _R(
            "define",
            _R(
                "element",
                *self.documentation(element.docs),
                *_together(attributes),
                *self.content(element.content),
                name=element.name,
                ns=foreign,
            ),
            name=self.names["element", element.key],
        )

    def documentation(self, docs: Iterable[Doc], values: Iterable[ValItem] = ()) -> Iterator[etree._Element]:
        doc = self.schema.doc(docs)
        if doc is not None and str(doc):
            yield _A("documentation", str(doc))
        suggested = "; ".join(self.suggested(value) for value in values)
        if suggested:
            yield _A("documentation", f"Suggested values: {suggested}")

    def suggested(self, value: ValItem) -> str:
        doc = self.schema.doc(value.docs)
        return f'"{value.value}"' if doc is None or not str(doc) else f'"{value.value}" ({str(doc).rstrip(".")})'

    def attribute(self, item: AttributeItem) -> Iterator[etree._Element]:
        match item:
            case Attribute():
                yield self.written(item)
            case OneOf(groups):
                alternatives = [[node for inner in group for node in self.attribute(inner)] for group in groups]
                yield _R("choice", *(_one(nodes, "group") for nodes in alternatives))
            case Inherited(ident, items):
                name = self.name(("class", ident), f"{ident}.attributes")
                if name not in self.classes:
                    nodes = [node for inner in items for node in self.attribute(inner)]
                    self.classes[name] = _R("define", *_together(nodes), name=name)
                yield _R("ref", name=name)

    def written(self, attribute: Attribute) -> etree._Element:
        """A reference to the definition of a class's attribute; an element's own attribute in full."""
        if attribute.owner in self.schema.elements:
            return self.pattern_of(attribute)
        name = self.name(("attribute", attribute), f"{attribute.owner}.attribute.{attribute.name}")
        if name not in self.attributes:
            self.attributes[name] = _R("define", self.pattern_of(attribute), name=name)
        return _R("ref", name=name)

    def pattern_of(self, attribute: Attribute) -> etree._Element:
        prefix = "xml:" if attribute.namespace == XML_NS else ""
        listed = {part.value for part in schema.walk(attribute.value) if isinstance(part, schema.Value)}
        suggested = [value for value in attribute.values if value.value not in listed]
        node = _R(
            "attribute",
            *self.documentation(attribute.docs, suggested),
            *([] if attribute.value == schema.CHARS else self.content(attribute.value)),
            name=prefix + attribute.name,
            ns=attribute.namespace if attribute.namespace and not prefix else None,
        )
        if attribute.default is not None:
            node.set(f"{{{ANNOTATIONS_NS}}}defaultValue", attribute.default)
        return node if attribute.required else _R("optional", node)

    def content(self, pattern: Pattern) -> list[etree._Element]:
        """A pattern as the children of what stands for a sequence (element, optional, define, …)."""
        if isinstance(pattern, schema.Group):
            return [node for item in pattern.items for node in self.pattern(item)]
        return self.pattern(pattern)

    def pattern(self, pattern: Pattern) -> list[etree._Element]:
        """A pattern as one node, or several that together are one value of a list."""
        match pattern:
            case schema.Chars() | schema.Nothing() | schema.Never():
                return [_R(_CONSTANTS[type(pattern)])]
            case schema.Child(key):
                return [_R("ref", name=self.names["element", key])]
            case schema.Wildcard():
                return [_R("ref", name=self.wildcard(pattern))]
            case schema.Named():
                return [_R("ref", name=self.named(pattern))]
            case schema.Repeat(item, minimum, maximum):
                return self.repeated(item, minimum, maximum)
            case schema.Data(name, facets):
                return [_R("data", *(_R("param", value, name=facet) for facet, value in facets), type=name)]
            case schema.Value(value, docs):
                return [_R("value", value), *self.documentation(docs)]
            case schema.Tokens(item):
                return [_R("list", *self.tokens(item))]
            case schema.Group(items) | schema.Choice(items) | schema.Interleave(items):
                nodes = [node for item in items for node in self.pattern(item)]
                return [_R(type(pattern).__name__.lower(), *nodes)]

    def tokens(self, pattern: Pattern) -> list[etree._Element]:
        """What is in a list; optional tokens stand beside each other, since libxml2 loses count of nested ones."""
        match schema.bare(pattern):
            case schema.Group(items):
                return [node for item in items for node in self.tokens(item)]
            case schema.Repeat(item, minimum, maximum) if maximum is not None:
                copies = [node for _ in range(minimum) for node in self.content(item)]
                return [*copies, *(_R("optional", *self.content(item)) for _ in range(maximum - minimum))]
            case _:
                return self.content(pattern)

    def repeated(self, item: Pattern, minimum: int, maximum: int | None) -> list[etree._Element]:
        if (minimum, maximum) == (0, 1) and schema.is_data(item):
            # As an <optional> libxml2 takes it for any text.
            return [_R("choice", _R("empty"), *self.pattern(item))]
        if maximum is None:
            name = "oneOrMore" if minimum else "zeroOrMore"
            copies = [node for _ in range(minimum - 1) for node in self.pattern(item)]
            last = _R(name, *self.content(item))
        else:
            copies = [node for _ in range(minimum) for node in self.pattern(item)]
            last = None
            for _ in range(maximum - minimum):
                last = _R("optional", *self.content(item), last)
        nodes = copies if last is None else [*copies, last]
        return nodes if len(nodes) == 1 else [_R("group", *nodes)]

    def named(self, pattern: schema.Named) -> str:
        name = self.name(("pattern", pattern.ident), pattern.ident)
        if name not in self.macros:
            self.macros[name] = _R("define", *self.content(pattern.body), name=name)
        return name

    def wildcard(self, wildcard: schema.Wildcard) -> str:
        name = self.name(wildcard, "anyElement")
        if name not in self.macros:
            anything = _R("zeroOrMore", _R("attribute", _R("anyName")))
            inside = _R("zeroOrMore", _R("choice", _R("text"), _R("ref", name=name)))
            self.macros[name] = _R("define", _R("element", self.name_class(wildcard), anything, inside), name=name)
        return name

    def name_class(self, wildcard: schema.Wildcard) -> etree._Element:
        """The names that a wildcard stands for; never those of the schema, whose attributes have types of their own."""
        whole = {namespace for namespace, name in wildcard.without if name is None}
        names = {(namespace, name) for namespace, name in wildcard.without if name is not None}
        names |= {(element.namespace, element.name) for element in self.schema.elements.values()}
        names = {each for each in names if each[0] not in whole}

        def excepted(*kept: str) -> etree._Element | None:
            nodes = [_R("nsName", ns=namespace) for namespace in sorted(whole) if not kept]
            nodes += [_R("name", name, ns=space) for space, name in sorted(names) if not kept or space in kept]
            return _R("except", *nodes) if nodes else None

        if not wildcard.only:
            return _R("anyName", excepted())
        spaces = [_R("nsName", excepted(space), ns=space) for space in wildcard.only if space not in whole]
        return spaces[0] if len(spaces) == 1 else _R("choice", *spaces)


def _together(attributes: list[etree._Element]) -> list[etree._Element]:
    """Several attributes as one pattern.

    Attributes have no order, so that a sequence and an interleaving of them are the same; but libxml2 tries an optional
    attribute of a sequence both ways, which takes it seconds for an element with fifteen of them.
    """
    return [_R("interleave", *attributes)] if len(attributes) > 1 else attributes


def _one(nodes: list[etree._Element], name: str) -> etree._Element:
    return nodes[0] if len(nodes) == 1 else _R(name, *nodes)
