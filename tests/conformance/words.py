"""Contents of elements: sequences of children that together take every step that a content model allows."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from teipipe.odd import schema
from teipipe.odd.automaton import Automaton, automaton
from teipipe.odd.schema import Child, Element, Schema, Symbol

Word = tuple[Symbol, ...]
_FAR = 10**9


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a content model's automaton; `symbol` None: content may end in this state."""

    state: int
    symbol: Symbol | None


class Contents:
    """The automata of all content models of a schema, and the shortest ways through them."""

    def __init__(self, resolved: Schema) -> None:
        self.schema = resolved
        self.automata: Mapping[str, Automaton] = {
            key: automaton(element.content) for key, element in resolved.elements.items()
        }

    @cached_property
    def cost(self) -> Mapping[str, int]:
        """How many elements the smallest instance of each element has."""
        cost = dict.fromkeys(self.automata, _FAR)
        changed = True
        while changed:
            changed = False
            for key, machine in self.automata.items():
                best = 1 + self._to_end(machine, cost)[0]
                if best < cost[key]:
                    cost[key], changed = best, True
        return cost

    @cached_property
    def ends(self) -> Mapping[str, list[int]]:
        """For each element and state the cost of what must still come."""
        return {key: self._to_end(machine, self.cost) for key, machine in self.automata.items()}

    def _to_end(self, machine: Automaton, cost: Mapping[str, int]) -> list[int]:
        far = [0 if accepting else _FAR for accepting in machine.accepting]
        for _ in far:
            for state, steps in enumerate(machine.steps):
                ways = (self.weight(symbol, cost) + far[target] for symbol, target in steps.items())
                far[state] = min(far[state], *ways) if steps else far[state]
        return far

    def weight(self, symbol: Symbol, cost: Mapping[str, int]) -> int:
        """How many elements a symbol stands for at least."""
        return cost[symbol.key] if isinstance(symbol, Child) else 1 if isinstance(symbol, schema.Wildcard) else 0

    def finish(self, key: str, state: int) -> Word:
        """The cheapest way from a state to an end."""
        word: list[Symbol] = []
        machine, ends = self.automata[key], self.ends[key]
        while not (machine.accepting[state] and ends[state] == 0):
            onward = [(symbol, target) for symbol, target in machine.steps[state].items() if target != state]
            symbol, state = min(onward, key=lambda step: (self.weight(step[0], self.cost) + ends[step[1]], step[1]))
            word.append(symbol)
        return tuple(word)

    def way(self, key: str, goal: int) -> Word:
        """The cheapest way from the start to a state."""
        machine = self.automata[key]
        best: dict[int, tuple[int, Word]] = {0: (0, ())}
        waiting = deque([0])
        while waiting:
            state = waiting.popleft()
            cost, word = best[state]
            for symbol, target in machine.steps[state].items():
                there = cost + self.weight(symbol, self.cost) + 1
                if target not in best or there < best[target][0]:
                    best[target] = (there, (*word, symbol))
                    waiting.append(target)
        return best[goal][1]

    def words(self, element: Element) -> Iterator[Word]:
        """Contents that together take each step of the content model, after each other step at least sometimes.

        For each step there is one content that takes it and then ends as soon as it can, one that takes it twice if
        that is possible, and one that takes another step after it, in turn.
        """
        machine = self.automata[element.key]
        seen: set[Word] = set()
        for state, steps in enumerate(machine.steps):
            way = self.way(element.key, state)
            if machine.accepting[state]:
                yield from self._new((way,), seen)
            for number, (symbol, target) in enumerate(steps.items()):
                onward = list(machine.steps[target].items())
                then = [onward[number % len(onward)]] if onward else []
                again = [(symbol, machine.steps[target][symbol])] if symbol in machine.steps[target] else []
                words = [(*way, symbol, *self.finish(element.key, target))]
                for next_symbol, after in again + then:
                    words.append((*way, symbol, next_symbol, *self.finish(element.key, after)))
                yield from self._new(words, seen)

    def _new(self, words: tuple[Word, ...] | list[Word], seen: set[Word]) -> Iterator[Word]:
        for word in words:
            if word not in seen:
                seen.add(word)
                yield word

    def steps(self, key: str) -> set[Step]:
        """Everything that can happen in the content of an element."""
        machine = self.automata[key]
        found = {Step(state, symbol) for state, steps in enumerate(machine.steps) for symbol in steps}
        return found | {Step(state, None) for state, accepting in enumerate(machine.accepting) if accepting}

    def loop(self, parent: str, child: str) -> tuple[Word, Word] | None:
        """What comes before and after any number of a child in its parent, if it may stand there in any number."""
        machine = self.automata[parent]
        for state, steps in enumerate(machine.steps):
            if steps.get(Child(child)) == state:
                return self.way(parent, state), self.finish(parent, state)
        return None

    def once(self, parent: str, child: str) -> tuple[Word, Word] | None:
        """What comes before and after one child in its parent, if it may stand there."""
        found: list[tuple[Word, Word]] = []
        for state, steps in enumerate(self.automata[parent].steps):
            target = steps.get(Child(child))
            if target is not None:
                found.append((self.way(parent, state), self.finish(parent, target)))
        return min(found, key=lambda both: sum(self.weight(s, self.cost) for word in both for s in word), default=None)
