"""Verifies a package: by itself, and by doing again what made it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from teipipe.deposit.package import Package
from teipipe.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Verified:
    """What verification came to.

    `package` is None if the package isn't one of teipipe's; `diagnostics` have paths in the package; `steps` says what
    was done and what it came to, in order; `remarks` what the user should know besides.
    """

    package: Package | None
    diagnostics: tuple[Diagnostic, ...]
    steps: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()


def verify(
    path: Path, *, receipt: str = "", rebuild: bool = True, progress: Callable[[str, int], None] | None = None
) -> Verified:
    """Verify the package at `path`; raises TeipipeError if there is none, or it can't be read safely."""
    raise NotImplementedError
