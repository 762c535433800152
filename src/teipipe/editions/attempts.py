"""Running stylesheets of which one may fail while the others go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from teipipe.errors import StylesheetError

P = ParamSpec("P")
T = TypeVar("T")


class Attempt:
    """Calls things that may fail by a stylesheet, and keeps each failure once."""

    def __init__(self) -> None:
        self.failures: dict[str, StylesheetError] = {}

    def __call__(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """What the function returns; None if a stylesheet failed."""
        try:
            return function(*args, **kwargs)
        except StylesheetError as error:
            self.failures.setdefault(str(error), error)
            return None
