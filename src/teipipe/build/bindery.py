"""What a book is made of: documents, what of their summaries and of the register; and what is to be said of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from itertools import chain
from typing import TYPE_CHECKING, Final

from teipipe.books.glyphs import without_glyph
from teipipe.books.jobs import BookJob, Bound, Text, TextJob
from teipipe.books.volumes import Volume
from teipipe.build.binder import BinderSetup
from teipipe.build.findings import from_messages
from teipipe.build.keys import book_settings_key, books_key, key_of, surroundings_key
from teipipe.build.manifest import checksum
from teipipe.build.processes import Program
from teipipe.build.session import setup_of
from teipipe.build.workers import Pool, WorkerTimeoutError
from teipipe.diagnostics import Diagnostic, Location
from teipipe.documents import Document, read_bytes
from teipipe.editions import Corpus, SitePage, Source
from teipipe.editions.surroundings import Cutter, Surroundings
from teipipe.errors import BookError, WorkerError
from teipipe.folders import absolute
from teipipe.provenance.statement import NAMED, Origin, Statement, named
from teipipe.rules import finding

if TYPE_CHECKING:
    from pathlib import Path

    from teipipe.books.settings import Format, Print
    from teipipe.build.plan import Input, Loaded
    from teipipe.project import Project
    from teipipe.site import Shares

#: A book may take so many times as long as a document.
PATIENCE: Final = 10


class Bindery:
    """Whatever is to be known of the books over some documents (`inputs`, by their ids) before workers make them."""

    def __init__(
        self, project: Project, inputs: Mapping[str, Input], register: Loaded | None, corpus: Corpus, shares: Shares
    ) -> None:
        self._project = project
        self._inputs = inputs
        self._register = register
        self._shares = shares
        self._seen = Surroundings(corpus)
        self._general_key = books_key(project)

    def pool(self, size: int) -> Pool:
        """Workers that make books, as many as are given."""
        project = self._project
        timeout = project.timeout * PATIENCE
        setup = BinderSetup(setup_of(project), self._print.fonts)
        start = partial(Program, "binder", (setup, timeout), "/")
        return Pool(start, size, timeout=timeout, memory=project.memory)

    def key(self, path: str, volume: Volume) -> str:
        """What stands for all that a book is made of, and by what."""
        return key_of(self._general_key, self.facts(path, volume))

    def facts(self, path: str, volume: Volume) -> str:
        """What stands for all that is in a book."""
        documents = [
            (self._inputs[name].facts.sha256, surroundings_key(name, self._seen_by(name))) for name in volume.documents
        ]
        # What comes after these is about the whole as a page sees it; a book gets it as is said below.
        summaries = self._shares.key(_page(path, volume))[:4]
        register = self._cut(volume.documents[0]) if is_lone(path) else self._shares.whole.register
        attached = self._register.input.facts.sha256 if self._register is not None and self._attaches else ""
        return key_of(path, volume, documents, summaries, register, attached)

    def statement(self, path: str, volume: Volume, general: Statement) -> Statement:
        """What a book says of what it was made from; `general` is what all files of an edition say."""
        # Of more, only the number is said.
        found = [self._inputs[name] for name in volume.documents if len(volume.documents) <= NAMED]
        return replace(
            general,
            sources=tuple(Origin(one.id, one.place, one.facts.sha256) for one in found),
            documents="" if found else named(volume.documents),
            facts=self.facts(path, volume),
            settings=key_of(general.settings, book_settings_key(self._project)),
        )

    def text_job(self, name: str) -> TextJob:
        """What makes the text of a document; raises UnreadableError."""
        return TextJob(self._inputs[name].load().source, self._seen_by(name))

    def book_job(self, path: str, volume: Volume, texts: Mapping[str, str], statement: Statement) -> BookJob:
        """What makes a book out of the texts of its documents; raises UnreadableError."""
        books = self._project.books
        whole = self._shares.whole
        corpus = replace(
            whole,
            documents=tuple(entry for entry in whole.documents if entry.id in volume.documents),
            register=self._cut(volume.documents[0]) if is_lone(path) else whole.register,
        )
        parameters = {
            "kind": "document" if is_lone(path) else "edition",
            "id": volume.documents[0] if is_lone(path) else "edition",
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
            print=self._print,
            attachments=tuple(self._attachments(volume)) if self._attaches else (),
            cover=None if books.epub.cover is None else read_bytes(books.epub.cover),
            fonts=books.epub.fonts,
            statement=statement,
        )

    @property
    def _print(self) -> Print:
        """How books are printed, as workers see it: they stand in another folder."""
        given = self._project.books.print
        return given if given.fonts is None else replace(given, fonts=absolute(given.fonts))

    @property
    def _attaches(self) -> bool:
        """Whether the TEI goes into what is printed."""
        return "a-3a" in self._project.books.print.standards

    def _attachments(self, volume: Volume) -> Iterator[tuple[str, bytes]]:
        for name in volume.documents:
            yield f"{name}.xml", read_bytes(self._inputs[name].path)
        if self._register is not None:
            yield "register.xml", self._register.raw

    def _checksum(self, volume: Volume) -> str:
        """That of the document, or of those of all documents."""
        sums = [self._inputs[name].facts.sha256 for name in volume.documents]
        return sums[0] if len(sums) == 1 else checksum("".join(f"{each}\n" for each in sums).encode())

    def remarks_on_text(self, name: str, text: Text) -> list[Diagnostic]:
        """What there is to say of a document whose text was made."""
        return list(from_messages(text.messages, self._document(name))) if text.messages else []

    def remarks(self, volume: Volume, bound: Bound, files: Mapping[Format, Path]) -> Iterator[Diagnostic]:
        """What there is to say of a book, but for stylesheets that failed; `files` is what to name for each format."""
        for format, error in bound.failures:
            if isinstance(error, BookError):
                yield finding("book-failed", error.message, Location(files[format]), error.help)
        place = Location(next(iter(files.values())))
        yield from (finding("typesetting-remark", message.text, place) for message in bound.messages)
        for format, warning in bound.warnings:
            yield finding("typesetting-remark", warning, Location(files[format]))
        if bound.unmet:
            yield finding("unmet-standard", bound.unmet, Location(files["pdf"]))
        if bound.missing:
            documents = [self._document(name) for name in volume.documents]
            documents += [] if self._register is None else [self._register.document()]
            yield from without_glyph(documents, bound.missing, place)

    def loss(self, error: WorkerError, path: str, file: Path) -> Diagnostic:
        """The finding that a worker was lost over the book at this path: what is to be done about it."""
        limit = "timeout" if isinstance(error, WorkerTimeoutError) else "memory"
        which = 'single documents (of = "edition")' if is_lone(path) else 'the whole (of = "documents")'
        advice = f"raise {limit} in the configuration, or have no books of {which}"
        return finding("book-failed", error.message, Location(file), advice)

    def _document(self, name: str) -> Document:
        path = self._inputs[name].path
        return Document(path, read_bytes(path))

    def _seen_by(self, name: str) -> Corpus:
        """The whole as the text of a document sees it: what is before and behind it in a book is not its own."""
        return replace(self._inputs[name].surroundings(self._seen), previous=None, next=None)

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


def is_lone(path: str) -> bool:
    """Whether the book at this path is that of one document."""
    return not path.startswith("downloads/edition")


def path_of(volume: Volume) -> str:
    """Where the files of a volume lie, without their endings."""
    return f"downloads/edition-{volume.number}" if volume.number else "downloads/edition"


def _page(path: str, volume: Volume) -> SitePage:
    """What stands for a book where shares of the summaries are dealt out: it gets all of those of its documents."""
    return SitePage("book", path, documents=volume.documents)
