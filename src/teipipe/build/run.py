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
from teipipe.errors import UnreadableError
from teipipe.folders import is_refused
from teipipe.rules import finding
from teipipe.stylesheets import Stylesheets

if TYPE_CHECKING:
    from teipipe.build.manifest import Entry
    from teipipe.build.mapping import Mapping as Documents
    from teipipe.build.plan import Plan
    from teipipe.build.reducing import Reducing
    from teipipe.editions import Corpus

#: What the last job is called, and what books are as something to be left out.
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
            from teipipe.build.keys import project_key, statement_of
            from teipipe.build.mapping import Mapping as Documents
            from teipipe.build.plan import read_inputs
            from teipipe.build.reducing import Reducing

            plan = read_inputs(work.project, work.known)
            work.diagnostics += plan.diagnostics
            documents = Documents(work, plan)
            corpus = plan.corpus(work.project, environment, documents.keep_unread())
            if BOOKS in work.without:
                corpus = self._with_standing_books(corpus)
            work.observer.planned(len(plan.inputs) + 1 + self._number_of_books(plan))
        with clock.phase("documents"):
            key = project_key(work.project, corpus, work.stylesheets)
            work.statement = statement_of(work.project, corpus, work.stylesheets)
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
        books = (0, 0)
        if work.project.books.formats:
            with clock.phase(BOOKS):
                books = self._bind(plan, pages, corpus, key)
        with clock.phase("tidying up"):
            about = {"title": corpus.title, "date": corpus.date, "generator": f"teipipe {corpus.version}"}
            work.diagnostics += work.output.finish(about)
        return self._report(documents, pages, books, clock.seconds)

    def _report(
        self, documents: Documents, pages: Reducing, books: tuple[int, int], seconds: Mapping[str, float]
    ) -> BuildReport:
        work = self._work
        work.diagnostics += from_failures(work.failures, work.project)
        return BuildReport(
            files=tuple(work.output.files),
            diagnostics=tuple(in_order(work.diagnostics)),
            documents=documents.built,
            seconds=seconds,
            up_to_date=documents.up_to_date,
            pages=pages.built,
            pages_up_to_date=pages.up_to_date,
            books=books[0],
            books_up_to_date=books[1],
        )

    def _number_of_books(self, plan: Plan) -> int:
        """How many there will be, whether they are out of date or not."""
        from teipipe.build.binding import books_of

        books = self._work.project.books
        wanted = books.formats and BOOKS not in self._work.without
        return sum(1 for _ in books_of(books, plan.volumes())) if wanted else 0

    def _with_standing_books(self, corpus: Corpus) -> Corpus:
        """The corpus if no books are made: pages link to those that there are."""
        from teipipe.build.binding import named

        names, volumes = named(self._standing(corpus), self._work.project.books)
        return replace(corpus, books=names, volumes=volumes)

    def _standing(self, corpus: Corpus) -> list[Entry]:
        from teipipe.build.binding import standing

        return standing(self._work.output, self._work.project.books, {entry.id for entry in corpus.documents})

    def _bind(self, plan: Plan, pages: Reducing, corpus: Corpus, key: str) -> tuple[int, int]:
        """Have the books made, unless they are left out: then those that there are stay. How many, and up to date."""
        from teipipe.build.binding import Binding

        work = self._work
        if BOOKS in work.without:
            work.output.keep(self._standing(corpus))
        elif pages.shares is None:
            work.keep_files(self._standing(corpus), "the register could not be prepared")
        else:
            try:
                binding = Binding(work, plan, corpus, pages.shares, key)
            except UnreadableError as error:  # a font or the cover
                place = Location(error.path or work.project.output)
                work.diagnostics.append(finding("unreadable-file", error.message, place, error.help))
                work.keep_files(self._standing(corpus), "it could not be made")
                return 0, 0
            binding.bind()
            return binding.made, binding.up_to_date
        return 0, 0

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
