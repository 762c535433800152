"""The edition of generated letters: what one costs, whether that grows with the corpus, what an edit costs.

Run by `tests.bench`.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.bench import TEIPIPE, Run, bound
from tests.letters import letter, letter_name, write_letters

from teipipe.build.session import Session
from teipipe.project import load_project

#: How many letters; the same again with a quarter of them.
NUMBER: Final = 1000
#: What a letter may cost more in the large corpus than in the small one.
GROWTH: Final = 1.2
#: Seconds that an edition may take for one edit that lists show, in a session.
EDIT: Final = 5.0
#: Megabytes that the building process may have.
MOST_MEMORY: Final = 400

_EDIT: Final = "<p>More of it.</p>"


def site(scratch: Path) -> None:
    """Everything from nothing, then again without and with an edit; in a session, an edit."""
    small, large = scratch / "small", scratch / "large"
    write_letters(small, NUMBER // 4)
    write_letters(large, NUMBER)
    print(f"{NUMBER} letters that mention 500 persons, from nothing, and again")
    each = {}
    for root, number in ((small, NUMBER // 4), (large, NUMBER)):
        used = Run([*TEIPIPE, "build", "--quiet"], root).measure()
        each[root] = used.cpu / number
        print(f"  {number:5} letters {used.wall:24.2f} s wall {used.cpu:8.2f} s CPU {used.memory:8.0f} MB")
        print(f"  {'each':32} {used.wall / number * 1000:8.1f} ms wall {used.cpu / number * 1000:6.1f} ms CPU")
    bound("CPU of each letter, beside a quarter", each[large] / each[small], "×", GROWTH)
    with _timed("nothing changed"):
        Run([*TEIPIPE, "build", "--quiet"], large).measure()
    _edit(large, 7)
    with _timed("one edit, a new process"):
        Run([*TEIPIPE, "build", "--quiet"], large).measure()
    with Session(load_project(large)) as session:
        session.build()
        session.build()
        for number in (8, 9):
            _edit(large, number)
            start = time.perf_counter()
            report = session.build(without=("search",))  # as `teipipe serve` does
            seconds = time.perf_counter() - start
            print(f"    {report.documents} documents, {report.pages} pages; {_phases(report.seconds)}")
            bound("one edit, in a session", seconds, "s", EDIT)
    bound("memory of a session", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB", MOST_MEMORY)


def _edit(root: Path, number: int) -> None:
    (root / letter_name(number)).write_text(letter(number, NUMBER, [_EDIT]), encoding="utf-8")


def _phases(seconds: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {spent:.2f}" for name, spent in seconds.items())


@contextmanager
def _timed(what: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    print(f"  {what:32} {time.perf_counter() - start:8.2f} s")
