"""The main thread: waits for changes, builds, and has what it built checked."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol

from teipipe.build.report import BuildReport, FileState, Observer
from teipipe.build.session import Session
from teipipe.diagnostics import Diagnostic
from teipipe.errors import TeipipeError
from teipipe.folders import absolute
from teipipe.project import Project
from teipipe.serve.board import Board, Problem, Status
from teipipe.serve.checking import Checked, Checker
from teipipe.serve.server import HOST, Server, bind
from teipipe.serve.watching import Watcher

DEFAULT_PORT: Final = 8000
#: So many ports are tried from the default one on.
_TRIES: Final = 50


@dataclass(frozen=True, slots=True)
class Options:
    """How to serve: on a `port` (by default the first free one from 8000 on), with so many `workers`.

    With `polling` changes are looked for, instead of being told of by the system.
    """

    port: int | None = None
    workers: int | None = None
    polling: bool = False


class Teller(Protocol):
    """Is told what happens."""

    def ready(self, address: str, report: BuildReport, seconds: float) -> None:
        """The first build is done, and the edition is at this address."""

    def built(self, changed: Sequence[Path], report: BuildReport, seconds: float) -> None:
        """After a change of these files, something was written in so many seconds."""

    def failed(self, error: TeipipeError) -> None:
        """Nothing could be built, for another reason than before."""

    def found(self, findings: Sequence[Diagnostic], news: Sequence[Diagnostic]) -> None:
        """All that is known to be wrong, and what of it was not known before; told when it has changed."""

    def warn(self, message: str) -> None:
        """Something that a user should know."""


def serve(project: Project, options: Options, teller: Teller, observer: Observer) -> None:
    """Serve a project until interrupted; `observer` is told how its builds go on.

    Raises TeipipeError if it can't be built at first, or no port be had; KeyboardInterrupt at the end.
    """
    port, tries = (DEFAULT_PORT, _TRIES) if options.port is None else (options.port, 1)
    with ExitStack() as stack:
        listener = stack.enter_context(bind(port, tries))
        board = Board(project.output)
        watcher = stack.enter_context(Watcher(teller.warn, polling=options.polling))
        session = stack.enter_context(Session(project, workers=options.workers, observer=observer))
        checker = stack.enter_context(Checker(lambda checked, is_last: _take(board, teller, checked, is_last)))
        keeper = _Keeper(board, watcher, session, checker, teller)
        start = time.perf_counter()
        report = keeper.first()
        stack.enter_context(Server(listener, board, project.root))
        address = f"http://{HOST}:{listener.getsockname()[1]}/"
        teller.ready(address, report, time.perf_counter() - start)
        while True:
            keeper.update(watcher.changes())


def _take(board: Board, teller: Teller, checked: Checked, is_last: bool) -> None:
    """Put what a check found on the board."""
    if checked.problem is None:
        found = checked.merged(board.status.checked)
        _tell_news(teller, board.status, replace(board.status, checked=found))
        board.tell(checked=found, unchecked=(), is_checking=not is_last)
    else:
        board.tell(unchecked=(checked.problem,), is_checking=not is_last)


def _tell_news(teller: Teller, now: Status, then: Status) -> None:
    """Tell of findings that come onto the board, before they do: who reads them there may end the server at once."""
    before, findings = now.findings, then.findings
    if findings != before:
        known = {(each.code, each.location.path, each.message) for each in before}
        news = [each for each in findings if (each.code, each.location.path, each.message) not in known]
        teller.found(findings, news)


class _Keeper:
    """Keeps the edition up to date."""

    def __init__(self, board: Board, watcher: Watcher, session: Session, checker: Checker, teller: Teller) -> None:
        self._board = board
        self._watcher = watcher
        self._session = session
        self._checker = checker
        self._teller = teller

    def first(self) -> BuildReport:
        """The first build; raises TeipipeError."""
        report = self._build(without=("books",))
        self._put(report)
        self._check(())
        return report

    def update(self, changed: set[Path]) -> None:
        """Build what has changed, and have it checked; whatever is wrong is told, and the old pages stay."""
        start = time.perf_counter()
        self._board.tell(is_building=True)
        try:
            # The index takes longer than all else but books; the next build makes it of what is there then.
            report = self._build(without=("search", "books"))
        except TeipipeError as error:
            self._fail(error)
            return
        if any(file.state is not FileState.UNCHANGED for file in report.files):
            self._teller.built(sorted(changed), report, time.perf_counter() - start)
        status = self._board.status
        _tell_news(self._teller, status, replace(status, built=tuple(report.diagnostics)))
        self._put(report)
        self._check(changed)

    def _build(self, *, without: Collection[str] = ()) -> BuildReport:
        project = self._session.project
        # Watched anew first: what comes while a new folder is read would not be noticed.
        self._watcher.follow(project.root, project.output)
        return self._session.build(without=without)

    def _put(self, report: BuildReport) -> None:
        changed = [file.path for file in report.files if file.state is not FileState.UNCHANGED]
        self._board.tell(register=self._session.project.register)
        self._board.built(changed, report.diagnostics)

    def _check(self, changed: Collection[Path]) -> None:
        """Have all checked, what has changed first."""
        project, real = self._session.project, {absolute(path) for path in changed}
        self._board.tell(is_checking=True)
        self._checker.ask(project.root, [path for path in project.everything if absolute(path) in real])

    def _fail(self, error: TeipipeError) -> None:
        problem = Problem.of(error)
        if self._board.status.problems != (problem,):
            self._teller.failed(error)
        self._board.tell(is_building=False, problems=(problem,))
