"""A resolved schema as XSD 1.0, one file per namespace: as strict as XSD can be, never stricter than the RELAX NG."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from lxml import etree

from teipipe.diagnostics import Diagnostic
from teipipe.odd import schema
from teipipe.odd.markup import document
from teipipe.odd.model import EXAMPLES_NS, TEI_NS, XML_NS, Doc
from teipipe.odd.rules import fault
from teipipe.odd.schema import Attribute, AttributeItem, Element, Inherited, OneOf, Pattern, Schema, each_attribute
from teipipe.odd.xsd_content import Model, model_of
from teipipe.odd.xsd_types import XSD_NS, Types, X

_PREFIXES: Final = {TEI_NS: "tei", EXAMPLES_NS: "teix", XML_NS: "xml"}


def emit_xsd(resolved: Schema) -> tuple[dict[str, str], list[Diagnostic]]:
    """The schema as XSD files by name, the main one first, and where they allow more than the RELAX NG."""
    writer = _Writer(resolved)
    return writer.documents(), writer.problems


class _Writer:
    def __init__(self, resolved: Schema) -> None:
        self.schema = resolved
        self.problems: list[Diagnostic] = []
        self.prefixes = self.namespaces()
        self.types = Types(self.prefix(resolved.namespace), self.annotation)
        self.groups: dict[str, etree._Element] = {}
        self.classes: dict[str, etree._Element] = {}
        self.models: dict[tuple[Pattern, str], Model] = {}

    def namespaces(self) -> dict[str, str]:
        """A prefix for every namespace of the schema."""
        elements = self.schema.elements.values()
        attributes = [found for element in elements for found, _ in each_attribute(element.attributes)]
        found = [
            self.schema.namespace,
            *(each.namespace for each in elements),
            *(each.namespace for each in attributes),
        ]
        spaces = dict.fromkeys(filter(None, found))
        return {space: _PREFIXES.get(space, f"ns{number}") for number, space in enumerate(spaces)}

    def prefix(self, namespace: str) -> str:
        return f"{self.prefixes[namespace]}:" if namespace else ""

    def file(self, namespace: str) -> str:
        if namespace == self.schema.namespace:
            return f"{self.schema.ident}.xsd"
        return f"{self.prefixes.get(namespace, 'none')}.xsd"

    def documents(self) -> dict[str, str]:
        written: dict[str, list[etree._Element]] = {self.schema.namespace: []}
        for element in self.schema.elements.values():
            written.setdefault(element.namespace, []).append(self.element(element))
        for attribute in self.foreign_attributes():
            written.setdefault(attribute.namespace, []).append(self.foreign(attribute))
        main = written[self.schema.namespace]
        for table in (self.groups, self.classes, self.types.named):
            main += [table[name] for name in sorted(table)]
        return {self.file(namespace): self.document(namespace, nodes) for namespace, nodes in written.items()}

    def document(self, namespace: str, nodes: list[etree._Element]) -> str:
        attributes = {"elementFormDefault": "qualified"} | ({"targetNamespace": namespace} if namespace else {})
        root = etree.Element(f"{{{XSD_NS}}}schema", attributes)
        used = _prefixes(nodes)
        imports = [
            X("import", namespace=other, schemaLocation=self.file(other))
            for other, prefix in self.prefixes.items()
            if other != namespace and prefix in used
        ]
        prefixes: dict[str | None, str] = {"xs": XSD_NS}
        prefixes |= {prefix: space for space, prefix in self.prefixes.items() if prefix in used and space != XML_NS}
        comment = f"Made by teipipe from the ODD “{self.schema.ident}”: change that, and compile it again."
        return document(root, prefixes, comment, [*imports, *nodes])

    def annotation(self, docs: tuple[Doc, ...]) -> etree._Element | None:
        doc = self.schema.doc(docs)
        return X("annotation", X("documentation", str(doc))) if doc is not None and str(doc) else None

    def report(self, element: Element, rule: str, message: str) -> None:
        self.problems.append(fault(rule, f"“{element.name}” {message}", element.at))

    def element(self, element: Element) -> etree._Element:
        target = element.namespace
        key = (element.content, target)
        if key not in self.models:
            self.models[key] = model_of(element.content, lambda any_, child: self.includes(any_, child, target))
        model = self.models[key]
        for rule, message in model.notes:
            self.report(element, rule, message)
        attributes = [node for item in element.attributes for node in self.attribute(item)]
        for message in self.widened_attributes(element):
            self.report(element, "xsd-wider", message)
        content = self.complex_type(element, model, attributes)
        return X("element", self.annotation(element.docs), content, name=element.name)

    def widened_attributes(self, element: Element) -> Iterator[str]:
        for item in element.attributes:
            for alternatives in _choices(item):
                names = ", ".join(f"@{found.name}" for found, _ in each_attribute([alternatives]))
                yield f"may have any of {names}, or none, where the ODD makes it a choice"
        for found, _ in each_attribute(element.attributes):
            for message in self.types.widened.get(found.value, ()):
                yield f"has @{found.name}, which {message}"

    def complex_type(self, element: Element, model: Model, attributes: list[etree._Element]) -> etree._Element:
        if model.simple is None:
            particle = self.compositor(model.particle, element.namespace)
            return X("complexType", particle, *attributes, mixed="true" if model.mixed else None)
        base = self.types.name_of(model.simple) or self.types.name_content(model.simple, element.name)
        return X("complexType", X("simpleContent", X("extension", *attributes, base=base)))

    def attribute(self, item: AttributeItem, optional: bool = False) -> Iterator[etree._Element]:
        match item:
            case Attribute():
                yield self.declared(item, item.required and not optional)
            case OneOf(groups):
                for inner in (inner for group in groups for inner in group):
                    yield from self.attribute(inner, optional=True)
            case Inherited(ident, items):
                if optional:
                    for inner in items:
                        yield from self.attribute(inner, optional=True)
                    return
                if ident not in self.classes:
                    nodes = [node for inner in items for node in self.attribute(inner)]
                    self.classes[ident] = X("attributeGroup", *nodes, name=ident)
                yield X("attributeGroup", ref=self.prefix(self.schema.namespace) + ident)

    def declared(self, attribute: Attribute, required: bool) -> etree._Element:
        use = "required" if required else None
        if attribute.namespace:
            return X("attribute", ref=self.prefix(attribute.namespace) + attribute.name, use=use)
        name, simple = self.types.attribute_of(attribute.value)
        return X("attribute", self.annotation(attribute.docs), simple, name=attribute.name, type=name, use=use)

    def foreign_attributes(self) -> Iterator[Attribute]:
        """Each attribute that has a namespace, once; of several types, one that includes them all."""
        found: dict[tuple[str, str], list[Attribute]] = {}
        for element in self.schema.elements.values():
            for attribute, _ in each_attribute(element.attributes):
                if attribute.namespace:
                    found.setdefault((attribute.namespace, attribute.name), []).append(attribute)
        for attributes in found.values():
            values = dict.fromkeys(attribute.value for attribute in attributes)
            if len(values) > 1:
                name = f"{self.prefix(attributes[0].namespace)}{attributes[0].name}"
                message = f"@{name} has one type for all elements: any of those that the ODD gives it"
                self.problems.append(fault("xsd-wider", message, attributes[0].at))
            yield replace(attributes[0], value=schema.choice(values))

    def foreign(self, attribute: Attribute) -> etree._Element:
        name, simple = Types(None, self.annotation).attribute_of(attribute.value)
        return X("attribute", self.annotation(attribute.docs), simple, name=attribute.name, type=name)

    def compositor(self, particle: Pattern, target: str) -> etree._Element | None:
        """A particle as a complexType holds it."""
        if isinstance(particle, (schema.Nothing, schema.Never)):
            return None
        node = self.particle(particle, target)
        return X("sequence", node) if etree.QName(node).localname in ("element", "any") else node

    def particle(self, pattern: Pattern, target: str) -> etree._Element:
        match pattern:
            case schema.Child(key):
                element = self.schema.elements[key]
                return X("element", ref=self.prefix(element.namespace) + element.name)
            case schema.Wildcard():
                return self.wildcard(pattern, target)
            case schema.Named(ident, body):
                return X("group", ref=self.prefix(self.schema.namespace) + self.group(ident, body))
            case schema.Group(items):
                return X("sequence", *(self.particle(item, target) for item in items))
            case schema.Choice(items):
                return X("choice", *(self.particle(item, target) for item in items))
            case schema.Interleave(items):
                return X("all", *(self.particle(item, target) for item in items))
            case schema.Repeat(item, minimum, maximum):
                node = self.particle(item, target)
                if isinstance(item, schema.Repeat):
                    node = X("sequence", node)
                if minimum != 1:
                    node.set("minOccurs", str(minimum))
                if maximum != 1:
                    node.set("maxOccurs", "unbounded" if maximum is None else str(maximum))
                return node
            case _:
                raise AssertionError(f"no particle: {pattern}")

    def group(self, ident: str, body: Pattern) -> str:
        """The name of a named group, which may have no number of occurrences of its own."""
        if ident not in self.groups:
            self.groups[ident] = X("group", name=ident)
            node = self.particle(body, self.schema.namespace)
            plain = isinstance(body, (schema.Group, schema.Choice))
            self.groups[ident].append(node if plain else X("sequence", node))
        return ident

    def wildcard(self, wildcard: schema.Wildcard, target: str) -> etree._Element:
        if wildcard.only:
            return X("any", namespace=" ".join(wildcard.only), processContents="skip")
        if (target, None) not in wildcard.without:
            return X("any", processContents="skip")
        spaces = ["##other", "##local"] if target else ["##other"]
        parts = [X("any", namespace=space, processContents="skip") for space in spaces]
        return parts[0] if len(parts) == 1 else X("choice", *parts)

    def includes(self, wildcard: schema.Wildcard, key: str, target: str) -> bool:
        """Whether the wildcard, as XSD has it in a file for `target`, includes an element of the schema."""
        namespace = self.schema.elements[key].namespace
        if wildcard.only:
            return namespace in wildcard.only
        return (target, None) not in wildcard.without or namespace != target


def _prefixes(nodes: Iterable[etree._Element]) -> set[str]:
    """The prefixes in all references from these declarations."""
    references = ("ref", "type", "base", "itemType", "memberTypes")
    values = (node.get(name, "") for top in nodes for node in top.iter("*") for name in references)
    return {token.partition(":")[0] for value in values for token in value.split() if ":" in token}


def _choices(item: AttributeItem) -> Iterator[OneOf]:
    match item:
        case OneOf():
            yield item
        case Inherited(_, items):
            for inner in items:
                yield from _choices(inner)
