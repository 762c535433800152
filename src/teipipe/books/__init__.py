"""Books: the edition, or a document, as something to be printed (PDF) and as an e-book (EPUB)."""

from teipipe.books.settings import NO_BOOKS, Books, Epub, Print

__all__ = ["NO_BOOKS", "Books", "Epub", "Print"]
