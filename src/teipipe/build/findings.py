"""Findings from what went wrong in a worker."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.build.workers import WorkerTimeoutError
from teipipe.diagnostics import Diagnostic, Location, Severity
from teipipe.errors import TeipipeError, WorkerError
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
        # Thousands of documents may lack the same: the words come from workers, each time anew.
        text, help_ = sys.intern(message.text), sys.intern(message.help)
        yield Diagnostic(message.code, severity, text, where, help_ or None)


def from_loss(error: WorkerError, path: Path) -> Diagnostic:
    """The worker was lost over the document (or output folder) `path`."""
    rule = "worker-timeout" if isinstance(error, WorkerTimeoutError) else "dead-worker"
    return finding(rule, error.message, Location(path), error.help)


def from_failures(failures: Iterable[tuple[TeipipeError, Path]], project: Project) -> Iterator[Diagnostic]:
    """One finding for each different failure of a stylesheet, with what was being rendered when it happened."""
    together: dict[tuple[str, str], list[Path]] = {}
    errors: dict[tuple[str, str], TeipipeError] = {}
    for error, path in failures:
        key = (str(error.path), error.message)
        together.setdefault(key, []).append(path)
        errors[key] = error
    for key, paths in together.items():
        error = errors[key]
        where = _place(error.path, project) if error.path is not None else Location(min(paths))
        yield finding("stylesheet-failed", error.message, where, error.help, related=tuple(_examples(paths)))


def _examples(paths: list[Path]) -> Iterator[tuple[Location, str]]:
    first, *others = sorted(set(paths))
    more = f", and {len(others)} more" if others else ""
    yield Location(first), f"while this was rendered{more}"


def _place(path: Path, project: Project) -> Location:
    """The place that a StylesheetError's path names (file:line:column), as the user would write it."""
    match = _PLACE.fullmatch(str(path))
    file = Path(match[1]) if match else path
    if project.stylesheets is not None and file.is_relative_to(absolute(project.stylesheets)):
        file = project.stylesheets / file.relative_to(absolute(project.stylesheets))
    return Location(file, int(match[2]), int(match[3])) if match else Location(file)


def _severity(name: str) -> Severity:
    """The severity that a stylesheet names; a warning if it names none that exists."""
    return Severity.__members__.get(name.upper(), Severity.WARNING)
