"""What the verification of a package came to, as values: step by step, with all that was found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from teipipe.diagnostics import Diagnostic, exit_code

if TYPE_CHECKING:
    from teipipe.build.remaking import Difference
    from teipipe.deposit.package import Package


class State(Enum):
    """What a step came to."""

    PROVED = "proved"
    FAILED = "failed"
    DIFFERS = "differs"  # other versions do this today
    UNDONE = "not done"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of verification: its name, what it came to, and in words what was looked at and how much of it."""

    name: str
    state: State
    words: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What verification came to.

    `receipt` is the one that stands for the package as it is; `package` is None if it isn't one of teipipe's; `steps`
    are in order; `diagnostics` have paths in the package; `known` are findings that the report in the package has, too;
    `differences` are the files that aren't made again as they are, whether that is wrong or due to other versions;
    `remarks` what the user should know besides.
    """

    path: Path
    receipt: str
    package: Package | None
    steps: tuple[Step, ...]
    diagnostics: tuple[Diagnostic, ...]
    known: tuple[Diagnostic, ...] = ()
    differences: tuple[Difference, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 all is proved that was looked at, 1 something is wrong, 2 something could not be verified."""
        return exit_code(self.diagnostics)
