"""Which files of a project go into its package, and where."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from teipipe.bags import Item
from teipipe.deposit.layout import FETCHED, PROJECT
from teipipe.deposit.previous import package_at
from teipipe.diagnostics import Diagnostic, Location
from teipipe.errors import ConfigurationError, UnreadableError
from teipipe.folders import Links, absolute, has_readable_name, is_inside, is_refused, match_files
from teipipe.project import Project
from teipipe.rules import finding
from teipipe.validate.corpus import Corpus
from teipipe.validate.opening import files_of

if TYPE_CHECKING:
    from teipipe.validate.sources import Source


class Inventory:
    """The files that a project consists of: whatever is needed to check it and to build its edition once more.

    `schemas` are those that its documents are judged by; schemas from the web, which are kept in the folder `store`,
    come along. `diagnostics` say what can't.
    """

    def __init__(self, project: Project, schemas: Iterable[Source] = (), store: Path | None = None) -> None:
        """Raises SchemaError, and ConfigurationError if nothing is where `include` points."""
        self._problems: list[Diagnostic] = []
        self._project = project
        self._links = Links()
        self._store = store
        self._output = os.path.realpath(project.output)
        #: Where each file lies in the payload, and where it is to be read.
        self._files: dict[str, Path] = {}
        for path in self._paths():
            self._add(path)
        for source in schemas:
            for path in files_of(source.path, source.root, source.language):
                self._add(path)
        for path in list(project.everything):
            self._add_linked(path)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What can't go along."""
        return tuple(self._problems)

    def items(self) -> Iterator[Item]:
        """Yield the files, in order of their paths."""
        for name in sorted(self._files):
            yield Item(name, self._files[name])

    def _paths(self) -> Iterator[Path]:
        """What the configuration names, and that itself; what isn't there is for others to report."""
        project = self._project
        named = (project.configuration, project.odd, project.theme.css, project.theme.logo, project.books.epub.cover)
        files = (*project.everything, *project.schemas, *project.schematron, *named)
        yield from (path for path in files if path is not None and path.exists())
        for folder in (project.sources, project.stylesheets, project.books.print.fonts):
            if folder is not None:
                yield from self._below(folder)
        for pattern in project.deposit.include:
            yield from self._included(pattern)

    def _included(self, pattern: str) -> Iterator[Path]:
        """What an entry of `include` stands for: a file, a folder with all that is in it, or what a glob matches."""
        path = self._project.root / pattern
        if path.is_dir():
            yield from self._below(path)
            return
        found = match_files(self._project.root, pattern, self._project.output)
        if not found:
            raise ConfigurationError(
                f"deposit: include “{pattern}” is nothing that is there",
                path=self._project.configuration,
                help="name a file, a folder, or a glob, from the folder of this file",
            )
        yield from found

    def _below(self, folder: Path) -> Iterator[Path]:
        """Every file in a folder, but for what editors and systems hide, the output, and packages made before.

        Links to folders are not entered, and that is said: what they lead to may hold them.
        """
        for place, subfolders, names in os.walk(folder, followlinks=False):
            if "bagit.txt" in names or os.path.realpath(place) == self._output:
                subfolders.clear()
                continue
            subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
            for name in subfolders:
                if (link := Path(place, name)).is_symlink():
                    self._problems.append(_unfollowed(link))
            files = (Path(place, name) for name in sorted(names) if not name.startswith("."))
            yield from (path for path in files if package_at(path) is None)

    def _add(self, path: Path) -> None:
        """Take a file in; a link that stays in the project counts as the file that it leads to."""
        file = absolute(path)
        if self._store is not None and is_inside(file, self._store, self._links):
            self._files[f"{FETCHED}/{file.name}"] = file
            return
        home = absolute(self._project.root)
        if not file.is_relative_to(home) or is_refused(file, home, self._links):
            self._problems.append(self._refusal(path))
            return
        self._files[f"{PROJECT}/{file.relative_to(home).as_posix()}"] = Path(self._links.real(file))

    def _refusal(self, path: Path) -> Diagnostic:
        if not has_readable_name(path):
            return finding("unreadable-file", "its name is not in UTF-8", Location(path), "rename the file")
        return finding("link-out-of-project", f"a link to “{os.path.realpath(path)}”", Location(path))

    def _add_linked(self, path: Path) -> None:
        """Take in what a document points at: images, and whatever else lies in the project."""
        corpus = Corpus(self._project.root, self._project.register)
        try:
            summary = corpus.summary(path)
        except UnreadableError:  # since it was checked, somebody has taken it away; copying it will tell
            return
        for name, _ in () if summary is None else summary.targets():
            target = self._project.root / name
            if target.is_file() and not is_inside(target, Path(self._output), self._links):
                self._add(target)


def _unfollowed(link: Path) -> Diagnostic:
    message = f"a link to the folder “{os.path.realpath(link)}”, which doesn't go along"
    advice = "if it is to, put the folder in its place, or name it in include by where it lies"
    return finding("unfollowed-link", message, Location(link), advice)
