"""XML Schema's built-in datatypes: which strings each one has, and what they mean (XSD 1.0 part 2, section 3)."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Final

from teipipe.relaxng.datatypes import moments, numbers
from teipipe.relaxng.datatypes.addresses import is_address
from teipipe.relaxng.datatypes.interface import Identity
from teipipe.relaxng.datatypes.names import is_name, is_plain_name, is_token

Order = Callable[[Any, Any], int | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A built-in datatype without parameters; all but `whitespace` take what that has made of a string."""

    name: str
    whitespace: Callable[[str], str]
    allows: Callable[[str], object]
    value: Callable[[str], Hashable]
    #: How long an allowed string is, where the type knows lengths.
    length: Callable[[str], int] | None = None
    #: How two values are ordered, where the type is.
    order: Order | None = None
    has_digits: bool = False
    identity: Identity = Identity.NONE
    #: Whether the string is a name with a prefix that must be declared.
    is_qualified: bool = False


_TO_BLANKS: Final = str.maketrans("\t\n\r", "   ")


def _kept(text: str) -> str:
    return text


def _replaced(text: str) -> str:
    return text.translate(_TO_BLANKS)


def _collapsed(text: str) -> str:
    # Mostly nothing is to be done; `split` knows more blanks than XML, but all of XML’s.
    if " ".join(text.split()) == text:
        return text
    return " ".join(filter(None, text.translate(_TO_BLANKS).split(" ")))


def _stripped(text: str) -> str:
    """As `_collapsed`, for types that have no blanks inside."""
    return text.strip(" \t\n\r")


def _anything(_: str) -> bool:
    return True


def _words(is_word: Callable[[str], object]) -> Callable[[str], bool]:
    return lambda text: bool(text) and all(map(is_word, text.split(" ")))


def _count(text: str) -> int:
    return text.count(" ") + 1 if text else 0


def _bytes(text: str) -> bytes:
    return b64decode(text.replace(" ", ""))


_is_language: Final = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*").fullmatch
_is_hexadecimal: Final = re.compile(r"(?:[0-9A-Fa-f]{2})*").fullmatch
# Whatever its last digit has of bits beyond whole bytes is 0 (second edition, 3.2.16).
_BASE64: Final = (
    r"(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){3}[A-Za-z0-9+/]|(?:[A-Za-z0-9+/] ?){2}[AEIMQUYcgkosw048] ?=|"
    r"[A-Za-z0-9+/] ?[AQgw] ?= ?=)?"
)


def _is_base64(text: str) -> bool:
    return re.fullmatch(_BASE64, text) is not None


def _is_truth(text: str) -> bool:
    return text in ("true", "false", "1", "0")


def _is_qualified(text: str) -> bool:
    return all(map(is_plain_name, text.split(":", 1)))


def _text(name: str, whitespace: Callable[[str], str], allows: Callable[[str], object] = _anything) -> Kind:
    return Kind(name, whitespace, allows, _kept, len)


def _reference(name: str, identity: Identity = Identity.NONE) -> Kind:
    return Kind(name, _stripped, is_plain_name, _kept, len, identity=identity)


def _list(name: str, is_word: Callable[[str], object], identity: Identity = Identity.NONE) -> Kind:
    return Kind(name, _collapsed, _words(is_word), _kept, _count, identity=identity)


def _whole(name: str, least: int | None = None, most: int | None = None) -> Kind:
    allows = numbers.within(least, most) if least is not None or most is not None else numbers.is_integer
    return Kind(name, _stripped, allows, numbers.decimal, order=numbers.compare, has_digits=True)


def _moment(name: str, calendar: moments.Calendar) -> Kind:
    return Kind(name, _stripped, calendar.allows, calendar.moment, order=moments.compare)


def _qualified(name: str) -> Kind:
    return Kind(name, _stripped, _is_qualified, _kept, is_qualified=True)


KINDS: Final[dict[str, Kind]] = {
    kind.name: kind
    for kind in (
        _text("string", _kept),
        _text("anyAtomicType", _kept),
        _text("normalizedString", _replaced),
        _text("token", _collapsed),
        _text("language", _stripped, _is_language),
        _text("NMTOKEN", _stripped, is_token),
        _list("NMTOKENS", is_token),
        _text("Name", _stripped, is_name),
        _text("NCName", _stripped, is_plain_name),
        _reference("ID", Identity.ID),
        _reference("IDREF", Identity.IDREF),
        _list("IDREFS", is_plain_name, Identity.IDREFS),
        # Whether an entity is declared is the parser's business, who knows the declarations.
        _reference("ENTITY"),
        _list("ENTITIES", is_plain_name),
        _qualified("QName"),
        _qualified("NOTATION"),
        _text("anyURI", _collapsed, is_address),
        Kind("boolean", _stripped, _is_truth, lambda text: text in ("true", "1")),
        Kind("hexBinary", _stripped, _is_hexadecimal, bytes.fromhex, lambda text: len(text) // 2),
        Kind("base64Binary", _collapsed, _is_base64, _bytes, lambda text: len(_bytes(text))),
        Kind("float", _stripped, numbers.is_float, numbers.single, order=numbers.compare_floats),
        Kind("double", _stripped, numbers.is_float, numbers.double, order=numbers.compare_floats),
        Kind("decimal", _stripped, numbers.is_decimal, numbers.decimal, order=numbers.compare, has_digits=True),
        _whole("integer"),
        _whole("nonPositiveInteger", None, 0),
        _whole("negativeInteger", None, -1),
        _whole("long", -(2**63), 2**63 - 1),
        _whole("int", -(2**31), 2**31 - 1),
        _whole("short", -(2**15), 2**15 - 1),
        _whole("byte", -(2**7), 2**7 - 1),
        _whole("nonNegativeInteger", 0),
        _whole("unsignedLong", 0, 2**64 - 1),
        _whole("unsignedInt", 0, 2**32 - 1),
        _whole("unsignedShort", 0, 2**16 - 1),
        _whole("unsignedByte", 0, 2**8 - 1),
        _whole("positiveInteger", 1),
        Kind("duration", _stripped, moments.is_duration, moments.duration, order=moments.compare_durations),
        _moment("dateTime", moments.DATE_TIME),
        _moment("time", moments.TIME),
        _moment("date", moments.DATE),
        _moment("gYearMonth", moments.YEAR_MONTH),
        _moment("gYear", moments.YEAR),
        _moment("gMonthDay", moments.MONTH_DAY),
        _moment("gDay", moments.DAY),
        _moment("gMonth", moments.MONTH),
    )
}
