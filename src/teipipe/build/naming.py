"""Which schemas a run will need, before any document is judged: those that are named for it, and by the documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.associations import Association, associations_of
from teipipe.caching import default_folder
from teipipe.diagnostics import Diagnostic, in_order
from teipipe.errors import ConfigurationError
from teipipe.fetching import fetch
from teipipe.validate.sources import Chooser, asked_for, is_remote

if TYPE_CHECKING:
    from teipipe.project import Project
    from teipipe.validate.sources import Source

#: The beginnings of so many documents are looked at; schemas that only others name are opened when it is their turn.
_LOOKED_AT: Final = 2_000


@dataclass(frozen=True, slots=True)
class Names:
    """The schemas that are asked for: `schemas` by their files, `schematron` by files that have it in them.

    None of both: those that the documents name, else those that are configured. `phase` is one of Schematron's;
    with `fetch`, schemas that documents name are fetched from the web and kept. `store` is the folder that those from
    the web are in, by default one of the user's.
    """

    schemas: tuple[Path, ...] = ()
    schematron: tuple[Path, ...] = ()
    phase: str = ""
    fetch: bool = False
    store: Path | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """The `chooser` for each document, the schemas that were `found`, and whether these are all (`is_complete`).

    `remarks` say what was fetched from where.
    """

    chooser: Chooser
    found: tuple[Source, ...]
    is_complete: bool
    remarks: tuple[str, ...] = ()

    @property
    def are_bounded(self) -> bool:
        """Whether this process may run them itself: it knows them all, and none is run by a foreign library."""
        return self.is_complete and not self.are_foreign

    @property
    def are_foreign(self) -> bool:
        """Whether one of those that were found is run by a foreign library."""
        return any(source.language.is_foreign for source in self.found)


def named_schemas(project: Project, documents: Sequence[Path], names: Names) -> Sources:
    """The schemas for a run over `documents`; raises SchemaError, and UnreadableError if one can't be fetched."""
    chooser = chooser_for(project, names)
    if chooser.is_fixed:
        return Sources(chooser, chooser.named, is_complete=True)
    looked_at = documents if names.fetch else documents[:_LOOKED_AT]
    found = {source.key: source for source in chooser.named}
    fetched: dict[str, None] = {}
    for path in looked_at:
        associations = associations_of(path)
        if names.fetch:
            _fetch(associations, chooser, fetched)
        found.update((source.key, source) for source in chooser.choose(associations, path.parent).sources)
    remarks = tuple(f"fetched {address}" for address in fetched)
    return Sources(chooser, tuple(found.values()), len(looked_at) == len(documents), remarks)


def _fetch(associations: Iterable[Association], chooser: Chooser, fetched: dict[str, None]) -> None:
    """Fetch those schemas from the web that are named here and were not `fetched` before."""
    for association in associations:
        address = association.href
        if is_remote(address) and address not in fetched:
            if chooser.store is None:
                advice = "set TEIPIPE_CACHE to a folder"
                raise ConfigurationError("there is no folder to keep fetched schemas in", help=advice)
            fetch(address, chooser.store)
            fetched[address] = None


def chooser_for(project: Project, names: Names) -> Chooser:
    """What chooses each document's schemas; raises SchemaError if one that is named can't be read."""
    asked = asked_for(names.schemas, names.schematron, names.phase or project.phase, "it was asked for")
    return Chooser(project, asked, names.store or kept_schemas(), phase=names.phase)


def kept_schemas() -> Path | None:
    """Where schemas from the web are kept that were fetched; None if there is no place for them."""
    folder = default_folder()
    return None if folder is None else folder / "schemas"


@dataclass(frozen=True, slots=True)
class Plan:
    """Which schema judges which documents, which documents none, and what was found while looking."""

    assigned: dict[Source, list[Path]]
    unassigned: tuple[Path, ...]
    findings: tuple[Diagnostic, ...]


def plan_schemas(project: Project, documents: Sequence[Path], names: Names) -> Plan:
    """What a run over `documents` would judge them by; raises as `named_schemas` does."""
    chooser = named_schemas(project, documents, names).chooser
    assigned: dict[Source, list[Path]] = {}
    unassigned: list[Path] = []
    findings: list[Diagnostic] = []
    for path in documents:
        choice = chooser.choose(associations_of(path), path.parent)
        findings += choice.findings
        for source in choice.sources:
            assigned.setdefault(source, []).append(path)
        if not choice.sources:
            unassigned.append(path)
    return Plan(assigned, tuple(unassigned), tuple(in_order(findings)))
