"""The automaton that judges documents: its states and steps are worked out when a document first needs them.

An element is entered with a *vector* of patterns: the contents of all the element patterns that it may be (nearly
always one). What the parent goes on with, for each of them that fits in the end, is kept in an After on the stack. So
the automaton is deterministic, a step is one look-up, and nothing of the ancestors gets into the states.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from teipipe.relaxng.building import Model
from teipipe.relaxng.datatypes import Identity
from teipipe.relaxng.leaves import AttributeLeaf, ElementLeaf, StringLeaf
from teipipe.relaxng.patterns import Pattern
from teipipe.relaxng.strings import Acceptor, is_blank, is_contextual

#: Steps that one state remembers for names which the schema doesn't list: documents could hold any number of them.
_FOREIGN: Final = 2_000

Vector = tuple[Pattern, ...]
Key = str | tuple[str, ...]


class Check(NamedTuple):
    """That the value at `place` in the flat list of attributes fits; `known` are values that do."""

    place: int
    known: set[str]
    accepts: Acceptor


class Step:
    """What a set of attributes leads to.

    `state` if all `checks` hold, None if the attributes don't go together; `unknown` are those that the element can't
    have; `identities` are (index, kind) of attributes that name elements; `watched`: one of them is to be told of.
    """

    __slots__ = ("_outcomes", "checks", "identities", "leaves", "names", "opened", "state", "unknown", "watched")

    def __init__(self, opened: Opened, names: tuple[str, ...]) -> None:
        automaton = opened.automaton
        self.opened = opened
        self.names = names
        self.leaves: list[list[AttributeLeaf]] = [opened.attribute_leaves(name) for name in names]
        self.unknown = [name for name, leaves in zip(names, self.leaves, strict=True) if not leaves]
        self.watched = not automaton.watch.isdisjoint(names)
        checks: list[Check] = []
        identities: list[tuple[int, Identity]] = []
        for number, leaves in enumerate(self.leaves):
            for value in dict.fromkeys(leaf.value for leaf in leaves):
                acceptor = automaton.acceptor(value)
                if not acceptor.is_trivial:
                    checks.append(Check(2 * number + 1, acceptor.known, acceptor))
            kind = identity_of(leaves)
            if kind is not Identity.NONE:
                identities.append((2 * number + 1, kind))
        self.checks = tuple(checks)
        self.identities = tuple(identities)
        self._outcomes: dict[tuple[bool, ...], State | None] = {}
        self.state = None if self.unknown else self.outcome((True,) * len(checks))

    def outcome(self, truths: tuple[bool, ...]) -> State | None:
        """Where the attributes lead if these of the checks hold; None if such values don't fit."""
        if truths not in self._outcomes:
            failed = {
                (c.place // 2, c.accepts.pattern) for c, holds in zip(self.checks, truths, strict=True) if not holds
            }
            fitting = [
                frozenset(leaf for leaf in leaves if (number, leaf.value) not in failed)
                for number, leaves in enumerate(self.leaves)
            ]
            self._outcomes[truths] = self.opened.after(self.names, fitting)
        return self._outcomes[truths]

    def judge(self, attributes: Sequence[str], prefixes: Mapping[str, str]) -> State | None:
        """Where attributes of these names, with these values, lead."""
        if self.unknown:
            return None
        return self.outcome(tuple(accepts(attributes[place], prefixes) for place, _, accepts in self.checks))


class Opened(dict[Key, Step]):
    """An element whose name is known, and its attributes not yet: from their names to a Step.

    The key is the name where there is one attribute, a tuple of names otherwise. `bare` is the state without any.
    """

    __slots__ = ("_by_name", "_open_leaves", "automaton", "bare", "number", "vector")

    def __init__(self, automaton: Automaton, vector: Vector, number: int) -> None:
        super().__init__()
        self.automaton = automaton
        self.vector = vector
        self.number = number
        self._by_name: dict[str, list[AttributeLeaf]] | None = None
        self._open_leaves: list[AttributeLeaf] = []
        self.bare: State | None = self.after((), ())

    def __missing__(self, key: Key) -> Step:
        step = Step(self, (key,) if isinstance(key, str) else key)
        if len(self) < _FOREIGN:
            self[key] = step
        return step

    def attribute_leaves(self, name: str) -> list[AttributeLeaf]:
        """The attribute patterns that an attribute of this name may be."""
        if self._by_name is None:
            self._by_name = {}
            for leaf in dict.fromkeys(leaf for pattern in self.vector for leaf in pattern.leaves()):
                if isinstance(leaf, AttributeLeaf):
                    for known in leaf.names:
                        self._by_name.setdefault(known, []).append(leaf)
                    if leaf.is_open:
                        self._open_leaves.append(leaf)
        found = self._by_name.get(name, [])
        more = [leaf for leaf in self._open_leaves if leaf not in found and leaf.holds(name)]
        return [*found, *more]

    def after(self, names: Sequence[str], fitting: Sequence[frozenset[AttributeLeaf]]) -> State | None:
        """The state after these attributes, each being accepted by `fitting` attribute patterns; None if none fits."""
        patterns = self.automaton.model.patterns
        wanted = frozenset(names)
        vector = []
        for content in self.vector:
            pattern = patterns.without_attributes(content, wanted)
            for name, leaves in sorted(zip(names, fitting, strict=True), key=_first):
                pattern = patterns.consume(pattern, name, leaves)
            vector.append(patterns.without_attributes(pattern))
        return self.automaton.state(tuple(vector))


class After(dict[int, "State"]):
    """Where the parent goes on, by which patterns of the vector that the element was entered with fit in the end.

    The key is a set of bits. `rests[i][j]` is what is left of pattern j of the parent if pattern i of the element fits.
    """

    __slots__ = ("automaton", "number", "rests")

    def __init__(self, automaton: Automaton, rests: tuple[Vector, ...], number: int) -> None:
        super().__init__()
        self.automaton = automaton
        self.rests = rests
        self.number = number

    def __missing__(self, fitting: int) -> State:
        choice = self.automaton.model.patterns.choice
        rows = [row for number, row in enumerate(self.rests) if fitting >> number & 1]
        state = self.automaton.state(tuple(map(choice, zip(*rows, strict=True)))) if rows else None
        if state is None:
            raise NoStepError
        self[fitting] = state
        return state


class NoStepError(Exception):
    """The document doesn't fit: from here, no step leads on."""


class State(dict[str, tuple[Opened, After]]):
    """A place in the content of an element: from the name of a child to what is then entered, and what comes after it.

    Without children that have come up so far it is empty, and so false: compare it with None.

    `accept` are the bits of the patterns that may end here. `text` is the state after words, None where none may stand;
    `is_mixed`: they change nothing. `strings`: the text as a whole has to be judged when the element ends.
    """

    __slots__ = ("accept", "automaton", "is_mixed", "number", "strings", "text", "vector")

    def __init__(self, automaton: Automaton, vector: Vector, number: int) -> None:
        super().__init__()
        self.automaton = automaton
        self.vector = vector
        self.number = number
        self.accept = sum(1 << number for number, pattern in enumerate(vector) if pattern.nullable)
        leaves = [leaf for pattern in vector for leaf in pattern.leaves()]
        self.strings = tuple(dict.fromkeys(leaf for leaf in leaves if isinstance(leaf, StringLeaf)))
        self.text: State | None = self
        self.is_mixed = False

    def link(self) -> None:
        """Find out where text leads; after the automaton knows this state, which it may lead back to."""
        after = self.automaton.model.patterns.after_text
        self.text = self.automaton.state(tuple(after(pattern, frozenset()) for pattern in self.vector))
        self.is_mixed = self.text is self and not self.strings

    def __missing__(self, name: str) -> tuple[Opened, After]:
        automaton = self.automaton
        patterns = automaton.model.patterns
        starts = [patterns.start(pattern, name) for pattern in self.vector]
        contents: dict[Pattern, list[Pattern]] = {}
        for number, start in enumerate(starts):
            for leaf, rest in start.items():
                row = contents.setdefault(leaf.content, [patterns.nothing] * len(self.vector))
                row[number] = patterns.choice((row[number], rest))
        if not contents:
            raise NoStepError
        order = sorted(contents, key=_number)
        found = automaton.opened(tuple(order)), automaton.after(tuple(tuple(contents[one]) for one in order))
        if len(self) < _FOREIGN or name in automaton.names:
            self[name] = found
        return found

    def ended(self, text: str, prefixes: Mapping[str, str]) -> int:
        """The bits of the patterns that may end here after `text`, which is all that the element holds."""
        automaton = self.automaton
        fitting = frozenset(leaf for leaf in self.strings if automaton.fits(leaf, text, prefixes))
        after = automaton.model.patterns.after_text
        bits = self.accept if is_blank(text) else 0
        for number, pattern in enumerate(self.vector):
            if after(pattern, fitting).nullable:
                bits |= 1 << number
        return bits


class Automaton:
    """The automaton of one schema; grows as documents are judged. `watch`: attributes whose tags are to be told of."""

    def __init__(self, model: Model, watch: frozenset[str] = frozenset()) -> None:
        self.model = model
        self.watch = watch
        self.names = frozenset(name for leaf in model.elements for name in leaf.names)
        self.is_contextual = any(map(is_contextual, model.strings))
        self._states: dict[Vector, State] = {}
        self._opened: dict[Vector, Opened] = {}
        self._afters: dict[tuple[Vector, ...], After] = {}
        self._acceptors: dict[Pattern, Acceptor] = {}
        self._judge = Acceptor(model.patterns.empty, model.patterns)
        start = self.state((model.start,))
        self.start: State | None = start

    def state(self, vector: Vector) -> State | None:
        """The state of these patterns; None if nothing fits any of them."""
        found = self._states.get(vector)
        if found is None:
            nothing = self.model.patterns.nothing
            if all(pattern is nothing for pattern in vector):
                return None
            found = self._states[vector] = State(self, vector, len(self._states))
            found.link()
        return found

    def fixed(self, pattern: Pattern) -> State:
        """The state of one pattern that something fits."""
        state = self.state((pattern,))
        assert state is not None
        return state

    def opened(self, vector: Vector) -> Opened:
        """The element that may have any of these contents."""
        found = self._opened.get(vector)
        if found is None:
            found = self._opened[vector] = Opened(self, vector, len(self._opened))
        return found

    def after(self, rests: tuple[Vector, ...]) -> After:
        """What comes after an element."""
        found = self._afters.get(rests)
        if found is None:
            found = self._afters[rests] = After(self, rests, len(self._afters))
        return found

    def acceptor(self, value: Pattern) -> Acceptor:
        """The one judge of strings by this pattern."""
        found = self._acceptors.get(value)
        if found is None:
            found = self._acceptors[value] = Acceptor(value, self.model.patterns)
        return found

    def fits(self, leaf: StringLeaf, text: str, prefixes: Mapping[str, str]) -> bool:
        """Whether a text fits one string pattern."""
        return self._judge.fits(leaf, text, prefixes)

    def element_leaves(self, state: State, name: str) -> list[ElementLeaf]:
        """The element patterns that a child of this name may be."""
        start = self.model.patterns.start
        return list(dict.fromkeys(leaf for pattern in state.vector for leaf in start(pattern, name)))


def identity_of(leaves: Sequence[AttributeLeaf]) -> Identity:
    """What attributes that fit these patterns say about identity."""
    for leaf in leaves:
        for string in leaf.value.leaves():
            if isinstance(string, StringLeaf) and string.datatype is not None:
                if string.datatype.identity is not Identity.NONE:
                    return string.datatype.identity
            elif isinstance(string, StringLeaf) and string.tokens is not None:
                for token in string.tokens.leaves():
                    if (
                        isinstance(token, StringLeaf)
                        and token.datatype is not None
                        and token.datatype.identity is Identity.IDREF
                    ):
                        return Identity.IDREFS
    return Identity.NONE


def _number(pattern: Pattern) -> int:
    return pattern.number


def _first(pair: tuple[str, frozenset[AttributeLeaf]]) -> str:
    return pair[0]
