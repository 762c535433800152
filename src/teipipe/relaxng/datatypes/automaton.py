"""Matches regular expressions in time that grows with the text's length alone, whatever the expression.

Neither Python's `re` nor `regex` can promise that; RE2 can, but refuses counts above 1000 and takes 5 µs for a word.
States are made from sets of places in the expression when a text first needs them (a lazy subset construction).
"""

from __future__ import annotations

from typing import Final

from teipipe.relaxng.datatypes.expressions import Character, Either, Expression, Series, Test, expression
from teipipe.relaxng.datatypes.interface import DatatypeLimitError

_MOST_PLACES: Final = 100_000
# In places looked at, a million of which take half a second or a whole one.
_EFFORT: Final = 2_000_000
_EFFORT_A_CHARACTER: Final = 100
# In places kept, to bound memory; what is forgotten is made again.
_KEPT: Final = 1_000_000


class Automaton:
    """One regular expression; raises ExpressionError at once if the text is none."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._expression = expression(text)
        self._tests: list[Test | None] = []
        self._next: list[tuple[int, ...]] = []
        self._states: dict[frozenset[int], _State] = {}
        self._first: int | None = None
        self._start: _State | None = None
        self._kept = 0
        self._effort = 0

    def matches(self, text: str) -> bool:
        """Whether the whole text fits; raises DatatypeLimitError if that can't be found out with reasonable effort."""
        self._effort = _EFFORT + _EFFORT_A_CHARACTER * len(text)
        state = self._start or self._built()
        try:
            for character in text:
                state = state[character]
        except _StuckError:
            return False
        return state.is_final

    def _built(self) -> _State:
        """The state before the first character; the expression's places are laid out for the first text only."""
        if self._first is None:
            self._tests, self._next = [None], [()]  # place 0 is the end
            self._first = self._laid(self._expression, 0)
        self._start = self._state((self._first,))
        return self._start

    def _place(self, test: Test | None, *after: int) -> int:
        if len(self._tests) >= _MOST_PLACES:
            raise self._limit("is too large")
        self._tests.append(test)
        self._next.append(after)
        return len(self._tests) - 1

    def _laid(self, part: Expression, after: int) -> int:
        """The place where a part begins that is followed by the place `after`."""
        if isinstance(part, Character):
            return self._place(part.test, after)
        if isinstance(part, Series):
            for inner in reversed(part.parts):
                after = self._laid(inner, after)
            return after
        if isinstance(part, Either):
            return self._place(None, *[self._laid(inner, after) for inner in part.parts])
        end = after
        if part.most is None:
            after = self._place(None)
            self._next[after] = (self._laid(part.part, after), end)
        else:
            for _ in range(part.most - part.least):
                after = self._place(None, self._laid(part.part, after), end)
        for _ in range(part.least):
            before = self._laid(part.part, after)
            if before == after:  # nothing, any number of times
                break
            after = before
        return after

    def _state(self, places: tuple[int, ...]) -> _State:
        """The state of being at all these places, and where one gets from them without a character."""
        seen, todo = set(places), list(places)
        while todo:
            place = todo.pop()
            if self._tests[place] is None:
                fresh = [other for other in self._next[place] if other not in seen]
                seen.update(fresh)
                todo += fresh
        self._spend(len(seen))
        key = frozenset(place for place in seen if place == 0 or self._tests[place] is not None)
        state = self._states.get(key)
        if state is None:
            self._keep(len(key) + 1)
            state = self._states[key] = _State(self, tuple(key))
        return state

    def step(self, state: _State, character: str) -> _State:
        """The state that follows a character in a state, which it is told; raises _StuckError if there is none."""
        self._spend(len(state.places) + 1)
        tests, following = self._tests, self._next
        after = {following[place][0] for place in state.places if (test := tests[place]) and test(character)}
        if not after:
            raise _StuckError
        reached = self._state(tuple(after))
        self._keep(1)
        state[character] = reached
        return reached

    def _keep(self, number: int) -> None:
        self._kept += number
        if self._kept > _KEPT:
            for state in self._states.values():
                state.clear()
            self._states.clear()
            self._start, self._kept = None, 0

    def _spend(self, number: int) -> None:
        self._effort -= number
        if self._effort < 0:
            raise self._limit("takes too long on a value")

    def _limit(self, what: str) -> DatatypeLimitError:
        shown = self._text if len(self._text) <= 60 else f"{self._text[:60]}…"
        return DatatypeLimitError(f"the pattern “{shown}” {what}")


class _State(dict[str, "_State"]):
    """The state after each character met so far."""

    __slots__ = ("automaton", "is_final", "places")

    def __init__(self, automaton: Automaton, places: tuple[int, ...]) -> None:
        self.automaton = automaton
        self.places = places
        self.is_final = 0 in places

    def __missing__(self, character: str) -> _State:
        return self.automaton.step(self, character)


class _StuckError(Exception):
    """No text that begins like this fits."""
