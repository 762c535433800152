"""Our engine, behind the two questions that this harness asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Final, Protocol

from lxml import etree

from teipipe.diagnostics import Diagnostic
from teipipe.documents import Document
from teipipe.validate import open_schema

PROCESSES: Final = 2


class Engine(Protocol):
    """What is asked of a schema."""

    def is_valid(self, data: bytes) -> bool: ...

    def check(self, document: Document) -> Iterator[Diagnostic]: ...


class Libxml:
    """The engine of before: libxml2's verdict, our explanation."""

    def __init__(self, path: Path) -> None:
        self._validator = etree.RelaxNG(etree.parse(path))
        self._explained = open_schema(path)

    def is_valid(self, data: bytes) -> bool:
        parser = etree.XMLParser(collect_ids=False, no_network=True, huge_tree=True)
        return self._validator.validate(etree.fromstring(data, parser))

    def check(self, document: Document) -> Iterator[Diagnostic]:
        yield from self._explained.check(document)


@cache
def load(path: Path) -> Engine:
    """The schema, ready to be used; forks of this process have it as well."""
    return Libxml(path)


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict, and what is said for it."""

    is_valid: bool
    findings: tuple[Diagnostic, ...]


def judge_one(path: Path, most: int | None, data: bytes) -> Judged:
    """Judge one document; `most` findings are enough."""
    engine = load(path)
    found = tuple(islice(engine.check(Document(Path("document.xml"), data)), most))
    return Judged(engine.is_valid(data), found)


def judge(path: Path, documents: Sequence[bytes], *, most: int | None = None) -> Iterator[Judged]:
    """Judge many documents, in order, in some processes."""
    load(path)
    if len(documents) < 2 * PROCESSES:
        yield from map(partial(judge_one, path, most), documents)
        return
    with get_context("fork").Pool(PROCESSES) as pool:
        yield from pool.imap(partial(judge_one, path, most), documents, chunksize=4)
