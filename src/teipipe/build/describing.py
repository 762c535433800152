"""Has workers describe the documents of a project, and the edition, for archives."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Final, cast

from lxml import etree

from teipipe.build.findings import from_messages
from teipipe.build.processes import Program, processors
from teipipe.build.session import setup_of
from teipipe.build.spool import Spool
from teipipe.build.workers import Pool
from teipipe.configuration import line_of
from teipipe.deposit import layout
from teipipe.deposit.gathering import Gathering
from teipipe.deposit.jobs import Described, DocumentJob, EditionJob, Parameters
from teipipe.diagnostics import Diagnostic, Location, Severity, in_order
from teipipe.documents import TEI_NAMESPACE, Document
from teipipe.editions import Artefact, Source
from teipipe.editions.surroundings import Surroundings
from teipipe.errors import TeipipeError
from teipipe.rules import finding

if TYPE_CHECKING:
    from pathlib import Path

    from teipipe.build.plan import Input, Plan
    from teipipe.build.workers import Outcome
    from teipipe.deposit.package import Package
    from teipipe.deposit.readme import Facts
    from teipipe.project import Project

_TEXT: Final = f"{{{TEI_NAMESPACE}}}text"
_HEAD: Final = f"{{{TEI_NAMESPACE}}}head"


@dataclass(frozen=True, slots=True)
class Description:
    """The record of the edition and those of its documents by their ids (XML), the metadata files made of them.

    `artefacts` have paths in the payload; they and the records are read from the disk each time. `diagnostics` say what
    is missing, each at the place where it could be said.
    """

    record: str = "<record/>"
    records: Mapping[str, str] = field(default_factory=dict)
    artefacts: Iterable[Artefact] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def describe(project: Project, plan: Plan, package: Package, facts: Facts | None = None) -> Description:
    """Describe the documents and the edition, with `facts` in a README too; raises TeipipeError if it can't be done."""
    describing = _Describing(project, plan, package, facts)
    with describing.pool() as pool:
        return describing.run(pool)


class Records(Mapping[str, str]):
    """The records of documents by their ids, in order; they lie on the disk."""

    def __init__(self, spool: Spool, names: Iterable[str]) -> None:
        self._spool = spool
        self._names = dict.fromkeys(names)

    def __getitem__(self, name: str) -> str:
        return _kept(self._spool, name).record

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class Artefacts(Iterable[Artefact]):
    """The files of the edition (called "") and of its documents, one after the other; they lie on the disk."""

    def __init__(self, spool: Spool, names: Iterable[str]) -> None:
        self._spool = spool
        self._names = tuple(names)

    def __iter__(self) -> Iterator[Artefact]:
        return chain.from_iterable(_kept(self._spool, name).artefacts for name in self._names)


class _Describing:
    def __init__(self, project: Project, plan: Plan, package: Package, facts: Facts | None) -> None:
        self._project = project
        self._facts = facts
        self._package = package
        self._inputs = {found.id: found for found in plan.inputs}
        self._corpus = plan.corpus(project, {})
        self._seen = Surroundings(self._corpus)
        self._spool = Spool()
        self._diagnostics: list[Diagnostic] = []

    def pool(self) -> Pool:
        """Workers that describe."""
        project = self._project
        start = partial(Program, "describer", (setup_of(project), project.timeout), "/")
        size = min(processors(), max(1, len(self._inputs)))
        return Pool(start, size, timeout=project.timeout, memory=project.memory)

    def run(self, pool: Pool) -> Description:
        """Describe every document, then the whole."""
        for outcome in pool.run((name, self._job(found)) for name, found in self._inputs.items()):
            self._take(outcome)
        names = [entry.id for entry in self._corpus.documents]
        gathering = Gathering(self._project.language)
        for name in names:
            gathering.add(_kept(self._spool, name).record.encode())
        alone = replace(self._corpus, documents=(), register=None)
        about = "" if self._facts is None else self._facts.xml(Records(self._spool, names))
        job = EditionJob(gathering.xml(), alone, self._parameters(), about)
        place = self._project.configuration or self._project.root / "teipipe.toml"
        whole = _described(next(pool.run([("", job)])), place)
        table = "tool.teipipe" if place.name == "pyproject.toml" else ""
        found = (
            finding(each.code, each.text, Location(place, line_of(each.at, table, place)), each.help)
            for each in whole.messages
        )
        self._keep("", whole)
        return Description(
            whole.record,
            Records(self._spool, names),
            Artefacts(self._spool, ("", *names)),
            tuple(in_order((*found, *self._without_doi(gathering.without_doi, place), *self._diagnostics))),
        )

    def _without_doi(self, number: int, place: Path) -> Iterator[Diagnostic]:
        """Documents need no DOI of their own if the edition has one; that it has none is a finding already."""
        if number and self._package.identifier:
            yield finding(
                "missing-metadata",
                f"{number} {'document has' if number == 1 else 'documents have'} no DOI of their own",
                Location(place),
                'in publicationStmt of each, if it is to have one: <idno type="DOI">10.…</idno>',
                severity=Severity.INFO,
            )

    def _job(self, found: Input) -> DocumentJob:
        raw = found.read()
        source = Source(found.id, found.place, _with_header(Document(found.path, raw)), found.facts.sha256)
        own = (("source", f"{layout.PROJECT}/{found.place}"), ("checksum", found.facts.sha256))
        return DocumentJob(source, found.surroundings(self._seen), (*self._parameters(), *own))

    def _parameters(self) -> Parameters:
        package = self._package
        return (
            ("name", package.edition),
            ("edition-version", package.version),
            ("identifier", package.identifier),
            ("deposited", package.date),
        )

    def _take(self, outcome: Outcome) -> None:
        name = str(outcome.key)
        found = self._inputs[name]
        described = _described(outcome, found.path)
        self._keep(name, described)
        if described.messages:
            document = Document(found.path, found.read())
            self._diagnostics += from_messages(described.messages, document)

    def _keep(self, name: str, described: Described) -> None:
        self._spool[name] = pickle.dumps(replace(described, messages=()))


def _kept(spool: Spool, name: str) -> Described:
    """What was kept of a document, or of the edition; the spool is ours alone."""
    return cast("Described", pickle.loads(spool[name]))


def _described(outcome: Outcome, path: Path) -> Described:
    """What came of a job; what went wrong is raised, with what it was about."""
    error = outcome.error
    if error is not None:
        if error.path is None:
            raise TeipipeError(f"it can't be described: {error.message}", path=path, help=error.help) from error
        raise error
    return cast("Described", outcome.value)


def _with_header(document: Document) -> str:
    """The document without its text, of which the first heading stays: it may be the title."""
    root = document.root
    for text in root.iter(_TEXT):
        heading = next(text.iter(_HEAD), None)
        for child in list(text):
            text.remove(child)
        if heading is not None:
            text.append(heading)
    return etree.tostring(root, encoding="unicode", with_tail=False)
