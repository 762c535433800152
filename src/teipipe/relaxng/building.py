"""From a schema in the simple form to patterns that a document can be held against."""

from __future__ import annotations

from typing import Final

from teipipe.relaxng import simple
from teipipe.relaxng.leaves import AttributeLeaf, ElementLeaf, StringLeaf
from teipipe.relaxng.model import Model
from teipipe.relaxng.pattern import ELEMENT, Pattern
from teipipe.relaxng.patterns import Patterns

#: A documented limit: patterns within each other; of those that come one after the other, each holds the next.
MAX_DEPTH: Final = 4_000


def build(grammar: simple.Grammar) -> Model:
    """The model of a schema."""
    return _Builder().build(grammar)


class _Builder:
    def __init__(self) -> None:
        self.patterns = Patterns()
        self.model = Model(self.patterns, self.patterns.nothing)
        self.depths: list[int] = []
        self.done: dict[int, Pattern] = {}
        self.leaves: dict[int, ElementLeaf] = {}
        self.todo: list[tuple[simple.Element, ElementLeaf]] = []
        # Equal strings are one leaf: a value is judged once, wherever its datatype comes up.
        self.known_strings: dict[object, StringLeaf] = {}
        self.known_attributes: dict[object, AttributeLeaf] = {}

    def build(self, grammar: simple.Grammar) -> Model:
        self.model.start = self.convert(grammar.start)
        while self.todo:
            element, leaf = self.todo.pop()
            leaf.content = self.convert(element.content)
            if self.deepest() > MAX_DEPTH:
                raise element.node.error(
                    f"what it holds is nested, or one after the other, more than {MAX_DEPTH:,} deep"
                )
        self.model.own = len(self.patterns.rows)
        return self.model

    def deepest(self) -> int:
        """How deeply those patterns are nested that came up since this was last asked."""
        known = len(self.depths)
        for kind, *parts in self.patterns.rows[known:]:  # parts are older than what they are part of
            inner = () if kind >= ELEMENT else [self.depths[part] for part in parts]
            self.depths.append(1 + max(inner, default=0))
        return max(self.depths[known:], default=0)

    def convert(self, root: simple.Pattern) -> Pattern:
        """What a pattern of the simple form is here; on a stack of its own, since references make deep chains."""
        stack: list[tuple[simple.Pattern, bool]] = [(root, False)]
        while stack:
            pattern, is_ready = stack.pop()
            if id(pattern) in self.done:
                continue
            if not is_ready:
                stack.append((pattern, True))
                stack += [(part, False) for part in reversed(_parts(pattern))]
            else:
                self.done[id(pattern)] = self.combine(pattern)
        return self.done[id(root)]

    def combine(self, pattern: simple.Pattern) -> Pattern:
        make = self.patterns
        parts = [self.done[id(part)] for part in _parts(pattern)]
        match pattern:
            case simple.Empty():
                return make.empty
            case simple.NotAllowed():
                return make.nothing
            case simple.Text():
                return make.text
            case simple.Choice():
                return make.choice(parts)
            case simple.Group():
                return make.groups(parts)
            case simple.Interleave():
                return make.interleave(parts)
            case simple.OneOrMore():
                return make.more(parts[0])
            case simple.Element():
                return self.element(pattern)
            case simple.Attribute():
                return self.attribute(pattern, parts[0])
            case _:
                return self.string(pattern, parts)

    def element(self, pattern: simple.Element) -> Pattern:
        leaf = self.leaves.get(id(pattern))
        if leaf is None:
            leaf = ElementLeaf(len(self.model.elements), pattern.name_class, pattern.documentation)
            self.leaves[id(pattern)] = leaf
            self.model.elements.append(leaf)
            self.todo.append((pattern, leaf))
        return self.patterns.leaf(leaf)

    def attribute(self, pattern: simple.Attribute, value: Pattern) -> Pattern:
        if value is self.patterns.nothing:
            return self.patterns.nothing
        key = (pattern.name_class, value, pattern.documentation)
        leaf = self.known_attributes.get(key)
        if leaf is None:
            leaf = AttributeLeaf(len(self.model.attributes), pattern.name_class, value, pattern.documentation)
            self.known_attributes[key] = leaf
            self.model.attributes.append(leaf)
        return self.patterns.leaf(leaf)

    def string(self, pattern: simple.Pattern, parts: list[Pattern]) -> Pattern:
        number = len(self.model.strings)
        key: object
        match pattern:
            case simple.Data(datatype=datatype):
                without = parts[0] if parts else None
                key = (datatype.library, datatype.name, datatype.params, without)
                leaf = StringLeaf(number, datatype, without=without)
            case simple.Value(datatype=datatype, text=text, namespaces=prefixes):
                prefixes = prefixes if datatype.is_contextual else {}
                documentation = pattern.node.documentation
                key = (datatype.library, datatype.name, text, tuple(sorted(prefixes.items())), documentation)
                leaf = StringLeaf(number, datatype, text=text, prefixes=prefixes, documentation=documentation)
            case _:
                if parts[0] is self.patterns.nothing:
                    return self.patterns.nothing
                key = parts[0]
                leaf = StringLeaf(number, None, tokens=parts[0])
        if key not in self.known_strings:
            self.known_strings[key] = leaf
            self.model.strings.append(leaf)
        return self.patterns.leaf(self.known_strings[key])


def _parts(pattern: simple.Pattern) -> list[simple.Pattern]:
    """What has to be converted before the pattern itself."""
    match pattern:
        case simple.Choice() | simple.Group() | simple.Interleave():
            return pattern.parts
        case simple.OneOrMore() | simple.List() | simple.Attribute():
            return [pattern.part]
        case simple.Data(without=without) if without is not None:
            return [without]
        case _:
            return []
