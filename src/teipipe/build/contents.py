"""What goes into a package: the project, its edition as it was built, and what describes both for an archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.addresses import slug
from teipipe.bags import Item, Stored
from teipipe.bags.items import Info
from teipipe.build.describing import Description, describe
from teipipe.build.edition import build_edition
from teipipe.build.keys import stylesheets_key
from teipipe.build.manifest import MANIFEST, read_manifest
from teipipe.build.naming import Names, kept_schemas, named_schemas
from teipipe.build.plan import Plan, date_of_epoch, in_order, read_inputs
from teipipe.deposit import layout
from teipipe.deposit.bag_info import bag_info, missing
from teipipe.deposit.changes import Changes
from teipipe.deposit.crate import crate
from teipipe.deposit.inventory import Inventory
from teipipe.deposit.package import Package, Part
from teipipe.deposit.premis import Lineage, premis
from teipipe.deposit.program import program
from teipipe.deposit.pronom import Format, identified
from teipipe.deposit.readme import Facts
from teipipe.deposit.requirements import code, requirements, tools
from teipipe.deposit.schemas import Schemas
from teipipe.deposit.schemas import schemas as compiled_schemas
from teipipe.diagnostics import Diagnostic, Location, Severity, exit_code
from teipipe.gates.thresholds import THRESHOLDS
from teipipe.reports import formats
from teipipe.resources import bundled

if TYPE_CHECKING:
    from teipipe.build.report import OutputFile
    from teipipe.project import Project
    from teipipe.verdict import Verdict

#: Is told what is being done, how much of it is done, and of how much.
Progress = Callable[[str, int, int], None]

#: The formats of the report on validation that go along.
_REPORTS: Final = ("text", "json", "html")


def nobody(what: str, done: int, total: int) -> None:
    """Who is told of progress when nobody wants to know."""


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
    progress: Progress = nobody,
    environment: Mapping[str, str],
) -> Built:
    """Build the edition of a project that validation has said this of; raises TeipipeError if it can't be built."""
    report = build_edition(project, workers=workers, observer=_Steps(progress), environment=environment)
    known = frozenset(verdict.diagnostics)
    found = tuple(one for one in report.diagnostics if one not in known)
    plan = read_inputs(project)
    package = _package(project, plan, date_of_epoch(environment) or plan.date, (*verdict.diagnostics, *found))
    is_clean = not exit_code(verdict.diagnostics, THRESHOLDS[project.fail_on]) and not exit_code(found)
    return Built(project, plan, package, verdict, found, is_clean)


def inventory_of(project: Project, store: Path | None = None) -> Inventory:
    """The files that the project consists of; raises SchemaError if a schema of its can't be read, ConfigurationError.

    Schemas from the web are in the folder `store`, by default one of the user's.
    """
    store = store or kept_schemas()
    return Inventory(project, named_schemas(project, project.everything, Names(store=store)).found, store)


def described(
    built: Built, changes: Changes | None = None, inventory: Inventory | None = None, *, store: Path | None = None
) -> Contents:
    """All that goes into the package, described for archives; raises TeipipeError if that can't be done.

    The `inventory` is made anew if there is none yet, with schemas from the web that are in the folder `store`.
    """
    project = built.project
    inventory = inventory or inventory_of(project, store)
    compiled = compiled_schemas(project)
    files = frozenset(entry.path for entry in read_manifest(project.output).files)
    facts = Facts(built.package, files, _has(built, inventory, compiled), built.is_clean, changes)
    description = describe(project, built.plan, built.package, facts)
    return Contents(built, inventory, description, changes, compiled)


def _has(built: Built, inventory: Inventory, compiled: Schemas) -> frozenset[str]:
    """What the README may speak of (see `Facts`)."""
    sources = built.project.sources
    folder = f"{layout.SCHEMA}/"
    there = {
        "schemas": bool(built.verdict.schemas),
        "sources": sources is not None and sources.is_dir(),
        layout.SCHEMA: bool(compiled.items) or any(item.path.startswith(folder) for item in inventory.items()),
    }
    return frozenset(name for name, is_there in there.items() if is_there)


class _Steps:
    """Observes a build, and tells how far it is."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._done = self._total = 0

    def planned(self, steps: int) -> None:
        self._total = steps

    def step(self, name: str) -> None:
        self._done += 1
        self._progress("building", self._done, self._total)

    def file(self, file: OutputFile) -> None:
        """Files are counted when they are copied."""


@dataclass(frozen=True)
class Contents:
    """What goes into a package: deposits write it, and verifying compares it with what was written before."""

    built: Built
    inventory: Inventory
    description: Description
    changes: Changes | None
    schemas: Schemas
    _formats: dict[str, Format] = field(default_factory=dict)

    @property
    def package(self) -> Package:
        """What the package says of itself."""
        return self.built.package

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What can't go along, and what the metadata lack."""
        project = self.built.project
        place = Location(project.configuration or project.root / "teipipe.toml")
        lacking = missing(self.description.record, project.deposit, place)
        found = (*self.inventory.diagnostics, *self.schemas.diagnostics, *self.description.diagnostics)
        return (*found, *lacking)

    @property
    def info(self) -> Info:
        """The fields of bag-info.txt, but for those that follow from the payload."""
        return bag_info(self.package, self.description.record, self.built.project.deposit)

    def items(self) -> Iterator[Item]:
        """Everything that doesn't depend on checksums."""
        return identified(self._items(), self._formats)

    def _items(self) -> Iterator[Item]:
        for item in self.inventory.items():
            yield replace(item, sha256=self._checksums.get(item.path, ""))
        yield from self.schemas.items
        yield from self._edition()
        yield from self._stylesheets()
        yield from self._reports()
        if self.changes is not None:
            yield from self.changes.items()
        for artefact in self.description.artefacts:
            yield Item(artefact.path, artefact.data)
        yield Item(layout.REQUIREMENTS, requirements(self.built.project))
        yield from program()
        yield Item(layout.DESCRIPTION, self.package.dump())

    def late(self, stored: Mapping[str, Stored]) -> Iterator[Item]:
        """What describes the files."""
        yield from identified(self._about(stored), self._formats)
        about = self.description
        yield from premis(self.package, about.record, about.records, stored, self._lineage)

    def _about(self, stored: Mapping[str, Stored]) -> Iterator[Item]:
        told, settings = self.description, self.built.project.deposit
        yield from crate(self.package, told.record, told.records, stored, settings, self._formats)

    @cached_property
    def _checksums(self) -> dict[str, str]:
        """Those of the documents and the register as the edition was built of them."""
        found = {f"{layout.PROJECT}/{part.path}": part.sha256 for part in self.package.documents}
        register = self.built.plan.register
        return found if register is None else {**found, self.package.register: register.input.facts.sha256}

    @property
    def _lineage(self) -> Lineage:
        """What was made from what; formats are known of what has gone in."""
        project = self.built.project
        files = read_manifest(project.output).files
        return Lineage(
            formats=self._formats,
            origins={f"{layout.EDITION}/{entry.path}": entry.document for entry in files if entry.document},
            schemas=tuple(_in_package(project, path) for path in project.schemas),
            odd=_in_package(project, project.odd),
            sources=_in_package(project, project.sources),
        )

    def _edition(self) -> Iterator[Item]:
        """The files that the build wrote, as its manifest knows them."""
        output = self.built.project.output
        for entry in read_manifest(output).files:
            yield Item(f"{layout.EDITION}/{entry.path}", output / entry.path, entry.sha256)
        yield Item(f"{layout.EDITION}/{MANIFEST}", output / MANIFEST)

    def _stylesheets(self) -> Iterator[Item]:
        """Those that come with teipipe; the project's own are part of the project."""
        folder = bundled("xslt")
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                # Some installers make links instead of copies.
                yield Item(f"{layout.STYLESHEETS}/{path.relative_to(folder).as_posix()}", path.resolve())

    def _reports(self) -> Iterator[Item]:
        for name in _REPORTS:
            text = "".join(formats.write(self.verdict, name, folder=self.built.project.root))
            yield Item(f"{layout.REPORTS}/validation{formats.FORMATS[name].suffix}", text.encode())

    @cached_property
    def verdict(self) -> Verdict:
        """The verdict as the reports in the package have it."""
        verdict = self.built.verdict
        found = sum(one.severity >= Severity.ERROR for one in (*verdict.diagnostics, *self.built.diagnostics))
        errors = {0: "something", 1: "1 error"}.get(found, f"{found:,} errors")
        notice = f"This package was made although there was {errors} (--allow-findings)."
        return replace(verdict, title=self.built.project.title, notice="" if self.built.is_clean else notice)


def _package(project: Project, plan: Plan, date: str, found: Sequence[Diagnostic]) -> Package:
    settings = project.deposit
    edition = settings.name or slug(project.title) or "edition"
    version = settings.version or date or "1"
    entries = in_order(one.entry for one in plan.inputs)
    return Package(
        name=f"{edition}-{version}",
        edition=edition,
        version=version,
        title=project.title,
        identifier=settings.identifier,
        date=date,
        configuration=_in_package(project, project.configuration),
        register=_in_package(project, project.register),
        documents=tuple(Part(entry.id, entry.path, entry.sha256, entry.title) for entry in entries),
        stylesheets=stylesheets_key(project),
        code=code(),
        tools=tools(project),
        findings=tuple(sorted(Counter(str(one.severity) for one in found).items())),
    )


def _in_package(project: Project, path: Path | None) -> str:
    return "" if path is None else f"{layout.PROJECT}/{project.relative(path)}"
