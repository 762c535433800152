"""One run of a build: reads the documents, has workers render them, and writes what has changed."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from teipipe.build.findings import from_failures, from_loss, from_messages
from teipipe.build.jobs import EditionJob, Pages, SiteJob
from teipipe.build.manifest import Entry as ManifestEntry
from teipipe.build.manifest import Origin
from teipipe.build.output import WHOLE, Output
from teipipe.build.report import BuildReport, Observer
from teipipe.build.workers import Pool
from teipipe.diagnostics import Diagnostic, Location, in_order
from teipipe.errors import TeipipeError, WorkerError
from teipipe.folders import is_refused
from teipipe.project import Project
from teipipe.rules import finding
from teipipe.stylesheets import Stylesheets

if TYPE_CHECKING:
    from teipipe.build.plan import Input, Plan
    from teipipe.editions import Corpus, Edition, Entry

#: What the last job is called, and the last step.
SITE: Final = "pages about the whole"


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
    """One run: holds what its steps share."""

    def __init__(self, project: Project, output: Output, pool: Pool, observer: Observer) -> None:
        self.project = project
        self.output = output
        self.pool = pool
        self.observer = observer
        self.diagnostics: list[Diagnostic] = []
        self.failures: list[tuple[TeipipeError, Path]] = []
        self.summaries: dict[str, str] = {}
        self.built = 0

    def run(self, environment: Mapping[str, str]) -> BuildReport:
        """Do all of it; raises TeipipeError if nothing can be built at all."""
        clock = _Clock()
        with clock.phase("reading"):
            from teipipe.build.plan import read_inputs

            plan = read_inputs(self.project)
            self.diagnostics += plan.diagnostics
            corpus = plan.corpus(self.project, environment, self._keep_unread(plan))
            self.observer.planned(len(plan.inputs) + 1)
        with clock.phase("documents"):
            self._render_documents(plan, corpus)
        with clock.phase(SITE):
            self._render_site(plan, corpus)
        with clock.phase("tidying up"):
            about = {"title": corpus.title, "date": corpus.date, "generator": f"teipipe {corpus.version}"}
            self.diagnostics += self.output.finish(about)
        self.diagnostics += from_failures(self.failures, self.project)
        return BuildReport(tuple(self.output.files), tuple(in_order(self.diagnostics)), self.built, clock.seconds)

    def _keep_unread(self, plan: Plan) -> Iterator[Entry]:
        """Let the output of documents that can't be read stay; what was known of them."""
        from teipipe.editions import Entry

        taken = {found.source.id for found in plan.inputs}
        for path in plan.failed:
            origin = self._keep(self.project.relative(path), path, taken)
            if origin is not None:
                yield Entry(origin.id, origin.source, origin.title, origin.sha256, origin.created)

    def _keep(self, source: str, path: Path, taken: Collection[str]) -> Origin | None:
        """Let what was made of a document stay, and say so; what it was then, if there is anything."""
        origin = self.output.keep_document(source, taken)
        if origin is not None:
            self.diagnostics.append(self.output.out_of_date(origin.id, f"{path} could not be built"))
            self.summaries[origin.id] = self.output.text(_summary(origin.id))
        return origin

    def _render_documents(self, plan: Plan, corpus: Corpus) -> None:
        from teipipe.editions.surroundings import Surroundings

        # The longest first, so that no worker has the longest one left when all others are done.
        inputs = sorted(plan.inputs, key=lambda found: (-len(found.raw), found.source.id))
        by_id = {found.source.id: found for found in inputs}
        seen = Surroundings(corpus)
        jobs = ((found.source.id, EditionJob(found.source, found.surroundings(seen))) for found in inputs)
        for outcome in self.pool.run(jobs, shared=corpus):
            found = by_id[cast("str", outcome.key)]
            edition = cast("Edition | None", outcome.value)
            if outcome.error is not None:
                self._take_error(outcome.error, found.path)
            if edition is not None:
                self._take_findings(found, edition)
            if edition is None or not edition.artefacts:
                self._keep(found.source.path, found.path, by_id.keys() - {found.source.id})
            else:
                self._take_files(found, edition)
            self.observer.step(str(found.path))

    def _assets(self) -> Iterator[tuple[str, bytes]]:
        """The files that pages link to, with their names: of a project's own and ours, then those of its theme."""
        found: dict[str, Path] = {}
        for folder in reversed(Stylesheets(self.project.stylesheets).folders):
            for path in sorted((folder / "assets").rglob("*")):
                if is_refused(path, folder):
                    message = f"a link to “{os.path.realpath(path)}”"
                    self.diagnostics.append(finding("link-out-of-project", message, Location(path)))
                elif path.is_file():
                    found[path.relative_to(folder / "assets").as_posix()] = path

        made = dict(self.project.theme.assets())
        yield from sorted({**{name: path.read_bytes() for name, path in found.items()}, **made}.items())

    def _take_findings(self, found: Input, edition: Edition) -> None:
        if edition.messages:
            self.diagnostics += from_messages(edition.messages, found.document())
        self.failures += ((error, found.path) for error in edition.failures)

    def _take_error(self, error: TeipipeError, path: Path) -> None:
        if isinstance(error, WorkerError):
            self.diagnostics.append(from_loss(error, path))
        else:
            self.failures.append((error, path))

    def _take_files(self, found: Input, edition: Edition) -> None:
        from teipipe.editions import Artefact

        source = found.source
        further = [Artefact(f"{source.id}/{source.id}.xml", found.raw)]
        if edition.summary:
            further.append(Artefact(_summary(source.id), edition.summary.encode()))
        self.output.put(source.id, (*edition.artefacts, *further))
        self.built += 1
        self.output.add_origin(Origin(source.id, source.path, source.sha256, found.title, found.created))
        self.summaries[source.id] = edition.summary or self.output.text(_summary(source.id))
        if edition.failures:
            self._keep_files(self.output.before.of_document(source.id), "its stylesheet failed")

    def _keep_files(self, entries: Iterable[ManifestEntry], why: str) -> None:
        self.diagnostics += (self.output.out_of_date(entry.path, why) for entry in self.output.keep(entries))

    def _render_site(self, plan: Plan, corpus: Corpus) -> None:
        from teipipe.editions import Artefact
        from teipipe.site import Summary, counts_of, pages_of

        # A document that has no pages yet, and could not be given any, has no place in the index.
        corpus = replace(corpus, documents=tuple(entry for entry in corpus.documents if entry.id in self.summaries))
        summaries = tuple(self.summaries[entry.id] for entry in corpus.documents)
        artefacts = [Artefact(f"assets/{name}", data) for name, data in self._assets()]
        if plan.register is not None:
            artefacts.append(Artefact("register/register.xml", plan.register.raw))
        complete = True
        counts = counts_of(map(Summary.of, filter(None, summaries)))
        jobs = ((page.path, SiteJob((page,), summaries)) for page in pages_of(corpus, counts))
        for outcome in self.pool.run(jobs, shared=corpus):
            complete = complete and outcome.error is None
            if outcome.error is not None:
                self._take_error(outcome.error, self.project.output)
            if isinstance(outcome.value, Pages):
                artefacts += outcome.value.artefacts
                if outcome.value.messages and plan.register is not None:
                    self.diagnostics += from_messages(outcome.value.messages, plan.register.document())
        self.output.put(WHOLE, sorted(artefacts, key=lambda artefact: artefact.path))
        before = self.output.before.of_document(WHOLE)
        if not complete:
            self._keep_files(before, "it could not be built")
        elif plan.register is None and self.project.register is not None:
            about_register = [entry for entry in before if entry.path.startswith("register/")]
            self._keep_files(about_register, "the register can't be used")
        self.observer.step(SITE)


def _summary(document: str) -> str:
    """Where a document's summary lies: the pages about the whole are made from it when the document can't be read."""
    return f"{document}/summary.xml"
