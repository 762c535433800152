"""What every engine that judges by a schema has in common."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from teipipe.diagnostics import Diagnostic, Location
from teipipe.documents import Document
from teipipe.errors import TeipipeError


class SchemaError(TeipipeError):
    """The schema can't be used: missing, broken, or not a schema; `location` says where in it."""

    def __init__(self, message: str, location: Location, *, help: str | None = None) -> None:
        super().__init__(message, path=location.path, help=help)
        self.location = location
        self.args = (f"{location}: {message}",)


class Schema(Protocol):
    """A compiled schema. Engines share this and nothing else."""

    @property
    def path(self) -> Path:
        """Its file, as findings show it."""
        ...

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Yield what in a well-formed document doesn't fit, each cause once."""
        ...
