"""Tells of files of an edition which sources and stylesheets made them, and whether these have changed since."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from teipipe import __version__
from teipipe.build.manifest import Manifest, checksum
from teipipe.build.surrounding import Beside, Made, beside, project_around
from teipipe.documents import read_bytes
from teipipe.errors import TeipipeError, UnreadableError
from teipipe.provenance import Origin, Statement
from teipipe.provenance.reading import Read, read

if TYPE_CHECKING:
    from teipipe.build.present import Present
    from teipipe.project import Project


class State(Enum):
    """What has become of something since a file was made of it."""

    SAME = "unchanged"
    CHANGED = "changed"
    MOVED = "moved"
    GONE = "gone"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Source:
    """A source: what it was, what has become of it; where it lies now, its checksum and its title, as far as known."""

    then: Origin
    state: State = State.UNKNOWN
    path: str = ""
    sha256: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Traced:
    """What there is to be told of a file.

    `statement` is what it says of itself, or what the manifest beside it says of it; None if there is neither. `root`
    is the folder of the project that it was compared with, "" if there is none. `itself` says whether the file is as it
    was written; `facts`, `settings` and `stylesheets` whether those have changed, `changed` which of the stylesheets.
    `documents` are the ids of those that facts were taken from and that have changed, as far as a manifest tells.
    Of a file that says nothing of itself, `all` is what can be told. `version` and `date` are those of now. `problem`
    says why nothing can be told, or not everything.
    """

    path: Path
    statement: Statement | None = None
    root: str = ""
    sources: tuple[Source, ...] = ()
    facts: State = State.UNKNOWN
    settings: State = State.UNKNOWN
    stylesheets: State = State.UNKNOWN
    changed: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    all: State = State.UNKNOWN
    itself: State = State.UNKNOWN
    version: str = __version__
    date: str = ""
    problem: str = ""

    @property
    def state(self) -> State:
        """SAME if it was made of what there is now, CHANGED if not; UNKNOWN if that can't be told."""
        if self.statement is None or not self.root:
            return State.UNKNOWN
        if not self.statement.stylesheets:
            return self.all
        found = {*(source.state for source in self.sources), self.stylesheets}
        found |= {self.facts} if self.statement.facts else set()
        found |= {self.settings} if self.statement.settings else set()
        if found & {State.CHANGED, State.GONE}:
            return State.CHANGED
        is_told = self.sources or self.facts is not State.UNKNOWN
        return State.SAME if is_told and State.UNKNOWN not in found else State.UNKNOWN

    @property
    def exit_code(self) -> int:
        """0 nothing has changed, 1 something has, 2 it can't be told."""
        return {State.SAME: 0, State.CHANGED: 1}.get(self.state, 2)


class Asking:
    """Answers for several files, each compared with `project`, or with the one that is found around it."""

    def __init__(
        self,
        project: Project | None = None,
        *,
        workers: int | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._project = project
        self._workers = workers
        self._environment = os.environ if environment is None else environment
        self._presents: dict[Path, Present] = {}
        self._manifests: dict[Path, Made | None] = {}

    def answer(self, path: Path) -> Traced:
        """What there is to be told of a file; raises nothing for what is wrong with it."""
        try:
            found = read(path)
        except UnreadableError as error:
            return Traced(path, problem=error.message)
        near = beside(path, self._manifests)
        statement = found.statement or near.statement(found)
        answer = Traced(path, statement, itself=_itself(near, found))
        try:
            project = self._project or project_around(path, near, statement)
            if project is None:
                return replace(answer, problem="" if statement else _NOTHING)
            return self._compared(answer, self._present(project), found, near)
        except TeipipeError as error:
            return replace(answer, problem=str(error))

    def _present(self, project: Project) -> Present:
        from teipipe.build.present import Present

        key = project.root.resolve()
        if key not in self._presents:
            self._presents[key] = Present(project, self._environment, self._workers)
        return self._presents[key]

    def _compared(self, answer: Traced, present: Present, found: Read, near: Beside) -> Traced:
        root, date = str(present.project.root), present.corpus.date
        statement = answer.statement
        if statement is None or found.statement is None:
            return _of_silent(replace(answer, root=root, date=date), present, found, near)
        if self._project is None and not present.knows(statement):
            return replace(answer, problem=f"{_UNRELATED} ({root})")
        facts = _state(statement.facts, {present.facts(statement)} if statement.facts else ())
        of_book = statement.file.endswith((".pdf", ".epub")) or answer.path.suffix in (".pdf", ".epub")
        stylesheets = _state(statement.stylesheets, {present.stylesheets})
        return replace(
            answer,
            root=root,
            date=date,
            sources=tuple(_source(one, present) for one in statement.sources),
            facts=facts,
            documents=_changed_documents(statement, present, found, near) if facts is State.CHANGED else (),
            settings=_state(statement.settings, present.settings(of_book=of_book)),
            stylesheets=stylesheets,
            changed=near.changed_stylesheets(present.project) if stylesheets is State.CHANGED else (),
            itself=_itself_elsewhere(answer, present, found),
        )


_NOTHING = "it says nothing of where it comes from, and no manifest of an edition lies beside it"
_UNRELATED = "the project here has none of the documents that it was made from"
_NOT_OURS = "it says nothing of where it comes from, and it is no file of this project or of its edition"


def trace_files(paths: Iterable[Path], project: Project | None = None, *, workers: int | None = None) -> list[Traced]:
    """Tell of each file which sources and stylesheets made it, and whether these have changed since.

    Each is compared with `project`, by default with the one that is found around it, or around the current folder.
    Nothing is raised for what is wrong with a file: `problem` says it.
    """
    asking = Asking(project, workers=workers)
    return [asking.answer(path) for path in paths]


def _state(then: str, now: Iterable[str]) -> State:
    """What has become of something with this checksum; `now` are those that it may have."""
    found = set(now)
    if not then or not found:
        return State.UNKNOWN
    if found == {""}:
        return State.GONE
    return State.SAME if then in found else State.CHANGED


def _source(then: Origin, present: Present) -> Source:
    found = present.input(then)
    if found is None:
        return _unread(then, present)
    is_same = found.facts.sha256 == then.sha256
    state = State.CHANGED if not is_same else State.SAME if found.place == then.path else State.MOVED
    return Source(then, state, found.place, found.facts.sha256, found.entry.title)


def _changed_documents(statement: Statement, present: Present, found: Read, near: Beside) -> tuple[str, ...]:
    """Of the documents that a file has facts of, those that have changed since its edition was built."""
    manifests = (near.manifest, present.manifest)
    is_in = (one for one in manifests if any(entry.sha256 == found.sha256 for entry in one.files))
    manifest = next(is_in, Manifest())
    then = {one.id: one.sha256 for one in manifest.documents}
    now = {one.id: one.facts.sha256 for one in present.plan.inputs}
    named = None if statement.documents.endswith(" in all") else statement.documents.split()
    differing = (name for name in sorted(then.keys() | now.keys()) if then.get(name) != now.get(name))
    return tuple(name for name in differing if then and (named is None or name in named or name not in then))


def _unread(then: Origin, present: Present) -> Source:
    """A source that is no document of the project now: it may still lie where it did, but be broken."""
    named = {present.project.relative(path): path for path in present.plan.failed}
    path = named.get(then.path)
    if path is None:
        return Source(then, State.GONE)
    try:
        digest = checksum(read_bytes(path))
    except UnreadableError:
        return Source(then, State.GONE)
    return Source(then, State.SAME if digest == then.sha256 else State.CHANGED, then.path, digest)


def _of_silent(answer: Traced, present: Present, found: Read, near: Beside) -> Traced:
    """Of a file that says nothing of itself: it may be a source, or a manifest knows what stands for what made it."""
    source = next((one for one in present.inputs if one.facts.sha256 == found.sha256), None)
    if source is not None:
        origin = Origin(source.id, source.place, found.sha256)
        told = Source(origin, State.SAME, source.place, found.sha256, source.entry.title)
        statement = answer.statement or Statement("", sources=(origin,))
        return replace(answer, statement=statement, sources=(told,), all=State.SAME)
    if answer.statement is None or near.entry is None:
        return replace(answer, problem=_NOT_OURS)
    holds = present.holds(near.entry, near.manifest)
    return replace(
        answer,
        sources=tuple(_source(one, present) for one in answer.statement.sources),
        all=State.UNKNOWN if holds is None else State.SAME if holds else State.CHANGED,
    )


def _itself(near: Beside, found: Read) -> State:
    if near.entry is None:
        return State.UNKNOWN
    return State.SAME if near.entry.sha256 == found.sha256 else State.CHANGED


def _itself_elsewhere(answer: Traced, present: Present, found: Read) -> State:
    """Whether a copy is as it was written: if it is the same as a file of the edition that the project has built."""
    if answer.itself is State.UNKNOWN and any(found.sha256 == entry.sha256 for entry in present.manifest.files):
        return State.SAME
    return answer.itself
