"""How commands show findings, results and progress: plainly to a file or a pipe, with a moving bar on a terminal."""

from __future__ import annotations

import math
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from teipipe.build.report import BuildReport, OutputFile
    from teipipe.diagnostics import Diagnostic
    from teipipe.verdict import Verdict


def show_findings(diagnostics: Iterable[Diagnostic], stream: TextIO) -> None:
    """What a command other than checking found, as `show_verdict` shows it."""
    from teipipe.verdict import Verdict

    show_verdict(Verdict(Path.cwd(), tuple(diagnostics)), stream)


def show_verdict(verdict: Verdict, stream: TextIO, *, verbose: bool = False) -> None:
    """What a run of checks found, each finding with its line of source, in colours on a terminal that has them.

    With `verbose` what has the same cause is shown at each place. The summary is for the caller to show.
    """
    if not verdict.diagnostics:
        return
    from teipipe.reports import text

    for piece in text.findings(verdict, colours=_has_colours(stream), width=_room(stream), verbose=verbose):
        stream.write(piece)


def _room(stream: TextIO) -> int:
    """How many cells there are for a line of source: never less than makes sense; a fixed number for files."""
    from teipipe.reports.text import MARGIN, WIDTH

    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return WIDTH
    return max(40, columns - MARGIN) if stream.isatty() and columns else WIDTH


def show_file(state: str, path: Path) -> None:
    """One line on standard output: what became of a file."""
    from teipipe.reports.terminal import visible

    print(f"{state:<9}  {visible(str(path))}")


def _has_colours(stream: TextIO) -> bool:
    """NO_COLOR and FORCE_COLOR have the last word, in this order; else it is a terminal that isn't dumb."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0", "false"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


@contextmanager
def ended_as_interrupted() -> Iterator[None]:
    """Have whoever ends the command, or closes its terminal, end it as Ctrl-C does: what it began is cleared away."""
    import signal

    ways = [each for each in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(each) != signal.SIG_IGN]  # as by nohup
    before = {each: signal.signal(each, signal.default_int_handler) for each in ways}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


class Lines:
    """Shows a build as one line per file on standard output."""

    def planned(self, steps: int) -> None:
        """Nothing to show yet."""

    def step(self, name: str) -> None:
        """Nothing to show: the files are."""

    def file(self, file: OutputFile) -> None:
        """One line: what became of the file, and which it is."""
        show_file(file.state.value, file.path)


class LateBar:
    """Shows on a terminal's standard error how many of a number of things are done, once it has taken a second.

    A context manager: at the end the bar is gone, whatever the end is.
    """

    def __init__(self, what: str, total: int, *, is_shown: bool) -> None:
        self._what = what
        self._total = total
        self._start = time.monotonic() if is_shown else math.inf
        self._done = 0
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> LateBar:
        return self

    def __exit__(self, *reason: object) -> None:
        if self._progress is not None:
            self._progress.stop()

    def advance(self, number: int) -> None:
        """So many more are done."""
        self._done += number
        if self._progress is None and time.monotonic() - self._start > 1:
            self._progress = _progress()
            self._progress.start()
            self._task = self._progress.add_task(self._what, total=self._total)
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, completed=self._done)


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    return Progress(*columns, console=Console(stderr=True), transient=True)


class Stages:
    """Shows on a terminal's standard error what is being done and how far it is, once something takes a second.

    A context manager: at the end the bar is gone, whatever the end is. `tell` is what work of several stages tells.
    """

    def __init__(self, *, is_shown: bool) -> None:
        self._is_shown = is_shown
        self._start = time.monotonic()
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Stages:
        return self

    def __exit__(self, *reason: object) -> None:
        if self._progress is not None:
            self._progress.stop()

    def tell(self, what: str, done: int, total: int) -> None:
        """So much is done of what there is to do."""
        if not self._is_shown or time.monotonic() - self._start < 1:
            return
        if self._progress is None:
            self._progress = _stages()
            self._progress.start()
        if what not in self._tasks:
            for task in self._tasks.values():  # one after the other
                self._progress.remove_task(task)
            self._tasks = {what: self._progress.add_task(what, total=total)}
        self._progress.update(self._tasks[what], completed=done, total=total)


def _stages() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn()
    return Progress(*columns, console=Console(stderr=True), transient=True)


class Bar:
    """Shows a build as a bar on a terminal's standard error; it is gone when the build is done."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def planned(self, steps: int) -> None:
        """Show the bar."""
        # Not earlier: this import takes as long as rendering a document, and now the workers are still starting.
        self._progress = _progress()
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
    print(f"built {_built(report)} in {seconds:.2f} s: {counts}", file=sys.stderr)
    print(f"seconds: {phases}", file=sys.stderr)


def _built(report: BuildReport) -> str:
    """How much was built, and how much was up to date if anything was."""
    pages = "page about the whole" if report.pages == 1 else "pages about the whole"
    parts = [(report.documents, _several("document", report.documents), report.up_to_date)]
    if report.up_to_date or report.pages_up_to_date:
        parts.append((report.pages, pages, report.pages_up_to_date))
    if report.books or report.books_up_to_date:
        parts.append((report.books, _several("book", report.books), report.books_up_to_date))
    is_partial = len(parts) > 1 and any(left for *_, left in parts)
    return ", ".join(f"{made} {what}" + (f" ({left} up to date)" if is_partial else "") for made, what, left in parts)


def _several(word: str, number: int) -> str:
    return word if number == 1 else f"{word}s"
