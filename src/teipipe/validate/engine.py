"""What every engine that judges by a schema has in common, and what some can do besides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from teipipe.diagnostics import Diagnostic
from teipipe.documents import Document

if TYPE_CHECKING:
    from teipipe.scan import Reading


class Schema(Protocol):
    """A compiled schema. Engines share this and nothing else."""

    @property
    def path(self) -> Path:
        """Its file, as findings show it."""
        ...

    @property
    def language(self) -> str:
        """What it is written in: "RELAX NG", "XSD 1.1"."""
        ...

    @property
    def version(self) -> str:
        """What it calls its own version, "" if it doesn't."""
        ...

    @property
    def checksum(self) -> str:
        """Of all files that it is made of: "sha256:" and 64 hexadecimal digits."""
        ...

    def check(self, document: Document, *, all_expected: bool = False) -> Iterator[Diagnostic]:
        """Yield what in a well-formed document doesn't fit, each cause once.

        With `all_expected`, all that was expected at a place is listed, however much it is.
        """
        ...


@runtime_checkable
class Streaming(Protocol):
    """An engine that judges while the document is read: its pass is then the only one."""

    def read(self, document: Document) -> Reading:
        """The same as the plain pass finds, and whether the document is valid."""
        ...


@runtime_checkable
class Portable(Protocol):
    """An engine whose schemas can be sent to another process of the same program."""

    def state(self) -> bytes:
        """All that `revive` needs."""
        ...

    @classmethod
    def revive(cls, path: Path, state: bytes) -> Schema:
        """The schema whose state this is."""
        ...


@runtime_checkable
class Learning(Protocol):
    """An engine that gets faster with each document, and can keep for next time what it learned."""

    def grown(self) -> bytes | None:
        """What it has learned since it was opened or revived, None if nothing."""
        ...

    def keep(self, others: Sequence[bytes]) -> None:
        """Store what it learned, and what copies of it in other processes did."""
        ...


@runtime_checkable
class Reporting(Protocol):
    """An engine whose language has a report of its own: Schematron, with SVRL."""

    @property
    def path(self) -> Path:
        """Its file, as findings show it."""
        ...

    def svrl(self, document: Document) -> str:
        """The report on a well-formed document, as XML."""
        ...


@runtime_checkable
class Doubting(Protocol):
    """An engine that uses schemas which it has doubts about, and says so."""

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What is doubtful in the schema, with its place there."""
        ...
