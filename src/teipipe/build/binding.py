"""The step over the books: of each document and of the whole, in volumes, printed and as e-books."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from teipipe.books.volumes import Volume
from teipipe.build.bindery import Bindery, path_of
from teipipe.build.keys import key_of
from teipipe.build.output import WHOLE
from teipipe.diagnostics import Diagnostic, Location
from teipipe.errors import UnreadableError
from teipipe.rules import finding

if TYPE_CHECKING:
    from teipipe.books.jobs import Bound, Text, TextJob
    from teipipe.books.settings import Books
    from teipipe.build.manifest import Entry
    from teipipe.build.plan import Plan
    from teipipe.build.work import Work
    from teipipe.build.workers import Pool
    from teipipe.editions import Corpus
    from teipipe.site import Shares

#: What the keys of books begin with, as those of all that is made when the pages are there.
NAME: Final = "books"


class Binding:
    """The step over the books of an edition; `made` counts them."""

    def __init__(self, work: Work, plan: Plan, corpus: Corpus, shares: Shares, project_key: str) -> None:
        self._work = work
        self._plan = plan
        self._present = {entry.id for entry in shares.whole.documents}
        self._inputs = {found.id: found for found in plan.inputs}
        self._bindery = Bindery(work.project, self._inputs, plan.register, corpus, shares)
        self._project_key = project_key
        self._keys: dict[str, str] = {}
        self._before: dict[str, list[Entry]] = {}
        for entry in filter(is_book, work.output.of_before(WHOLE)):
            self._before.setdefault(entry.path.rpartition(".")[0], []).append(entry)
        self.made = 0

    @property
    def _books(self) -> Books:
        return self._work.project.books

    def bind(self) -> None:
        """Have every book made that isn't up to date."""
        volumes = [
            replace(volume, documents=found)
            for volume in self._plan.volumes()
            if (found := tuple(name for name in volume.documents if name in self._present))
        ]
        todo = {path: volume for path, volume in self._wanted(volumes) if not self._is_up_to_date(path, volume)}
        if todo:
            with self._bindery.pool(min(self._work.pool.size, len(todo))) as pool:
                for volume in volumes:
                    self._make(pool, volume, todo)

    def _wanted(self, volumes: Sequence[Volume]) -> Iterator[tuple[str, Volume]]:
        """All books, by the path of their files without its ending."""
        for volume in volumes:
            if self._books.edition:
                yield path_of(volume), volume
            if self._books.documents:
                yield from ((f"{name}/{name}", Volume(0, (name,))) for name in volume.documents)

    def _is_up_to_date(self, path: str, volume: Volume) -> bool:
        key = self._keys[path] = f"{NAME}:{key_of(self._project_key, self._bindery.key(path, volume))}"
        before = self._before.get(path, [])
        expected = {f"{path}.{format}" for format in self._books.formats}
        if self._work.force or {entry.path for entry in before} != expected:
            return False
        return all(entry.key == key for entry in before) and self._work.output.leave(before)

    def _make(self, pool: Pool, volume: Volume, todo: Mapping[str, Volume]) -> None:
        """Make the books of one volume: its own, and those of its documents."""
        paths = [path for path in (path_of(volume), *(f"{name}/{name}" for name in volume.documents)) if path in todo]
        texts = self._texts(pool, dict.fromkeys(name for path in paths for name in todo[path].documents))
        jobs = []
        for path in paths:
            lost = [name for name in todo[path].documents if name not in texts]
            if lost:
                self._keep(path, f"the text of {lost[0]} could not be made")
            else:
                jobs.append((path, self._bindery.book_job(path, todo[path], texts)))
        for outcome in pool.run(jobs):
            path = cast("str", outcome.key)
            if outcome.error is not None:
                self._work.take_error(outcome.error, self._work.project.output / path)
                self._keep(path, "it could not be made")
            else:
                self._take(path, todo[path], cast("Bound", outcome.value))

    def _texts(self, pool: Pool, names: Iterable[str]) -> dict[str, str]:
        """The texts of documents, as far as they can be made."""
        texts: dict[str, str] = {}
        for outcome in pool.run(self._text_jobs(names)):
            name = cast("str", outcome.key)
            if outcome.error is not None:
                self._work.take_error(outcome.error, self._inputs[name].path)
                continue
            text = cast("Text", outcome.value)
            texts[name] = text.xml
            self._report(self._bindery.remarks_on_text(name, text))
        return texts

    def _text_jobs(self, names: Iterable[str]) -> Iterator[tuple[str, TextJob]]:
        for name in names:
            try:
                yield name, self._bindery.text_job(name)
            except UnreadableError as error:
                where = Location(self._inputs[name].path)
                self._report([finding("unreadable-file", error.message, where, error.help)])

    def _take(self, path: str, volume: Volume, bound: Bound) -> None:
        is_quiet = not (bound.failures or bound.missing or bound.messages or bound.warnings)
        # Whatever has something to be said of it is made again each time, to say it again.
        key = self._keys[path] if is_quiet else f"{NAME}:"
        self._work.output.put(WHOLE, bound.artefacts, {artefact.path: key for artefact in bound.artefacts})
        self.made += len(bound.artefacts)
        self._report(self._bindery.remarks(volume, bound, self._work.project.output / path))
        if bound.failures:
            self._keep(path, "it could not be made")

    def _report(self, findings: Iterable[Diagnostic]) -> None:
        """Add what isn't said yet: pages and books are made of the same documents."""
        known = set(self._work.diagnostics)
        self._work.diagnostics += (each for each in dict.fromkeys(findings) if each not in known)

    def _keep(self, path: str, why: str) -> None:
        """Let the files of a book stay that could not be made anew."""
        self._work.keep_files(self._before.get(path, []), why)


def is_book(entry: Entry) -> bool:
    """Whether a file of the output is a book."""
    return entry.key.startswith(f"{NAME}:")
