"""Checks documents, a few of them here, many in worker processes: one that never gets done holds up no other."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from teipipe.diagnostics import Diagnostic, Location, in_order
from teipipe.errors import WorkerError
from teipipe.folders import absolute
from teipipe.project import Project
from teipipe.rules import finding
from teipipe.validate.context import Context, Options
from teipipe.validate.engine import Learning
from teipipe.validate.register import check_mentions
from teipipe.validate.run import Judgement, check_project, is_everything, judge

if TYPE_CHECKING:
    from types import FrameType

    from teipipe.build.checks import CheckSetup, SentSchema
    from teipipe.build.workers import Pool
    from teipipe.validate import Schema

#: So many bytes are checked by this process in the time that workers need to be made ready.
_LITTLE: Final = 6_000_000
#: About so many bytes of documents go to a worker at once: pipes then take no time, and none has much left at the end.
_BATCH: Final = 256_000
#: One more document takes as long as so many more bytes.
_EACH: Final = 2_000

#: Called each time that some documents are done, with their number.
Progress = Callable[[int], None]


def validate_documents(
    project: Project,
    documents: Sequence[Path] | None = None,
    *,
    workers: int | None = None,
    only: Iterable[str] = (),
    all_expected: bool = False,
    progress: Progress | None = None,
) -> list[Diagnostic]:
    """All findings about the documents given, by default all of the project and its register, sorted by place.

    Each document may take the project's `timeout`; one that needs more is reported as not judged. `workers` is the
    number of processes besides this one, each with the project's `memory`; by default as many as help, which is none
    for a few small documents. With 0, or if this process can't be interrupted by a timer, nothing bounds the memory or
    the time. `only` names the kinds of checks to make (`validate.run.KINDS`), by default all; `all_expected` has
    findings of the schema name all that may stand at a place; `progress` is told what is done.
    Raises TeipipeError if nothing can be judged at all.
    """
    chosen = project.everything if documents is None else tuple(documents)
    sizes = [_size(path) for path in chosen]
    if workers is None:
        workers = _helpful(project, sizes)
    run = _Run(project, chosen, Options(frozenset(only), all_expected), progress or (lambda done: None))
    found = list(project.problems) if documents is None else []
    found += run.here() if workers == 0 else run.spread(workers, sizes)
    return in_order(found)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _helpful(project: Project, sizes: Sequence[int]) -> int:
    """How many workers make it faster, or can be stopped where this process can't."""
    # What xmlschema does with a document has no bounds in memory.
    is_bounded = _has_timer() and not _is_xsd(project)
    if is_bounded and sum(sizes) <= _LITTLE:
        return 0
    from teipipe.build.processes import processors

    return max(1, min(processors(), sum(sizes) // _LITTLE + 1))


def _is_xsd(project: Project) -> bool:
    return project.schema is not None and project.schema.suffix.lower() == ".xsd"


class _Run:
    """One run over the `chosen` documents of a project."""

    def __init__(self, project: Project, chosen: tuple[Path, ...], options: Options, progress: Progress) -> None:
        self.project = project
        self.chosen = chosen
        self.options = options
        self.progress = progress
        self.judgements: dict[Path, Judgement] = {}

    @property
    def looks_at_mentions(self) -> bool:
        is_asked = self.project.register is not None and self.options.wants("register")
        return is_asked and is_everything(self.chosen, self.project.everything)

    def about_project(self) -> Iterator[Diagnostic]:
        project = self.project
        return check_project(project.root, project.register, has_schema=project.schema is not None)

    def mentions(self) -> tuple[frozenset[str] | None, ...]:
        by_file = {absolute(path): judgement.mentions for path, judgement in self.judgements.items()}
        return tuple(by_file.get(absolute(path)) for path in self.project.documents)

    def findings(self) -> Iterator[Diagnostic]:
        for judgement in self.judgements.values():
            yield from judgement.findings

    def here(self) -> Iterator[Diagnostic]:
        """All findings, by this process alone."""
        context = Context.of(self.project, self.options)
        for path in self.chosen:
            context.corpus.name(path)
        yield from self.about_project()
        for path in self.chosen:
            self.judgements[path] = self.in_time(partial(judge, path, context), path)
            self.progress(1)
        yield from self.findings()
        register = self.project.register
        if self.looks_at_mentions and register is not None:
            whole = self.in_time(lambda: Judgement(list(check_mentions(context, self.mentions()))), register)
            yield from whole.findings
        if isinstance(context.schema, Learning):
            context.schema.keep([])

    def in_time(self, work: Callable[[], Judgement], path: Path) -> Judgement:
        try:
            with _limit(self.project.timeout):
                return work()
        except _Late:
            message = f"not done after {self.project.timeout:g} seconds"
            return Judgement([finding("worker-timeout", message, Location(path))])

    def spread(self, workers: int, sizes: Sequence[int]) -> Iterator[Diagnostic]:
        """All findings, by so many other processes."""
        from teipipe.build.checks import CheckSetup
        from teipipe.build.processes import Program
        from teipipe.build.workers import Pool

        project = self.project
        start = partial(Program, "checker", (project.memory, project.timeout))
        with Pool(start, workers, timeout=project.timeout, memory=project.memory) as pool:
            schema, sent = self.schema()
            setup = CheckSetup(project, self.chosen, sent, self.options)
            lost = self.ask(pool, setup, _batches(self.chosen, sizes))
            # Which document of a batch it was is seen when each is alone.
            self.ask(pool, setup, [(path,) for batch in lost for path in batch])
            yield from self.about_project()
            yield from self.findings()
            yield from self.whole(pool, setup)
            self.learn(pool, setup, schema)

    def schema(self) -> tuple[Schema | None, SentSchema | None]:
        """The schema, read while the workers are starting, and as they get it; one in XSD they all read themselves."""
        from teipipe.build.checks import SentSchema
        from teipipe.validate.opening import open_schema

        path = self.project.schema
        if path is None or _is_xsd(self.project):
            return None, None if path is None else SentSchema(path)
        schema = open_schema(path)
        return schema, SentSchema.of(schema)

    def ask(self, pool: Pool, setup: CheckSetup, batches: Sequence[tuple[Path, ...]]) -> list[tuple[Path, ...]]:
        """Have batches of documents checked; those of several over which a worker was lost."""
        from teipipe.build.checks import CheckJob
        from teipipe.build.findings import from_loss

        lost: list[tuple[Path, ...]] = []
        for outcome in pool.run(((batch, CheckJob(batch)) for batch in batches), shared=setup):
            paths = cast("tuple[Path, ...]", outcome.key)
            if isinstance(outcome.error, WorkerError):
                if len(paths) > 1:
                    lost.append(paths)
                    continue
                self.judgements[paths[0]] = Judgement([from_loss(outcome.error, paths[0])])
            elif outcome.error is not None:
                raise outcome.error
            else:
                self.judgements.update(zip(paths, cast("list[Judgement]", outcome.value), strict=True))
            self.progress(len(paths))
        return lost

    def whole(self, pool: Pool, setup: CheckSetup) -> Iterator[Diagnostic]:
        from teipipe.build.checks import MentionsJob
        from teipipe.build.findings import from_loss

        if not self.looks_at_mentions or self.project.register is None:
            return
        for outcome in pool.run([("", MentionsJob(self.mentions()))], shared=setup):
            if isinstance(outcome.error, WorkerError):
                yield from_loss(outcome.error, self.project.register)
            elif outcome.error is not None:
                raise outcome.error
            else:
                yield from cast("list[Diagnostic]", outcome.value)

    def learn(self, pool: Pool, setup: CheckSetup, schema: Schema | None) -> None:
        from teipipe.build.checks import GrownJob

        if isinstance(schema, Learning):
            outcomes = [outcome.value for outcome in pool.ask_each(GrownJob(), shared=setup)]
            schema.keep([grown for value in outcomes for grown in cast("list[bytes] | None", value) or ()])


def _batches(paths: Sequence[Path], sizes: Sequence[int]) -> list[tuple[Path, ...]]:
    """What goes to a worker at once: a large document alone, and first, so that none is left at the end; small ones."""
    both = list(zip(paths, sizes, strict=True))
    large = sorted(((path, size) for path, size in both if size >= _BATCH), key=lambda item: -item[1])
    small: list[list[Path]] = []
    room = 0
    for path, size in both:
        if size >= _BATCH:
            continue
        if room <= 0:
            small.append([])
            room = _BATCH
        small[-1].append(path)
        room -= size + _EACH
    return [*((path,) for path, _ in large), *map(tuple, small)]


class _Late(BaseException):
    """Ends whatever is being done, through every `except Exception`."""


def _raise_late(number: int, frame: FrameType | None) -> None:
    raise _Late


def _has_timer() -> bool:
    """Whether this process can be interrupted: in its main thread, where nobody else uses the same signal."""
    try:
        if signal.getitimer(signal.ITIMER_REAL)[0] or signal.getsignal(signal.SIGALRM) != signal.SIG_DFL:
            return False
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
    except ValueError:
        return False
    return True


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    """Raise _Late in what is done meanwhile when the time is over, if there is a timer to do it."""
    if not _has_timer():
        yield
        return
    signal.signal(signal.SIGALRM, _raise_late)
    # Again and again, should it first be raised where exceptions are swallowed, as in the end of an object.
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.1)
    try:
        try:
            yield
        finally:
            _stop_timer()
    except _Late:
        _stop_timer()  # it may have been raised just when the timer was to be stopped
        raise


def _stop_timer() -> None:
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
