"""Checks documents, a few of them here, many in worker processes: one that never gets done holds up no other."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from teipipe.build.batches import batches
from teipipe.build.checks import Checked, check_one, prepare
from teipipe.build.naming import Names, named_schemas
from teipipe.build.timer import LateError, has_timer, limit
from teipipe.diagnostics import Diagnostic, Location, in_order
from teipipe.errors import WorkerError
from teipipe.folders import absolute, absolute_name
from teipipe.gates import judging
from teipipe.gates.scope import Scope
from teipipe.project import Project
from teipipe.rules import finding
from teipipe.validate.context import Context, Options
from teipipe.validate.engine import Learning, Portable
from teipipe.validate.run import Judgement, check_project, is_everything
from teipipe.validate.schemas import Schemas
from teipipe.validate.summary import name_of
from teipipe.validate.web import Web
from teipipe.verdict import UsedSchema, Verdict

if TYPE_CHECKING:
    from teipipe.build.checks import CheckSetup, CorpusJob, Learned, SentSchema
    from teipipe.build.workers import Pool
    from teipipe.changes.select import Change
    from teipipe.gates.baseline import Entry
    from teipipe.gates.selection import Selection
    from teipipe.validate.engine import Schema
    from teipipe.validate.sources import Chooser, Key, Source
    from teipipe.validate.summary import Summary

#: So many bytes are checked by this process in the time that workers need to be made ready.
_LITTLE: Final = 6_000_000

#: Called each time that some documents are done, with their number.
Progress = Callable[[int], None]

#: Called with each SVRL report: the document, the file of the schema, the XML.
Svrl = Callable[[Path, Path, str], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What is wanted of a run of checks.

    `only` names the kinds of checks to make (`validate.run.KINDS`), by default all; `all_expected` has findings of
    the schema name all that may stand at a place; `schemas` says by what to judge. `selection` (besides what the
    project ignores) and the baseline `known` decide which findings count.
    """

    only: frozenset[str] = frozenset()
    all_expected: bool = False
    schemas: Names = field(default_factory=Names)
    selection: Selection | None = None
    known: Sequence[Entry] | None = None


def validate_documents(
    project: Project,
    documents: Sequence[Path] | None = None,
    *,
    workers: int | None = None,
    only: Iterable[str] = (),
    all_expected: bool = False,
    progress: Progress | None = None,
) -> list[Diagnostic]:
    """The findings that count about the documents given, by default all of the project and its register, by place.

    As `check_documents`, for what is asked most.
    """
    request = Request(frozenset(only), all_expected)
    return list(check_documents(project, documents, request, workers=workers, progress=progress).diagnostics)


def check_documents(
    project: Project,
    documents: Sequence[Path] | None = None,
    request: Request | None = None,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    svrl: Svrl | None = None,
    change: Change | None = None,
) -> Verdict:
    """What there is to say about the documents given, by default all of the project and its register.

    Each document may take the project's `timeout`; one that needs more is reported as not judged. `workers` is the
    number of processes besides this one, each with the project's `memory`; by default as many as help, which is none
    for a few small documents without foreign schemas. With 0, or if this process can't be interrupted by a timer,
    nothing bounds the memory or the time; where a foreign schema is seen to be needed, there is one even so.
    `progress` is told what is done, `svrl` given the reports of Schematron. With a `change`, it says which documents,
    and what is known of the rest.
    Raises TeipipeError if nothing can be judged at all.
    """
    request = request or Request()
    selection = _selection(project, request)
    if change is not None:
        documents = change.documents
    chosen = project.everything if documents is None else tuple(documents)
    sizes = [_size(path) for path in chosen]
    sources = named_schemas(project, chosen, request.schemas)
    if workers is None:
        workers = _helpful(sizes, is_bounded=sources.are_bounded)
    elif workers == 0 and sources.are_foreign:
        workers = 1  # whoever wants none doesn't want to be run away with
    options = Options(request.only, request.all_expected, svrl is not None)
    run = _Run(project, chosen, options, sources.chooser, progress or _nobody, svrl or _nobody, change)
    found = list(project.problems) if documents is None else []
    found += run.here() if workers == 0 else run.spread(workers, sizes, sources.found)
    found += run.warnings()
    used = run.used()
    looked_at = None if is_everything(chosen, project.everything) else frozenset(map(absolute, chosen))
    judged = judging.judge(
        in_order(found),
        project.root,
        instructions=[one for checked in run.checked.values() for one in checked.instructions],
        selection=selection,
        known=request.known,
        scope=Scope(looked_at, request.only, has_schema=bool(used)),
    )
    remarks = (*sources.remarks, *([change.reason] if change else []), *judged.remarks)
    return Verdict(project.root, judged.diagnostics, chosen, used, judged.excused, remarks)


def _selection(project: Project, request: Request) -> Selection | None:
    """Which findings count: those that are asked for, without those that the project ignores."""
    asked = request.selection
    if not project.ignore:
        return asked
    from teipipe.gates.selection import Selection

    rules, ignored = (asked.rules, asked.ignored) if asked is not None else ((), ())
    return Selection.of(rules, (*project.ignore, *ignored))


def _nobody(*told: object) -> None:
    """Who is told when nobody wants to know."""


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _helpful(sizes: Sequence[int], *, is_bounded: bool) -> int:
    """How many workers make it faster, or can be stopped where this process can't."""
    if is_bounded and has_timer() and sum(sizes) <= _LITTLE:
        return 0
    from teipipe.build.processes import processors

    return max(1, min(processors(), sum(sizes) // _LITTLE + 1))


@dataclass
class _Run:
    """One run over the `chosen` documents of a project."""

    project: Project
    chosen: tuple[Path, ...]
    options: Options
    chooser: Chooser
    progress: Progress
    svrl: Svrl
    change: Change | None = None
    checked: dict[Path, Checked] = field(default_factory=dict)
    learned: list[Learned] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.schemas = Schemas(self.chooser)

    @cached_property
    def names(self) -> dict[str, Path]:
        """The documents by the names that summaries have for them."""
        return {self.name(path): path for path in self.chosen}

    @cached_property
    def home(self) -> str:
        return f"{absolute_name(self.project.root)}{os.sep}"

    def name(self, path: Path) -> str:
        return name_of(absolute_name(path), self.home)

    def summaries(self) -> dict[str, Summary | None]:
        """What is known of the documents that are checked."""
        return {name: self.checked[path].judgement.summary for name, path in self.names.items()}

    def doubtful(self) -> list[Path]:
        """The documents to be checked again, now that it is known what is in the others."""
        if not self.options.wants("pointers"):
            return []
        return [self.names[name] for name in sorted(Web(self.summaries()).doubtful())]

    def about_corpus(self) -> Iterator[tuple[Path, CorpusJob]]:
        """What remains to be done with all documents, each with the document that it is about.

        After a change, as far as the documents that it concerns have to do with it.
        """
        from teipipe.build.checks import MentionsJob, TakenJob

        project = self.project
        others = self.change.others if self.change is not None else {}
        if not others and not is_everything(self.chosen, project.everything):
            return
        web = Web({**others, **self.summaries()})
        if project.register is not None and self.options.wants("register"):
            register = self.name(project.register)
            documents = [name for name in web.summaries if name != register]
            about = self.pointed_at(register) if others and register not in self.names else None
            yield project.register, MentionsJob(web.mentions(register, documents), about)
        if project.unique_ids == "corpus" and self.options.wants("ids"):
            paths = {self.name(path): path for path in project.everything}
            for name, taken in web.taken().items():
                new = {one: paths[at] for one, at in taken.items() if name in self.names or at in self.names}
                if new:
                    yield paths[name], TakenJob(paths[name], new)

    def pointed_at(self, register: str) -> frozenset[str] | None:
        """The entries of the register that the documents mention which a change concerns, or mentioned before it.

        None for all: while a document could not be read, nothing could be said of mentions.
        """
        assert self.change is not None
        if None in self.change.before.values():
            return None
        summaries = [*self.summaries().values(), *self.change.before.values()]
        targets = (target for summary in summaries if summary is not None for target in summary.targets())
        return frozenset(entry for file, entries in targets if file == register for entry in entries)

    def used(self) -> tuple[UsedSchema, ...]:
        """The schemas that judged documents, here and in workers."""
        return UsedSchema.together([*self.schemas.used(), *(one for learned in self.learned for one in learned.used)])

    def warnings(self) -> set[Diagnostic]:
        """What is doubtful in the schemas."""
        return {*self.schemas.warnings(), *(one for learned in self.learned for one in learned.warnings)}

    def findings(self) -> Iterator[Diagnostic]:
        """All that was found in single documents, and what that says of the project."""
        for checked in self.checked.values():
            yield from checked.judgement.findings
        is_judged = {path: self.checked[path].judgement.has_schema for path in self.chosen}
        yield from check_project(self.project.root, self.project.register, is_judged)

    def here(self) -> Iterator[Diagnostic]:
        """All findings, by this process alone."""
        self.schemas.open_named()
        context = Context.of(self.project, self.options, self.schemas)
        prepare(context, self.chosen, self.project)
        for path in self.chosen:
            self.take(path, self.in_time(partial(check_one, path, context), path))
            self.progress(1)
        context.corpus.defer(())
        for path in self.doubtful():
            self.take(path, self.in_time(partial(check_one, path, context), path))
        yield from self.findings()
        for path, job in self.about_corpus():
            yield from self.in_time(partial(_run, job, context), path).judgement.findings
        for _, schema in self.schemas.opened():
            if isinstance(schema, Learning):
                schema.keep([])

    def take(self, path: Path, checked: Checked) -> None:
        """Remember what is known of a document, and pass its SVRL on, once."""
        for schema, text in checked.svrl if path not in self.checked else ():
            self.svrl(path, schema, text)
        self.checked[path] = replace(checked, svrl=()) if checked.svrl else checked

    def in_time(self, work: Callable[[], Checked], path: Path) -> Checked:
        try:
            with limit(self.project.timeout):
                return work()
        except LateError:
            message = f"not done after {self.project.timeout:g} seconds"
            return Checked(Judgement([finding("worker-timeout", message, Location(path))]))

    def spread(self, workers: int, sizes: Sequence[int], sources: Iterable[Source]) -> Iterator[Diagnostic]:
        """All findings, by so many other processes; `sources` are the schemas that will be needed."""
        from teipipe.build.checks import CheckSetup
        from teipipe.build.processes import Program
        from teipipe.build.workers import Pool

        project = self.project
        start = partial(Program, "checker", (project.memory, project.timeout))
        with Pool(start, workers, timeout=project.timeout, memory=project.memory) as pool:
            opened = self.opened(sources)
            setup = CheckSetup(project, self.chosen, self.chooser, _sent(opened), self.options)
            lost = self.ask(pool, setup, batches(self.chosen, sizes))
            # Which document of a batch it was is seen when each is alone.
            self.ask(pool, setup, [(path,) for batch in lost for path in batch])
            self.ask(pool, setup, [(path,) for path in self.doubtful()], again=True)
            yield from self.findings()
            yield from self.whole(pool, setup)
            self.learn(pool, setup, opened)

    def opened(self, sources: Iterable[Source]) -> dict[Key, Schema]:
        """Those schemas that can be opened safely here, while the workers are starting."""
        opened: dict[Key, Schema] = {}
        for source in sources:
            if not source.language.is_foreign:
                schema = self.schemas.attempt(source)
                if schema is not None:
                    opened[source.key] = schema
        return opened

    def ask(
        self, pool: Pool, setup: CheckSetup, batches: Sequence[tuple[Path, ...]], *, again: bool = False
    ) -> list[tuple[Path, ...]]:
        """Have batches of documents checked, or checked `again`; those of several over which a worker was lost."""
        from teipipe.build.checks import CheckJob
        from teipipe.build.findings import from_loss

        lost: list[tuple[Path, ...]] = []
        for outcome in pool.run(((batch, CheckJob(batch, again)) for batch in batches), shared=setup):
            paths = cast("tuple[Path, ...]", outcome.key)
            if isinstance(outcome.error, WorkerError):
                if len(paths) > 1:
                    lost.append(paths)
                    continue
                self.take(paths[0], Checked(Judgement([from_loss(outcome.error, paths[0])])))
            elif outcome.error is not None:
                raise outcome.error
            else:
                for path, checked in zip(paths, cast("list[Checked]", outcome.value), strict=True):
                    self.take(path, checked)
            self.progress(0 if again else len(paths))
        return lost

    def whole(self, pool: Pool, setup: CheckSetup) -> Iterator[Diagnostic]:
        from teipipe.build.findings import from_loss

        for outcome in pool.run(self.about_corpus(), shared=setup):
            if isinstance(outcome.error, WorkerError):
                yield from_loss(outcome.error, cast("Path", outcome.key))
            elif outcome.error is not None:
                raise outcome.error
            else:
                yield from cast("list[Diagnostic]", outcome.value)

    def learn(self, pool: Pool, setup: CheckSetup, opened: dict[Key, Schema]) -> None:
        from teipipe.build.checks import LearnedJob

        answers = [outcome.value for outcome in pool.ask_each(LearnedJob(), shared=setup)]
        self.learned = [answer for answer in cast("list[Learned | None]", answers) if answer is not None]
        for key, schema in opened.items():
            if isinstance(schema, Learning):
                schema.keep([learned.grown[key] for learned in self.learned if key in learned.grown])


def _run(job: CorpusJob, context: Context) -> Checked:
    return Checked(Judgement(job.run(context)))


def _sent(opened: dict[Key, Schema]) -> dict[Key, SentSchema]:
    from teipipe.build.checks import SentSchema

    portable = {key: schema for key, schema in opened.items() if isinstance(schema, Portable)}
    return {key: SentSchema(schema.path, type(schema), schema.state()) for key, schema in portable.items()}
