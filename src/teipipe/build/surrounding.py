"""What lies around a file of an edition: the manifest of that edition, the package that it is in, the project."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.build.manifest import MANIFEST, Entry, Manifest, read_manifest
from teipipe.configuration import configuration_in
from teipipe.deposit import layout
from teipipe.deposit.package import load as load_package
from teipipe.documents import read_bytes
from teipipe.errors import UnreadableError
from teipipe.folders import absolute
from teipipe.provenance import Origin, Statement
from teipipe.resources import bundled
from teipipe.stylesheets import APART, ASSETS

if TYPE_CHECKING:
    from teipipe.project import Project
    from teipipe.provenance.reading import Read

#: The manifest of an edition, and what made it.
Made = tuple[Manifest, str]

#: An edition has no folders in folders deeper than this.
_DEPTH: Final = 12


@dataclass(frozen=True, slots=True)
class Beside:
    """What the manifest in a folder above a file says of it: `entry` is None if there is none, or it has no such file.

    `root` is that folder, `generator` what made it.
    """

    root: Path | None = None
    manifest: Manifest = field(default_factory=Manifest)
    entry: Entry | None = None
    generator: str = ""

    def statement(self, found: Read) -> Statement | None:
        """What can be said of a file that says nothing of itself: of an edited one, nothing."""
        if self.entry is None or self.entry.sha256 != found.sha256:
            return None
        document = self.entry.document
        origins = (one for one in self.manifest.documents if document and one.id == document)
        sources = tuple(Origin(one.id, one.source, one.sha256) for one in origins)
        return Statement(self.generator.removeprefix("teipipe "), file=self.entry.path, sources=sources)

    @property
    def package(self) -> Path | None:
        """The payload of the package for an archive that the edition is in."""
        if self.root is None or self.root.name != layout.EDITION:
            return None
        return self.root.parent if (self.root.parent / layout.DESCRIPTION).is_file() else None

    def changed_stylesheets(self, project: Project) -> tuple[str, ...]:
        """The stylesheets that differ from those in the package; without a package, nobody knows which."""
        package = self.package
        if package is None:
            return ()
        then, now = package / layout.STYLESHEETS, bundled("xslt")
        pairs = [(then, now, APART)] if then.is_dir() else []
        if project.stylesheets is not None:
            own = package / layout.PROJECT / project.relative(project.stylesheets)
            pairs += [(own, project.stylesheets, ASSETS)] if own.is_dir() else []
        return tuple(sorted({name for pair in pairs for name in _differing(*pair)}))


def beside(path: Path, seen: dict[Path, Made | None]) -> Beside:
    """What lies beside a file; `seen` has what the manifests in folders say, once they have been read."""
    here = absolute(path)
    for folder in here.parents[:_DEPTH]:
        if folder not in seen:
            seen[folder] = _made(folder)
        made = seen[folder]
        if made is not None:
            manifest, generator = made
            name = here.relative_to(folder).as_posix()
            entry = next((entry for entry in manifest.files if entry.path == name), None)
            return Beside(folder, manifest, entry, generator)
    return Beside()


def _made(folder: Path) -> Made | None:
    """The manifest in a folder, and what made that edition."""
    if not (folder / MANIFEST).is_file():
        return None
    try:
        manifest = read_manifest(folder)
        generator = json.loads(read_bytes(folder / MANIFEST)).get("generator", "")
    except (UnreadableError, ValueError, AttributeError, RecursionError):
        return None
    return (manifest, generator if isinstance(generator, str) else "") if manifest.files else None


def project_around(path: Path, near: Beside, statement: Statement | None) -> Project | None:
    """The project that a file may come from: around it, else around the current folder, else in its package.

    Raises ConfigurationError if it is configured in a way that can't be used.
    """
    from teipipe.project import load_project

    for start in (absolute(path).parent, absolute(Path())):
        for folder in (start, *start.parents):
            if configuration_in(folder) is not None:
                return load_project(_as_seen(folder), upward=False)
    places = {one.source for one in near.manifest.documents} | {
        one.path for one in (statement.sources if statement else ())
    }
    # A folder without configuration is a project too; but nobody wants to have a whole disk searched for TEI.
    for folder in _bare(near):
        if any((folder / place).is_file() for place in places):
            return load_project(_as_seen(folder), upward=False)
    package = near.package
    if package is None or not (package / layout.PROJECT).is_dir():
        return None
    found = load_project(_as_seen(package / layout.PROJECT), upward=False)
    # A project without a title has that of its folder, which was called otherwise then.
    return replace(found, title=load_package(read_bytes(package / layout.DESCRIPTION)).title)


def _bare(near: Beside) -> Iterator[Path]:
    yield absolute(Path())
    if near.root is not None:
        yield near.root.parent


def _as_seen(folder: Path) -> Path:
    """As one would write it from the current folder, if it lies below it or is it."""
    here = absolute(Path())
    return Path(os.path.relpath(folder, here)) if folder.is_relative_to(here) else folder


def _differing(before: Path, after: Path, apart: Collection[str]) -> Iterator[str]:
    """The paths of stylesheets that only one of two folders has, or that are not the same in both.

    Those in some folders are left `apart`: they make no page.
    """
    names = {
        path.relative_to(folder).as_posix()
        for folder in (before, after)
        for path in folder.rglob("*")
        if path.is_file()
    }
    for name in sorted(names):
        parts = name.split("/")
        is_none = parts[0] in apart or any(part.startswith(".") for part in parts)  # editors keep hidden files
        if not is_none and _content(before / name) != _content(after / name):
            yield name


def _content(path: Path) -> bytes | None:
    try:
        return read_bytes(path)
    except UnreadableError:
        return None
