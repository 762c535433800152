"""The README of a package, for whoever finds it in twenty years and knows nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from teipipe.bags import Item, Stored
from teipipe.deposit.package import Package


def readme(package: Package, record: str, stored: Mapping[str, Stored]) -> Iterator[Item]:
    """Yield README.html and README.txt, which say the same."""
    yield from ()
