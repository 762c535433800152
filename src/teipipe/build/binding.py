"""The step over the books: of each document and of the whole, in volumes, printed and as e-books."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from teipipe.books.settings import FORMATS
from teipipe.books.volumes import Volume
from teipipe.build.bindery import Bindery, is_lone, path_of
from teipipe.build.keys import key_of
from teipipe.build.output import WHOLE
from teipipe.diagnostics import Diagnostic, Location
from teipipe.errors import BookError, TeipipeError, UnreadableError, WorkerError
from teipipe.rules import finding

if TYPE_CHECKING:
    from pathlib import Path

    from teipipe.books.jobs import Bound, Text, TextJob
    from teipipe.books.settings import Books
    from teipipe.build.manifest import Entry
    from teipipe.build.output import Output
    from teipipe.build.plan import Plan
    from teipipe.build.work import Work
    from teipipe.build.workers import Pool
    from teipipe.editions import Corpus
    from teipipe.site import Shares

#: What the keys of books begin with, as those of all that is made when the pages are there.
NAME: Final = "books"

#: The number of the volume that a file is.
_VOLUME: Final = re.compile(r"downloads/edition-(\d+)\.")


class Binding:
    """The step over the books of an edition; `made` and `up_to_date` count their files."""

    def __init__(self, work: Work, plan: Plan, corpus: Corpus, shares: Shares, project_key: str) -> None:
        self._work = work
        self._plan = plan
        self._present = {entry.id: entry.path for entry in shares.whole.documents}
        self._inputs = {found.id: found for found in plan.inputs}
        self._bindery = Bindery(work.project, self._inputs, plan.register, corpus, shares)
        self._project_key = project_key
        self._keys: dict[str, str] = {}
        self._before: dict[str, list[Entry]] = {}
        for entry in books_before(work.output):
            self._before.setdefault(entry.path.rpartition(".")[0], []).append(entry)
        self._said = set(work.diagnostics)
        #: Documents of which something was reported that is said by nothing but their books.
        self._remarked: set[str] = set()
        self.made = 0
        self.up_to_date = 0

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
        kept = self._keep_unread()
        wanted = [(path, volume) for path, volume in books_of(self._books, volumes) if path not in kept]
        todo = {path: volume for path, volume in wanted if not self._is_up_to_date(path, volume)}
        if todo:
            self._make_all(volumes, todo)

    def _keep_unread(self) -> set[str]:
        """Let books stay in which there is a document that can't be read now; their paths."""
        unread = {name: path for name, path in self._present.items() if name not in self._inputs}
        of_whole = [path for path in self._before if not is_lone(path)] if unread and self._books.edition else []
        why = f"{next(iter(unread.values()), '')} could not be built"
        of_documents = [f"{name}/{name}" for name in unread] if self._books.documents else []
        for path in (*of_whole, *of_documents):
            self._keep(path, why)
        # Without its old files, a book of the whole is made of the documents that there are.
        return {*of_whole, *(path_of(volume) for volume in self._plan.volumes() if of_whole)}

    def _is_up_to_date(self, path: str, volume: Volume) -> bool:
        key = self._keys[path] = f"{NAME}:{key_of(self._project_key, self._bindery.key(path, volume))}"
        before = self._before.get(path, [])
        if self._work.force or {entry.path for entry in before} != {
            f"{path}.{format}" for format in self._books.formats
        }:
            return False
        if not all(entry.key == key for entry in before) or not self._work.output.leave(before):
            return False
        self.up_to_date += len(before)
        self._work.observer.step(path)
        return True

    def _make_all(self, volumes: Iterable[Volume], todo: dict[str, Volume]) -> None:
        """Make all books that are to be made, by volumes: so many texts are held at once."""
        try:
            with self._bindery.pool(min(self._work.pool.size, len(todo))) as pool:
                for volume in volumes:
                    paths = [path for path, _ in books_of(self._books, [volume]) if path in todo]
                    self._make(pool, {path: todo.pop(path) for path in paths})
        except TeipipeError as error:  # no worker is ever ready: a stylesheet doesn't compile
            self._work.take_error(error, self._work.project.output)
            for path in todo:
                self._keep(path, "it could not be made")

    def _make(self, pool: Pool, todo: Mapping[str, Volume]) -> None:
        """Make some books."""
        texts = self._texts(pool, dict.fromkeys(name for volume in todo.values() for name in volume.documents))
        jobs = []
        for path, volume in todo.items():
            lost = [name for name in volume.documents if name not in texts]
            try:
                if not lost:
                    statement = self._bindery.statement(path, volume, self._work.statement)
                    jobs.append((path, self._bindery.book_job(path, volume, texts, statement)))
                    continue
                why = f"the text of {lost[0]} could not be made"
            except UnreadableError as error:
                self._unreadable(error, error.path or self._file(path, self._books.formats[0]))
                why = "it could not be made"
            self._keep(path, why)
            self._work.observer.step(path)
        for outcome in pool.run(jobs):
            path = cast("str", outcome.key)
            if outcome.error is None:
                self._take(path, todo[path], cast("Bound", outcome.value))
            else:
                self._fail(path, outcome.error)
                self._keep(path, "it could not be made")
            self._work.observer.step(path)

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
            if self._report(self._bindery.remarks_on_text(name, text)):
                self._remarked.add(name)
        return texts

    def _text_jobs(self, names: Iterable[str]) -> Iterator[tuple[str, TextJob]]:
        for name in names:
            try:
                yield name, self._bindery.text_job(name)
            except UnreadableError as error:
                self._unreadable(error, self._inputs[name].path)

    def _take(self, path: str, volume: Volume, bound: Bound) -> None:
        is_quiet = not (bound.failures or bound.missing or bound.messages or bound.warnings or bound.unmet)
        # Whatever has something to be said of it is made again each time, to say it again.
        key = self._keys[path] if is_quiet and self._remarked.isdisjoint(volume.documents) else f"{NAME}:"
        self._work.output.put(WHOLE, bound.artefacts, {artefact.path: key for artefact in bound.artefacts})
        self.made += len(bound.artefacts)
        files = {format: self._file(path, format) for format in self._books.formats}
        self._report(self._bindery.remarks(volume, bound, files))
        self._work.failures += (
            (error, files[format]) for format, error in bound.failures if not isinstance(error, BookError)
        )
        if bound.failures:
            self._keep(path, "it could not be made")

    def _fail(self, path: str, error: TeipipeError) -> None:
        """Report why there is no book at this path."""
        file = self._file(path, self._books.formats[0])
        if isinstance(error, WorkerError):
            self._report([self._bindery.loss(error, path, file)])
        elif isinstance(error, BookError):
            self._report([finding("book-failed", error.message, Location(file), error.help)])
        else:
            self._work.take_error(error, file)

    def _file(self, path: str, format: str) -> Path:
        return self._work.project.output / f"{path}.{format}"

    def _unreadable(self, error: UnreadableError, path: Path) -> None:
        self._report([finding("unreadable-file", error.message, Location(path), error.help)])

    def _report(self, findings: Iterable[Diagnostic]) -> bool:
        """Add what isn't said yet, for pages and books are made of the same documents; whether there was any."""
        news = [each for each in dict.fromkeys(findings) if each not in self._said]
        self._said.update(news)
        self._work.diagnostics += news
        return bool(news)

    def _keep(self, path: str, why: str) -> None:
        """Let the files of a book stay that could not be made anew, in formats that it still has."""
        wanted = {f"{path}.{format}" for format in self._books.formats}
        self._work.keep_files((entry for entry in self._before.get(path, []) if entry.path in wanted), why)


def books_of(books: Books, volumes: Iterable[Volume]) -> Iterator[tuple[str, Volume]]:
    """All books of some volumes: the path of their files without its ending, and what is in them."""
    for volume in volumes:
        if books.edition:
            yield path_of(volume), volume
        if books.documents:
            yield from ((f"{name}/{name}", Volume(0, (name,))) for name in volume.documents)


def books_before(output: Output) -> list[Entry]:
    """The books that the last build left."""
    return [entry for entry in output.of_before(WHOLE) if entry.key.startswith(f"{NAME}:")]


def standing(output: Output, books: Books, documents: Collection[str]) -> list[Entry]:
    """The books that the last build left, as far as the project wants them and has their documents."""
    return standing_among(books_before(output), books, documents)


def standing_among(entries: Iterable[Entry], books: Books, documents: Collection[str]) -> list[Entry]:
    """Of some files, the books that the project wants and has the documents of."""
    found = []
    for entry in entries:
        if not entry.key.startswith(f"{NAME}:"):
            continue
        document = entry.path.partition("/")[0]
        wanted = books.documents and document in documents if is_lone(entry.path) else books.edition
        if wanted and entry.path.rpartition(".")[2] in books.formats:
            found.append(entry)
    return found


def named(entries: Iterable[Entry], books: Books) -> tuple[tuple[str, ...], int]:
    """What pages have to know of books if there are these files and no others: as `Books.names`, and the volumes."""
    paths = [entry.path for entry in entries]
    lone = [is_lone(path) for path in paths]
    formats = tuple(format for format in FORMATS if any(path.endswith(f".{format}") for path in paths))
    found = replace(books, formats=formats, edition=not all(lone), documents=any(lone))
    return found.names, max((int(match[1]) for path in paths if (match := _VOLUME.match(path))), default=1)
