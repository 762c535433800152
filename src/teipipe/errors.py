"""The ways in which teipipe can be unable to run; a fault *in a document* is a Diagnostic instead."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from teipipe.diagnostics import Location


class TeipipeError(Exception):
    """Unable to do what was asked; the command line prints `message` on one line and exits with 2.

    `message` is one sentence without final full stop; `path` the file or folder concerned, if there is one;
    `help` what to do about it.
    """

    def __init__(self, message: str, *, path: Path | None = None, help: str | None = None) -> None:
        super().__init__(message if path is None else f"{path}: {message}")
        self.message = message
        self.path = path
        self.help = help


class ConfigurationError(TeipipeError):
    """The project's configuration can't be used as it is."""


class UnreadableError(TeipipeError):
    """A file that was named can't be read: missing, a folder, no permission, over a limit."""


class SchemaError(TeipipeError):
    """A schema can't be used: missing, broken, or not a schema; `location` says where in it."""

    def __init__(self, message: str, location: Location, *, help: str | None = None) -> None:
        super().__init__(message, path=location.path, help=help)
        self.location = location
        self.args = (f"{location}: {message}",)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.message, self.location), self.__dict__


class StylesheetError(TeipipeError):
    """A stylesheet doesn't compile, or failed while it ran."""


class WorkerError(TeipipeError):
    """The process that ran the stylesheets died or ran out of time or memory."""


class SearchError(TeipipeError):
    """The search index can't be made: what makes it is missing, failed, or took too long or too much memory."""


class BookError(TeipipeError):
    """A book can't be printed, or an e-book can't be made."""


class OutputError(TeipipeError):
    """The result can't be written, or another build is writing to the same folder."""


class TypesettingError(BookError):
    """A book can't be typeset: its template fails, or Typst refuses what it is given."""


class BagError(TeipipeError):
    """A package can't be made of these files, or can't be read safely."""


class EncodingError(TeipipeError):
    """A transcript can't be encoded so that it can be given back word for word."""
