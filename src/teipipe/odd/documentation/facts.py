"""What is to be said of a schema: what its specifications say, and what follows from all of them together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeVar

from lxml import etree

from teipipe.diagnostics import Location
from teipipe.documents import Document
from teipipe.odd import model, schema
from teipipe.odd.attributes import Attributes
from teipipe.odd.content import Contents
from teipipe.odd.index import Index
from teipipe.odd.model import XML_NS
from teipipe.odd.node import TEI, children

#: So many relations between elements, or between elements and classes, are listed; the whole of TEI has 40,000.
MAX_PAIRS: Final = 150_000

_T = TypeVar("_T")
_LANGUAGE: Final = f"{{{XML_NS}}}lang"
_WRITTEN: Final = tuple(
    TEI + name for name in ("schemaSpec", "elementSpec", "classSpec", "macroSpec", "dataSpec", "attDef", "valItem")
)


@dataclass(frozen=True, slots=True)
class Owned:
    """An attribute where it is defined: by an element or a class, of this name."""

    kind: str
    owner: str
    attribute: schema.Attribute


class Facts:
    """A resolved schema, and the ODD that it was made from."""

    def __init__(self, document: Document, odd: model.Odd, resolved: schema.Schema) -> None:
        self.root = document.root
        self.odd = odd
        self.schema = resolved
        self.index = Index(odd)
        contents = Contents(self.index)
        attributes = Attributes(self.index, contents)
        self.elements: Mapping[str, schema.Element] = {
            key: resolved.elements[key]
            for key in sorted(resolved.elements, key=lambda key: in_order(resolved.elements[key].name))
        }
        self._order = {key: number for number, key in enumerate(self.elements)}
        self.classes = _sorted(self.index.classes)
        self.macros: Mapping[str, schema.Pattern] = {
            ident: contents.named(spec) for ident, spec in _sorted(self.index.macros).items()
        }
        self.datatypes: Mapping[str, schema.Pattern] = {
            ident: contents.named(spec) for ident, spec in _sorted(self.index.datatypes).items()
        }
        self.class_attributes: Mapping[str, tuple[schema.AttributeItem, ...]] = {
            ident: attributes.of_class(spec).items for ident, spec in self.classes.items() if not spec.is_model
        }
        self._written = {document.start(element): element for element in self.root.iter(*_WRITTEN)}
        self.used_by: dict[str, dict[tuple[str, str], None]] = {}
        self._relate()

    def written(self, at: Location) -> etree._Element | None:
        """The specification, attribute or value that is written at a place."""
        return self._written.get(at)

    def chosen(self, element: etree._Element, name: str) -> etree._Element | None:
        """The child of this name in the schema's language, or in English, or of no language, or the first one."""
        found: dict[str, etree._Element] = {}
        for child in children(element, name):
            if child.get("type") is None:
                found.setdefault(child.get(_LANGUAGE, ""), child)
        for language in (self.schema.language, "en", ""):
            if language in found:
                return found[language]
        return next(iter(found.values()), None)

    def all_chosen(self, element: etree._Element, name: str) -> list[etree._Element]:
        """All children of this name that are in the language of the one that would be chosen."""
        first = self.chosen(element, name)
        language = None if first is None else first.get(_LANGUAGE, "")
        return [child for child in children(element, name) if child.get(_LANGUAGE, "") == language]

    def own(self, items: Iterable[schema.AttributeItem], owner: str) -> list[tuple[schema.Attribute, bool]]:
        """The attributes among `items` that `owner` defines itself, and whether each must be there."""
        return [pair for pair in schema.each_attribute(items) if pair[0].owner == owner]

    def inherited(self, items: Iterable[schema.AttributeItem], owner: str) -> dict[str, list[schema.Attribute]]:
        """The attributes among `items` that come from classes, by these."""
        found: dict[str, list[schema.Attribute]] = {}
        for attribute, _ in schema.each_attribute(items):
            if attribute.owner != owner:
                found.setdefault(attribute.owner, []).append(attribute)
        return found

    def owned(self) -> Iterator[Owned]:
        """Every attribute where it is defined."""
        for ident, items in self.class_attributes.items():
            for attribute, _ in self.own(items, ident):
                yield Owned("class", ident, attribute)
        for key, element in self.elements.items():
            for attribute, _ in self.own(element.attributes, self.ident(key)):
                yield Owned("element", key, attribute)

    def ident(self, key: str) -> str:
        """The ident of an element's specification."""
        return self.index.elements[key].ident

    def members(self, ident: str) -> list[str] | None:
        """The elements of a class that are in the schema, by key, alphabetically; None if they are too many."""
        return None if self._members is None else self._members.get(ident, [])

    def _relate(self) -> None:
        within = _few(self._within()) or ()
        self.contains = _gathered(within)
        self.contained_by = _gathered((inner, outer) for outer, inner in within)
        memberships = _few(
            (ancestor.ident, key)
            for key in self.elements
            for ancestor in self.index.ancestors(self.index.elements[key])
        )
        self._members = None if memberships is None else _gathered(memberships)
        for key, element in self.elements.items():
            self._use(element.content, ("element", key))
        for kind, table in (("macro", self.macros), ("datatype", self.datatypes)):
            for ident, pattern in table.items():
                self._use(schema.bare(pattern), (kind, ident))
        for owned in self.owned():
            self._use(owned.attribute.value, ("attribute", attribute_key(owned.kind, owned.owner, owned.attribute)))

    def _within(self) -> Iterator[tuple[str, str]]:
        """Which element may have which directly in it."""
        for key, element in self.elements.items():
            names = {part.key for part in schema.walk(element.content) if isinstance(part, schema.Child)}
            yield from ((key, name) for name in sorted(names, key=self._order.__getitem__))

    def _use(self, pattern: schema.Pattern, user: tuple[str, str]) -> None:
        """Note what a pattern names itself, not what stands behind those names."""
        waiting = [pattern]
        while waiting:
            part = waiting.pop()
            if isinstance(part, schema.Named):
                self.used_by.setdefault(part.ident, {})[user] = None
            else:
                waiting.extend(reversed(schema.parts(part)))


def _few(pairs: Iterator[tuple[str, str]]) -> list[tuple[str, str]] | None:
    """The pairs, or None if a page could not hold them."""
    found = list(islice(pairs, MAX_PAIRS + 1))
    return found if len(found) <= MAX_PAIRS else None


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one, other in pairs:
        found.setdefault(one, []).append(other)
    return found


def attribute_name(attribute: schema.Attribute) -> str:
    """An attribute as documents write it."""
    return f"xml:{attribute.name}" if attribute.namespace == XML_NS else attribute.name


def attribute_key(kind: str, owner: str, attribute: schema.Attribute) -> str:
    """What an attribute is known by on the page."""
    return f"{kind}/{owner}/{{{attribute.namespace}}}{attribute.ident}"


def in_order(name: str) -> tuple[str, str]:
    """Names in the order of the alphabet, small and large letters alike."""
    return (name.casefold(), name)


def _sorted(table: Mapping[str, _T]) -> dict[str, _T]:
    return {name: table[name] for name in sorted(table, key=in_order)}
