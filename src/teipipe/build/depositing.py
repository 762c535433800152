"""Makes the package for an archive: checks the project, builds its edition, describes it, and writes it all at once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from teipipe.bags import Written
from teipipe.bags.reading import open_bag
from teipipe.bags.writing import require_names, require_target, write_bag
from teipipe.build.checking import check_documents
from teipipe.build.contents import Built, Progress, built_for, described, inventory_of, nobody
from teipipe.build.manifest import checksum
from teipipe.build.workshop import temporary_folder
from teipipe.deposit import layout
from teipipe.deposit.changes import Changes, changes_since, require_new_version
from teipipe.deposit.package import Package
from teipipe.deposit.previous import Previous, packages
from teipipe.diagnostics import Diagnostic, exit_code
from teipipe.documents import read_bytes
from teipipe.errors import OutputError, UnreadableError
from teipipe.files import make_folder
from teipipe.files.staging import require_writable
from teipipe.project import require_documents
from teipipe.verdict import Verdict

if TYPE_CHECKING:
    from teipipe.deposit.inventory import Inventory
    from teipipe.project import Project


@dataclass(frozen=True, slots=True)
class Deposited:
    """What a deposit came to: `written` is None if there is no package, because of what was found.

    `package` is None if it was found before anything else was done. `verdict` is what validation said, `diagnostics`
    are all other findings; `changes` since the package before it, if there is one.
    """

    package: Package | None
    written: Written | None
    verdict: Verdict
    diagnostics: tuple[Diagnostic, ...]
    changes: Changes | None = None


def deposit_project(
    project: Project,
    *,
    target: Path | None = None,
    previous: Path | None = None,
    allow_findings: bool = False,
    workers: int | None = None,
    progress: Progress = nobody,
    environment: Mapping[str, str] | None = None,
) -> Deposited:
    """Make a package of a project: in the folder `target`, or as the .zip or .tar file of that name.

    By default it goes where the configuration says. What has changed since the `previous` package goes along; by
    default that is the newest one of another version that lies beside it. With findings of validation that count, or an
    edition that can't be built whole, there is no package, unless they are allowed: then the package says so.
    `environment` may hold SOURCE_DATE_EPOCH (by default that of the process). Raises TeipipeError if none can be made
    at all.
    """
    environment = os.environ if environment is None else environment
    require_documents(project)
    if target is None:
        require_writable(project.root / project.deposit.folder)
    else:
        require_target(target, [project.output])
    inventory = inventory_of(project)
    require_names(item.path for item in inventory.items())
    if exit_code(inventory.diagnostics) and not allow_findings:
        return Deposited(None, None, Verdict(project.root, ()), inventory.diagnostics)
    if previous is not None:
        with open_bag(previous) as bag:
            Previous(bag)  # now, and not after the work
    with _buildable(project) as buildable:
        built = _built(buildable, workers, progress, environment)
        if not (built.is_clean or allow_findings):
            return Deposited(built.package, None, built.verdict, built.diagnostics)
        return _written(project, built, inventory, target, previous, progress)


@contextmanager
def _buildable(project: Project) -> Iterator[Project]:
    """The project; on a medium that can only be read, its edition is built into a folder that is gone afterwards."""
    try:
        require_writable(project.output)
    except OutputError:
        pass
    else:
        yield project
        return
    with temporary_folder() as folder:
        yield replace(project, output=folder / layout.EDITION)


def _built(project: Project, workers: int | None, progress: Progress, environment: Mapping[str, str]) -> Built:
    """The project, checked and built; raises UnreadableError if a document was changed between the two."""
    before = {path: _checksum(path) for path in project.everything}
    verdict = _checked(project, workers, progress)
    built = built_for(project, verdict, workers=workers, progress=progress, environment=environment)
    _require_unchanged(before)
    return built


def _written(
    project: Project,
    built: Built,
    inventory: Inventory,
    target: Path | None,
    previous: Path | None,
    progress: Progress,
) -> Deposited:
    """Describe what was built, and write the package."""
    folder = project.root / project.deposit.folder
    target = target or folder / built.package.name
    changes = _changes(project, built.package, previous, target)
    if target.parent == folder:
        make_folder(folder)
    require_target(target, [project.output])
    if changes is not None:
        built = replace(built, package=replace(built.package, previous=changes.receipt))
    contents = described(built, changes, inventory)

    def tell(done: int, total: int) -> None:
        progress("writing", done, total)

    written = write_bag(target, contents.items(), contents.info, contents.late, tell)
    diagnostics = (*built.diagnostics, *contents.diagnostics)
    return Deposited(contents.package, written, built.verdict, diagnostics, changes)


def _changes(project: Project, package: Package, previous: Path | None, target: Path) -> Changes | None:
    """What has changed since the package before this one; it is looked for beside `target`, if it isn't named.

    A package of this very version that is there already has to have the same content.
    """
    if previous is not None:
        changes = _since(previous, project, package)
        require_new_version(changes, package)
        return changes
    others = packages(target.parent, package.edition)
    for path in (path for path, other in others if other.version == package.version):
        require_new_version(_since(path, project, package), package)
        if path == target:
            advice = "it can stay as it is; or make another package with --to, or raise version in the table deposit"
            raise OutputError("is there already, and the edition hasn't changed since", path=path, help=advice)
    earlier = next((path for path, other in others if other.version != package.version), None)
    return None if earlier is None else _since(earlier, project, package)


def _since(previous: Path, project: Project, package: Package) -> Changes:
    with open_bag(previous) as bag:
        return changes_since(bag, project, package)


def _checked(project: Project, workers: int | None, progress: Progress) -> Verdict:
    """What validation says."""
    total = len(project.everything)
    done = 0

    def advance(number: int) -> None:
        nonlocal done
        done += number
        progress("checking", done, total)

    return check_documents(project, workers=workers, progress=advance)


def _checksum(path: Path) -> str:
    """That of a file; "" if it can't be read, which is for others to report."""
    try:
        return checksum(read_bytes(path))
    except UnreadableError:
        return ""


def _require_unchanged(before: Mapping[Path, str]) -> None:
    """Raise UnreadableError if a document is no longer the one that was checked; from then on the build's own count."""
    for path, digest in before.items():
        if _checksum(path) != digest:
            raise UnreadableError("it was changed while the package was made", path=path, help="deposit again")
