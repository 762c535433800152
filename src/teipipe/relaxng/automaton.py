"""The automaton that judges documents: its states and steps are worked out when a document first needs them.

An element is entered with a *vector* of patterns: the contents of all the element patterns that it may be (nearly
always one). What the parent goes on with, for each of them that fits in the end, is kept in an After on the stack. So
the automaton is deterministic, a step is one look-up, and nothing of the ancestors gets into the states.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from teipipe.relaxng.leaves import AttributeLeaf, StringLeaf
from teipipe.relaxng.model import Model, Plain, renewed
from teipipe.relaxng.pattern import Pattern
from teipipe.relaxng.room import Room
from teipipe.relaxng.steps import Step
from teipipe.relaxng.strings import Acceptor, is_blank
from teipipe.scan import MAX_ATTRIBUTES, MAX_NAME

#: Steps that one state remembers for names which the schema doesn't list: documents could hold any number of them.
_FOREIGN: Final = 2_000

#: About how many bytes a state, an Opened, a Step or an After takes; a step from one; each thing that it lists.
_OBJECT: Final = 700
_TURN: Final = 150
_ITEM: Final = 60

Vector = tuple[Pattern, ...]
#: A vector in numbers of patterns.
Numbers = tuple[int, ...]
Key = str | tuple[str, ...]


@dataclass(slots=True)
class Stored:
    """What an automaton had worked out when it was stored, as lists of numbers; see `as_plain`."""

    states: list[Plain] = field(default_factory=list)
    opened: list[Plain] = field(default_factory=list)
    afters: list[Plain] = field(default_factory=list)
    taken: int = 0


class Opened(dict[Key, Step]):
    """An element whose name is known, and its attributes not yet: from their names to a Step.

    The key is the name where there is one attribute, a tuple of names otherwise. `bare` is the state without any.
    Like a State it may be empty, and so false: compare it with None.
    """

    def __init__(self, automaton: Automaton, numbers: Numbers, number: int, stored: Plain = None) -> None:
        super().__init__()
        self.automaton = automaton
        self.numbers = numbers
        self.number = number
        self._steps: list[Plain] = [] if stored is None else stored[2]
        if stored is None:
            self.bare = self.after((), ())
        else:
            self.bare = None if stored[1] is None else automaton.state_at(stored[1])

    @cached_property
    def vector(self) -> Vector:
        """The contents that it may have."""
        return tuple(map(self.automaton.model.patterns.at, self.numbers))

    def __missing__(self, key: Key) -> Step:
        if self._steps:
            for names, stored in self._steps:
                known = names[0] if len(names) == 1 else tuple(names)
                self.setdefault(known, Step(self, tuple(names), stored))
            self._steps = []
            return self[key]
        if isinstance(key, tuple) and len(key) > MAX_ATTRIBUTES:
            raise NoStepError
        step = Step(self, (key,) if isinstance(key, str) else key)
        if len(self) < _FOREIGN:
            self.automaton.room.take(_OBJECT + _ITEM * (len(step.names) + 5 * len(step.checks)))
            self[key] = step
            self.automaton.news += 1
        return step

    def step(self, attributes: Sequence[str]) -> Step:
        """The step for these attributes, as expat lists them: names and values in turn, at least one of each."""
        return self[attributes[0] if len(attributes) == 2 else tuple(attributes[::2])]

    @cached_property
    def _leaves(self) -> tuple[dict[str, list[AttributeLeaf]], list[AttributeLeaf]]:
        """The attribute patterns by the names that they list, and those that hold others as well."""
        by_name: dict[str, list[AttributeLeaf]] = {}
        is_open: list[AttributeLeaf] = []
        for leaf in dict.fromkeys(leaf for pattern in self.vector for leaf in pattern.leaves()):
            if isinstance(leaf, AttributeLeaf):
                for known in leaf.names:
                    by_name.setdefault(known, []).append(leaf)
                if leaf.is_open:
                    is_open.append(leaf)
        return by_name, is_open

    def attribute_leaves(self, name: str) -> list[AttributeLeaf]:
        """The attribute patterns that an attribute of this name may be."""
        by_name, is_open = self._leaves
        found = by_name.get(name, [])
        return [*found, *(leaf for leaf in is_open if leaf not in found and leaf.holds(name))]

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

    def as_plain(self) -> Plain:
        """As `stored` in the constructor."""
        steps = self._steps or [step.as_plain() for step in self.values()]
        return [self.numbers, None if self.bare is None else self.bare.number, steps]


class After(dict[int, "State"]):
    """Where the parent goes on, by which patterns of the vector that the element was entered with fit in the end.

    The key is a set of bits. `rests[i][j]` is what is left of pattern j of the parent if pattern i of the element fits.
    """

    def __init__(self, automaton: Automaton, rests: tuple[Numbers, ...], number: int, stored: Plain = None) -> None:
        super().__init__()
        self.automaton = automaton
        self.rests = rests
        self.number = number
        self._stored: dict[int, int] = {} if stored is None else dict(stored[1])

    @property
    def everything(self) -> int:
        """The key for an element that fits all of its patterns."""
        return (1 << len(self.rests)) - 1

    def __missing__(self, fitting: int) -> State:
        if fitting in self._stored:
            self[fitting] = known = self.automaton.state_at(self._stored[fitting])
            return known
        patterns = self.automaton.model.patterns
        rows = [map(patterns.at, row) for number, row in enumerate(self.rests) if fitting >> number & 1]
        state = self.automaton.state(tuple(map(patterns.choice, zip(*rows, strict=True)))) if rows else None
        if state is None:
            raise NoStepError
        self.automaton.room.take(_TURN)
        self[fitting] = state
        self.automaton.news += 1
        return state

    def as_plain(self) -> Plain:
        """As `stored` in the constructor."""
        ends = self._stored | {fitting: state.number for fitting, state in self.items()}
        return [self.rests, list(ends.items())]


class NoStepError(Exception):
    """The document doesn't fit: from here, no step leads on."""


class State(dict[str, tuple[Opened, After]]):
    """A place in the content of an element: from the name of a child to what is then entered, and what comes after it.

    Where no children have come up so far it is empty, and so false: compare it with None. `accept` are the bits of the
    patterns that may end here. `text` is the state after words, None where none may stand; `is_mixed`: they change
    nothing. `strings`: there are strings in it, so the text has to be judged as a whole when the element ends.
    """

    __slots__ = ("_turns", "_vector", "accept", "automaton", "is_mixed", "number", "numbers", "strings", "text")

    def __init__(self, automaton: Automaton, numbers: Numbers, number: int) -> None:
        super().__init__()
        self.automaton = automaton
        self.numbers = numbers
        self.number = number
        self._vector: Vector | None = None
        self._turns: dict[str, list[int]] = {}
        self.accept = 0
        self.strings = False
        self.text: State | None = self
        self.is_mixed = False

    @property
    def vector(self) -> Vector:
        """The patterns of which one has to fit from here on."""
        if self._vector is None:
            self._vector = tuple(map(self.automaton.model.patterns.at, self.numbers))
        return self._vector

    def work_out(self) -> None:
        """Find out all that is known of it; after the automaton knows this state, to which text may lead back."""
        after = self.automaton.model.patterns.after_text
        self.accept = sum(1 << number for number, pattern in enumerate(self.vector) if pattern.nullable)
        self.strings = any(isinstance(leaf, StringLeaf) for pattern in self.vector for leaf in pattern.leaves())
        self.text = self.automaton.state(tuple(after(pattern, frozenset()) for pattern in self.vector))
        self.is_mixed = self.text is self and not self.strings

    def restore(self, stored: Plain) -> None:
        """Take what an earlier run found out; `stored` as `as_plain` makes it."""
        _, self.accept, text, strings, self._turns = stored
        self.strings = bool(strings)
        self.text = None if text is None else self.automaton.state_at(text)
        self.is_mixed = self.text is self and not self.strings

    def __missing__(self, name: str) -> tuple[Opened, After]:
        automaton = self.automaton
        turn = self._turns.get(name)
        if turn is not None:
            found = self[name] = automaton.opened_at(turn[0]), automaton.after_at(turn[1])
            return found
        if len(name) > MAX_NAME and name not in automaton.names:
            raise NoStepError
        patterns = automaton.model.patterns
        contents: dict[Pattern, list[Pattern]] = {}
        for number, pattern in enumerate(self.vector):
            for leaf, rest in patterns.start(pattern, name).items():
                row = contents.setdefault(leaf.content, [patterns.nothing] * len(self.vector))
                row[number] = patterns.choice((row[number], rest))
        if not contents:
            raise NoStepError
        order = sorted(contents, key=_number)
        found = automaton.opened(tuple(order)), automaton.after(tuple(tuple(contents[one]) for one in order))
        if len(self) < _FOREIGN or name in automaton.names:
            automaton.room.take(_TURN)
            self[name] = found
            automaton.news += 1
        return found

    def ended(self, text: str, prefixes: Mapping[str, str]) -> int:
        """The bits of the patterns that may end here after `text`, which is all that the element holds."""
        automaton = self.automaton
        strings = {leaf for pattern in self.vector for leaf in pattern.leaves() if isinstance(leaf, StringLeaf)}
        fitting = frozenset(leaf for leaf in strings if automaton.fits(leaf, text, prefixes))
        after = automaton.model.patterns.after_text
        bits = self.accept if is_blank(text) else 0
        for number, pattern in enumerate(self.vector):
            if after(pattern, fitting).nullable:
                bits |= 1 << number
        return bits

    def as_plain(self) -> Plain:
        """As `restore` takes it."""
        turns = self._turns | {name: [opened.number, after.number] for name, (opened, after) in self.items()}
        return [self.numbers, self.accept, None if self.text is None else self.text.number, self.strings, turns]


class Automaton:
    """The automaton of one schema; grows as documents are judged. `watch`: attributes whose tags are to be told of.

    `news` counts what was worked out that was not `stored` before.
    """

    def __init__(self, model: Model, watch: frozenset[str] = frozenset(), stored: Stored | None = None) -> None:
        stored = stored or Stored()
        self.model = model
        self.watch = watch
        self.news = 0
        self.names = model.element_names
        self.is_contextual = model.is_contextual
        self._stored = stored
        self._states: list[State | None] = [None] * len(stored.states)
        self._opened: list[Opened | None] = [None] * len(stored.opened)
        self._afters: list[After | None] = [None] * len(stored.afters)
        self._state_numbers: dict[Numbers, int] = {tuple(row[0]): n for n, row in enumerate(stored.states)}
        self._opened_numbers: dict[Numbers, int] = {tuple(row[0]): n for n, row in enumerate(stored.opened)}
        self._after_numbers: dict[tuple[Numbers, ...], int] = {
            tuple(map(tuple, row[0])): n for n, row in enumerate(stored.afters)
        }
        # What the schema itself takes is not counted: it can't be without.
        model.patterns.room = self.room = Room(stored.taken)
        self._acceptors: dict[Pattern, Acceptor] = {}
        self._judge = Acceptor(model.patterns.empty, model.patterns)
        self.start: State | None = self.state((model.start,))

    @property
    def is_new(self) -> bool:
        """Whether it has worked out nothing so far."""
        return not self.news and not self._stored.states

    def renewed(self) -> Automaton:
        """The automaton of the same schema, with nothing worked out."""
        return Automaton(renewed(self.model), self.watch)

    def state(self, vector: Vector) -> State | None:
        """The state of these patterns; None if nothing fits any of them."""
        numbers = tuple(pattern.number for pattern in vector)
        known = self._state_numbers.get(numbers)
        if known is not None:
            return self.state_at(known)
        nothing = self.model.patterns.nothing
        if all(pattern is nothing for pattern in vector):
            return None
        self.room.take(_OBJECT + _ITEM * len(numbers))
        state = State(self, numbers, len(self._states))
        self._state_numbers[numbers] = state.number
        self._states.append(state)
        state.work_out()
        return state

    def state_at(self, number: int) -> State:
        """The state of this number."""
        found = self._states[number]
        if found is None:
            stored = self._stored.states[number]
            found = self._states[number] = State(self, tuple(stored[0]), number)
            found.restore(stored)
        return found

    def fixed(self, pattern: Pattern) -> State:
        """The state of one pattern that something fits."""
        state = self.state((pattern,))
        assert state is not None
        return state

    def opened(self, vector: Vector) -> Opened:
        """The element that may have any of these contents."""
        numbers = tuple(pattern.number for pattern in vector)
        known = self._opened_numbers.get(numbers)
        if known is not None:
            return self.opened_at(known)
        self.room.take(_OBJECT + _ITEM * len(numbers))
        number = self._opened_numbers[numbers] = len(self._opened)
        self._opened.append(None)
        opened = self._opened[number] = Opened(self, numbers, number)
        return opened

    def opened_at(self, number: int) -> Opened:
        """The opened element of this number."""
        found = self._opened[number]
        if found is None:
            stored = self._stored.opened[number]
            found = self._opened[number] = Opened(self, tuple(stored[0]), number, stored)
        return found

    def after(self, rests: tuple[Vector, ...]) -> After:
        """What comes after an element."""
        numbers = tuple(tuple(pattern.number for pattern in row) for row in rests)
        known = self._after_numbers.get(numbers)
        if known is not None:
            return self.after_at(known)
        self.room.take(_OBJECT + sum(_ITEM * (len(row) + 1) for row in numbers))
        after = After(self, numbers, len(self._afters))
        self._after_numbers[numbers] = after.number
        self._afters.append(after)
        return after

    def after_at(self, number: int) -> After:
        """The After of this number."""
        found = self._afters[number]
        if found is None:
            stored = self._stored.afters[number]
            found = self._afters[number] = After(self, tuple(map(tuple, stored[0])), number, stored)
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

    def as_plain(self) -> Plain:
        """All that is worked out, as values of JSON: the fields of Stored."""
        return {
            "states": [self.state_at(number).as_plain() for number in range(len(self._states))],
            "opened": [self.opened_at(number).as_plain() for number in range(len(self._opened))],
            "afters": [self.after_at(number).as_plain() for number in range(len(self._afters))],
            "taken": self.room.taken,
        }


def _number(pattern: Pattern) -> int:
    return pattern.number


def _first(pair: tuple[str, frozenset[AttributeLeaf]]) -> str:
    return pair[0]
