"""The edition of generated letters: what one costs, whether that grows with the corpus, what an edit costs.

Run by `tests.bench`. What counts is the time of processors, of all processes together, by that of something else.
"""

from __future__ import annotations

import os
import resource
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

from tests.bench import TEIPIPE, Run, bound
from tests.letters import letter, letter_name, write_letters

from teipipe.build.session import Session
from teipipe.project import load_project

#: How many letters; the same again with a quarter of them.
NUMBER: Final = 1000
#: What a letter may cost more in the large corpus than in the small one; an edit, for each letter that there is.
GROWTH: Final = 1.2
#: What may be done, in a session, in the time that the edition takes from nothing: an edit that lists show; none.
EDIT: Final = 1 / 40
NO_EDIT: Final = 1 / 60
#: Megabytes that the building process may have.
MOST_MEMORY: Final = 400

_EDIT: Final = "<p>More of it.</p>"
_TICKS: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class _Spent:
    """Seconds of processors: for everything from nothing, for a build in a session after an edit, and without one."""

    all: float
    edit: float
    nothing: float


def site(scratch: Path) -> None:
    """Everything from nothing, then again without and with an edit; in a session, edits."""
    print("letters that mention 500 persons, from nothing, and again")
    few, many = (_measured(scratch / f"{number}", number) for number in (NUMBER // 4, NUMBER))
    bound("CPU of each letter, beside a quarter", many.all / few.all / 4, "×", GROWTH)
    bound("CPU of an edit, beside a quarter", many.edit / few.edit / 4, "×", GROWTH)
    bound("one edit, in a session", many.edit / many.all, "× everything", EDIT)
    bound("no edit, in a session", many.nothing / many.all, "× everything", NO_EDIT)
    bound("memory of a session", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB", MOST_MEMORY)


def _measured(root: Path, number: int) -> _Spent:
    write_letters(root, number)
    command = [*TEIPIPE, "build", "--quiet"]
    used = Run(command, root).measure()
    print(f"  {number:5} letters {used.wall:24.2f} s wall {used.cpu:8.2f} s CPU {used.memory:8.0f} MB")
    print(f"  {'each':32} {used.wall / number * 1000:8.1f} ms wall {used.cpu / number * 1000:6.1f} ms CPU")
    _told("nothing changed, a new process", Run(command, root).measure().cpu)
    _edit(root, 7, number)
    _told("one edit, a new process", Run(command, root).measure().cpu)
    with Session(load_project(root)) as session:
        session.build()
        nothing = [_spent(session, lambda: None) for _ in range(3)]
        edits = [_spent(session, partial(_edit, root, each, number)) for each in (8, 9, 10)]
    return _Spent(used.cpu, median(edits), median(nothing))


def _spent(session: Session, edit: Callable[[], object]) -> float:
    """What one more build of a session takes after an edit."""
    edit()
    before = _processors()
    report = session.build(without=("search",))  # as `teipipe serve` does
    spent = _processors() - before
    _told(f"{report.documents} documents, {report.pages} pages", spent, _phases(report.seconds))
    return spent


def _processors() -> float:
    """Seconds that processors have spent on this process and the workers that it has now."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    workers = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()
    return own.ru_utime + own.ru_stime + sum(map(_ticks, workers)) / _TICKS


def _ticks(process: str) -> int:
    """What the kernel says that a process has used: its 14th and 15th field, behind its name in brackets."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _edit(root: Path, each: int, number: int) -> None:
    (root / letter_name(each)).write_text(letter(each, number, [_EDIT]), encoding="utf-8")


def _told(what: str, spent: float, more: str = "") -> None:
    print(f"  {what:32} {spent:8.2f} s CPU{more and '; '}{more}")


def _phases(seconds: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {spent:.2f}" for name, spent in seconds.items())
