"""What a worker that makes books can be asked to do, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from teipipe.books.settings import Format, Print
from teipipe.editions import Artefact, Corpus, Source
from teipipe.errors import BookError, TeipipeError
from teipipe.provenance import Statement
from teipipe.provenance.stamps import INSTRUCTION

if TYPE_CHECKING:
    from teipipe.editions.books import BookRenderer
    from teipipe.saxon import Message

#: Of an e-book that was to have fonts, and of whose project no folder is known to have any.
_NO_FONTS: Final = (
    "there is no font to put into the e-book: those that come with Typst can't be taken out of it, so name a folder "
    "with some (fonts in books.print)"
)


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a worker that makes books has: the stylesheets, compiled, and the templates of print by their names."""

    renderer: BookRenderer
    templates: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Text:
    """One document as a `text` of a book (XML), and what the stylesheets reported."""

    xml: str
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class TextJob:
    """Make the text of one document, which sees of the whole what is in `corpus`."""

    source: Source
    corpus: Corpus

    def run(self, workshop: Workshop) -> object:
        """The Text."""
        workshop.renderer.take_messages()
        xml = workshop.renderer.text(self.source, self.corpus)
        return Text(xml, tuple(dict.fromkeys(workshop.renderer.take_messages())))


@dataclass(frozen=True, slots=True)
class Bound:
    """What became of a book: its files, the formats that failed and why, what was reported, letters without a glyph.

    `unmet` says why a PDF conforms to none of the standards that it should.
    """

    artefacts: tuple[Artefact, ...] = ()
    failures: tuple[tuple[Format, TeipipeError], ...] = ()
    messages: tuple[Message, ...] = ()
    warnings: tuple[tuple[Format, str], ...] = ()
    missing: str = ""
    unmet: str = ""


@dataclass(frozen=True, slots=True)
class BookJob:
    """Make a book from its texts: `formats` ("pdf", "epub"), each into the file `path` with that ending.

    `summaries` is a tp:site element, `corpus` the whole as the book sees it, `parameters` say which book it is.
    `attachments` are the TEI files that go into a PDF for archives, `cover` an image of the project's own,
    `fonts` say that fonts go into the e-book; `statement` is what it says of what it was made from.
    """

    path: str
    summaries: str
    corpus: Corpus
    parameters: tuple[tuple[str, str | int], ...]
    texts: tuple[str, ...]
    formats: tuple[Format, ...]
    print: Print = field(default_factory=Print)
    attachments: tuple[tuple[str, bytes], ...] = ()
    cover: bytes | None = None
    fonts: bool = False
    statement: Statement | None = None

    def run(self, workshop: Workshop) -> object:
        """The Bound."""
        from teipipe.books.splicing import spliced

        workshop.renderer.take_messages()
        parts = workshop.renderer.book(self.summaries, self.corpus, dict(self.parameters))
        try:
            book = spliced(parts, self.texts)
        except (ValueError, SyntaxError) as error:  # lxml's complaints are those of a parser
            raise BookError(
                f"the stylesheets make no book: {error}", help="docs/books.md says what they have to make"
            ) from error
        messages = tuple(dict.fromkeys(workshop.renderer.take_messages()))
        made = Bound(messages=messages)
        for format in self.formats:
            made = self._joined(made, format, book, workshop)
        return made

    def _joined(self, made: Bound, format: Format, book: str, workshop: Workshop) -> Bound:
        makers: dict[Format, Callable[[str, Workshop], Bound]] = {"pdf": self._pdf, "epub": self._epub}
        try:
            new = makers[format](book, workshop)
        except TeipipeError as error:
            new = Bound(failures=((format, error),))
        return Bound(
            (*made.artefacts, *new.artefacts),
            (*made.failures, *new.failures),
            (*made.messages, *new.messages),
            (*made.warnings, *new.warnings),
            "".join(sorted({*made.missing, *new.missing})),
            made.unmet or new.unmet,
        )

    def _statement(self, path: str, stylesheet: str) -> Statement | None:
        """What one of the files says of itself."""
        found = self.statement
        return found and replace(found, file=path if found.file else "", stylesheet=stylesheet)

    def _pdf(self, book: str, workshop: Workshop) -> Bound:
        from teipipe.books.typesetting import typeset

        path = f"{self.path}.pdf"
        own = self._statement(path, "book.xsl")
        line = "" if own is None else f"{INSTRUCTION}: {own.line}"
        done = typeset(book, self.print, workshop.templates, attachments=self.attachments, provenance=line)
        return Bound(
            (Artefact(path, done.pdf),),
            warnings=tuple(("pdf", warning) for warning in done.warnings),
            missing="".join(sorted(done.missing)),
            unmet=done.unmet,
        )

    def _epub(self, book: str, workshop: Workshop) -> Bound:
        from teipipe.books.epub import Enclosed, packaged, parameters
        from teipipe.books.fonts import fonts_in
        from teipipe.books.typesetting import cover

        try:
            image = self.cover if self.cover is not None else cover(book, self.print, workshop.templates)
            fonts = fonts_in(self.print.fonts) if self.fonts else ()
            enclosed = Enclosed(image, fonts, self.print.font)
            files = workshop.renderer.epub(book, parameters(book, enclosed))
            path = f"{self.path}.epub"
            data = packaged(files, enclosed, self._statement(path, "epub.xsl"))
        except (ValueError, SyntaxError) as error:  # lxml's complaints are those of a parser
            raise BookError(f"the e-book can't be put together: {error}") from error
        messages = tuple(dict.fromkeys(workshop.renderer.take_messages()))
        made = Bound((Artefact(path, data),), messages=messages)
        return replace(made, warnings=(("epub", _NO_FONTS),)) if self.fonts and not enclosed.fonts else made
