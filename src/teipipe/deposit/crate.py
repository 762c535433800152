"""RO-Crate 1.2: the package, for programs that know linked data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from teipipe.bags import Item, Stored
from teipipe.deposit.package import Package


def crate(package: Package, record: str, records: Mapping[str, str], stored: Mapping[str, Stored]) -> Iterator[Item]:
    """Yield ro-crate-metadata.json, from the records of the edition and of its documents (by their ids)."""
    yield from ()
