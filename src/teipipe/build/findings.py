"""Findings from what went wrong in a worker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.build.workers import WorkerTimeoutError
from teipipe.diagnostics import Diagnostic, Location, Severity
from teipipe.errors import StylesheetError, TeipipeError, WorkerError
from teipipe.folders import absolute
from teipipe.rules import RULES, finding

if TYPE_CHECKING:
    from teipipe.documents import Document
    from teipipe.project import Project
    from teipipe.saxon import Message

_PLACE: Final = re.compile(r"(.*?):(\d+):(\d+)")


def from_messages(messages: Iterable[Message], document: Document) -> Iterator[Diagnostic]:
    """What stylesheets reported about a document."""
    for message in messages:
        where = document.by_path(message.at) if message.at else Location(document.path)
        known = message.code in RULES
        severity = RULES[message.code].severity if known else _severity(message.severity)
        yield Diagnostic(message.code, severity, message.text, where)


def from_error(error: TeipipeError, project: Project, path: Path) -> Diagnostic:
    """Why the document (or folder) `path` could not be rendered."""
    if isinstance(error, WorkerError):
        rule = "worker-timeout" if isinstance(error, WorkerTimeoutError) else "dead-worker"
        return finding(rule, error.message, Location(path), error.help)
    if isinstance(error, StylesheetError) and error.path is not None:
        return finding("stylesheet-failed", error.message, stylesheet_place(error.path, project), error.help)
    return finding("stylesheet-failed", str(error), Location(path), error.help)


def stylesheet_place(path: Path, project: Project) -> Location:
    """The place that a StylesheetError's path names (file:line:column), as the user would write it."""
    match = _PLACE.fullmatch(str(path))
    file = Path(match[1]) if match else path
    if project.stylesheets is not None and file.is_relative_to(absolute(project.stylesheets)):
        file = project.stylesheets / file.relative_to(absolute(project.stylesheets))
    return Location(file, int(match[2]), int(match[3])) if match else Location(file)


def _severity(name: str) -> Severity:
    """The severity that a stylesheet names; a warning if it names none that exists."""
    return Severity.__members__.get(name.upper(), Severity.WARNING)
