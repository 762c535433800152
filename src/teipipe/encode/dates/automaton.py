"""Finds which form of dates stands at a place: all of them at once, letter by letter.

An ordered set of steps that may come next is a state; what a letter makes of it is worked out when a text first has
that letter there, and kept. So neither the number of forms nor how they are nested costs anything at each place, and
forms that a text has nothing of are never taken apart. Where one form can be read in two ways, and where several forms
fit, the first one is taken, as regular expressions do it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from teipipe.encode.dates.templates import Choice, Piece, Template

#: So many states are kept.
_KEPT: Final = 20_000
_NONE: Final[frozenset[int]] = frozenset()


class Form:
    """One way to write a kind of dates; what it `sets` are values of fields that no word stands for.

    `number` is its place among all, of which the first that fits is taken.
    """

    __slots__ = ("kind", "number", "sets", "start", "template")

    def __init__(self, number: int, kind: str, sets: Mapping[str, object], template: Template) -> None:
        self.number = number
        self.kind = kind
        self.sets = sets
        self.template = template
        end = _Rest(None, None, (_Step(frozenset(), "", _NOTHING, self),))
        self.start = _Rest(template.date, end if template.behind is None else _Behind(template.behind, end))


class Fit(NamedTuple):
    """A form that fits: the place of the letter for each of its fields, and where it ends."""

    form: Form
    places: dict[str, int]
    end: int


class _Step:
    """A letter that may come next, one of `letters`, for a `field` or for none; then comes `rest`.

    `is_behind` says that the date ended before it. If a `form` is complete, no letters come.
    """

    __slots__ = ("field", "form", "is_behind", "letters", "rest")

    def __init__(
        self, letters: frozenset[str], field: str, rest: _Rest, form: Form | None = None, is_behind: bool = False
    ) -> None:
        self.letters = letters
        self.field = field
        self.rest = rest
        self.form = form
        self.is_behind = is_behind


class _Letters(dict[tuple[str, ...], frozenset[str]]):
    """The letters for what belongs to one of some classes."""

    def __init__(self, of_class: Mapping[str, str]) -> None:
        super().__init__({(" ",): frozenset(" ")})
        self._of_class = of_class

    def __missing__(self, classes: tuple[str, ...]) -> frozenset[str]:
        found = self[classes] = frozenset("".join(self._of_class.get(name, "") for name in classes))
        return found


class _Rest:
    """What is left of a form: a part, and then what comes behind it. It is taken apart when a text comes so far."""

    __slots__ = ("_part", "_steps", "_then")

    def __init__(self, part: Piece | Choice | None, then: _Rest | None, steps: tuple[_Step, ...] | None = None) -> None:
        self._part = part
        self._then = then
        self._steps = steps

    def steps(self, letters: _Letters) -> tuple[_Step, ...]:
        """The steps that it can begin with; those that are preferred come first."""
        if self._steps is None:
            self._steps = tuple(dict.fromkeys(self._first(letters)))
        return self._steps

    def _first(self, letters: _Letters) -> list[_Step]:
        part, then = self._part, self._then or _NOTHING
        if isinstance(part, Piece):
            return [_Step(letters[part.classes], part.field, then)]
        found: list[_Step] = []
        for way in part.ways if part else ():
            rest = then
            for one in reversed(way):
                rest = _Rest(one, rest)
            found += rest.steps(letters)
        return found


class _Behind(_Rest):
    """What has to stand behind a date, but is no part of it."""

    __slots__ = ()

    def _first(self, letters: _Letters) -> list[_Step]:
        return [_Step(step.letters, step.field, step.rest, step.form, True) for step in super()._first(letters)]


_NOTHING: Final = _Rest(None, None, ())


class _State(dict[str, "_Move | None"]):
    """Steps that may come next, and where each letter leads: None if no form goes on with it."""

    __slots__ = ("_automaton", "form", "steps")

    def __init__(self, automaton: Automaton, steps: tuple[_Step, ...]) -> None:
        super().__init__()
        self._automaton = automaton
        self.steps = steps
        #: The form that is complete here; what comes after that isn't looked for, so it is the last one.
        self.form = steps[-1].form if steps else None

    def __missing__(self, letter: str) -> _Move | None:
        move = self[letter] = self._automaton.move(self.steps, letter)
        return move


#: The next state, and for each of its steps the one that was taken before it, with its number in the last state.
_Move = tuple[_State, tuple[tuple[_Step, int], ...]]


class _Start(_State):
    """Where each letter leads that a form can begin with, of those that are `allowed` and have such a number."""

    __slots__ = ("_allowed", "_least")

    def __init__(self, automaton: Automaton, allowed: frozenset[int], least: int) -> None:
        super().__init__(automaton, ())
        self._allowed = allowed
        self._least = least

    def __missing__(self, letter: str) -> _Move | None:
        move = self[letter] = self._automaton.begun(letter, self._allowed, self._least)
        return move


class _Before(dict[str, "_Before"]):
    """What stands before a place, read from there backwards: the steps to come, and the forms that are `allowed`."""

    __slots__ = ("_letters", "allowed", "steps")

    def __init__(self, letters: _Letters, steps: tuple[_Step, ...], allowed: frozenset[int]) -> None:
        super().__init__()
        self._letters = letters
        self.steps = steps
        self.allowed = allowed

    def __missing__(self, letter: str) -> _Before:
        found = [one for step in self.steps if letter in step.letters for one in step.rest.steps(self._letters)]
        allowed = self.allowed.union(step.form.number for step in found if step.form)
        before = self[letter] = _Before(self._letters, tuple(step for step in found if not step.form), allowed)
        return before


class Automaton:
    """The forms of a language; `of_class` has the letters of each class."""

    def __init__(self, forms: list[Form], of_class: Mapping[str, str]) -> None:
        self._letters = _Letters(of_class)
        self._by_letter: dict[str, list[Form]] = {}
        #: For each letter, the forms that something has to stand before.
        self._bound: dict[str, frozenset[int]] = {}
        steps: list[_Step] = []
        for form in forms:
            begins = {letter for name in form.template.date.firsts for letter in of_class.get(name, "")}
            for letter in begins:
                self._by_letter.setdefault(letter, []).append(form)
            if before := form.template.before:
                end = _Rest(None, None, (_Step(frozenset(), "", _NOTHING, form),))
                steps += _Rest(before.mirrored(), end).steps(self._letters)
                for letter in begins:
                    self._bound[letter] = self._bound.get(letter, _NONE) | {form.number}
        self._before = _Before(self._letters, tuple(steps), frozenset())
        self._reach = max(form.template.reach for form in forms)
        self._back = max(form.template.back for form in forms)
        self._states: dict[tuple[_Step, ...], _State] = {}
        self._free = _Start(self, frozenset(), 0)
        self._starts: dict[tuple[frozenset[int], int], _Start] = {}

    @property
    def starts(self) -> str:
        """The letters that a form can begin with."""
        return "".join(self._by_letter)

    def fit(self, letters: str, at: int, least: int = 0) -> Fit | None:
        """The first form that fits at a place, of those whose number is at `least` so."""
        state: _State = self._free
        if least or letters[at] in self._bound:
            state = self._start(letters, at, least)
        passed: list[_Move] = []
        fitting = 0
        for letter in letters[at : at + self._reach]:
            move = state[letter]
            if move is None:
                break
            passed.append(move)
            state = move[0]
            if state.form is not None:
                fitting = len(passed)
        return _traced(passed[:fitting], at) if fitting else None

    def _start(self, letters: str, at: int, least: int) -> _State:
        """The state before the first letter of forms, by what stands before it."""
        before, bound = self._before, self._bound.get(letters[at], _NONE)
        for letter in reversed(letters[max(at - self._back, 0) : at]):
            before = before[letter]
            if not before.steps:
                break
        allowed = before.allowed & bound
        if (allowed, least) not in self._starts:
            self._starts[allowed, least] = _Start(self, allowed, least)
        return self._starts[allowed, least]

    def begun(self, letter: str, allowed: frozenset[int], least: int) -> _Move | None:
        """Where the first letter leads, of forms that are `allowed` by what stands before it."""
        forms = [form for form in self._by_letter.get(letter, ()) if form.number >= least]
        free = (form for form in forms if form.template.before is None or form.number in allowed)
        return self.move((step for form in free for step in form.start.steps(self._letters)), letter)

    def move(self, steps: Iterable[_Step], letter: str) -> _Move | None:
        """Where a letter leads from some steps; None if no form goes on with it."""
        came: dict[_Step, tuple[_Step, int]] = {}
        for number, step in enumerate(steps):
            if letter not in step.letters:
                continue
            for following in step.rest.steps(self._letters):
                if following not in came:
                    came[following] = (step, number)
                    if following.form is not None:
                        return self._state(came), tuple(came.values())
        return (self._state(came), tuple(came.values())) if came else None

    def _state(self, came: Iterable[_Step]) -> _State:
        steps = tuple(came)
        state = self._states.get(steps)
        if state is None:
            if len(self._states) >= _KEPT:
                self._states.clear()
                self._starts.clear()
                self._free.clear()
            state = self._states[steps] = _State(self, steps)
        return state


def _traced(passed: list[_Move], at: int) -> Fit:
    """Which steps led to the form that fits, from the last one back to the first."""
    state = passed[-1][0]
    form = state.form
    assert form is not None
    place = end = at + len(passed)
    places: list[tuple[str, int]] = []
    number = len(state.steps) - 1
    for _, came in reversed(passed):
        step, number = came[number]
        place -= 1
        if step.field:
            places.append((step.field, place))
        if step.is_behind:
            end = place
    places.reverse()
    return Fit(form, dict(places), end)
