"""bag-info.txt: who sends what, for those who receive it."""

from __future__ import annotations

from collections.abc import Iterator

from teipipe.deposit.package import Package
from teipipe.deposit.settings import Deposit
from teipipe.diagnostics import Diagnostic, Location


def bag_info(package: Package, record: str, settings: Deposit) -> tuple[tuple[str, str], ...]:
    """The fields of bag-info.txt in order, apart from those that follow from the payload."""
    return (("External-Description", package.title), ("Bagging-Date", package.date))


def missing(record: str, settings: Deposit, place: Location) -> Iterator[Diagnostic]:
    """Yield what neither the record of the edition nor the configuration says; `place` is where it could be said."""
    yield from ()
