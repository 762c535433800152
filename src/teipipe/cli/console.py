"""How commands show findings, results and progress: plainly to a file or a pipe, with a moving bar on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from teipipe.build.report import BuildReport, OutputFile
    from teipipe.diagnostics import Diagnostic


def show_findings(diagnostics: Iterable[Diagnostic], stream: TextIO) -> None:
    """One line for each finding, its related places and its help below it."""
    for diagnostic in diagnostics:
        print(f"{diagnostic.location}: {diagnostic.severity}[{diagnostic.rule}] {diagnostic.message}", file=stream)
        for place, remark in diagnostic.related:
            print(f"  {place}: {remark}", file=stream)
        if diagnostic.help:
            print(f"  help: {diagnostic.help}", file=stream)


def amount(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 file", "2 files"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def show_verdict(findings: Sequence[Diagnostic], documents: int, seconds: float) -> None:
    """How much was checked and what was found, on standard error."""
    from teipipe.diagnostics import Severity

    counts = [
        amount(number, str(severity))
        for severity in sorted(Severity, reverse=True)
        if severity > Severity.INFO and (number := sum(finding.severity is severity for finding in findings))
    ]
    verdict = ", ".join(counts) or "nothing wrong"
    print(f"checked {amount(documents, 'document')} in {seconds:.2f} s: {verdict}", file=sys.stderr)


class Lines:
    """Shows a build as one line per file on standard output."""

    def planned(self, steps: int) -> None:
        """Nothing to show yet."""

    def step(self, name: str) -> None:
        """Nothing to show: the files are."""

    def file(self, file: OutputFile) -> None:
        """One line: what became of the file, and which it is."""
        print(f"{file.state.value:<9}  {file.path}")


class Bar:
    """Shows a build as a bar on a terminal's standard error; it is gone when the build is done."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def planned(self, steps: int) -> None:
        """Show the bar."""
        # Not earlier: this import takes as long as rendering a document, and now the workers are still starting.
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._progress.start()
        self._task = self._progress.add_task("rendering", total=steps)

    def step(self, name: str) -> None:
        """Move on by one, and say what is done."""
        if self._progress is not None and self._task is not None:
            from rich.markup import escape

            self._progress.update(self._task, advance=1, description=escape(name))

    def file(self, file: OutputFile) -> None:
        """Nothing to show: the bar moves by documents."""

    def close(self) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._progress.stop()


def show_summary(report: BuildReport, seconds: float) -> None:
    """What was built, and where the time went, on standard error."""
    from teipipe.build.report import FileState

    counts = ", ".join(f"{report.count(state)} {state.value}" for state in FileState)
    phases = ", ".join(f"{name} {spent:.2f}" for name, spent in report.seconds.items())
    print(
        f"built {amount(report.documents, 'document')} in {seconds:.2f} s: {counts}\nseconds: {phases}",
        file=sys.stderr,
    )
