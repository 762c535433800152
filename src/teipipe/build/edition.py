"""Builds an edition, once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from teipipe.build.session import Session

if TYPE_CHECKING:
    from teipipe.build.report import BuildReport, Observer
    from teipipe.project import Project


def build_edition(
    project: Project,
    *,
    workers: int | None = None,
    observer: Observer | None = None,
    environment: Mapping[str, str] | None = None,
    force: bool = False,
    without: Collection[str] = (),
) -> BuildReport:
    """Build the edition of a project into its output folder: what has changed since it was built last, or all of it.

    What can't be made stays as it was and is reported; all else is built. `workers` is the number of processes (by
    default as many as help), `observer` is told what happens, `environment` may hold SOURCE_DATE_EPOCH (by default
    that of the process); with `force`, nothing counts as up to date; `without` names what is left as it is ("books",
    "search", "sitemap"). Raises TeipipeError if nothing can be built at all.
    """
    with Session(project, workers=workers, observer=observer, environment=environment) as session:
        return session.build(force=force, without=without)
