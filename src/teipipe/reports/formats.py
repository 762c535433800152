"""The formats there are: what the command line offers, and the one way to write a report by its format's name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from teipipe.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Format:
    """A way to show a verdict.

    `summary` is one line for help; `module` has the function `report` that writes it, and is imported only then;
    `suffix` is what the names of such files end in.
    """

    name: str
    summary: str
    module: str
    suffix: str


_ALL: Final = (
    Format("text", "for people: each finding with its source, what has one cause together", "text", ".txt"),
    Format("lines", "one line each, file:line:column: severity[rule] message, for editors", "lines", ".txt"),
    Format("json", "for programs: all that is known", "json", ".json"),
    Format("sarif", "SARIF 2.1.0, for code scanning and viewers", "sarif", ".sarif"),
    Format("junit", "JUnit XML, a test case for each document, for continuous integration", "junit", ".xml"),
    Format("github", "annotations of GitHub Actions", "github", ".txt"),
    Format("gitlab", "code quality of GitLab", "gitlab", ".json"),
    Format("html", "a page with charts, all in one file", "html", ".html"),
)

FORMATS: Final[dict[str, Format]] = {format.name: format for format in _ALL}


def write(verdict: Verdict, name: str, *, folder: Path | None = None) -> Iterator[str]:
    """The report in the format `name`, a key of FORMATS, in pieces; together they end with a line end.

    Files are named from `folder` (by default the current one) if they lie there, else by their absolute path. Every
    piece can be written in UTF-8.
    """
    module = import_module(f"teipipe.reports.{FORMATS[name].module}")
    pieces: Iterator[str] = module.report(verdict, folder=folder)
    return pieces
