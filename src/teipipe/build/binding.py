"""The step over the books: of each document and of the whole, in volumes, printed and as e-books."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from itertools import chain
from typing import TYPE_CHECKING, Final, cast

from teipipe.books.glyphs import without_glyph
from teipipe.books.jobs import BookJob, Bound, Text, TextJob
from teipipe.books.volumes import Volume
from teipipe.build.binder import BinderSetup
from teipipe.build.findings import from_messages
from teipipe.build.keys import books_key, key_of
from teipipe.build.manifest import checksum
from teipipe.build.output import WHOLE
from teipipe.build.processes import Program
from teipipe.build.session import setup_of
from teipipe.build.workers import Pool
from teipipe.diagnostics import Diagnostic, Location
from teipipe.documents import Document, read_bytes
from teipipe.editions import Corpus, SitePage, Source
from teipipe.editions.surroundings import Cutter, Surroundings
from teipipe.errors import UnreadableError
from teipipe.folders import absolute
from teipipe.rules import finding

if TYPE_CHECKING:
    from teipipe.books.settings import Books
    from teipipe.build.manifest import Entry
    from teipipe.build.plan import Plan
    from teipipe.build.work import Work
    from teipipe.site import Shares

#: What the keys of books begin with, as those of all that is made when the pages are there.
NAME: Final = "books"

#: A book may take so many times as long as a document.
_PATIENCE: Final = 10


class Binding:
    """The step over the books of an edition; `made` counts them."""

    def __init__(self, work: Work, plan: Plan, corpus: Corpus, shares: Shares, project_key: str) -> None:
        self._work = work
        self._plan = plan
        self._shares = shares
        self._seen = Surroundings(corpus)
        self._inputs = {found.id: found for found in plan.inputs}
        self._general_key = key_of(project_key, books_key(work.project))
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
        present = {entry.id for entry in self._shares.whole.documents}
        volumes = [
            replace(volume, documents=found)
            for volume in self._plan.volumes()
            if (found := tuple(name for name in volume.documents if name in present))
        ]
        todo = {path: volume for path, volume in self._wanted(volumes) if not self._is_up_to_date(path, volume)}
        if not todo:
            return
        project = self._work.project
        timeout = project.timeout * _PATIENCE
        setup = BinderSetup(setup_of(project), project.books.print.fonts and absolute(project.books.print.fonts))
        start = partial(Program, "binder", (setup, timeout), "/")
        with Pool(start, min(self._work.pool.size, len(todo)), timeout=timeout, memory=project.memory) as pool:
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
        key = self._keys[path] = f"{NAME}:{self._key(path, volume)}"
        before = self._before.get(path, [])
        expected = {f"{path}.{format}" for format in self._books.formats}
        if self._work.force or {entry.path for entry in before} != expected:
            return False
        return all(entry.key == key for entry in before) and self._work.output.leave(before)

    def _key(self, path: str, volume: Volume) -> str:
        """What stands for all that a book is made of."""
        documents = [(self._inputs[name].facts.sha256, self._seen_by(name)) for name in volume.documents]
        summaries = self._shares.key(_page(path, volume))[:2]
        register = self._cut(volume.documents[0]) if _is_lone(path) else self._shares.whole.register
        return key_of(self._general_key, path, volume, documents, summaries, register)

    def _make(self, pool: Pool, volume: Volume, todo: Mapping[str, Volume]) -> None:
        """Make the books of one volume: its own, and those of its documents."""
        paths = [path for path in (path_of(volume), *(f"{name}/{name}" for name in volume.documents)) if path in todo]
        needed = dict.fromkeys(name for path in paths for name in todo[path].documents)
        texts = self._texts(pool, needed)
        jobs = []
        for path in paths:
            lost = [name for name in todo[path].documents if name not in texts]
            if lost:
                self._keep(path, f"the text of {lost[0]} could not be made")
            else:
                jobs.append((path, self._job(path, todo[path], texts)))
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
            if text.messages:
                self._report(from_messages(text.messages, self._document(name)))
        return texts

    def _text_jobs(self, names: Iterable[str]) -> Iterator[tuple[str, TextJob]]:
        for name in names:
            try:
                loaded = self._inputs[name].load()
            except UnreadableError as error:
                self._report([finding("unreadable-file", error.message, Location(self._inputs[name].path), error.help)])
            else:
                yield name, TextJob(loaded.source, self._seen_by(name))

    def _job(self, path: str, volume: Volume, texts: Mapping[str, str]) -> BookJob:
        books = self._books
        is_lone = _is_lone(path)
        whole = self._shares.whole
        corpus = replace(
            whole,
            documents=tuple(entry for entry in whole.documents if entry.id in volume.documents),
            register=self._cut(volume.documents[0]) if is_lone else whole.register,
        )
        parameters = {
            "kind": "document" if is_lone else "edition",
            "id": volume.documents[0] if is_lone else "edition",
            "checksum": self._checksum(volume),
            "volume": volume.number,
            "volumes": self._shares.whole.volumes if volume.number else 0,
            "font": books.print.font,
        }
        return BookJob(
            path=path,
            summaries=self._shares.of(_page(path, volume)).summaries,
            corpus=corpus,
            parameters=tuple(parameters.items()),
            texts=tuple(texts[name] for name in volume.documents),
            formats=books.formats,
            print=books.print,
            attachments=tuple(self._attachments(volume)) if "a-3a" in books.print.standards else (),
            cover=None
            if books.epub.cover is None
            else (f"cover{books.epub.cover.suffix.lower()}", read_bytes(books.epub.cover)),
            fonts=books.epub.fonts,
        )

    def _attachments(self, volume: Volume) -> Iterator[tuple[str, bytes]]:
        for name in volume.documents:
            yield f"{name}.xml", read_bytes(self._inputs[name].path)
        if self._plan.register is not None:
            yield "register.xml", self._plan.register.raw

    def _checksum(self, volume: Volume) -> str:
        """That of the document, or of those of all documents."""
        sums = [self._inputs[name].facts.sha256 for name in volume.documents]
        return sums[0] if len(sums) == 1 else checksum("".join(f"{each}\n" for each in sums).encode())

    def _take(self, path: str, volume: Volume, bound: Bound) -> None:
        is_whole = not (bound.failures or bound.missing or bound.messages or bound.warnings)
        key = self._keys[path] if is_whole else f"{NAME}:"
        self._work.output.put(WHOLE, bound.artefacts, {artefact.path: key for artefact in bound.artefacts})
        self.made += len(bound.artefacts)
        where = Location(self._work.project.output / path)
        self._report(finding("book-failed", error.message, where, error.help) for error in bound.failures)
        self._report(finding("typesetting-remark", warning, where) for warning in bound.warnings)
        if bound.failures:
            self._keep(path, "it could not be made")
        if bound.missing:
            self._report(
                chain.from_iterable(without_glyph(self._document(name), bound.missing) for name in volume.documents)
            )
            if self._plan.register is not None:
                self._report(without_glyph(self._plan.register.document(), bound.missing))

    def _report(self, findings: Iterable[Diagnostic]) -> None:
        """Add what isn't said yet: pages and books are made of the same documents."""
        known = set(self._work.diagnostics)
        self._work.diagnostics += (each for each in dict.fromkeys(findings) if each not in known)

    def _keep(self, path: str, why: str) -> None:
        """Let the files of a book stay that could not be made anew."""
        self._work.keep_files(self._before.get(path, []), why)

    def _document(self, name: str) -> Document:
        path = self._inputs[name].path
        return Document(path, read_bytes(path))

    def _seen_by(self, name: str) -> Corpus:
        return self._inputs[name].surroundings(self._seen)

    def _cut(self, name: str) -> Source | None:
        """The register with what one document points at, and what these have to do with."""
        if self._cutter is None:
            return None
        pointed = {pointer.rpartition("#")[2] for pointer in self._inputs[name].facts.pointers}
        found = (self._cutter.related[entry] for entry in pointed if entry in self._cutter.related)
        return self._cutter.cut(chain.from_iterable(found))

    @cached_property
    def _cutter(self) -> Cutter | None:
        register = self._shares.whole.register
        return None if register is None else Cutter(register)


def is_book(entry: Entry) -> bool:
    """Whether a file of the output is a book."""
    return entry.key.startswith(f"{NAME}:")


def _is_lone(path: str) -> bool:
    """Whether the book at this path is that of one document."""
    return not path.startswith("downloads/edition")


def path_of(volume: Volume) -> str:
    """Where the files of a volume lie, without their endings."""
    return f"downloads/edition-{volume.number}" if volume.number else "downloads/edition"


def _page(path: str, volume: Volume) -> SitePage:
    """What stands for a book where shares of the summaries are dealt out: it gets all of those of its documents."""
    return SitePage("book", path, documents=volume.documents)
