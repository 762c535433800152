"""What has changed from one package of an edition to the next: by content, not by bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from teipipe.bags import Item
from teipipe.bags.reading import Bag
from teipipe.deposit.package import Package
from teipipe.project import Project


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes since a package: `lines` say them in words."""

    lines: tuple[str, ...] = ()

    def items(self) -> Iterator[Item]:
        """Yield reports/changes.txt and reports/changes.json."""
        yield from ()


def changes_since(previous: Bag, project: Project, package: Package) -> Changes:
    """What has changed in documents, words, entries of the register and schema; raises BagError, UnreadableError."""
    return Changes()
