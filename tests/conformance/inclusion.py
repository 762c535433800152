"""A proof beside the examples: every content that our schema allows is one that the TEI's RELAX NG allows.

The TEI's grammar is read into the same patterns as ours; then the automata of both content models of each element walk
side by side. Of attributes it compares which there may be, and which there must be; values are left to the examples.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree

from teipipe.odd import schema
from teipipe.odd.automaton import Automaton, automaton
from teipipe.odd.model import XML_NS
from teipipe.odd.rng import RNG_NS
from teipipe.odd.schema import Child, Element, Pattern, Schema, Symbol
from teipipe.odd.xsd_content import readable

_RNG: Final = f"{{{RNG_NS}}}"
#: For each attribute, whether an element must have it.
Attributes = Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Wider:
    """Something that our schema allows, or doesn't ask for, and the TEI's does not."""

    element: str
    message: str


def wider(resolved: Schema, tei_all: Path) -> Iterator[Wider]:
    """Where our schema allows more than the TEI's."""
    theirs = _Grammar(tei_all, {_name(element) for element in resolved.elements.values()})
    for element in resolved.elements.values():
        if _name(element) not in theirs.elements:
            yield Wider(element.name, "is no element of it")
            continue
        content, attributes = theirs.element(_name(element))
        for message in (*_content(resolved, element, content), *_attributes(element, attributes)):
            yield Wider(element.name, message)


def _name(element: Element) -> str:
    return f"{{{element.namespace}}}{element.name}"


def _content(resolved: Schema, element: Element, theirs: Pattern) -> Iterator[str]:
    """A content that is ours and not theirs, if there is one."""
    ours, wide = automaton(element.content), automaton(theirs)
    waiting: list[tuple[int, int, tuple[Symbol, ...]]] = [(0, 0, ())]
    seen = {(0, 0)}
    while waiting:
        one, other, way = waiting.pop(0)
        if ours.accepting[one] and not wide.accepting[other]:
            yield f"may end after {_read(way)}"
            return
        for symbol, target in ours.steps[one].items():
            after = _step(wide, other, symbol, resolved)
            if after is None:
                yield f"may have {_read((*way, symbol))}"
                return
            if (target, after) not in seen:
                seen.add((target, after))
                waiting.append((target, after, (*way, symbol)))


def _step(machine: Automaton, state: int, symbol: Symbol, resolved: Schema) -> int | None:
    if isinstance(symbol, Child):
        symbol = Child(_name(resolved.elements[symbol.key]))
    elif isinstance(symbol, schema.Wildcard):
        symbol = schema.Wildcard(())
    return machine.steps[state].get(symbol)


def _read(way: tuple[Symbol, ...]) -> str:
    return f"({', '.join(map(readable, way))})"


def _attributes(element: Element, theirs: Attributes) -> Iterator[str]:
    ours: dict[str, bool] = {}
    for attribute, required in schema.each_attribute(element.attributes):
        name = f"{{{attribute.namespace}}}{attribute.name}" if attribute.namespace else attribute.name
        ours[name] = ours.get(name, False) or required
    yield from (f"may have @{name}" for name in ours if name not in theirs)
    yield from (f"need not have @{name}" for name, required in theirs.items() if required and not ours.get(name))


class _Grammar:
    """A RELAX NG grammar, as far as it concerns elements of some names."""

    def __init__(self, path: Path, names: set[str]) -> None:
        root = etree.parse(path, etree.XMLParser(remove_comments=True, huge_tree=True, collect_ids=False)).getroot()
        self.namespace = root.get("ns", "")
        self.names = names
        self.definitions: dict[str, list[etree._Element]] = {}
        self.elements: dict[str, list[etree._Element]] = {}
        for definition in root.iter(_RNG + "define"):
            self.definitions.setdefault(definition.get("name", ""), []).append(definition)
        for node in root.iter(_RNG + "element"):
            if node.get("name") is not None:
                self.elements.setdefault(self.element_name(node), []).append(node)
        self.read: dict[str, tuple[Pattern, Attributes]] = {}

    def element_name(self, node: etree._Element) -> str:
        spaces = [each.get("ns") for each in (node, *node.iterancestors()) if each.get("ns") is not None]
        return f"{{{spaces[0] if spaces else ''}}}{node.get('name', '').strip()}"

    def element(self, name: str) -> tuple[Pattern, Attributes]:
        """The content and the attributes of an element, of all that have this name."""
        found = [self.together(node) for node in self.elements[name]]
        return schema.choice(content for content, _ in found), _either([attributes for _, attributes in found])

    def together(self, node: etree._Element) -> tuple[Pattern, Attributes]:
        """The children of a node in sequence."""
        found = [self.pattern(child) for child in node.iterchildren(_RNG + "*")]
        return schema.group(content for content, _ in found), _both([attributes for _, attributes in found])

    def pattern(self, node: etree._Element) -> tuple[Pattern, Attributes]:
        """What a node says about children, and what about attributes."""
        kind = etree.QName(node).localname
        match kind:
            case "ref":
                return self.reference(node.get("name", ""))
            case "attribute":
                return schema.NOTHING, dict.fromkeys(self.attribute_name(node), True)
            case "choice":
                found = [self.pattern(child) for child in node.iterchildren(_RNG + "*")]
                possible = [attributes for content, attributes in found if content != schema.NEVER]
                return schema.choice(content for content, _ in found), _either(possible)
            case "interleave":
                found = [self.pattern(child) for child in node.iterchildren(_RNG + "*")]
                return schema.interleave(content for content, _ in found), _both([each for _, each in found])
            case "optional" | "zeroOrMore":
                content, inner = self.together(node)
                return schema.repeat(content, 0, 1 if kind == "optional" else None), dict.fromkeys(inner, False)
            case "oneOrMore":
                content, inner = self.together(node)
                return schema.repeat(content, 1, None), inner
            case "mixed":
                content, inner = self.together(node)
                return schema.interleave([schema.CHARS, content]), inner
            case "group" | "div":
                return self.together(node)
            case _:
                return self.leaf(node, kind), {}

    def leaf(self, node: etree._Element, kind: str) -> Pattern:
        if kind == "element":
            if node.get("name") is None:
                return schema.Wildcard(())
            name = self.element_name(node)
            return Child(name) if name in self.names else schema.NEVER
        leaves: dict[str, Pattern] = {"text": schema.CHARS, "notAllowed": schema.NEVER}
        return leaves.get(kind, schema.NOTHING)

    def attribute_name(self, node: etree._Element) -> list[str]:
        name = node.get("name")
        if name is None:
            return []
        prefix, colon, local = name.strip().rpartition(":")
        if colon:
            return [f"{{{XML_NS if prefix == 'xml' else node.nsmap[prefix]}}}{local}"]
        return [f"{{{node.get('ns')}}}{local}" if node.get("ns") else local]

    def reference(self, name: str) -> tuple[Pattern, Attributes]:
        if name not in self.read:
            self.read[name] = (schema.NEVER, {})  # what refers to itself without an element between is not allowed
            found = [self.together(definition) for definition in self.definitions.get(name, ())]
            if any(definition.get("combine") == "interleave" for definition in self.definitions.get(name, ())):
                self.read[name] = schema.interleave(each for each, _ in found), _both([each for _, each in found])
            else:
                self.read[name] = schema.choice(each for each, _ in found), _either([each for _, each in found])
        return self.read[name]


def _both(parts: list[Attributes]) -> Attributes:
    return {name: any(part.get(name, False) for part in parts) for part in parts for name in part}


def _either(parts: list[Attributes]) -> Attributes:
    return {name: all(part.get(name, False) for part in parts) for part in parts for name in part}
