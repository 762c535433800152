"""Datatype libraries: the built-in one and XML Schema's (RELAX NG specification, section 4.3; XSD 1.0 part 2)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from teipipe.relaxng.datatypes.facets import Typed
from teipipe.relaxng.datatypes.interface import (
    Datatype,
    DatatypeLimitError,
    Identity,
    LimitError,
    UnknownDatatypeError,
)
from teipipe.relaxng.datatypes.kinds import KINDS

__all__ = ["XSD", "Datatype", "DatatypeLimitError", "Identity", "LimitError", "UnknownDatatypeError", "datatype"]

XSD: Final = "http://www.w3.org/2001/XMLSchema-datatypes"


def datatype(library: str, name: str, params: Sequence[tuple[str, str]] = ()) -> Datatype:
    """The datatype `name` of a library, "" being the built-in one; raises UnknownDatatypeError."""
    return _made(library, name, tuple(params))


# A large schema has thousands of data patterns, and a few dozen different ones.
@lru_cache(maxsize=1024)
def _made(library: str, name: str, params: tuple[tuple[str, str], ...]) -> Datatype:
    if library not in ("", XSD):
        raise UnknownDatatypeError(f"there is no datatype library “{library}”")
    if name not in (KINDS if library else ("string", "token")):
        where = "in XML Schema" if library else "among RELAX NG’s own, which are “string” and “token”"
        raise UnknownDatatypeError(f"there is no datatype “{name}” {where}")
    if params and not library:
        raise UnknownDatatypeError(f"RELAX NG’s own datatype “{name}” has no parameters, so no “{params[0][0]}”")
    return Typed(library, KINDS[name], params)
