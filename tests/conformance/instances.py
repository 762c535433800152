"""Documents made from a schema: for each thing to show a fragment, on a line of its own, packed into few documents."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from teipipe.odd import schema
from teipipe.odd.model import XML_NS
from teipipe.odd.schema import Attribute, Child, Element, Inherited, OneOf, Schema, Symbol
from teipipe.odd.xsd_content import readable

from .samples import UNIQUE, of_pattern
from .words import Contents

#: How many fragments go into one document at most.
PACK: Final = 150


@dataclass(frozen=True, slots=True)
class Fragment:
    """An element as lines of markup, each with what it is there to show."""

    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Instance:
    """A document; `shows` says for each line (from 1) what is on it."""

    name: str
    text: str
    shows: Mapping[int, str]


class Instances:
    """Makes the documents for a schema."""

    def __init__(self, resolved: Schema) -> None:
        self.schema = resolved
        self.contents = Contents(resolved)
        self.numbers = itertools.count(1)
        self.unshown: list[str] = []
        self._smallest: dict[str, str] = {}

    def documents(self) -> Iterator[Instance]:
        """All documents, in the order of the elements."""
        for element in self.schema.elements.values():
            for number, pack in enumerate(_packs(list(self.fragments(element)), PACK), 1):
                yield from self.placed(element.key, pack, f"{element.name}-{number}")

    def fragments(self, element: Element) -> Iterator[Fragment]:
        """The element once for each content, and once for each value of each attribute."""
        for word in self.contents.words(element):
            text = "".join(self.symbol(symbol) for symbol in word)
            yield self.fragment(element, text, f"content {self.read(*word)} of {element.name}")
        if any(isinstance(part, (schema.Data, schema.Value, schema.Tokens)) for part in schema.walk(element.content)):
            for value, _ in of_pattern(element.content):
                yield self.fragment(element, escape(value), f"content “{value}” of {element.name}")
        inside = self.inside(element)
        together: dict[Attribute, str] = {}
        for attribute, others in self.attributes(element):
            samples = of_pattern(attribute.value)
            if not samples:
                self.unshown.append(f"no sample for {element.name}/@{attribute.name}")
            for value, _ in samples:
                shows = f"{element.name}/@{attribute.name}=“{value}”"
                yield self.fragment(element, inside, shows, {**others, attribute: value})
            if samples:
                together = {**together, **others, attribute: samples[0][0]}
        for exclusive in self.exclusive(element):
            together = {attribute: value for attribute, value in together.items() if attribute not in exclusive}
        if together:
            yield self.fragment(element, inside, f"{element.name} with all its attributes", together)

    def fragment(
        self, element: Element, inside: str, shows: str, attributes: Mapping[Attribute, str] | None = None
    ) -> Fragment:
        """A fragment of one line."""
        start, end = self.tags(element, attributes)
        return Fragment(((start + inside + end, shows),))

    def attributes(self, element: Element) -> Iterator[tuple[Attribute, dict[Attribute, str]]]:
        """Each attribute, with those that must be there beside it."""
        for attribute, _ in schema.each_attribute(element.attributes):
            yield attribute, self.needed(element, attribute)

    def needed(self, element: Element, wanted: Attribute | None = None) -> dict[Attribute, str]:
        """The attributes that an element must have, where it has `wanted`, with a value for each."""
        found: dict[Attribute, str] = {}
        for item in element.attributes:
            self._needed(item, wanted, found)
        return found

    def _needed(self, item: schema.AttributeItem, wanted: Attribute | None, found: dict[Attribute, str]) -> None:
        match item:
            case Attribute():
                if item.required and item != wanted:
                    found[item] = of_pattern(item.value)[0][0]
            case Inherited(_, items):
                for inner in items:
                    self._needed(inner, wanted, found)
            case OneOf(groups):
                chosen = [group for group in groups if any(a == wanted for a, _ in schema.each_attribute(group))]
                for inner in (chosen or groups)[0]:
                    self._needed(inner, wanted, found)

    def exclusive(self, element: Element) -> Iterator[set[Attribute]]:
        """The attributes of all but the first alternative of each choice."""
        for item in element.attributes:
            for choice in _choices(item):
                yield {attribute for group in choice.groups[1:] for attribute, _ in schema.each_attribute(group)}

    def smallest(self, key: str) -> str:
        """The smallest instance of an element."""
        if key not in self._smallest:
            element = self.schema.elements[key]
            start, end = self.tags(element)
            self._smallest[key] = start + self.inside(element) + end
        return self._smallest[key]

    def inside(self, element: Element) -> str:
        """The smallest content of an element."""
        word = self.contents.finish(element.key, 0)
        if not word and not schema.nullable(element.content):
            return escape(of_pattern(element.content)[0][0])
        return "".join(self.symbol(symbol) for symbol in word)

    def symbol(self, symbol: Symbol) -> str:
        """Markup for one step of a content model."""
        match symbol:
            case Child(key):
                return self.smallest(key)
            case schema.Chars():
                return "text "
            case schema.Wildcard(_, only):
                return f"<any:thing xmlns:any={quoteattr(only[0] if only else 'urn:any')}/>"

    def read(self, *word: Symbol) -> str:
        """A content in a short notation."""
        return f"({', '.join(map(readable, word))})"

    def tags(self, element: Element, attributes: Mapping[Attribute, str] | None = None) -> tuple[str, str]:
        """Start tag and end tag with these attributes, or with those that the element must have."""
        name, declarations = element.name, ""
        if element.namespace != self.schema.namespace:
            name, declarations = f"el:{name}", f" xmlns:el={quoteattr(element.namespace)}"
        for attribute, value in (self.needed(element) if attributes is None else attributes).items():
            prefix = "xml:" if attribute.namespace == XML_NS else ""
            if attribute.namespace and not prefix:
                prefix = "at:"
                declarations += f" xmlns:at={quoteattr(attribute.namespace)}"
            declarations += f" {prefix}{attribute.name}={quoteattr(value)}"
        return f"<{name}{declarations}>", f"</{name}>"

    @cached_property
    def hosts(self) -> Mapping[str, str | None]:
        """Where to put each element: the parent on the way to the start that has to be repeated least often."""
        hosts: dict[str, str | None] = dict.fromkeys(self.schema.start)
        far = dict.fromkeys(self.schema.start, (0, 0))
        changed = True
        while changed:
            changed = False
            for parent in self.schema.elements:
                if parent not in far:
                    continue
                for child in {
                    s.key for steps in self.contents.automata[parent].steps for s in steps if isinstance(s, Child)
                }:
                    repeats = self.contents.loop(parent, child) is None
                    there = (far[parent][0] + repeats, far[parent][1] + 1)
                    if child not in far or there < far[child]:
                        far[child], hosts[child], changed = there, parent, True
        return hosts

    def placed(self, key: str, fragments: list[Fragment], name: str) -> Iterator[Instance]:
        """Documents that hold the fragments, which are instances of one element, each on a line of its own."""
        parent = self.hosts[key]
        if parent is None:
            for number, fragment in enumerate(fragments, 1):
                yield self.document(fragment, name if len(fragments) == 1 else f"{name}-{number}")
            return
        element = self.schema.elements[parent]
        loop = self.contents.loop(parent, key)
        before, after = loop or self.contents.once(parent, key) or ((), ())
        begin, end = ("".join(map(self.symbol, word)) for word in (before, after))
        start, close = self.tags(element)
        packs = [fragments] if loop else [[fragment] for fragment in fragments]
        wrapped = [
            Fragment(((start + begin, ""), *(line for fragment in pack for line in fragment.lines), (end + close, "")))
            for pack in packs
        ]
        yield from self.placed(parent, wrapped, name)

    def document(self, fragment: Fragment, name: str) -> Instance:
        """A document around a start element."""
        text = "\n".join(line for line, _ in fragment.lines) + "\n"
        text = re.sub(re.escape(UNIQUE), lambda _: f"i{next(self.numbers)}", text)
        text = re.sub(r"^<[^\s/>]+", rf"\g<0> xmlns={quoteattr(self.schema.namespace)}", text)
        shows = {number: what for number, (_, what) in enumerate(fragment.lines, 1)}
        return Instance(f"{name}.xml", text, shows)


def _choices(item: schema.AttributeItem) -> Iterator[OneOf]:
    match item:
        case OneOf():
            yield item
        case Inherited(_, items):
            for inner in items:
                yield from _choices(inner)


def _packs(fragments: list[Fragment], size: int) -> Iterator[list[Fragment]]:
    for begin in range(0, len(fragments), size):
        yield fragments[begin : begin + size]
