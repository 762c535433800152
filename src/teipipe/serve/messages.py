"""What an open page is told: whether it is out of date, and what was found, its own document's findings first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from teipipe.build.manifest import MANIFEST
from teipipe.diagnostics import Diagnostic, Severity
from teipipe.folders import absolute
from teipipe.reports.excerpts import Sources
from teipipe.serve.board import Board, Problem, Status

#: So many findings are told at most; the counts are of all.
_MOST: Final = 200
#: So many characters of a source's line are told, around what is meant.
_AROUND: Final = 60


class Messages:
    """Makes messages for pages, each once for all who look at the same page."""

    def __init__(self, board: Board, root: Path) -> None:
        self._board = board
        self._root = root
        self._made: dict[str, bytes] = {}
        self._of: Status | None = None
        self._origins: tuple[int, Mapping[str, Path]] = (-1, {})

    def message(self, page: str, run: str, build: int) -> bytes:
        """One server-sent event for the page with this path, delivered after so many builds of a run."""
        status = self._board.status
        if status is not self._of:
            self._made, self._of = {}, status
        document = page.partition("/")[0]
        if document not in self._made:
            self._made[document] = json.dumps(self._state(status, document), ensure_ascii=False).encode()
        outdated = self._board.is_out_of_date(page, run, build) and not status.is_building
        return b'data: {"outdated": %s, "state": %s}\n\n' % (json.dumps(outdated).encode(), self._made[document])

    def _state(self, status: Status, document: str) -> dict[str, Any]:
        findings = status.findings
        here = self._source(status, document)
        places = [(finding, here is not None and absolute(finding.location.path) == here) for finding in findings]
        own = [finding for finding, is_here in places if is_here]
        told = sorted(places, key=lambda place: not place[1])
        sources = Sources()
        return {
            "builds": status.builds,
            "building": status.is_building,
            "checking": status.is_checking,
            "counts": dict(Counter(str(finding.severity) for finding in findings)),
            "here": sum(finding.severity >= Severity.ERROR for finding in own),
            "problems": [_problem(problem) for problem in (*status.problems, *status.unchecked)],
            "findings": [_finding(finding, is_here, sources) for finding, is_here in told[:_MOST]],
            "more": max(0, len(told) - _MOST),
        }

    def _source(self, status: Status, document: str) -> Path | None:
        """The file that the pages of a document are made of."""
        if document == "register":
            return None if status.register is None else absolute(status.register)
        if self._origins[0] != status.builds:
            self._origins = (status.builds, _origins(self._board.output, self._root))
        return self._origins[1].get(document)


def _origins(output: Path, root: Path) -> dict[str, Path]:
    try:
        documents = json.loads((output / MANIFEST).read_bytes())["documents"]
        return {document["id"]: absolute(root / document["source"]) for document in documents}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _problem(problem: Problem) -> dict[str, str]:
    return {"message": problem.message, "help": problem.help}


def _finding(finding: Diagnostic, is_here: bool, sources: Sources) -> dict[str, Any]:
    place = finding.location
    excerpt = sources.excerpt(place)
    told = {
        "severity": str(finding.severity),
        "rule": finding.code,
        "message": finding.message,
        "help": finding.help or "",
        "place": str(place),
        "here": is_here,
    }
    if excerpt is None:
        return told
    first, last = max(0, excerpt.start - _AROUND), excerpt.end + _AROUND
    before, meant, after = (
        excerpt.text[first : excerpt.start],
        excerpt.text[excerpt.start : excerpt.end],
        excerpt.text[excerpt.end : last],
    )
    return {
        **told,
        "source": [("…" if first else "") + before, meant, after + ("…" if last < len(excerpt.text) else "")],
    }
