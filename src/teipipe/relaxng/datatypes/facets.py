"""A built-in datatype with its parameters (RELAX NG guidelines for XML Schema's datatypes, section 2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from typing import Any, Final

from teipipe.relaxng.datatypes.automaton import Automaton
from teipipe.relaxng.datatypes.expressions import ExpressionError
from teipipe.relaxng.datatypes.interface import Identity, UnknownDatatypeError
from teipipe.relaxng.datatypes.kinds import Kind, Order
from teipipe.relaxng.datatypes.words import described, examples

_XML: Final = "http://www.w3.org/XML/1998/namespace"
_NUMBER: Final = re.compile(r"[ \t\n\r]*\+?([0-9]+)[ \t\n\r]*")
# No string is longer than this, which a count may therefore be cut down to.
_MANY: Final = 10**18
_LENGTHS: Final[dict[str, Callable[[int, int], bool]]] = {
    "length": int.__eq__,
    "minLength": int.__ge__,
    "maxLength": int.__le__,
}
_BOUNDS: Final[dict[str, Callable[[int, int], bool]]] = {
    "minInclusive": int.__ge__,
    "minExclusive": int.__gt__,
    "maxInclusive": int.__le__,
    "maxExclusive": int.__lt__,
}
_DIGITS: Final = ("totalDigits", "fractionDigits")
_ELSEWHERE: Final = {
    "enumeration": "; values are listed with <value>",
    "whiteSpace": "; another datatype has other whitespace",
}


class Typed:
    """One of XML Schema's datatypes with its parameters; raises UnknownDatatypeError if one of these is wrong."""

    __slots__ = ("_checks", "_kind", "identity", "is_contextual", "library", "name", "params")

    def __init__(self, library: str, kind: Kind, params: tuple[tuple[str, str], ...]) -> None:
        self.library = library
        self.name = kind.name
        self.params = params
        self.identity: Identity = kind.identity if library else Identity.NONE
        self.is_contextual = kind.is_qualified
        self._kind = kind
        self._checks: list[Callable[[str], bool]] = []
        for name, value in params:
            # A bound must be a value of the type as restricted by what stands before it, so they are added in turn.
            self._checks.append(self._check(name, value))

    def __repr__(self) -> str:
        return f"datatype({self.library!r}, {self.name!r}, {self.params!r})"

    def allows(self, text: str, prefixes: Mapping[str, str]) -> bool:
        """Whether a string, as it is in the document, is one of the datatype's; raises DatatypeLimitError."""
        kind = self._kind
        text = kind.whitespace(text)
        if not kind.allows(text) or (kind.is_qualified and _qualified(text, prefixes) is None):
            return False
        for check in self._checks:  # noqa: SIM110  # a generator takes longer than most checks
            if not check(text):
                return False
        return True

    def value(self, text: str, prefixes: Mapping[str, str]) -> Hashable | None:
        """What the string means: equal for strings that mean the same; None if it is none of the datatype's."""
        if not self.allows(text, prefixes):
            return None
        text = self._kind.whitespace(text)
        return _qualified(text, prefixes) if self._kind.is_qualified else self._kind.value(text)

    @property
    def description(self) -> str:
        """The datatype in plain words, parameters included: `a whole number from 1`."""
        return described(self.name, self.params)

    @property
    def example(self) -> str | None:
        """A value of the datatype, None where one can't be told."""
        return next((text for text in examples(self.name, self.params) if self.allows(text, {})), None)

    def _check(self, name: str, value: str) -> Callable[[str], bool]:
        """Whether a string, whitespace processed, conforms to one parameter."""
        kind = self._kind
        if name == "pattern":
            return self._pattern(value)
        if name in _LENGTHS and kind.length is not None:
            return _measured(kind.length, _LENGTHS[name], self._number(name, value))
        if name in _BOUNDS and kind.order is not None:
            if not self.allows(value, {}):
                raise self._bad(name, value, f"it is not a value of “{self.name}” itself, or not as restricted before")
            return _ordered(kind.value, kind.order, _BOUNDS[name], kind.value(kind.whitespace(value)))
        if name in _DIGITS and kind.has_digits:
            number = self._number(name, value)
            if name == "fractionDigits":
                return lambda text: len(kind.value(text).fraction) <= number  # type: ignore[attr-defined]  # Decimal
            if number == 0:
                raise self._bad(name, value, "it must be 1 or more")
            return lambda text: _digits(kind.value(text)) <= number
        if name in (*_LENGTHS, *_BOUNDS, *_DIGITS):
            raise UnknownDatatypeError(f"the parameter “{name}” can’t be applied to the datatype “{self.name}”")
        raise UnknownDatatypeError(f"datatypes have no parameter “{name}”{_ELSEWHERE.get(name, '')}")

    def _pattern(self, value: str) -> Callable[[str], bool]:
        try:
            return Automaton(value).matches
        except ExpressionError as error:
            raise self._bad("pattern", value, str(error)) from None

    def _number(self, name: str, value: str) -> int:
        match = _NUMBER.fullmatch(value)
        if match is None:
            raise self._bad(name, value, "it must be a whole number from 0")
        digits = match[1].lstrip("0") or "0"
        return int(digits) if len(digits) < 18 else _MANY

    def _bad(self, name: str, value: str, reason: str) -> UnknownDatatypeError:
        return UnknownDatatypeError(f"“{value}” is a bad value of {name} on the datatype “{self.name}”: {reason}")


def _measured(length: Callable[[str], int], fits: Callable[[int, int], bool], number: int) -> Callable[[str], bool]:
    return lambda text: fits(length(text), number)


def _ordered(
    value: Callable[[str], Any], order: Order, fits: Callable[[int, int], bool], bound: Hashable
) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        found = order(value(text), bound)
        return found is not None and fits(found, 0)

    return check


def _digits(number: Any) -> int:
    """How many digits a decimal number needs."""
    return len(f"{number.whole}{number.fraction}".lstrip("0")) or 1


def _qualified(name: str, prefixes: Mapping[str, str]) -> tuple[str, str] | None:
    """Namespace and local name; None if the prefix is not declared."""
    prefix, colon, local = name.rpartition(":")
    namespace = _XML if prefix == "xml" else prefixes.get(prefix)
    if namespace is None:
        return None if colon else ("", local)
    return namespace, local
