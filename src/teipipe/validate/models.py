"""What a schema says about one element, worked out once for all elements of the kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from teipipe.validate import patterns
from teipipe.validate.patterns import EMPTY, Name, Pattern

if TYPE_CHECKING:
    from teipipe.validate.grammar import Grammar

_Result = TypeVar("_Result")


class Model:
    """The content of an element, its attributes and its children apart."""

    def __init__(self, content: Pattern) -> None:
        self.content = content
        self._allowed: dict[tuple[str, str], list[Pattern]] = {}
        self._children: dict[tuple[str, str], list[Pattern]] = {}

    @cached_property
    def attribute_leaves(self) -> list[Pattern]:
        """Every attribute pattern in it."""
        return list(patterns.leaves(self.content, "attribute"))

    @cached_property
    def element_leaves(self) -> list[Pattern]:
        """Every element pattern in it."""
        return list(patterns.leaves(self.content, "element"))

    @cached_property
    def attributes(self) -> Pattern:
        """What it says about attributes alone."""
        return patterns.attributes_only(self.content)

    @cached_property
    def inside(self) -> Pattern:
        """What it says about children and text alone."""
        return patterns.without(self.content, "attribute", EMPTY)

    @cached_property
    def has_text(self) -> bool:
        """Whether text may stand in it."""
        return patterns.allows_text(self.content)

    def values(self, namespace: str, local: str) -> list[Pattern]:
        """The contents that an attribute of this name may have; [] if there is no such attribute."""
        key = (namespace, local)
        if key not in self._allowed:
            self._allowed[key] = [leaf[2] for leaf in self.attribute_leaves if leaf[1].holds(*key)]
        return self._allowed[key]

    def definitions(self, namespace: str, local: str) -> list[Pattern]:
        """The definitions that a child of this name may follow; [] if it may stand nowhere in it."""
        key = (namespace, local)
        if key not in self._children:
            self._children[key] = [leaf for leaf in self.element_leaves if leaf[1].holds(*key)]
        return self._children[key]


class Models:
    """All models of a grammar, and the steps through them; each is worked out when it is first asked for."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.follower = patterns.Follower()
        self._models: dict[tuple[int, ...], tuple[Sequence[Pattern], Model]] = {}
        self._missing: dict[tuple[int, str], tuple[Pattern, object]] = {}
        self._by_name: dict[tuple[str, str], list[Pattern]] | None = None

    def model(self, definitions: Sequence[Pattern]) -> Model:
        """The model of an element that may follow any of these definitions."""
        key = tuple(id(definition[2]) for definition in definitions)
        if key not in self._models:
            content = patterns.choice(*map(self.grammar.content, definitions))
            self._models[key] = (definitions, Model(content))
        return self._models[key][1]

    def missing_elements(self, state: Pattern) -> tuple[Pattern, ...]:
        """The element patterns of which one still has to come."""
        return self._remembered(state, "elements", patterns.required_elements)

    def missing_attributes(self, state: Pattern) -> tuple[Name, ...]:
        """The names of attributes that still have to come."""
        return self._remembered(state, "attributes", patterns.required_attributes)

    def _remembered(self, state: Pattern, what: str, compute: Callable[[Pattern], _Result]) -> _Result:
        key = (id(state), what)
        if key not in self._missing:
            self._missing[key] = (state, compute(state))  # with the state, so that its id is never another's
        return self._missing[key][1]  # type: ignore[return-value]  # what was computed for `what`

    def anywhere(self, namespace: str, local: str) -> list[Pattern]:
        """Every definition of an element by this name."""
        return self._names().get((namespace, local), [])

    def names(self) -> set[str]:
        """The names of all elements of the schema."""
        return {local for _, local in self._names()}

    def _names(self) -> dict[tuple[str, str], list[Pattern]]:
        if self._by_name is None:
            self._by_name = {}
            for element in self.grammar.elements():
                name: Name = element[1]
                if name.namespace is not None and name.local is not None:
                    self._by_name.setdefault((name.namespace, name.local), []).append(element)
        return self._by_name
