"""Patterns that could take for ever are matched by the automaton of our own, in time that grows with the value."""

from __future__ import annotations

import re
from typing import Any, Final, cast

from xmlschema.validators import XsdAtomicRestriction, XsdPatternFacets

from teipipe.relaxng.datatypes.automaton import Automaton
from teipipe.relaxng.datatypes.expressions import ExpressionError

_PIECE: Final = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\{[0-9]*,?[0-9]*\}|.", re.DOTALL)
#: So many repetitions, one after the other, are few enough for all ways to be tried on a value that is no longer.
_FEW: Final = 3
_SHORT: Final = 500


class Matcher:
    """A pattern of XML Schema, as xmlschema asks those of Python; `usual` is one of these, for short texts."""

    def __init__(self, pattern: str, usual: re.Pattern[str] | None = None) -> None:
        """Raises ExpressionError."""
        self.pattern = pattern
        self._usual = usual
        self._automaton = Automaton(pattern)

    def match(self, text: str) -> object:
        """Something if the whole text fits, else None; may raise LimitError."""
        if self._usual is not None and len(text) <= _SHORT:
            return self._usual.match(text)
        return True if self._automaton.matches(text) else None

    def __reduce__(self) -> tuple[type[Matcher], tuple[str, re.Pattern[str] | None]]:
        return Matcher, (self.pattern, self._usual)


def make_linear(schema: Any) -> None:
    """Give a compiled schema matchers for those of its patterns that could take long."""
    for kind in schema.maps.iter_components(XsdAtomicRestriction):
        for facet in kind.facets.values():
            if isinstance(facet, XsdPatternFacets):
                facet.patterns[:] = [
                    cast("re.Pattern[str]", _matcher(written, given))
                    for written, given in zip(facet.regexps, facet.patterns, strict=True)
                ]


def _matcher(pattern: str, usual: re.Pattern[str]) -> Matcher | re.Pattern[str]:
    try:
        return Matcher(pattern, usual if is_harmless(pattern) else None)
    except ExpressionError:
        return usual  # xmlschema takes more than the specification has


def is_harmless(pattern: str) -> bool:
    """Whether trying all ways on a short text stays within bounds: few repetitions, none of what holds one."""
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
