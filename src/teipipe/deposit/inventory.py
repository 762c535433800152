"""Which files of a project go into its package, and where."""

from __future__ import annotations

from collections.abc import Iterator

from teipipe.bags import Item
from teipipe.deposit.layout import PROJECT
from teipipe.project import Project


def inventory(project: Project) -> Iterator[Item]:
    """Yield the files that the project consists of, below project/."""
    for path in project.everything:
        yield Item(f"{PROJECT}/{project.relative(path)}", path)
    if project.configuration is not None:
        yield Item(f"{PROJECT}/{project.relative(project.configuration)}", project.configuration)
