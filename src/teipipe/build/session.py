"""Builds an edition again and again: the workers stay warm, and what was read is known."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial
from types import TracebackType

from teipipe.build.jobs import Setup
from teipipe.build.keys import rendering_key
from teipipe.build.known import Known
from teipipe.build.output import Output
from teipipe.build.processes import Program, processors
from teipipe.build.report import BuildReport, Observer, Silent
from teipipe.build.run import Run
from teipipe.build.work import Work
from teipipe.build.workers import Pool
from teipipe.files import OutputFolder
from teipipe.folders import absolute
from teipipe.project import Project, load_project, require_documents


class Session:
    """Builds the edition of a project as often as it is asked to; a context manager that leaves no process behind.

    `workers` is the number of processes (by default as many as help), `observer` is told what happens, `environment`
    may hold SOURCE_DATE_EPOCH (by default that of the process).
    """

    def __init__(
        self,
        project: Project,
        *,
        workers: int | None = None,
        observer: Observer | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        #: The project as it was when it was built last.
        self.project = project
        self._output = project.output
        self._workers = workers
        self._observer = observer or Silent()
        self._environment = os.environ if environment is None else environment
        self._pool: Pool | None = None
        self._holds: object = None
        self._is_new = True
        self._known = Known()

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def build(self, *, force: bool = False, without: Collection[str] = ()) -> BuildReport:
        """Build what has changed since the last time, in this session or before it; with `force`, all of it.

        From the second time on, the project is read anew: its configuration may have changed, or which documents there
        are. `without` names finishers ("search", "sitemap", "books") whose files may stay though they are out of date.
        Raises TeipipeError if nothing can be built at all; it can be tried again.
        """
        project = self.project if self._is_new else self._read_again()
        require_documents(project)
        try:
            with OutputFolder(project.output) as folder:
                output = Output(folder, self._observer.file, self._known)
                stylesheets = rendering_key(project)
                pool = self._ready(project, stylesheets)
                work = Work(project, output, pool, self._observer, self._known, stylesheets, force, without)
                report = Run(work).run(self._environment)
        except BaseException:
            self._close()  # there may be workers that still have something to do
            self._known = Known()
            raise
        self.project, self._is_new = project, False
        return report

    def _read_again(self) -> Project:
        """The project as it is now; its output folder stays the one that was given."""
        return replace(load_project(self.project.root, upward=False), output=self._output)

    def _ready(self, project: Project, stylesheets: str) -> Pool:
        """Workers that hold the stylesheets of the project as they are now."""
        # Starting a worker takes less time than rendering one more document of the usual length.
        size = self._workers or min(processors(), max(1, len(project.documents)))
        holds = (
            size,
            stylesheets,
            project.stylesheets,
            project.language,
            project.words,
            project.memory,
            project.timeout,
        )
        if self._pool is None or self._holds != holds:
            self._close()
            self._pool = rendering_pool(project, size).__enter__()
            self._holds = holds
        return self._pool

    def _close(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.__exit__(None, None, None)


def rendering_pool(project: Project, size: int) -> Pool:
    """Workers that hold the stylesheets of a project."""
    start = partial(Program, "worker", (setup_of(project), project.timeout), "/")
    return Pool(start, size, timeout=project.timeout, memory=project.memory)


def setup_of(project: Project) -> Setup:
    """What workers need to know of a project."""
    folder = project.stylesheets
    return Setup(absolute(folder) if folder is not None else None, project.language, project.memory, project.words)
