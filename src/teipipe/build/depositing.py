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
from teipipe.bags.items import Info
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
    built = built_for(project, verdict, workers=workers, observer=observer, environment=environment)
    if not (built.is_clean or allow_findings):
        return Deposited(built.package, None, verdict, built.diagnostics)
    changes = None
    if previous is not None:
        with open_bag(previous) as bag:
            changes = changes_since(bag, project, built.package)
    contents = described(built, changes)
    found = (*built.diagnostics, *contents.diagnostics)
    target = target or project.root / project.deposit.folder / built.package.name
    written = write_bag(target, contents.items(), contents.info, contents.late)
    return Deposited(built.package, written, verdict, found, changes)


@dataclass(frozen=True, slots=True)
class Built:
    """A project that was validated and whose edition was built: what a package can be made of.

    `diagnostics` are the findings of the build; `is_clean` says whether nothing speaks against a package.
    """

    project: Project
    plan: Plan
    package: Package
    verdict: Verdict
    diagnostics: tuple[Diagnostic, ...]
    is_clean: bool


def built_for(
    project: Project,
    verdict: Verdict,
    *,
    workers: int | None = None,
    observer: Observer | None = None,
    environment: Mapping[str, str],
) -> Built:
    """Build the edition of a project that validation has said this of; raises TeipipeError if it can't be built."""
    report = build_edition(project, workers=workers, observer=observer, environment=environment)
    plan = read_inputs(project)
    package = _package(project, plan, plan.corpus(project, environment).date, verdict)
    is_clean = not exit_code(verdict.diagnostics, THRESHOLDS[project.fail_on]) and not report.exit_code
    return Built(project, plan, package, verdict, tuple(report.diagnostics), is_clean)


def described(built: Built, changes: Changes | None = None) -> Contents:
    """All that goes into the package, described for archives; raises TeipipeError if that can't be done."""
    description = describe(built.project, built.plan, built.package)
    return Contents(built.project, built.package, built.verdict, description, changes)


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a package: deposits write it, and verifying compares it with what was written before."""

    project: Project
    package: Package
    verdict: Verdict
    description: Description
    changes: Changes | None

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What the metadata lack."""
        settings, record = self.project.deposit, self.description.record
        place = Location(self.project.configuration or self.project.root)
        return (*self.description.diagnostics, *missing(record, settings, place))

    @property
    def info(self) -> Info:
        """The fields of bag-info.txt, but for those that follow from the payload."""
        return bag_info(self.package, self.description.record, self.project.deposit)

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
        """The verdict as the report has it."""
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
