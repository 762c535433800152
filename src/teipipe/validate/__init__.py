"""What is wrong with documents: each check yields findings, and none knows how they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from teipipe.errors import SchemaError
    from teipipe.validate.context import Context
    from teipipe.validate.engine import Schema
    from teipipe.validate.opening import open_schema
    from teipipe.validate.run import CHECKS, Check, check_document, validate

__all__ = ["CHECKS", "Check", "Context", "Schema", "SchemaError", "check_document", "open_schema", "validate"]

#: Where each is: whoever needs one module alone, as the encoder does, doesn't load all checks.
_HOMES: Final = {
    "CHECKS": "teipipe.validate.run",
    "Check": "teipipe.validate.run",
    "Context": "teipipe.validate.context",
    "Schema": "teipipe.validate.engine",
    "SchemaError": "teipipe.errors",
    "check_document": "teipipe.validate.run",
    "open_schema": "teipipe.validate.opening",
    "validate": "teipipe.validate.run",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(home), name)
    globals()[name] = value
    return value
