"""Datatype libraries: the built-in one and XML Schema's (RELAX NG specification, section 4.3; XSD 1.0 part 2)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
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

    library: str
    name: str
    params: tuple[tuple[str, str], ...]
    identity: Identity
    #: Whether prefixes change what a value means (QName, NOTATION).
    is_contextual: bool

    def allows(self, text: str, prefixes: Mapping[str, str]) -> bool:
        """Whether a string, as it is in the document, is one of the datatype's."""

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


def datatype(library: str, name: str, params: Sequence[tuple[str, str]] = ()) -> Datatype:
    """The datatype `name` of a library, "" being the built-in one; raises UnknownDatatypeError."""
    raise NotImplementedError
