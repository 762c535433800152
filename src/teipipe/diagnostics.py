"""What is found in a document: values, with a place and a stable rule name, that any report can show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import Any


class Severity(IntEnum):
    """How much a finding weighs; ordered, so that thresholds are comparisons."""

    INFO = 0
    WARNING = 1
    ERROR = 2
    FAILURE = 3  # the file could not be judged at all

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Location:
    """Where a finding applies: the first character of the culprit.

    `line` and `column` count from 1, columns in code points; `line` is None if the finding concerns the whole file.
    """

    path: Path
    line: int | None = None
    column: int | None = None
    xpath: str | None = None

    def __str__(self) -> str:
        place = [str(self.path)]
        if self.line is not None:
            place.append(str(self.line))
            place.append(str(self.column if self.column is not None else 1))
        return ":".join(place)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    `rule` is kebab-case and names what was found (`dangling-pointer`); `message` is one phrase that quotes the
    offending value, without final full stop; `help` says what to do. `related` are further places with a remark each;
    `assertion` is the id that a project's own Schematron gives to what was found, "" if it has none.
    """

    rule: str
    severity: Severity
    message: str
    location: Location
    help: str | None = None
    related: tuple[tuple[Location, str], ...] = field(default=())
    assertion: str = ""

    @property
    def code(self) -> str:
        """The rule, and after a slash the assertion, if there is one: what options and reports call the finding."""
        return f"{self.rule}/{self.assertion}" if self.assertion else self.rule

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Orders findings by path, line, column, rule, message, so that reports are stable."""
        place = self.location
        return (str(place.path), place.line or 0, place.column or 0, self.rule, self.message)

    def as_json(self) -> dict[str, Any]:
        """The finding as a mapping of JSON values."""
        place = self.location
        return {
            "rule": self.rule,
            "assertion": self.assertion or None,
            "severity": str(self.severity),
            "message": self.message,
            "path": place.path.as_posix(),
            "line": place.line,
            "column": place.column,
            "help": self.help,
            "related": [
                {"path": where.path.as_posix(), "line": where.line, "column": where.column, "message": remark}
                for where, remark in self.related
            ],
        }


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings sorted by place, each one once."""
    unique = dict.fromkeys(diagnostics)
    return sorted(unique, key=lambda diagnostic: diagnostic.sort_key)


def exit_code(diagnostics: Iterable[Diagnostic], threshold: Severity = Severity.ERROR) -> int:
    """0 clean, 1 something at or above the `threshold` was found, 2 something could not be judged.

    By default, warnings and remarks alone leave the verdict clean; with FAILURE, errors do, too.
    """
    worst = max((diagnostic.severity for diagnostic in diagnostics), default=None)
    if worst is None or worst < threshold:
        return 0
    return 2 if worst >= Severity.FAILURE else 1
