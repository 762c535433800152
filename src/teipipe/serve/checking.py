"""Checks the project beside everything else: by `teipipe validate`, in a process of its own that can be broken off."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from teipipe.diagnostics import Diagnostic, Location, Severity
from teipipe.folders import absolute
from teipipe.serve.board import Problem

_COMMAND: Final = (
    "import sys; n = int(sys.argv[1]) + 2; sys.path[:] = sys.argv[2:n]; from teipipe.cli import main; "
    "sys.exit(main(sys.argv[n:]))"
)

#: Seconds that a check which is no longer wanted has to end, before it is killed.
_PATIENCE: Final = 2.0
#: A check of everything that takes longer is preceded by one of what has changed.
_LONG: Final = 1.0
#: Nobody waits for a few documents among thousands that have all changed.
_FEW: Final = 20


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a check of `documents`, or of all: findings, or why there are none."""

    documents: tuple[Path, ...]
    findings: tuple[Diagnostic, ...] = ()
    problem: Problem | None = None

    def merged(self, before: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
        """The findings with those of a check before, about other documents."""
        if not self.documents:
            return self.findings
        anew = {absolute(path) for path in self.documents}
        return (*(each for each in before if absolute(each.location.path) not in anew), *self.findings)


class Checker:
    """Checks what it is asked to, in a thread of its own; whatever it is asked for next takes the place of that.

    `take` is given what came of a check, and whether that was the last one.
    """

    def __init__(self, take: Callable[[Checked, bool], None]) -> None:
        self._take = take
        self._wanted: tuple[Path, tuple[Path, ...]] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._is_over = False
        self._seconds = 0.0
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="checker", daemon=True)

    def __enter__(self) -> Checker:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._news:
            self._is_over = True
            self._break_off()
        self._thread.join(timeout=2 * _PATIENCE)

    def ask(self, root: Path, changed: Sequence[Path] = ()) -> None:
        """Have the project in the folder `root` checked, the documents that have `changed` first."""
        with self._news:
            self._wanted = (root, tuple(changed))
            self._break_off()

    def _break_off(self) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGINT)  # it ends its workers
        self._news.notify_all()

    def _run(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: self._is_over or self._wanted is not None)
                if self._is_over or self._wanted is None:
                    return
                (root, changed), self._wanted = self._wanted, None
            if 0 < len(changed) <= _FEW and self._seconds > _LONG:
                self._check(root, changed)
            start = time.monotonic()
            if not self._is_superseded() and self._check(root, ()):
                self._seconds = time.monotonic() - start

    def _is_superseded(self) -> bool:
        return self._is_over or self._wanted is not None

    def _check(self, root: Path, documents: tuple[Path, ...]) -> bool:
        """Check some documents, or all if there are none; False if something else was asked for meanwhile."""
        arguments = ["validate", "--quiet", "--format", "json", "--project", str(root), "--", *map(str, documents)]
        with self._news:
            if self._is_superseded():
                return False
            process = self._process = _start(arguments)
        output, complaint = self._outcome(process)
        with self._news:
            self._process = None
            if self._is_superseded():
                return False
        self._take(_read(output, complaint, documents), not documents)
        return True

    def _outcome(self, process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
        """What a check says; one that is no longer wanted is killed if it doesn't end."""
        deadline = 0.0
        while True:
            try:
                return process.communicate(timeout=0.2)
            except subprocess.TimeoutExpired:
                if not self._is_superseded():
                    continue
            deadline = deadline or time.monotonic() + _PATIENCE
            if time.monotonic() > deadline:
                process.kill()


def _start(arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    paths = [str(absolute(Path(path))) for path in sys.path]
    process = subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", "-c", _COMMAND, str(len(paths)), *paths, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,  # the terminal's Ctrl-C is for this process, which ends that one
    )
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, process.pid, 10)  # building comes first
    return process


def _read(output: bytes, complaint: bytes, documents: tuple[Path, ...]) -> Checked:
    try:
        found = [_finding(each) for each in json.loads(output)["diagnostics"]]
    except (ValueError, KeyError, TypeError):
        lines = complaint.decode("utf-8", "replace").strip().splitlines() or ["the check ended without a word"]
        help = next((line.removeprefix("help: ") for line in lines if line.startswith("help: ")), "")
        return Checked(documents, problem=Problem(lines[0].removeprefix("teipipe: error: "), help))
    return Checked(documents, tuple(found))


def _finding(told: dict[str, Any]) -> Diagnostic:
    return Diagnostic(
        told["rule"],
        Severity[told["severity"].upper()],
        told["message"],
        Location(Path(told["path"]), told["line"], told["column"]),
        told["help"],
        assertion=told["assertion"] or "",
    )
