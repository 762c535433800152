"""`teipipe serve`: the edition in the browser, while it is being made."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.cli.options import Subparsers, add_command, add_jobs, add_project, project_of
from teipipe.errors import TeipipeError

if TYPE_CHECKING:
    from teipipe.build.report import BuildReport, OutputFile
    from teipipe.diagnostics import Diagnostic

_DESCRIPTION: Final = """\
Build the edition, serve it on this machine (127.0.0.1), and keep at it: whenever a document, the register, the
configuration, a stylesheet or the theme is saved, what changes is built and checked anew, the page in the browser is
loaded again where it was, and what is wrong is shown in it and here. What can't be built keeps its old page. Ctrl-C
ends it. The files in the output folder are those of `teipipe build`; books stay as they were."""

_EXAMPLES: Final = """\
  teipipe serve                build the project around here, and serve it at http://127.0.0.1:8000/
  teipipe serve --open         and open it in the browser
  teipipe serve letters        an edition of the TEI files in the folder letters
  teipipe serve --port 9000    at this port, and no other if it is taken
  teipipe serve --poll         where a file system doesn't tell of changes: on network drives, in some containers

exit status: 0 when it was ended by Ctrl-C, 2 if there is nothing that could be served"""


def add(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = add_command(
        subparsers,
        "serve",
        run,
        summary="show the edition in the browser, anew on every change",
        description=_DESCRIPTION,
        examples=_EXAMPLES,
    )
    parser.add_argument("folder", metavar="FOLDER", nargs="?", type=Path, help="the same as --project FOLDER")
    add_project(parser)
    parser.add_argument("-o", "--output", metavar="DIR", type=Path, help="build in DIR (default: as configured, build)")
    parser.add_argument(
        "--port", metavar="N", type=_port, help="serve at this port (default: the first free one from 8000 on)"
    )
    parser.add_argument("--open", action="store_true", help="open the edition in the browser")
    parser.add_argument("--poll", action="store_true", help="look for changes, rather than wait to be told of them")
    add_jobs(parser)


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted, and return the exit status."""
    from dataclasses import replace

    from teipipe.cli.console import ended_as_interrupted
    from teipipe.serve import Options, serve

    if arguments.folder is not None and arguments.project is not None:
        raise TeipipeError("both FOLDER and --project name a project", help="give one of them")
    project = project_of(arguments.project or arguments.folder)
    if arguments.output is not None:
        project = replace(project, output=arguments.output)
    terminal = _Terminal(opens=arguments.open)
    try:
        with ended_as_interrupted():
            serve(project, Options(arguments.port, arguments.jobs, arguments.poll), terminal, terminal)
    except KeyboardInterrupt:
        terminal.close()
        print("\nteipipe: stopped", file=sys.stderr)
    finally:
        terminal.close()
    return 0


class _Terminal:
    """Tells what happens, in short lines: where the edition is on standard output, all else on standard error.

    The first build has a bar on a terminal; the others are over before anyone could look at one.
    """

    def __init__(self, *, opens: bool) -> None:
        from teipipe.cli.console import Bar

        self._bar = Bar() if sys.stderr.isatty() and sys.stdout.isatty() else None
        self._opens = opens
        self._lock = threading.Lock()  # builds and checks tell from different threads

    def close(self) -> None:
        """Take the bar away for good."""
        if self._bar is not None:
            self._bar.close()
        self._bar = None

    def planned(self, steps: int) -> None:
        if self._bar is not None:
            self._bar.planned(steps)

    def step(self, name: str) -> None:
        if self._bar is not None:
            self._bar.step(name)

    def file(self, file: OutputFile) -> None:
        """Nothing to show: there are too many."""

    def ready(self, address: str, report: BuildReport, seconds: float) -> None:
        self.close()
        documents = f"{report.documents} document{'' if report.documents == 1 else 's'}"
        self._say(f"built {documents} in {seconds:.2f} s", *_lines(report.diagnostics))
        print(f"{address} (Ctrl-C ends)", flush=True)
        if self._opens:
            import webbrowser

            webbrowser.open(address)

    def built(self, changed: Sequence[Path], report: BuildReport, seconds: float) -> None:
        from teipipe.build.report import FileState

        number = len(report.files) - report.count(FileState.UNCHANGED)
        there = [path for path in changed if path.exists()] or changed  # without what an editor had for a moment
        names = ", ".join(path.name for path in there[:3]) + (", …" if len(there) > 3 else "")
        self._say(f"{names or 'anew'}: {number} file{'' if number == 1 else 's'} in {seconds:.2f} s")

    def failed(self, error: TeipipeError) -> None:
        self._say(f"not built: {error}", *([f"help: {error.help}"] if error.help else []))

    def found(self, findings: Sequence[Diagnostic], news: Sequence[Diagnostic]) -> None:
        from teipipe.diagnostics import Severity

        errors = sum(finding.severity >= Severity.ERROR for finding in findings)
        warnings = sum(finding.severity == Severity.WARNING for finding in findings)
        counts = [f"{number} {word}{'' if number == 1 else 's'}" for number, word in _some(errors, warnings)]
        self._say(*_lines(news), ", ".join(counts) or "no errors")

    def warn(self, message: str) -> None:
        self._say(f"warning: {message}")

    def _say(self, *lines: str) -> None:
        import time

        from teipipe.reports.terminal import visible

        with self._lock:
            for line in lines:
                print(time.strftime("%H:%M:%S"), visible(line), file=sys.stderr, flush=True)


def _some(errors: int, warnings: int) -> list[tuple[int, str]]:
    return [(number, word) for number, word in ((errors, "error"), (warnings, "warning")) if number]


#: So many new findings are told at once.
_MOST: Final = 10


def _lines(findings: Sequence[Diagnostic]) -> list[str]:
    from teipipe.reports.lines import line

    told = [line(finding) for finding in findings[:_MOST]]
    return told + ([f"and {len(findings) - _MOST} more"] if len(findings) > _MOST else [])


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65_535:
        raise ValueError(text)
    return number


_port.__name__ = "port"
