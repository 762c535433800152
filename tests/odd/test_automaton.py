"""Content models as automata: whatever the model, its rewriting is deterministic, and allows the same or more."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from teipipe.odd import schema
from teipipe.odd.automaton import Automaton, _smallest, automaton, conflict, deterministic, text_everywhere
from teipipe.odd.schema import CHARS, Child, Interleave, Named, Pattern
from teipipe.odd.shuffle import states

A, B, C = Child("a"), Child("b"), Child("c")

LEAVES = st.sampled_from([A, B, C])
PATTERNS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(schema.group),
        st.lists(inner, min_size=1, max_size=3).map(schema.choice),
        st.tuples(inner, st.sampled_from([(0, 1), (0, None), (1, None), (1, 2), (2, 3)])).map(
            lambda pair: schema.repeat(pair[0], *pair[1])
        ),
        inner.map(lambda body: Named(repr(body), body)),
    ),
    max_leaves=8,
)


def accepts_all_of(wide: Automaton, narrow: Automaton) -> bool:
    """Whether every content of the one is a content of the other."""
    seen = {(0, 0)}
    waiting = [(0, 0)]
    while waiting:
        one, other = waiting.pop()
        if narrow.accepting[one] and not wide.accepting[other]:
            return False
        for symbol, target in narrow.steps[one].items():
            if symbol not in wide.steps[other]:
                return False
            pair = (target, wide.steps[other][symbol])
            if pair not in seen:
                seen.add(pair)
                waiting.append(pair)
    return True


@given(PATTERNS)
def test_rewriting_is_deterministic_and_never_narrower(pattern: Pattern) -> None:
    rewritten, exact = deterministic(pattern)
    assert conflict(rewritten) is None
    before, after = automaton(pattern), automaton(rewritten)
    assert accepts_all_of(after, before)
    if exact:
        assert accepts_all_of(before, after)


@given(PATTERNS)
def test_positions_and_derivatives_give_the_same_automaton(pattern: Pattern) -> None:
    found = states(pattern, 1000)
    assert found is not None
    by_derivatives = _smallest(Automaton(tuple(found[0]), tuple(found[1])))
    by_positions = automaton(pattern)
    assert accepts_all_of(by_derivatives, by_positions)
    assert accepts_all_of(by_positions, by_derivatives)
    assert len(by_derivatives.steps) == len(by_positions.steps)


@given(PATTERNS)
def test_empty_content_is_what_the_start_accepts(pattern: Pattern) -> None:
    assert automaton(pattern).accepting[0] == schema.nullable(pattern)


def test_interleaving_takes_every_order() -> None:
    pattern = Interleave((A, schema.group([B, C])))
    machine = automaton(pattern)
    for word, wanted in {"abc": True, "bac": True, "bca": True, "acb": False, "bc": False, "aabc": False}.items():
        assert accepts(machine, word) == wanted, word


def accepts(machine: Automaton, word: str) -> bool:
    state = 0
    for letter in word:
        if Child(letter) not in machine.steps[state]:
            return False
        state = machine.steps[state][Child(letter)]
    return machine.accepting[state]


def test_text_everywhere() -> None:
    inline = schema.repeat(schema.choice([CHARS, A, B]), 0, None)
    assert text_everywhere(inline)
    assert text_everywhere(CHARS)
    assert text_everywhere(schema.group([inline, inline]))
    assert text_everywhere(Interleave((CHARS, schema.group([A, B]))))
    assert not text_everywhere(schema.group([CHARS, A]))
    assert not text_everywhere(schema.choice([CHARS, A]))
    assert not text_everywhere(schema.repeat(schema.choice([CHARS, schema.group([A, B])]), 0, None))


def test_conflict_names_the_two_places() -> None:
    found = conflict(schema.group([schema.repeat(A, 0, 1), B, schema.repeat(C, 0, None), C]))
    assert found is not None
    assert (found.symbol, found.first, found.second) == (C, (2, 0), (3,))
    assert conflict(schema.group([schema.repeat(A, 1, 2), B, A])) is None
