"""Has workers describe the documents of a project, and the edition, for archives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from teipipe.build.plan import Plan
    from teipipe.deposit.package import Package
    from teipipe.diagnostics import Diagnostic
    from teipipe.editions import Artefact
    from teipipe.project import Project


@dataclass(frozen=True, slots=True)
class Description:
    """The record of the edition and those of its documents by their ids (XML), the metadata files made of them.

    `artefacts` have paths in the payload. `diagnostics` say what is missing, each at the place where it could be said.
    """

    record: str = "<record/>"
    records: Mapping[str, str] = field(default_factory=dict)
    artefacts: tuple[Artefact, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def describe(project: Project, plan: Plan, package: Package) -> Description:
    """Describe the documents and the edition; raises TeipipeError if the stylesheets can't be used."""
    return Description()
