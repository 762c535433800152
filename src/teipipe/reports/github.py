"""Findings for GitHub Actions: workflow commands, which become annotations in the changed files of a pull request."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe import __version__
from teipipe.diagnostics import Diagnostic, Severity
from teipipe.reports.characters import shown
from teipipe.reports.paths import home, relative, schema_name

if TYPE_CHECKING:
    from teipipe.verdict import UsedSchema, Verdict

_COMMANDS: Final = {
    Severity.INFO: "notice",
    Severity.WARNING: "warning",
    Severity.ERROR: "error",
    Severity.FAILURE: "error",
}


def report(verdict: Verdict, *, folder: Path | None = None) -> Iterator[str]:
    """A command a line: first a notice of how many there are, then an annotation for each finding that counts.

    GitHub shows no more than the first ten errors, ten warnings and ten notices of a step. So the one that says how
    many there are comes first; the others are in the log.
    """
    here = home(folder)
    yield _command("notice", {"title": f"teipipe {__version__}"}, _overview(verdict, here))
    for diagnostic in verdict.diagnostics:
        yield _annotation(relative(diagnostic, here))


def _overview(verdict: Verdict, here: Path) -> list[str]:
    from teipipe.reports.text import summary

    excused = [f"{len(verdict.excused)} more findings don't count"] if verdict.excused else []
    return [
        summary(verdict.diagnostics, len(verdict.documents)),
        *excused,
        *(_schema(schema, here) for schema in verdict.schemas),
    ]


def _schema(schema: UsedSchema, here: Path) -> str:
    version = f" {schema.version}" if schema.version else ""
    return f"{schema_name(schema, here)}{version} ({schema.language}, {schema.checksum})"


def _annotation(diagnostic: Diagnostic) -> str:
    place = diagnostic.location
    properties = {"file": place.path.as_posix()}
    if place.line is not None:
        properties |= {"line": str(place.line), "col": str(place.column or 1)}
    properties["title"] = diagnostic.code
    lines = [diagnostic.message, *([diagnostic.help] if diagnostic.help else [])]
    return _command(_COMMANDS[diagnostic.severity], properties, lines)


def _command(name: str, properties: dict[str, str], lines: list[str]) -> str:
    """A workflow command: `::name key=value,…::message`, escaped as the runner undoes it."""
    written = ",".join(f"{key}={_property(shown(value))}" for key, value in properties.items())
    return f"::{name} {written}::{'%0A'.join(_escaped(shown(line)) for line in lines)}\n"


def _escaped(text: str) -> str:
    # No line end is left in what `shown` gives.
    return text.replace("%", "%25")


def _property(value: str) -> str:
    return _escaped(value).replace(":", "%3A").replace(",", "%2C")
