"""What every engine that judges by a schema has in common."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from teipipe.diagnostics import Diagnostic
from teipipe.documents import Document


class Schema(Protocol):
    """A compiled schema. Engines share this and nothing else."""

    @property
    def path(self) -> Path:
        """Its file, as findings show it."""
        ...

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Yield what in a well-formed document doesn't fit, each cause once."""
        ...
