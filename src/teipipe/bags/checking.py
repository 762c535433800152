"""Checks a package by itself: is everything there, nothing else, and nothing changed?"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from teipipe.bags.reading import Bag
from teipipe.diagnostics import Diagnostic


def check_bag(bag: Bag, receipt: str = "", progress: Callable[[int], None] | None = None) -> Iterator[Diagnostic]:
    """Yield what is wrong with a package: structure, completeness, fixity by all of its manifests, Payload-Oxum.

    With a `receipt` also whether it is the package that it was given out for. `progress` is told bytes that were read.
    """
    raise NotImplementedError
