"""One run of a build: reads the documents, has workers render them, and writes what has changed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.build.findings import from_failures
from teipipe.build.output import WHOLE
from teipipe.build.report import BuildReport
from teipipe.build.work import Work
from teipipe.diagnostics import Location, in_order
from teipipe.documents import read_bytes
from teipipe.folders import is_refused
from teipipe.rules import finding
from teipipe.stylesheets import Stylesheets

if TYPE_CHECKING:
    from teipipe.build.plan import Plan
    from teipipe.build.reducing import Reducing
    from teipipe.editions import Corpus

#: What the last job is called, and the last step.
SITE: Final = "pages about the whole"
BOOKS: Final = "books"


class _Clock:
    """Adds up the wall time of phases."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - start


class Run:
    """One run over a project."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def run(self, environment: Mapping[str, str]) -> BuildReport:
        """Do all of it; raises TeipipeError if nothing can be built at all."""
        work, clock = self._work, _Clock()
        with clock.phase("reading"):
            from teipipe.build.finishing import finish
            from teipipe.build.keys import project_key
            from teipipe.build.mapping import Mapping as Step
            from teipipe.build.plan import read_inputs
            from teipipe.build.reducing import Reducing

            plan = read_inputs(work.project, work.known)
            work.diagnostics += plan.diagnostics
            documents = Step(work, plan)
            corpus = plan.corpus(work.project, environment, documents.keep_unread())
            work.observer.planned(len(plan.inputs) + (2 if corpus.books else 1))
        with clock.phase("documents"):
            key = project_key(work.project, corpus)
            documents.render(corpus, key)
        with clock.phase(SITE):
            self._put_files(plan)
            # A document that has no pages yet, and could not be given any, has no place in the edition.
            present = tuple(entry for entry in corpus.documents if entry.id in documents.summaries)
            pages = Reducing(work, plan, replace(corpus, documents=present), key)
            pages.render(documents.summaries)
            work.observer.step(SITE)
        with clock.phase("index and sitemap"):
            finish(work, corpus)
        if corpus.books:
            with clock.phase(BOOKS):
                self._bind(plan, pages, corpus, key)
        with clock.phase("tidying up"):
            about = {"title": corpus.title, "date": corpus.date, "generator": f"teipipe {corpus.version}"}
            work.diagnostics += work.output.finish(about)
        work.diagnostics += from_failures(work.failures, work.project)
        return BuildReport(
            files=tuple(work.output.files),
            diagnostics=tuple(in_order(work.diagnostics)),
            documents=documents.built,
            seconds=clock.seconds,
            up_to_date=documents.up_to_date,
            pages=pages.built,
            pages_up_to_date=pages.up_to_date,
        )

    def _bind(self, plan: Plan, pages: Reducing, corpus: Corpus, key: str) -> None:
        """Have the books made, unless they are left out: then those that there are stay."""
        from teipipe.build.binding import Binding, is_book

        work = self._work
        if BOOKS in work.without or pages.shares is None:
            work.output.keep(entry for entry in work.output.of_before(WHOLE) if is_book(entry))
        else:
            Binding(work, plan, corpus, pages.shares, key).bind()
        work.observer.step(BOOKS)

    def _assets(self) -> Iterator[tuple[str, bytes]]:
        """The files that pages link to, with their names: of a project's own and ours, then those of its theme."""
        found: dict[str, Path] = {}
        for folder in reversed(Stylesheets(self._work.project.stylesheets).folders):
            for path in sorted((folder / "assets").rglob("*")):
                if is_refused(path, folder):
                    message = f"a link to “{os.path.realpath(path)}”"
                    self._work.diagnostics.append(finding("link-out-of-project", message, Location(path)))
                elif path.is_file() and not path.name.startswith("."):  # as editors leave them
                    found[path.relative_to(folder / "assets").as_posix()] = path

        made = dict(self._work.project.theme.assets())
        yield from sorted({**{name: read_bytes(path) for name, path in found.items()}, **made}.items())

    def _put_files(self, plan: Plan) -> None:
        """Write what is copied and not rendered."""
        from teipipe.editions import Artefact

        artefacts = [Artefact(f"assets/{name}", data) for name, data in self._assets()]
        if plan.register is not None:
            artefacts.append(Artefact(f"register/{plan.register_file}", plan.register.raw))
        self._work.output.put(WHOLE, artefacts)
