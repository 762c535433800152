"""What the steps of a build share: where results go, who makes them, what was found."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from teipipe.build.findings import from_loss
from teipipe.diagnostics import Diagnostic
from teipipe.errors import TeipipeError, WorkerError
from teipipe.provenance.statement import NOTHING, Statement

if TYPE_CHECKING:
    from teipipe.build.known import Known
    from teipipe.build.manifest import Entry
    from teipipe.build.output import Output
    from teipipe.build.report import Observer
    from teipipe.build.workers import Pool
    from teipipe.project import Project


@dataclass(slots=True)
class Work:
    """One run of a build; with `force`, nothing counts as up to date; finishers that `without` names are left out.

    `stylesheets` is the key of those that the workers hold; `statement` is what every file says of what made it.
    """

    project: Project
    output: Output
    pool: Pool
    observer: Observer
    known: Known
    stylesheets: str
    force: bool = False
    without: Collection[str] = ()
    statement: Statement = NOTHING
    diagnostics: list[Diagnostic] = field(default_factory=list)
    failures: list[tuple[TeipipeError, Path]] = field(default_factory=list)

    def take_error(self, error: TeipipeError, path: Path) -> None:
        """Report what went wrong over the document (or output folder) `path`."""
        if isinstance(error, WorkerError):
            self.diagnostics.append(from_loss(error, path))
        else:
            self.failures.append((error, path))

    def keep_files(self, entries: Iterable[Entry], why: str) -> None:
        """Let files of the last build stay that could not be made anew, and say so."""
        self.diagnostics += (self.output.out_of_date(entry.path, why) for entry in self.output.keep(entries))
