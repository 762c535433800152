"""Our engine, behind the two questions that this harness asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from teipipe import relaxng
from teipipe.diagnostics import Diagnostic
from teipipe.documents import Document

PROCESSES: Final = 2


@cache
def load(path: Path) -> relaxng.Schema:
    """The schema, ready to be used; forks of this process have it as well."""
    return relaxng.load(path)


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict by the grammar alone and with ids, None where a limit was met; what is said for the first one.

    `findings` is None if nobody asked for them.
    """

    is_valid: bool | None
    is_valid_with_ids: bool | None
    findings: tuple[Diagnostic, ...] | None


def judge_one(path: Path, job: tuple[bytes, bool]) -> Judged:
    """Judge one document, and have it explained or not."""
    data, is_explained = job
    schema = load(path)
    document = Document(Path("document.xml"), data)
    try:
        is_valid, with_ids = (schema.is_valid(document.data, identities=ids) for ids in (False, True))
        found = tuple(schema.check(document, identities=False)) if is_explained else None
    except relaxng.LimitError:
        return Judged(None, None, None)
    return Judged(is_valid, with_ids, found)


def judge(path: Path, documents: Sequence[bytes], explained: Sequence[bool] | None = None) -> Iterator[Judged]:
    """Judge many documents, in order, in some processes; `explained` says which ones are explained (default: all)."""
    load(path)
    jobs = list(zip(documents, explained or [True] * len(documents), strict=True))
    if len(jobs) < 2 * PROCESSES:
        yield from map(partial(judge_one, path), jobs)
        return
    with get_context("fork").Pool(PROCESSES) as pool:
        yield from pool.imap(partial(judge_one, path), jobs, chunksize=4)
