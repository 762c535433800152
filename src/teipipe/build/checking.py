"""Checks documents in forks of this process, several at a time: one that never gets done holds up no other."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final, cast

from teipipe.build.findings import from_loss
from teipipe.build.processes import Fork, processors
from teipipe.build.workers import Pool
from teipipe.diagnostics import Diagnostic, in_order
from teipipe.errors import WorkerError
from teipipe.folders import absolute
from teipipe.project import Project
from teipipe.validate import Context, validate
from teipipe.validate.register import check_mentions

#: The number of the job that looks at all documents together.
_WHOLE: Final = -1


def validate_documents(
    project: Project, documents: Sequence[Path] | None = None, *, workers: int | None = None
) -> list[Diagnostic]:
    """All findings about the documents given, by default all of the project and its register, sorted by place.

    Each document may take the project's `timeout`, and each of the `workers` (by default as many as help) its
    `memory`; one that needs more is reported as not judged. In a program with several threads, which can't be forked
    safely, all is done in this process and without these limits. Raises TeipipeError if nothing can be judged at all.
    """
    if threading.active_count() > 1:
        return validate(project, documents)
    context = Context.of(project)
    chosen = project.everything if documents is None else tuple(documents)
    jobs: list[tuple[int, int]] = [(number, number) for number in range(len(chosen))]
    if set(map(absolute, project.everything)) <= set(map(absolute, chosen)):
        jobs.append((_WHOLE, _WHOLE))

    def run(number: int) -> object:
        return list(check_mentions(context)) if number == _WHOLE else validate(context, [chosen[number]])

    found = [*(project.problems if documents is None else ()), *validate(context, [])]
    size = workers or min(processors(), max(1, len(chosen)))
    start = partial(Fork, run, project.memory, project.timeout)
    with Pool(start, size, timeout=project.timeout, memory=project.memory) as pool:
        for outcome in pool.run(jobs):
            number = cast("int", outcome.key)
            path = chosen[number] if number != _WHOLE else project.register or project.root
            if isinstance(outcome.error, WorkerError):
                found.append(from_loss(outcome.error, path))
            elif outcome.error is not None:
                raise outcome.error
            else:
                found += cast("list[Diagnostic]", outcome.value)
    return in_order(found)
