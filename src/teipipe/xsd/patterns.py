"""Patterns that could take for ever are matched by the automaton of our own, in time that grows with the value."""

from __future__ import annotations

import re
from typing import Any, Final, cast

from xmlschema.validators import XsdAtomicRestriction, XsdPatternFacets

from teipipe.relaxng.datatypes.automaton import Automaton
from teipipe.relaxng.datatypes.expressions import ExpressionError

_PIECE: Final = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\{[0-9]*,?[0-9]*\}|.", re.DOTALL)
#: So many repetitions, one after the other, are few enough to be tried in all ways.
_FEW: Final = 3


class Matcher:
    """A pattern of XML Schema, as xmlschema asks those of Python."""

    def __init__(self, pattern: str) -> None:
        """Raises ExpressionError."""
        self.pattern = pattern
        self._automaton = Automaton(pattern)

    def match(self, text: str) -> bool | None:
        """True if the whole text fits, else None; may raise LimitError."""
        return True if self._automaton.matches(text) else None

    def __reduce__(self) -> tuple[type[Matcher], tuple[str]]:
        return Matcher, (self.pattern,)


def make_linear(schema: Any) -> None:
    """Give a compiled schema matchers for those of its patterns that could take long."""
    for kind in schema.maps.iter_components(XsdAtomicRestriction):
        for facet in kind.facets.values():
            if isinstance(facet, XsdPatternFacets):
                facet.patterns[:] = [
                    cast("re.Pattern[str]", _matcher(written) or given)
                    for written, given in zip(facet.regexps, facet.patterns, strict=True)
                ]


def _matcher(pattern: str) -> Matcher | None:
    if is_harmless(pattern):
        return None
    try:
        return Matcher(pattern)
    except ExpressionError:
        return None  # xmlschema takes more than the specification has


def is_harmless(pattern: str) -> bool:
    """Whether trying all ways stays within bounds: few repetitions, none of what holds one or a choice."""
    groups = [False]  # for each open group: does it hold a repetition or a choice?
    closed = False  # the same for what was closed last
    repetitions = 0
    for match in _PIECE.finditer(pattern):
        piece = match[0]
        if piece == "(":
            groups.append(False)
        elif piece == ")" and len(groups) > 1:
            closed = groups.pop()
            groups[-1] = groups[-1] or closed
            continue
        elif piece in "*+?" or (piece[0] == "{" and len(piece) > 1):
            if closed and piece != "?":
                return False
            repetitions += piece != "?"
            groups[-1] = True
        elif piece == "|":
            groups[-1] = True
        closed = False
    return repetitions <= _FEW
