"""Numbers of any length: what the strings of the numeric types mean, and how they are ordered."""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Callable
from typing import Final, NamedTuple

is_decimal: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)").fullmatch
is_integer: Final = re.compile(r"[+-]?[0-9]+").fullmatch
is_float: Final = re.compile(r"-?INF|NaN|[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?").fullmatch
#: What is not a number, and yet the same as itself.
NAN: Final = "NaN"


class Decimal(NamedTuple):
    """A decimal number as the digits that it is written with, without zeros that mean nothing."""

    is_negative: bool
    whole: str
    fraction: str


def decimal(text: str) -> Decimal:
    """What a string means that is a decimal number; converting it would take long for many digits."""
    whole, _, fraction = text.lstrip("+-").partition(".")
    whole, fraction = whole.lstrip("0"), fraction.rstrip("0")
    return Decimal(text.startswith("-") and bool(whole or fraction), whole, fraction)


def compare(one: Decimal, other: Decimal) -> int:
    """Below 0, 0 or above 0 as for the order of two numbers."""
    if one.is_negative != other.is_negative:
        return -1 if one.is_negative else 1
    first = (len(one.whole), one.whole, one.fraction)
    second = (len(other.whole), other.whole, other.fraction)
    order = (first > second) - (first < second)
    return -order if one.is_negative else order


def double(text: str) -> float | str:
    """What a string means in double precision."""
    return NAN if text == NAN else float(text)


def single(text: str) -> float | str:
    """What a string means in single precision."""
    number = double(text)
    if isinstance(number, str):
        return number
    try:
        nearest: float = struct.unpack("f", struct.pack("f", number))[0]
    except OverflowError:
        return math.copysign(math.inf, number)
    return nearest


def compare_floats(one: float | str, other: float | str) -> int | None:
    """Below 0, 0 or above 0 as for the order of two numbers; None if one of them is none."""
    if isinstance(one, str) or isinstance(other, str):
        return 0 if one == other else None
    return (one > other) - (one < other)


def within(least: int | None, most: int | None) -> Callable[[str], bool]:
    """Whether a string is a whole number between these, which are included."""
    low, high = -math.inf if least is None else least, math.inf if most is None else most
    lowest = None if least is None else decimal(str(least))
    highest = None if most is None else decimal(str(most))

    def allows(text: str) -> bool:
        if not is_integer(text):
            return False
        if len(text) < 30:
            return low <= int(text) <= high
        number = decimal(text)
        return (lowest is None or compare(number, lowest) >= 0) and (highest is None or compare(number, highest) <= 0)

    return allows
