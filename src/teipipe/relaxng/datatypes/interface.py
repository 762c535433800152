"""What a datatype is asked, and what can be wrong with one."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from enum import Enum
from typing import Protocol


class Identity(Enum):
    """What a datatype means for identity (RELAX NG DTD Compatibility, section 5)."""

    NONE = ""
    ID = "ID"
    IDREF = "IDREF"
    IDREFS = "IDREFS"


class Datatype(Protocol):
    """One datatype with its parameters.

    `library` is the library's URI, `name` the type's, `params` its parameters in order; from these three the same
    datatype can be made again. `prefixes` where they are asked for map prefixes to namespaces ("" for the default one).
    """

    @property
    def library(self) -> str:
        """The library's URI, "" for the built-in one."""

    @property
    def name(self) -> str:
        """The type's name in its library."""

    @property
    def params(self) -> tuple[tuple[str, str], ...]:
        """Names and values of the parameters, in order."""

    @property
    def identity(self) -> Identity:
        """Whether values name something, or refer to it."""

    @property
    def is_contextual(self) -> bool:
        """Whether prefixes change what a value means (QName, NOTATION)."""

    def allows(self, text: str, prefixes: Mapping[str, str]) -> bool:
        """Whether a string, as it is in the document, is one of the datatype's; raises DatatypeLimitError."""

    def value(self, text: str, prefixes: Mapping[str, str]) -> Hashable | None:
        """What the string means: equal for strings that mean the same; None if it is none of the datatype's."""

    @property
    def description(self) -> str:
        """The datatype in plain words, parameters included: `a whole number from 1`."""

    @property
    def example(self) -> str | None:
        """A value of the datatype, None where one can't be told."""


class UnknownDatatypeError(Exception):
    """There is no such library, datatype or parameter, or a parameter has a bad value; the message says which."""


class LimitError(Exception):
    """Something can't be judged with reasonable effort; the message says which limit was met. Never a verdict."""


class DatatypeLimitError(LimitError):
    """A value can't be judged with reasonable effort."""
