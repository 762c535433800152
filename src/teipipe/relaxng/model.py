"""A schema ready for use: its patterns and their leaves, made from the simple form or out of plain data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from teipipe.relaxng.datatypes import datatype
from teipipe.relaxng.leaves import AttributeLeaf, ElementLeaf, Leaf, StringLeaf, is_contextual
from teipipe.relaxng.pattern import ATTRIBUTE, ELEMENT, STRING, Pattern
from teipipe.relaxng.patterns import Patterns, Row
from teipipe.relaxng.simple import AnyName, Name, NameChoice, NameClass, NsName

#: A value of JSON.
Plain = Any


class Model:
    """A schema: its `patterns`, the one that a document has to fit (`start`), and every leaf, by its number."""

    def __init__(self, patterns: Patterns, start: Pattern) -> None:
        self.patterns = patterns
        self.start = start
        #: How many of the patterns are the schema's own, which come first: the others were left of them.
        self.own = len(patterns.rows)
        self.elements: list[ElementLeaf] = []
        self.attributes: list[AttributeLeaf] = []
        self.strings: list[StringLeaf] = []

    @property
    def element_names(self) -> frozenset[str]:
        """Every name of an element that the schema lists."""
        return frozenset(name for leaf in self.elements for name in leaf.names)

    @property
    def is_contextual(self) -> bool:
        """Whether prefixes change the meaning of a string somewhere in it."""
        return any(map(is_contextual, self.strings))

    def complete(self) -> None:
        """Make every leaf, of a model out of plain data that makes them one by one."""


class StoredModel(Model):
    """A schema out of plain data: patterns and leaves are made of it when they are first needed."""

    def __init__(self, data: Plain) -> None:
        self._data = data
        self._made: dict[tuple[int, int], Leaf] = {}
        patterns = Patterns(data["patterns"], self._leaf)
        super().__init__(patterns, patterns.at(data["start"]))
        self.own = data["own"]

    @property
    def element_names(self) -> frozenset[str]:
        """As Model says."""
        return frozenset(self._data["element names"])

    @property
    def is_contextual(self) -> bool:
        """As Model says."""
        return bool(self._data["contextual"])

    def complete(self) -> None:
        """As Model says."""
        if not self.elements:
            for kind, table in ((ELEMENT, "elements"), (ATTRIBUTE, "attributes"), (STRING, "strings")):
                for number in range(len(self._data[table])):
                    match self._leaf(kind, number):
                        case ElementLeaf() as element:
                            self.elements.append(element)
                        case AttributeLeaf() as attribute:
                            self.attributes.append(attribute)
                        case StringLeaf() as string:
                            self.strings.append(string)

    def _leaf(self, kind: int, number: int) -> Leaf:
        found = self._made.get((kind, number))
        if found is None:
            make: Callable[[int], Leaf]
            make = self._element if kind == ELEMENT else self._attribute if kind == ATTRIBUTE else self._string
            found = self._made[kind, number] = make(number)
        return found

    def _element(self, number: int) -> ElementLeaf:
        names, content, documentation = self._data["elements"][number]
        leaf = ElementLeaf(number, _class_from(names), documentation)
        leaf.content = lambda: self.patterns.at(content)
        return leaf

    def _attribute(self, number: int) -> AttributeLeaf:
        names, value, documentation = self._data["attributes"][number]
        return AttributeLeaf(number, _class_from(names), self.patterns.at(value), documentation)

    def _string(self, number: int) -> StringLeaf:
        library, name, params, text, prefixes, without, tokens, documentation = self._data["strings"][number]
        at = self.patterns.at
        return StringLeaf(
            number,
            None if name is None else datatype(library, name, [(key, value) for key, value in params]),
            text=text,
            prefixes=prefixes,
            without=None if without is None else at(without),
            tokens=None if tokens is None else at(tokens),
            documentation=documentation,
        )


def renewed(model: Model) -> Model:
    """The model with nothing but the schema's own patterns."""
    plain = as_plain(model)
    return StoredModel({**plain, "patterns": plain["patterns"][: model.own]})


def as_plain(model: Model) -> Plain:
    """The model as values of JSON, which StoredModel takes."""
    model.complete()
    rows: list[Row] = model.patterns.rows
    for number in range(len(rows)):
        model.patterns.at(number)  # what makes no sense is not passed on
    return {
        "own": model.own,
        "patterns": rows,
        "start": model.start.number,
        "element names": sorted(model.element_names),
        "contextual": model.is_contextual,
        "elements": [[_plain(leaf.name_class), leaf.content.number, leaf.documentation] for leaf in model.elements],
        "attributes": [[_plain(leaf.name_class), leaf.value.number, leaf.documentation] for leaf in model.attributes],
        "strings": [_plain_string(leaf) for leaf in model.strings],
    }


def _plain_string(leaf: StringLeaf) -> Plain:
    kind = leaf.datatype
    return [
        None if kind is None else kind.library,
        None if kind is None else kind.name,
        () if kind is None else kind.params,
        leaf.text,
        dict(leaf.prefixes),
        None if leaf.without is None else leaf.without.number,
        None if leaf.tokens is None else leaf.tokens.number,
        leaf.documentation,
    ]


def _plain(name_class: NameClass) -> Plain:
    match name_class:
        case Name(qualified=name):
            return name
        case AnyName(without=without):
            return ["any", None if without is None else _plain(without)]
        case NsName(uri=uri, without=without):
            return ["namespace", uri, None if without is None else _plain(without)]
        case NameChoice(classes=classes):
            return ["choice", *map(_plain, classes)]


def _class_from(plain: Plain) -> NameClass:
    if isinstance(plain, str):
        return Name(plain)
    kind, *rest = plain
    if kind == "choice":
        classes = (_class_from(one) for one in rest)
        return NameChoice(tuple(one for one in classes if not isinstance(one, NameChoice)))
    without = None if rest[-1] is None else _class_from(rest[-1])
    return AnyName(without) if kind == "any" else NsName(rest[0], without)
