"""Makes the package for an archive: checks the project, builds its edition, describes it, and writes it all at once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe import __version__
from teipipe.addresses import slug
from teipipe.bags import Item, Stored, Written
from teipipe.bags.reading import open_bag
from teipipe.bags.writing import write_bag
from teipipe.build.checking import check_documents
from teipipe.build.describing import Description, describe
from teipipe.build.edition import build_edition
from teipipe.build.keys import stylesheets_key
from teipipe.build.manifest import MANIFEST, read_manifest
from teipipe.build.plan import Plan, in_order, read_inputs
from teipipe.deposit import layout
from teipipe.deposit.bag_info import bag_info, missing
from teipipe.deposit.changes import Changes, changes_since
from teipipe.deposit.crate import crate
from teipipe.deposit.inventory import inventory
from teipipe.deposit.package import Package, Part, Tool
from teipipe.deposit.premis import premis
from teipipe.deposit.readme import readme
from teipipe.diagnostics import Diagnostic, Location, exit_code
from teipipe.gates.thresholds import THRESHOLDS
from teipipe.reports import formats
from teipipe.resources import bundled

if TYPE_CHECKING:
    from teipipe.build.report import Observer
    from teipipe.project import Project
    from teipipe.verdict import Verdict

#: The formats of the report on validation that go along.
_REPORTS: Final = ("text", "json", "html")


@dataclass(frozen=True, slots=True)
class Deposited:
    """What a deposit came to: the package, unless there is none because of what was found; what has changed.

    `verdict` is what validation said; `diagnostics` are all other findings.
    """

    package: Package
    written: Written | None
    verdict: Verdict
    diagnostics: tuple[Diagnostic, ...]
    changes: Changes | None = None


def deposit(
    project: Project,
    *,
    target: Path | None = None,
    previous: Path | None = None,
    allow_findings: bool = False,
    workers: int | None = None,
    observer: Observer | None = None,
    environment: Mapping[str, str] | None = None,
) -> Deposited:
    """Make a package of a project: in the folder `target`, or as the .zip or .tar file of that name.

    By default it goes where the configuration says. What has changed since the `previous` package goes along. With
    findings of validation that count, or an edition that can't be built whole, there is no package, unless they are
    allowed: then the package says so. Raises TeipipeError if none can be made at all.
    """
    environment = os.environ if environment is None else environment
    verdict = check_documents(project, workers=workers)
    report = build_edition(project, workers=workers, observer=observer, environment=environment)
    plan = read_inputs(project)
    corpus = plan.corpus(project, environment)
    package = _package(project, plan, corpus.date, verdict)
    found = list(report.diagnostics)
    is_clean = not exit_code(verdict.diagnostics, THRESHOLDS[project.fail_on]) and not report.exit_code
    if not (is_clean or allow_findings):
        return Deposited(package, None, verdict, tuple(found))
    changes = None
    if previous is not None:
        with open_bag(previous) as bag:
            changes = changes_since(bag, project, package)
    description = describe(project, plan, package)
    found += description.diagnostics
    found += missing(description.record, project.deposit, Location(project.configuration or project.root))
    target = target or project.root / project.deposit.folder / package.name
    making = _Making(project, package, verdict, description, changes)
    written = write_bag(target, making.items(), bag_info(package, description.record, project.deposit), making.late)
    return Deposited(package, written, verdict, tuple(found), changes)


@dataclass(frozen=True, slots=True)
class _Making:
    project: Project
    package: Package
    verdict: Verdict
    description: Description
    changes: Changes | None

    def items(self) -> Iterator[Item]:
        """Everything that doesn't depend on checksums."""
        yield from inventory(self.project)
        yield from self.edition()
        stylesheets = bundled("xslt")
        for path in sorted(stylesheets.rglob("*")):
            if path.is_file():
                yield Item(f"{layout.STYLESHEETS}/{path.relative_to(stylesheets).as_posix()}", path)
        for name in _REPORTS:
            text = "".join(formats.write(self.shown, name, folder=self.project.root))
            yield Item(f"{layout.REPORTS}/validation{formats.FORMATS[name].suffix}", text.encode())
        if self.changes is not None:
            yield from self.changes.items()
        for artefact in self.description.artefacts:
            yield Item(artefact.path, artefact.data)
        yield Item(layout.DESCRIPTION, self.package.dump())

    @property
    def shown(self) -> Verdict:
        return replace(self.verdict)

    def edition(self) -> Iterator[Item]:
        """The files that the build wrote, as its manifest knows them."""
        output = self.project.output
        for entry in read_manifest(output).files:
            yield Item(f"{layout.EDITION}/{entry.path}", output / entry.path, entry.sha256)
        yield Item(f"{layout.EDITION}/{MANIFEST}", output / MANIFEST)

    def late(self, stored: Mapping[str, Stored]) -> Iterator[Item]:
        """What describes the files."""
        yield from readme(self.package, self.description.record, stored)
        yield from crate(self.package, self.description.record, self.description.records, stored)
        yield from premis(self.package, stored)


def _package(project: Project, plan: Plan, date: str, verdict: Verdict) -> Package:
    settings = project.deposit
    edition = settings.name or slug(project.title) or "edition"
    version = settings.version or date or "1"
    inputs = {found.id: found for found in plan.inputs}
    parts = tuple(
        Part(entry.id, entry.path, entry.sha256, entry.title)
        for entry in in_order(found.entry for found in inputs.values())
    )
    counts: dict[str, int] = {}
    for one in verdict.diagnostics:
        counts[str(one.severity)] = counts.get(str(one.severity), 0) + 1
    return Package(
        name=f"{edition}-{version}",
        edition=edition,
        version=version,
        title=project.title,
        identifier=settings.identifier,
        date=date,
        configuration=_in_package(project, project.configuration),
        register=_in_package(project, project.register),
        documents=parts,
        stylesheets=stylesheets_key(project),
        tools=(Tool("teipipe", __version__, "validation, edition, package"),),
        findings=tuple(counts.items()),
    )


def _in_package(project: Project, path: Path | None) -> str:
    return "" if path is None else f"{layout.PROJECT}/{project.relative(path)}"
