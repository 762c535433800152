"""From TEI to the book that print and e-book are made from, and from that to the files of an e-book."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from teipipe.documents import read_bytes
from teipipe.editions.renderer import PASSES, Corpus, Renderer, Source
from teipipe.errors import BookError
from teipipe.saxon import Parameter


class BookRenderer(Renderer):
    """The stylesheets for books: the passes and those that make a book."""

    RENDERERS: ClassVar[tuple[str, ...]] = ("print", "book", "epub")

    def text(self, source: Source, corpus: Corpus) -> str:
        """One document in its reading view, as a `text` of a book (XML). Raises StylesheetError."""
        parameters = self._parameters(source, corpus) | {"view": "reading", "root-path": "none"}
        chosen = self._engine.transform(PASSES[-1], self._prepared(source, parameters), parameters)
        return self._engine.serialise("print", chosen, parameters)

    def book(self, summaries: str, corpus: Corpus, parameters: Mapping[str, Parameter]) -> str:
        """A book without its texts (its `texts` is empty), made from summaries (a tp:site element) and the register.

        `parameters` say which: "kind" ("edition", "document"), "id", "checksum", "volume" and "volumes" (0: it is the
        only one), "font". Raises StylesheetError.
        """
        given = self._parameters(corpus.register or Source("", "", "", ""), corpus) | {"view": "reading", **parameters}
        return self._engine.serialise("book", self._engine.parse(summaries), given)

    def epub(self, book: str, parameters: Mapping[str, Parameter]) -> str:
        """The files of an e-book from the whole book (XML): a `files` of `file` elements, each with its `path`.

        What is in a `file` is its text. Raises StylesheetError; UnreadableError or BookError for a style sheet of CSS.
        """
        try:
            css = read_bytes(self._found.file("epub/style.css")).decode()
        except UnicodeDecodeError as error:
            raise BookError("epub/style.css is not in UTF-8") from error
        return self._engine.serialise("epub", self._engine.parse(book), self._tables | {"css": css, **parameters})
