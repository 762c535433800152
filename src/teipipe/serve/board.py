"""What is known of the edition at this moment, for whoever shows it: written by one thread, read by others."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final

from teipipe.diagnostics import Diagnostic, Location, Severity, in_order
from teipipe.errors import TeipipeError

#: Kinds of files that pages are made to look by: when one changes, every page is out of date.
_LOOKS: Final = frozenset([".css", ".js", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".woff", ".woff2"])


@dataclass(frozen=True, slots=True)
class Problem:
    """Why the last attempt to build, or to check, came to nothing."""

    message: str
    help: str = ""

    @classmethod
    def of(cls, error: TeipipeError) -> Problem:
        """What an error says."""
        return cls(str(error), error.help or "")


@dataclass(frozen=True, slots=True)
class Status:
    """What stands on the board.

    `builds` counts the builds so far; `built` is what the last one found, `checked` what the checks did;
    `problems` say why there may be no newer ones. `is_building` and `is_checking` tell that newer ones are coming.
    `register` is the file that pages about the register are made of.
    """

    builds: int = 0
    is_building: bool = False
    is_checking: bool = False
    built: tuple[Diagnostic, ...] = ()
    checked: tuple[Diagnostic, ...] = ()
    problems: tuple[Problem, ...] = ()
    unchecked: tuple[Problem, ...] = ()
    register: Path | None = None

    @property
    def findings(self) -> list[Diagnostic]:
        """All that was found, by place, each thing once: building and checking see much of the same."""
        worst: dict[Location, Severity] = {}
        for finding in self.checked:
            worst[finding.location] = max(finding.severity, worst.get(finding.location, Severity.INFO))
        # What a stylesheet has no rule for, the schema mostly doesn't know either.
        built = [each for each in self.built if each.severity >= worst.get(_bare(each.location), Severity.INFO)]
        seen = {_identity(finding): finding for finding in (*built, *self.checked)}
        return in_order(seen.values())


class Board:
    """Holds the status, and when each file of the output changed last."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.run: Final = secrets.token_hex(4)  # a page of an earlier run counts other builds
        self.status = Status()
        self._lock = threading.Lock()
        self._changed: dict[str, int] = {}
        self._looks = 0
        self._listeners: list[Callable[[], None]] = []

    def listen(self, listener: Callable[[], None]) -> None:
        """Have `listener` called, in whichever thread it happens, when anything changes."""
        self._listeners.append(listener)

    def tell(self, **changes: object) -> None:
        """Change the status."""
        with self._lock:
            self.status = replace(self.status, **changes)  # type: ignore[arg-type]  # the names are those of Status
        for listener in self._listeners:
            listener()

    def built(self, changed: Iterable[Path], findings: Iterable[Diagnostic]) -> None:
        """A build is done, which wrote or removed these files of the output."""
        number = self.status.builds + 1
        for path in changed:
            name = path.relative_to(self.output).as_posix()
            self._changed[name] = number
            if PurePosixPath(name).suffix in _LOOKS:
                self._looks = number
        self.tell(builds=number, is_building=False, built=tuple(findings), problems=())

    def is_out_of_date(self, name: str, run: str, build: int) -> bool:
        """Whether a page, delivered after so many builds of a run, would look different now."""
        return run != self.run or max(self._changed.get(name, 0), self._looks) > build


def _bare(place: Location) -> Location:
    """The place as checks name it."""
    return Location(place.path, place.line, place.column)


def _identity(finding: Diagnostic) -> tuple[object, ...]:
    place = finding.location
    return finding.code, str(place.path), place.line, place.column, finding.message
