"""Content models as automata: are they deterministic, as XSD asks, and if not, how can the same be said so?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from teipipe.odd import schema
from teipipe.odd.schema import Chars, Child, Choice, Group, Interleave, Named, Pattern, Repeat, Symbol, Wildcard
from teipipe.odd.shuffle import states

#: Where a particle stands in its content model: the indices on the way down to it.
Path = tuple[int, ...]

#: A rewritten model with more particles than this is given up in favour of a wider, shorter one.
MAX_PARTICLES: Final = 300

#: A model that takes more states than this is not analysed further.
MAX_STATES: Final = 1000
_START: Final = -1


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two particles of one content model between which the element `symbol` can't choose."""

    symbol: Symbol
    first: Path
    second: Path


@dataclass(slots=True)
class _Positions:
    """The positions of a content model (Glushkov's construction): each is one particle, or one copy of it."""

    symbols: list[Symbol] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    follow: list[set[int]] = field(default_factory=list)

    def add(self, symbol: Symbol, path: Path) -> frozenset[int]:
        self.symbols.append(symbol)
        self.paths.append(path)
        self.follow.append(set())
        return frozenset((len(self.symbols) - 1,))

    def link(self, ends: Iterable[int], starts: frozenset[int]) -> None:
        for end in ends:
            self.follow[end] |= starts


@dataclass(frozen=True, slots=True)
class _Span:
    """A part of the model: may it be empty, and which positions begin and end it."""

    nullable: bool
    first: frozenset[int] = frozenset()
    last: frozenset[int] = frozenset()


def _build(pattern: Pattern, at: _Positions, path: Path) -> _Span:
    match pattern:
        case Child() | Wildcard():
            here = at.add(pattern, path)
            return _Span(False, here, here)
        case Chars():
            here = at.add(pattern, path)
            at.link(here, here)
            return _Span(True, here, here)
        case Group(items):
            return _chain((_build(item, at, (*path, number)) for number, item in enumerate(items)), at)
        case Choice(items):
            spans = [_build(item, at, (*path, number)) for number, item in enumerate(items)]
            return _Span(
                any(span.nullable for span in spans),
                frozenset().union(*(span.first for span in spans)),
                frozenset().union(*(span.last for span in spans)),
            )
        case Repeat(item, minimum, maximum):
            return _repeated(item, minimum, maximum, at, (*path, 0))
        case Named(_, body):
            return _build(body, at, (*path, 0))
        case _:
            return _Span(True)


def _chain(spans: Iterable[_Span], at: _Positions) -> _Span:
    nullable, first, last = True, frozenset[int](), frozenset[int]()
    for span in spans:
        at.link(last, span.first)
        first = first | span.first if nullable else first
        last = last | span.last if span.nullable else span.last
        nullable = nullable and span.nullable
    return _Span(nullable, first, last)


def _repeated(item: Pattern, minimum: int, maximum: int | None, at: _Positions, path: Path) -> _Span:
    copies = [_build(item, at, path) for _ in range(max(minimum, 1) if maximum is None else maximum)]
    if maximum is None:
        at.link(copies[-1].last, copies[-1].first)
    optional = [_Span(True, each.first, each.last) for each in copies[minimum:]]
    return _chain([*copies[:minimum], *optional], at)


def conflict(pattern: Pattern) -> Conflict | None:
    """The first place where two particles compete for one element (Unique Particle Attribution), or None."""
    at = _Positions()
    span = _build(pattern, at, ())
    seen: set[frozenset[int]] = set()
    for positions in [span.first, *map(frozenset, at.follow)]:
        if positions in seen:
            continue
        seen.add(positions)
        taken: dict[Symbol, Path] = {}
        for position in sorted(positions):
            symbol, path = at.symbols[position], at.paths[position]
            if taken.setdefault(symbol, path) != path:
                return Conflict(symbol, taken[symbol], path)
    return None


@dataclass(frozen=True, slots=True)
class Automaton:
    """Deterministic: for each state its steps, and whether content may end there; state 0 is the start."""

    steps: tuple[Mapping[Symbol, int], ...]
    accepting: tuple[bool, ...]


class TooManyStatesError(Exception):
    """The automaton of a content model would have more than MAX_STATES states."""


def automaton(pattern: Pattern) -> Automaton:
    """The smallest automaton of a content model (character data are steps of their own).

    Raises TooManyStatesError.
    """
    if any(isinstance(part, Interleave) for part in schema.walk(pattern)):
        found = states(pattern, MAX_STATES)
        if found is None:
            raise TooManyStatesError
        return _smallest(Automaton(tuple(found[0]), tuple(found[1])))
    at = _Positions()
    span = _build(pattern, at, ())
    edges = {
        position: _by_symbol(at, span.first if position == _START else at.follow[position])
        for position in range(_START, len(at.symbols))
    }
    ends = set(span.last) | ({_START} if span.nullable else set())
    return _smallest(_determined(edges, ends, frozenset((_START,))))


def _by_symbol(at: _Positions, positions: Iterable[int]) -> dict[Symbol, set[int]]:
    found: dict[Symbol, set[int]] = {}
    for position in sorted(positions):
        found.setdefault(at.symbols[position], set()).add(position)
    return found


def _determined(edges: Mapping[int, Mapping[Symbol, set[int]]], ends: set[int], start: frozenset[int]) -> Automaton:
    """The automaton whose states are sets of states of another one."""
    numbers = {start: 0}
    waiting = [start]
    steps: list[dict[Symbol, int]] = []
    accepting: list[bool] = []
    while len(steps) < len(waiting):
        state = waiting[len(steps)]
        targets: dict[Symbol, set[int]] = {}
        for position in sorted(state):
            for symbol, reached in edges[position].items():
                targets.setdefault(symbol, set()).update(reached)
        accepting.append(bool(state & ends))
        steps.append({})
        for symbol, reached in targets.items():
            target = frozenset(reached)
            if target not in numbers:
                if len(waiting) == MAX_STATES:
                    raise TooManyStatesError
                numbers[target] = len(waiting)
                waiting.append(target)
            steps[-1][symbol] = numbers[target]
    return Automaton(tuple(steps), tuple(accepting))


def _smallest(machine: Automaton) -> Automaton:
    """The same with equivalent states made one (Moore)."""
    block = [int(accepts) for accepts in machine.accepting]
    while True:
        signatures: dict[object, int] = {}
        finer = [
            signatures.setdefault((block[state], frozenset((s, block[t]) for s, t in steps.items())), len(signatures))
            for state, steps in enumerate(machine.steps)
        ]
        if len(signatures) == len(set(block)):
            break
        block = finer
    first: dict[int, int] = {}
    for state, number in enumerate(block):
        first.setdefault(number, state)
    numbers = {number: index for index, number in enumerate(first)}
    steps = tuple({s: numbers[block[t]] for s, t in machine.steps[state].items()} for state in first.values())
    return Automaton(steps, tuple(machine.accepting[state] for state in first.values()))


def text_everywhere(pattern: Pattern) -> bool:
    """Whether character data may stand between any two elements, before the first and after the last."""
    if _is_plain_mixture(pattern):
        return True
    try:
        machine = automaton(pattern)
    except TooManyStatesError:
        return False
    return all(steps.get(schema.CHARS) == state for state, steps in enumerate(machine.steps))


def _is_plain_mixture(pattern: Pattern) -> bool:
    """Whether it is text and elements in any order, which most mixed content is: then no automaton is needed."""
    whole = schema.bare(pattern)
    if not isinstance(whole, Repeat) or whole.maximum is not None:
        return False
    leaves = [part for part in schema.walk(whole.item) if not isinstance(part, (Choice, Named))]
    return schema.CHARS in leaves and all(isinstance(leaf, (Child, Chars, Wildcard)) for leaf in leaves)


def deterministic(pattern: Pattern) -> tuple[Pattern, bool]:
    """A pattern without conflicts that allows the same, and True; or one that allows more, and False."""
    if conflict(pattern) is None:
        return pattern, True
    match pattern:
        case Named(_, body):
            return deterministic(body)
        case Group(items) | Choice(items):
            pairs = [deterministic(item) for item in items]
            rebuilt = (
                schema.group(p for p, _ in pairs) if isinstance(pattern, Group) else schema.choice(p for p, _ in pairs)
            )
            exact = all(same for _, same in pairs)
        case Repeat(item, minimum, maximum):
            inner, exact = deterministic(item)
            rebuilt = schema.repeat(inner, minimum, maximum)
        case _:
            rebuilt, exact = pattern, True
    if conflict(rebuilt) is None:
        return rebuilt, exact
    if isinstance(rebuilt, Group):
        mended = _mended_slice(rebuilt.items)
        if mended is not None:
            return mended, exact
    rewritten, same = _rewritten(rebuilt)
    return rewritten, exact and same


def _mended_slice(items: tuple[Pattern, ...]) -> Pattern | None:
    """The sequence with its shortest part rewritten that makes the whole deterministic, if that can be done exactly."""
    for size in range(2, len(items)):
        for begin in range(len(items) - size + 1):
            part = schema.group(items[begin : begin + size])
            if conflict(part) is None:
                continue
            rewritten, exact = _rewritten(part)
            whole = schema.group([*items[:begin], rewritten, *items[begin + size :]])
            if exact and conflict(whole) is None:
                return whole
    return None


def _rewritten(pattern: Pattern) -> tuple[Pattern, bool]:
    """A deterministic pattern made from the automaton; wider (and False) where that has loops of several states."""
    with suppress(TooManyStatesError):
        machine, exact = automaton(pattern), True
        for _ in range(5):
            looping = _loops(machine)
            if looping is None:
                written = _written(machine)
                if written is not None:
                    return written, exact
                break
            machine, exact = _collapsed(machine, looping), False
    symbols = dict.fromkeys(part for part in schema.walk(pattern) if isinstance(part, (Child, Wildcard)))
    return schema.repeat(schema.choice(symbols), 0 if schema.nullable(pattern) else 1, None), False


def _written(machine: Automaton) -> Pattern | None:
    """The pattern of an automaton whose only loops are of one state each; None if it gets too long."""
    size = 0

    def written(state: int) -> Pattern:
        nonlocal size
        again = [symbol for symbol, target in machine.steps[state].items() if target == state]
        onward: dict[int, list[Symbol]] = {}
        for symbol, target in machine.steps[state].items():
            if target != state:
                onward.setdefault(target, []).append(symbol)
        size += len(machine.steps[state])
        if size > MAX_PARTICLES:
            return schema.NOTHING
        ways = [schema.group([schema.choice(symbols), written(target)]) for target, symbols in onward.items()]
        rest = schema.choice(ways) if ways else schema.NOTHING
        if machine.accepting[state]:
            rest = schema.repeat(rest, 0, 1)
        return schema.group([schema.repeat(schema.choice(again), 0, None) if again else schema.NOTHING, rest])

    found = written(0)
    return None if size > MAX_PARTICLES else found


def _loops(machine: Automaton) -> list[int] | None:
    """For each state the number of its strongly connected component; None if each state is one by itself."""
    reach = [_reachable(machine, state) for state in range(len(machine.steps))]
    component = [
        min(other for other in range(len(reach)) if other == state or (other in reach[state] and state in reach[other]))
        for state in range(len(reach))
    ]
    return None if len(set(component)) == len(component) else component


def _reachable(machine: Automaton, state: int) -> set[int]:
    seen: set[int] = set()
    waiting = [state]
    while waiting:
        for target in machine.steps[waiting.pop()].values():
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


def _collapsed(machine: Automaton, component: list[int]) -> Automaton:
    """The automaton with the states of each component made one: it accepts more."""
    edges: dict[int, dict[Symbol, set[int]]] = {number: {} for number in component}
    for state, steps in enumerate(machine.steps):
        for symbol, target in steps.items():
            edges[component[state]].setdefault(symbol, set()).add(component[target])
    ends = {component[state] for state, accepts in enumerate(machine.accepting) if accepts}
    return _smallest(_determined(edges, ends, frozenset((component[0],))))
