"""Where a package is worked on: a folder of our own that is gone at the end, and bounds that it can't raise."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.bags.tags import size_in_words
from teipipe.deposit import layout
from teipipe.diagnostics import Diagnostic, Location
from teipipe.errors import OutputError
from teipipe.files import make_folder

if TYPE_CHECKING:
    from teipipe.bags.reading import Bag
    from teipipe.project import Project

#: What a configuration in a package can claim at most: seconds for a document, megabytes for a worker.
_MAX_TIMEOUT: Final = 600.0
_MAX_MEMORY: Final = 4000


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where a package is worked on: its project, the schemas that were fetched for it, the edition made again.

    `home` is the payload as findings show it, `folder` where what was taken out of it lies.
    """

    home: Path
    folder: Path
    project: Path
    fetched: Path
    edition: Path

    def shown(self, one: Diagnostic) -> Diagnostic:
        """A finding with its places in the package."""
        related = tuple((self._place(where), remark) for where, remark in one.related)
        return replace(one, location=self._place(one.location), related=related, message=self.words(one.message))

    def words(self, message: str) -> str:
        """A message that names files where they are in the package."""
        return message.replace(f"{self.folder}/", f"{self.home}/")

    def _place(self, where: Location) -> Location:
        if not where.path.is_relative_to(self.folder):
            return where
        return replace(where, path=self.home / where.path.relative_to(self.folder))


def home_of(bag: Bag) -> Path:
    """The payload of a package, as findings show it."""
    return bag.path / (bag.root if bag.path.is_dir() else "") / "data"


@contextmanager
def workshop_for(bag: Bag) -> Iterator[Workshop]:
    """A folder of our own, in which the project of a package lies, unless it can be read where it is.

    Raises OutputError if there is no room.
    """
    home = home_of(bag)
    with temporary_folder() as folder:
        inside = home if bag.path.is_dir() else folder
        if inside is folder:
            _require_room(bag, folder)
            for part in (layout.PROJECT, layout.FETCHED):
                make_folder(folder / part)
                bag.extract(folder / part, f"data/{part}")
        yield Workshop(home, folder, inside / layout.PROJECT, inside / layout.FETCHED, folder / layout.EDITION)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder for temporary files, which is gone at the end; raises OutputError if there can be none."""
    try:
        temporary = tempfile.TemporaryDirectory(prefix="teipipe-", ignore_cleanup_errors=True)
    except OSError as error:
        message = f"no folder for temporary files can be used: {error.strerror or error}"
        raise OutputError(message, help="set TMPDIR to a folder that can be written") from error
    with temporary as name:
        yield Path(name).resolve()


def _require_room(bag: Bag, folder: Path) -> None:
    """Raise OutputError if the project, and an edition as large as that in the package, don't fit into a folder."""
    parts = tuple(f"data/{part}/" for part in (layout.PROJECT, layout.FETCHED, layout.EDITION))
    needed = sum(member.size for member in bag.members() if member.path.startswith(parts))
    free = shutil.disk_usage(folder).free
    if needed > free:
        message = f"{size_in_words(needed)} are needed for temporary files, and there are {size_in_words(free)}"
        raise OutputError(message, path=folder, help="set TMPDIR to a folder with more room")


def bounded(project: Project) -> Project:
    """A project that claims no more than what is sensible, whatever its configuration says."""
    timeout, memory = min(project.timeout, _MAX_TIMEOUT), min(project.memory, _MAX_MEMORY)
    return replace(project, timeout=timeout, memory=memory)
