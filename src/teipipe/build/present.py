"""A project as it is now, asked for what files of its edition would say of what they are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, cast

from teipipe.build.bindery import Bindery, is_lone
from teipipe.build.binding import books_of, named, standing_among
from teipipe.build.jobs import EditionJob, RegisterJob
from teipipe.build.keys import (
    book_settings_key,
    key_of,
    page_key,
    project_key,
    rendering_key,
    settings_key,
    surroundings_key,
)
from teipipe.build.manifest import Manifest, read_manifest
from teipipe.build.mapping import document_key, summary_path
from teipipe.build.plan import Input, Plan, read_inputs
from teipipe.build.processes import processors
from teipipe.build.session import rendering_pool
from teipipe.documents import read_bytes
from teipipe.editions.surroundings import Surroundings
from teipipe.errors import TeipipeError, UnreadableError
from teipipe.provenance.reading import read
from teipipe.site import Shares, Summary

if TYPE_CHECKING:
    from teipipe.build.jobs import Page
    from teipipe.build.manifest import Entry
    from teipipe.build.workers import Pool
    from teipipe.editions import Corpus, Edition
    from teipipe.project import Project
    from teipipe.provenance import Origin, Statement


class Present:
    """What is asked for is worked out then, and once: most of it needs no stylesheet.

    `environment` may hold SOURCE_DATE_EPOCH; `workers` is the number of processes (by default as many as help).
    """

    def __init__(self, project: Project, environment: Mapping[str, str], workers: int | None = None) -> None:
        self.project = project
        self._environment = environment
        self._workers = workers

    @cached_property
    def plan(self) -> Plan:
        """The documents and the register as they are."""
        return read_inputs(self.project)

    @cached_property
    def corpus(self) -> Corpus:
        """What every page would say about the whole."""
        return self.plan.corpus(self.project, self._environment)

    @cached_property
    def stylesheets(self) -> str:
        """The checksum of all stylesheets; raises UnreadableError."""
        return rendering_key(self.project)

    @cached_property
    def manifest(self) -> Manifest:
        """That of the edition where the project builds it; an empty one if there is none."""
        try:
            return read_manifest(self.project.output)
        except UnreadableError:
            return Manifest()

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Every document that can be read, and the register."""
        register = self.plan.register
        return (*self.plan.inputs, *([] if register is None else [register.input]))

    def input(self, origin: Origin) -> Input | None:
        """The document that a file was made from: where it was then, else by its content, else by its id."""
        by: Sequence[Callable[[Input], bool]] = (
            lambda found: found.place == origin.path,
            lambda found: found.facts.sha256 == origin.sha256,
            lambda found: found.id == origin.id,
        )
        return next((found for is_same in by for found in self.inputs if is_same(found)), None)

    def holds(self, entry: Entry, manifest: Manifest) -> bool | None:
        """Whether a build would leave a file as it is that this manifest knows; None if that can't be told.

        That is asked about files that have no room to say what they were made of.
        """
        if entry.document:
            return self._document_holds(entry, manifest)
        if not entry.key or ":" in entry.key:
            return None
        page = next((page for page in self._shares.pages if entry.path in page.files), None)
        if page is None:
            return False
        facts = page_key(self.project, self._shares, page)
        return entry.key in {key_of(key, facts) for key in self._project_keys()}

    def _document_holds(self, entry: Entry, manifest: Manifest) -> bool | None:
        recorded = next((one for one in manifest.documents if one.id == entry.document), None)
        found = next((one for one in self.plan.inputs if one.id == entry.document), None)
        if found is None:
            return False
        if recorded is None or not recorded.key:
            return None
        return recorded.key in {
            document_key(key, found, found.surroundings(self._seen)) for key in self._project_keys()
        }

    def _project_keys(self) -> Iterator[str]:
        for corpus in self._corpora():
            yield project_key(self.project, corpus, self.stylesheets)

    def _corpora(self) -> Iterator[Corpus]:
        """The corpus as a build has it with books or without, or with those that there are."""
        kept = standing_among(self.manifest.files, self.project.books, {found.id for found in self.plan.inputs})
        names = self.project.books.names, self.corpus.volumes
        for books, volumes in (names, named(kept, self.project.books), ((), 1)):
            yield replace(self.corpus, books=books, volumes=volumes)

    def knows(self, statement: Statement) -> bool:
        """Whether a file may be from this project: it has one of its documents, or all that is said on every page."""
        ids = {one.id for one in statement.sources}
        if not statement.documents.endswith(" in all"):
            ids.update(statement.documents.split())
        sums = {one.sha256 for one in statement.sources}
        is_there = any(found.id in ids or found.facts.sha256 in sums for found in self.inputs)
        return not ids or is_there or statement.settings in self.settings(of_book=False)

    def settings(self, *, of_book: bool) -> set[str]:
        """What stands for the settings: as a build has them with books or without, or with those that there are."""
        keys = {settings_key(self.project, corpus) for corpus in self._corpora()}
        return {key_of(key, book_settings_key(self.project)) for key in keys} if of_book else keys

    def facts(self, statement: Statement) -> str:
        """What stands for all that a file would get of the TEI besides its sources; "" if there is no such file now."""
        if statement.file.endswith((".pdf", ".epub")):
            return self._book_facts(statement.file.rpartition(".")[0])
        if statement.sources:
            found = self.input(statement.sources[0])
            return "" if found is None else surroundings_key(found.id, found.surroundings(self._seen))
        page = next((page for page in self._shares.pages if statement.file in page.files), None)
        return "" if page is None else page_key(self.project, self._shares, page)

    def _book_facts(self, path: str) -> str:
        present = {entry.id for entry in self._shares.whole.documents}
        volumes = (
            replace(volume, documents=tuple(name for name in volume.documents if name in present))
            for volume in self.plan.volumes()
        )
        # Whatever books the project has now.
        books = replace(self.project.books, edition=not is_lone(path), documents=is_lone(path))
        volume = next((volume for found, volume in books_of(books, volumes) if found == path), None)
        return "" if volume is None else self._bindery.facts(path, volume)

    @cached_property
    def _seen(self) -> Surroundings:
        return Surroundings(self.corpus)

    @cached_property
    def _bindery(self) -> Bindery:
        inputs = {found.id: found for found in self.plan.inputs}
        return Bindery(self.project, inputs, self.plan.register, self.corpus, self._shares)

    @cached_property
    def _shares(self) -> Shares:
        """What there is to be dealt out to pages about the whole: this takes stylesheets."""
        made = {one.id: kept for one in self.plan.inputs if (kept := self._kept(one)) is not None}
        todo = [one for one in self.plan.inputs if one.id not in made]
        size = min(self._workers or processors(), max(1, len(todo)))
        with rendering_pool(self.project, size) as pool:
            made |= self._summaries(pool, todo)
            present = tuple(entry for entry in self.corpus.documents if entry.id in made)
            corpus = replace(self.corpus, documents=present)
            register = self._register(pool, corpus)
        return Shares(corpus, [made[entry.id] for entry in present], register)

    def _summaries(self, pool: Pool, inputs: list[Input]) -> dict[str, Summary]:
        """The summaries of documents, made anew."""
        found: dict[str, Summary] = {}
        for outcome in pool.run(self._jobs(inputs)):
            edition = cast("Edition | None", outcome.value)
            if edition is not None and edition.summary:
                name = cast("str", outcome.key)
                found[name] = Summary(edition.summary, name)
        return found

    def _jobs(self, inputs: list[Input]) -> Iterator[tuple[str, EditionJob]]:
        for found in inputs:
            try:
                yield found.id, EditionJob(found.load().source, found.surroundings(self._seen), ("beside",))
            except UnreadableError:  # changed meanwhile
                continue

    def _kept(self, found: Input) -> Summary | None:
        """The summary in the built edition, if it is as it was written and would be made the same."""
        path = summary_path(found.id)
        digest = next((entry.sha256 for entry in self.manifest.files if entry.path == path), "")
        if not digest:
            return None
        try:
            kept = read(self.project.output / path)
            statement = kept.statement
            if statement is None or kept.sha256 != digest or not self._holds(statement, found):
                return None
            return Summary(read_bytes(self.project.output / path).decode(), found.id)
        except (UnreadableError, ValueError, SyntaxError):
            return None

    def _holds(self, statement: Statement, found: Input) -> bool:
        return (
            [one.sha256 for one in statement.sources] == [found.facts.sha256]
            and statement.stylesheets == self.stylesheets
            and (statement.version, statement.date) == (self.corpus.version, self.corpus.date)
            and statement.facts == surroundings_key(found.id, found.surroundings(self._seen))
            and statement.settings in self.settings(of_book=False)
        )

    def _register(self, pool: Pool, corpus: Corpus) -> str:
        """The register after the passes."""
        loaded = self.plan.register
        if loaded is None or corpus.register is None:
            return ""
        job = RegisterJob(loaded.source, loaded.input.surroundings(Surroundings(corpus)))
        [outcome] = pool.run([("register", job)])
        if outcome.error is not None:
            raise TeipipeError(f"the register can't be prepared: {outcome.error.message}", path=loaded.input.path)
        return cast("Page", outcome.value).text
