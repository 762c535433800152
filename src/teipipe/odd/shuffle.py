"""Automata of content models with interleaving, whose states are what may still come (Brzozowski's derivatives)."""

from __future__ import annotations

from collections.abc import Mapping

from teipipe.odd import schema
from teipipe.odd.schema import Chars, Child, Choice, Group, Interleave, Named, Pattern, Repeat, Symbol, Wildcard


def states(pattern: Pattern, limit: int) -> tuple[list[Mapping[Symbol, int]], list[bool]] | None:
    """For each state its steps, and whether content may end there; None if there are more than `limit`."""
    numbers = {pattern: 0}
    waiting = [pattern]
    steps: list[Mapping[Symbol, int]] = []
    while len(steps) < len(waiting):
        state = waiting[len(steps)]
        found: dict[Symbol, int] = {}
        for symbol in dict.fromkeys(part for part in schema.walk(state) if isinstance(part, (Child, Wildcard, Chars))):
            after = derivative(state, symbol)
            if isinstance(after, schema.Never):
                continue
            if after not in numbers:
                if len(waiting) == limit:
                    return None
                numbers[after] = len(waiting)
                waiting.append(after)
            found[symbol] = numbers[after]
        steps.append(found)
    return steps, [schema.nullable(state) for state in waiting]


def derivative(pattern: Pattern, symbol: Symbol) -> Pattern:
    """What may follow a symbol at the beginning of the pattern."""
    match pattern:
        case Child() | Wildcard():
            return schema.NOTHING if pattern == symbol else schema.NEVER
        case Chars():
            return pattern if pattern == symbol else schema.NEVER
        case Choice(items):
            return schema.choice(derivative(item, symbol) for item in items)
        case Group(items):
            ways = []
            for number, item in enumerate(items):
                ways.append(schema.group([derivative(item, symbol), *items[number + 1 :]]))
                if not schema.nullable(item):
                    break
            return schema.choice(ways)
        case Interleave(items):
            return schema.choice(
                schema.interleave([*items[:number], derivative(item, symbol), *items[number + 1 :]])
                for number, item in enumerate(items)
            )
        case Repeat(item, minimum, maximum):
            rest = schema.repeat(item, max(minimum - 1, 0), None if maximum is None else maximum - 1)
            return schema.group([derivative(item, symbol), rest])
        case Named(_, body):
            return derivative(body, symbol)
        case _:
            return schema.NEVER
