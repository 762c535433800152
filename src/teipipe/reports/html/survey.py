"""What the page shows, counted and looked up: by rule, by file, by place in the document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from teipipe.diagnostics import Diagnostic, Location, Severity
from teipipe.reports.causes import Cause, by_cause
from teipipe.reports.characters import shown
from teipipe.reports.excerpts import Sources
from teipipe.reports.paths import name
from teipipe.reports.terminal import Drawing, draw
from teipipe.verdict import Verdict

#: So many causes are shown of each rule, and after so many altogether only a few of each.
CAUSES_OF_RULE: Final = 40
CAUSES: Final = 800
_FEW: Final = 5

#: Into so many parts a document is divided to see where in it findings lie.
PARTS: Final = 20
#: In a document with fewer lines that means nothing.
FEWEST_LINES: Final = 10

#: How much of a line is shown.
_WIDTH: Final = 180


@dataclass(frozen=True, slots=True)
class CodeFindings:
    """What was found of one code: `anchor` is its id in the page, `causes` come with the most frequent first."""

    code: str
    anchor: str
    severities: Counter[Severity]
    files: int
    causes: tuple[Cause, ...]
    shown: int  # so many of the causes are

    @property
    def rule(self) -> str:
        """The rule that the code belongs to."""
        return self.code.partition("/")[0]


@dataclass(frozen=True, slots=True)
class FileFindings:
    """What was found in one file: `anchor` is its id in the page."""

    path: Path
    name: str
    anchor: str
    findings: tuple[Diagnostic, ...]
    severities: Counter[Severity]


@dataclass(slots=True)
class Survey:
    """All that the page shows of a verdict."""

    verdict: Verdict
    folder: Path
    severities: Counter[Severity]
    codes: list[CodeFindings]
    files: list[FileFindings]  # with the most findings first
    clean: list[str]
    drawings: dict[Location, Drawing] = field(default_factory=dict)
    parts: list[Counter[Severity]] = field(default_factory=list)
    placed: int = 0  # so many findings are in `parts`
    anchors: dict[Path, str] = field(default_factory=dict)
    causes: dict[Diagnostic, str] = field(default_factory=dict)  # the id of its cause in the page, if that is shown

    @property
    def total(self) -> int:
        """How many findings count."""
        return len(self.verdict.diagnostics)

    def name(self, path: Path) -> str:
        """How the page calls a file."""
        return shown(name(path, self.folder).as_posix())


def survey(verdict: Verdict, folder: Path) -> Survey:
    """Count all findings and look up the sources of those that are shown; each file is read once."""
    found = verdict.diagnostics
    files = _by_file(found, folder)
    concerned = {file.path for file in files}
    clean = sorted(shown(name(path, folder).as_posix()) for path in verdict.documents if path not in concerned)
    result = Survey(verdict, folder, Counter(one.severity for one in found), _by_code(found), files, clean)
    result.anchors = {file.path: file.anchor for file in files}
    shown_causes = (cause for code in result.codes for cause in code.causes[: code.shown])
    for number, cause in enumerate(shown_causes, 1):
        result.causes.update(dict.fromkeys(cause.findings, f"cause-{number}"))
    result.parts = [Counter() for _ in range(PARTS)]
    wanted: dict[Path, set[Location]] = {}
    for location in _shown_places(result.codes):
        wanted.setdefault(location.path, set()).add(location)
    sources = Sources()
    for file in sorted(files, key=lambda file: str(file.path)):
        # A file of which only its name is known may not be one that may be read.
        if any(found.location.line is not None for found in file.findings):
            _place(file, sources.lines(file.path), result)
        for location in sorted(wanted.get(file.path, ()), key=lambda place: (place.line or 0, place.column or 0)):
            if excerpt := sources.excerpt(location):
                result.drawings[location] = draw(excerpt, _WIDTH)
    return result


def _shown_places(codes: Iterable[CodeFindings]) -> Iterator[Location]:
    for code in codes:
        for cause in code.causes[: code.shown]:
            here = cause.first.location
            yield here
            yield from (place for place, _ in cause.first.related if place.path == here.path)


def _place(file: FileFindings, lines: int, result: Survey) -> None:
    if lines < FEWEST_LINES:
        return
    for found in file.findings:
        line = found.location.line
        if line is not None and line <= lines:
            result.parts[min(PARTS - 1, (line - 1) * PARTS // lines)][found.severity] += 1
            result.placed += 1


def _by_file(diagnostics: Iterable[Diagnostic], folder: Path) -> list[FileFindings]:
    groups: dict[Path, list[Diagnostic]] = {}
    for found in diagnostics:
        groups.setdefault(found.location.path, []).append(found)
    order = sorted(groups.items(), key=lambda item: (-len(item[1]), str(item[0])))
    return [
        FileFindings(
            path,
            shown(name(path, folder).as_posix()),
            f"file-{number}",
            tuple(found),
            Counter(one.severity for one in found),
        )
        for number, (path, found) in enumerate(order, 1)
    ]


def _by_code(diagnostics: Iterable[Diagnostic]) -> list[CodeFindings]:
    """Codes with the gravest first, then the most frequent."""
    groups: dict[str, list[Diagnostic]] = {}
    for found in diagnostics:
        groups.setdefault(found.code, []).append(found)
    order = sorted(groups.items(), key=lambda item: (-max(found.severity for found in item[1]), -len(item[1]), item[0]))
    anchors: dict[str, str] = {}
    codes, room = [], CAUSES
    for code, group in order:
        causes = sorted(by_cause(group), key=lambda cause: -len(cause.findings))
        number = min(len(causes), CAUSES_OF_RULE if room > 0 else _FEW)
        room -= number
        severities = Counter(found.severity for found in group)
        files = len({found.location.path for found in group})
        codes.append(CodeFindings(code, _anchor(code, anchors), severities, files, tuple(causes), number))
    return codes


def _anchor(code: str, taken: dict[str, str]) -> str:
    """An id for the part of the page on a code: codes of projects may hold anything."""
    base = f"rule-{re.sub('[^a-z0-9]+', '-', code.lower()).strip('-')}"
    anchor, number = base, 1
    while anchor in taken.values():
        number += 1
        anchor = f"{base}.{number}"
    taken[code] = anchor
    return anchor
