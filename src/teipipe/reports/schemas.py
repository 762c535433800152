"""Which schemas judge which documents, for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.reports.terminal import visible

if TYPE_CHECKING:
    from teipipe.validate.sources import Source

_NAMED: Final = 5


def lines(assigned: Mapping[Source, Sequence[Path]], unassigned: Sequence[Path]) -> Iterator[str]:
    """Each schema with its language, why it was taken, and its documents; then the documents that have none."""
    for source, documents in assigned.items():
        phase = f", phase {source.phase}" if source.phase else ""
        yield visible(f"{source.name} ({source.language.value}{phase})")
        yield visible(f"    why: {source.reason}")
        yield visible(f"    for: {_some(documents)}")
    if unassigned:
        yield "no schema"
        yield visible(f"    for: {_some(unassigned)}")


def _some(documents: Sequence[Path]) -> str:
    named = ", ".join(map(str, documents[:_NAMED]))
    number = "1 document" if len(documents) == 1 else f"{len(documents)} documents"
    return f"{number}: {named}{', …' if len(documents) > _NAMED else ''}"
