"""PREMIS 3.0: what each file is, and what happened to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from teipipe.bags import Item, Stored
from teipipe.deposit.package import Package


def premis(package: Package, stored: Mapping[str, Stored]) -> Iterator[Item]:
    """Yield metadata/premis.xml, which describes all other files of the payload."""
    yield from ()
