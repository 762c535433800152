"""Makes a book of one document, without building the edition that it is part of."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from teipipe.books.volumes import Volume
from teipipe.build.bindery import Bindery
from teipipe.build.findings import from_failures, from_loss, from_messages
from teipipe.build.jobs import EditionJob, Page, RegisterJob
from teipipe.build.render import load_document
from teipipe.build.session import rendering_pool
from teipipe.diagnostics import Diagnostic, in_order
from teipipe.diagnostics import exit_code as worst
from teipipe.errors import BookError, TeipipeError, WorkerError
from teipipe.project import Project, load_project
from teipipe.provenance import Origin, Statement

if TYPE_CHECKING:
    from teipipe.books.jobs import Bound, Text
    from teipipe.books.settings import Format
    from teipipe.build.plan import Loaded, Plan
    from teipipe.build.workers import Outcome
    from teipipe.editions import Corpus, Edition
    from teipipe.site import Shares


@dataclass(frozen=True, slots=True)
class Book:
    """The book of one document: the bytes of its file, None if it could not be made, and the findings."""

    data: bytes | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def exit_code(self) -> int:
        """0 clean, 1 findings, 2 it could not be made."""
        return worst(self.diagnostics)


def render_book(
    path: Path, to: Format, *, project: Project | None = None, environment: Mapping[str, str] | None = None
) -> Book:
    """Print the document in the file `path` ("pdf"), or make an e-book of it ("epub").

    `project` is by default the one that the file lies in: it says how books look. Raises TeipipeError if nothing at all
    can be made.
    """
    project = project or load_project(path.parent, only=[path])
    project = replace(project, books=replace(project.books, formats=(to,)))
    from teipipe.build.plan import read_inputs

    plan = read_inputs(project)
    diagnostics = [problem for problem in plan.diagnostics if problem.rule == "missing-register"]
    found = load_document(plan, project, path, diagnostics)
    if found is None:
        return Book(None, tuple(in_order(diagnostics)))
    making = _Making(project, plan, found, plan.corpus(project, os.environ if environment is None else environment))
    data = making.book()
    return Book(data, tuple(in_order((*diagnostics, *dict.fromkeys(making.diagnostics)))))


class _Making:
    """The steps to the book of one document; what there is to be said of it is in `diagnostics`."""

    def __init__(self, project: Project, plan: Plan, found: Loaded, corpus: Corpus) -> None:
        self._project = project
        self._plan = plan
        self._found = found
        self._name = found.input.id
        self._corpus = corpus
        self.diagnostics: list[Diagnostic] = []

    def book(self) -> bytes | None:
        shares = self._shares()
        if shares is None:
            return None
        inputs = {self._name: self._found.input}
        bindery = Bindery(self._project, inputs, self._plan.register, self._corpus, shares)
        volume = Volume(0, (self._name,))
        with bindery.pool(1) as pool:
            [outcome] = pool.run([(self._name, bindery.text_job(self._name))])
            text = cast("Text | None", self._value(outcome))
            if text is None:
                return None
            self.diagnostics += bindery.remarks_on_text(self._name, text)
            path = f"{self._name}/{self._name}"
            job = bindery.book_job(path, volume, {self._name: text.xml}, self._statement())
            [outcome] = pool.run([(self._name, job)])
        bound = cast("Bound | None", self._value(outcome))
        if bound is None:
            return None
        self.diagnostics += bindery.remarks(
            volume, bound, dict.fromkeys(self._project.books.formats, self._found.input.path)
        )
        self._fail(*(error for _, error in bound.failures if not isinstance(error, BookError)))
        return bound.artefacts[0].data if bound.artefacts else None

    def _statement(self) -> Statement:
        """What the book says of what it was made from: it is part of no edition."""
        from teipipe.build.keys import book_settings_key, key_of, rendering_key, statement_of

        project = self._project
        made_from = [self._found, *([] if self._plan.register is None else [self._plan.register])]
        general = statement_of(project, self._corpus, rendering_key(project))
        return replace(
            general,
            file="",
            sources=tuple(Origin(one.input.id, one.input.place, one.input.facts.sha256) for one in made_from),
            settings=key_of(general.settings, book_settings_key(project)),
        )

    def _shares(self) -> Shares | None:
        """What the book gets: the summary of the document, the register after the passes."""
        from teipipe.editions.surroundings import Surroundings
        from teipipe.site import Shares, Summary

        seen = Surroundings(self._corpus)
        jobs: dict[str, EditionJob | RegisterJob] = {
            "document": EditionJob(self._found.source, self._found.input.surroundings(seen), ("beside",))
        }
        register = self._plan.register
        if register is not None:
            jobs["register"] = RegisterJob(register.source, register.input.surroundings(seen))
        with rendering_pool(self._project, 1) as pool:
            made = {outcome.key: self._value(outcome) for outcome in pool.run(jobs.items())}
        edition, page = cast("Edition | None", made["document"]), cast("Page | None", made.get("register"))
        if edition is None or (register is not None and page is None):
            return None
        self.diagnostics += from_messages(edition.messages, self._found.document())
        self._fail(*edition.failures)
        if not edition.summary:
            return None
        corpus = replace(self._corpus, documents=(self._found.input.entry,), volumes=1)
        return Shares(corpus, [Summary(edition.summary, self._name)], "" if page is None else page.text)

    def _value(self, outcome: Outcome) -> object:
        """What came of a job; None if nothing did, and that is reported."""
        if outcome.error is not None:
            self._fail(outcome.error)
        return outcome.value

    def _fail(self, *errors: TeipipeError) -> None:
        path = self._found.input.path
        for error in errors:
            if isinstance(error, WorkerError):
                self.diagnostics.append(from_loss(error, path))
            else:
                self.diagnostics += from_failures([(error, path)], self._project)
