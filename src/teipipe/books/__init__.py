"""Books: the edition, or a document, as something to be printed (PDF) and as an e-book (EPUB)."""

from teipipe.books.settings import Books, Epub, Print

__all__ = ["Books", "Epub", "Print"]
