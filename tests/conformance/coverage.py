"""What a set of documents shows of a schema: counted in the documents, not in what they were made for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from lxml import etree

from teipipe.odd import schema
from teipipe.odd.schema import Attribute, Child, Data, Element, Pattern, Schema, Symbol, Value

from .samples import fits
from .words import Contents, Step


@dataclass(slots=True)
class Coverage:
    """Names of what a schema has, or of what documents show, by kind."""

    elements: set[str] = field(default_factory=set)
    attributes: set[tuple[str, str]] = field(default_factory=set)
    values: set[tuple[str, str, Pattern]] = field(default_factory=set)
    steps: set[tuple[str, Step]] = field(default_factory=set)

    def counts(self, whole: Coverage) -> dict[str, tuple[int, int]]:
        """For each kind how many are shown, and how many there are."""
        return {
            "elements": (len(self.elements & whole.elements), len(whole.elements)),
            "attributes": (len(self.attributes & whole.attributes), len(whole.attributes)),
            "values and datatypes": (len(self.values & whole.values), len(whole.values)),
            "steps of content models": (len(self.steps & whole.steps), len(whole.steps)),
        }

    def missing(self, whole: Coverage) -> list[str]:
        """What there is and isn't shown."""
        return [
            *sorted(f"element {name}" for name in whole.elements - self.elements),
            *sorted(f"attribute {name}/@{attribute}" for name, attribute in whole.attributes - self.attributes),
            *sorted(f"value {name}/@{attribute}: {value}" for name, attribute, value in whole.values - self.values),
            *sorted(f"content of {name}: {step}" for name, step in whole.steps - self.steps),
        ]


def whole_of(contents: Contents) -> Coverage:
    """All that a schema has."""
    found = Coverage()
    for key, element in contents.schema.elements.items():
        found.elements.add(key)
        found.steps |= {(key, step) for step in contents.steps(key)}
        for attribute, _ in schema.each_attribute(element.attributes):
            name = _clark(attribute)
            found.attributes.add((key, name))
            found.values |= {(key, name, leaf) for leaf in leaves(attribute.value)}
    return found


@cache
def leaves(pattern: Pattern) -> tuple[Pattern, ...]:
    """The values and datatypes in the pattern of an attribute."""
    return tuple(dict.fromkeys(part for part in schema.walk(pattern) if isinstance(part, (Data, Value))))


def shown_by(contents: Contents, documents: Iterable[str]) -> Coverage:
    """What documents show of a schema."""
    found = Coverage()
    keys = {(element.namespace, element.name): key for key, element in contents.schema.elements.items()}
    known = {
        key: {_clark(attribute): attribute for attribute, _ in schema.each_attribute(element.attributes)}
        for key, element in contents.schema.elements.items()
    }
    for document in documents:
        for node in etree.fromstring(document.encode()).iter("*"):
            name = etree.QName(node)
            key = keys.get((name.namespace or "", name.localname))
            if key is None:
                continue
            found.elements.add(key)
            _attributes(key, node, known[key], found)
            found.steps |= {(key, step) for step in _taken(contents, key, node, keys)}
    return found


def _attributes(key: str, node: etree._Element, known: dict[str, Attribute], found: Coverage) -> None:
    for name, value in node.attrib.items():
        attribute = known[str(name)]
        found.attributes.add((key, str(name)))
        for leaf in leaves(attribute.value):
            if any(_matches(leaf, token) for token in {str(value), *str(value).split()}):
                found.values.add((key, str(name), leaf))


@cache
def _matches(leaf: Pattern, value: str) -> bool:
    if isinstance(leaf, Value):
        return " ".join(value.split()) == leaf.value
    return isinstance(leaf, Data) and fits(leaf, value)


def _taken(contents: Contents, key: str, node: etree._Element, keys: dict[tuple[str, str], str]) -> Iterable[Step]:
    """The steps that the children of an element take through its content model."""
    steps = contents.automata[key].steps
    state = 0
    for symbol in _symbols(node, keys, contents.schema):
        if symbol not in steps[state]:
            if isinstance(symbol, schema.Chars):
                continue  # white space between elements
            return
        yield Step(state, symbol)
        state = steps[state][symbol]
    yield Step(state, None)


def _symbols(node: etree._Element, keys: dict[tuple[str, str], str], resolved: Schema) -> Iterable[Symbol]:
    if (node.text or "").strip():
        yield schema.CHARS
    for child in node.iterchildren("*"):
        name = etree.QName(child)
        key = keys.get((name.namespace or "", name.localname))
        yield Child(key) if key is not None else _wildcard(resolved.elements[keys[_name(node)]])
        if (child.tail or "").strip():
            yield schema.CHARS


def _name(node: etree._Element) -> tuple[str, str]:
    name = etree.QName(node)
    return (name.namespace or "", name.localname)


def _wildcard(element: Element) -> Symbol:
    return next(part for part in schema.walk(element.content) if isinstance(part, schema.Wildcard))


def _clark(attribute: Attribute) -> str:
    return f"{{{attribute.namespace}}}{attribute.name}" if attribute.namespace else attribute.name
