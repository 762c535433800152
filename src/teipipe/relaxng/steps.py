"""Where the attributes of a start tag lead, worked out once for each set of names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from teipipe.relaxng.datatypes import Identity
from teipipe.relaxng.leaves import AttributeLeaf, StringLeaf
from teipipe.relaxng.model import Plain
from teipipe.relaxng.pattern import Pattern
from teipipe.relaxng.strings import Acceptor

if TYPE_CHECKING:
    from teipipe.relaxng.automaton import Opened, State


class Check(NamedTuple):
    """That the value at `place` in the flat list of attributes fits; `known` are values that do."""

    place: int
    known: set[str]
    accepts: Acceptor


class Step:
    """What a set of attributes leads to.

    `state` if all `checks` hold, None if the attributes don't go together; `identities` are (place, kind) of attributes
    that name elements; `watched`: one of them is to be told of.
    """

    __slots__ = ("_outcomes", "checks", "identities", "names", "opened", "state", "watched")

    def __init__(self, opened: Opened, names: tuple[str, ...], stored: Plain = None) -> None:
        automaton = opened.automaton
        self.opened = opened
        self.names = names
        self.watched = not automaton.watch.isdisjoint(names)
        self._outcomes: dict[tuple[bool, ...], State | None] = {}
        if stored is not None:
            state, values, identities = stored
            self.checks = tuple(self._check(place, automaton.model.patterns.at(value)) for place, value in values)
            self.identities = tuple((place, Identity(kind)) for place, kind in identities)
            self.state = None if state is None else automaton.state_at(state)
            return
        leaves = [opened.attribute_leaves(name) for name in names]
        self.checks = tuple(
            check
            for number, found in enumerate(leaves)
            for value in dict.fromkeys(leaf.value for leaf in found)
            if not (check := self._check(2 * number + 1, value)).accepts.is_trivial
        )
        kinds = [(2 * number + 1, identity_of(found)) for number, found in enumerate(leaves)]
        self.identities = tuple((place, kind) for place, kind in kinds if kind is not Identity.NONE)
        self.state = self.outcome((True,) * len(self.checks)) if all(leaves) else None

    def _check(self, place: int, value: Pattern) -> Check:
        acceptor = self.opened.automaton.acceptor(value)
        return Check(place, acceptor.known, acceptor)

    def outcome(self, truths: tuple[bool, ...]) -> State | None:
        """Where the attributes lead if these of the checks hold; None if such values don't fit."""
        if truths not in self._outcomes:
            checks = zip(self.checks, truths, strict=True)
            failed = {(check.place // 2, check.accepts.pattern) for check, holds in checks if not holds}
            fitting = [
                frozenset(leaf for leaf in self.opened.attribute_leaves(name) if (number, leaf.value) not in failed)
                for number, name in enumerate(self.names)
            ]
            self._outcomes[truths] = self.opened.after(self.names, fitting)
        return self._outcomes[truths]

    def judge(self, attributes: Sequence[str], prefixes: Mapping[str, str]) -> State | None:
        """Where attributes of these names, with these values, lead."""
        for place, known, accepts in self.checks:
            if attributes[place] not in known and not accepts(attributes[place], prefixes):
                return self.outcome(tuple(check.accepts(attributes[check.place], prefixes) for check in self.checks))
        return self.state

    def as_plain(self) -> Plain:
        """As `stored` in the constructor, behind the names."""
        state = None if self.state is None else self.state.number
        checks = [[check.place, check.accepts.pattern.number] for check in self.checks]
        return [self.names, [state, checks, [[place, kind.value] for place, kind in self.identities]]]


def identity_of(leaves: Sequence[AttributeLeaf]) -> Identity:
    """What attributes that fit one of these patterns say about identity."""
    for leaf in leaves:
        for string in leaf.value.leaves():
            if not isinstance(string, StringLeaf):
                continue
            kind = string.datatype.identity if string.datatype is not None else Identity.NONE
            if string.tokens is not None:
                inner = (one.datatype for one in string.tokens.leaves() if isinstance(one, StringLeaf))
                is_reference = any(one is not None and one.identity is Identity.IDREF for one in inner)
                kind = Identity.IDREFS if is_reference else kind
            if kind is not Identity.NONE:
                return kind
    return Identity.NONE
