"""What has changed from one package of an edition to the next: by content, not by bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from lxml import etree

from teipipe.bags import Item
from teipipe.bags.reading import Bag
from teipipe.deposit import layout
from teipipe.deposit.document_changes import SAME, Difference, content_of, difference
from teipipe.deposit.file_changes import FileChange, Setting, Version, file_changes, setting_changes, tool_changes
from teipipe.deposit.grammar_changes import grammar_changes
from teipipe.deposit.package import Package, Part
from teipipe.deposit.previous import Previous, root_of
from teipipe.deposit.register_changes import EntryChange, entry_changes
from teipipe.deposit.schema_changes import SchemaChange
from teipipe.documents import read_bytes
from teipipe.errors import BagError, ConfigurationError, UnreadableError
from teipipe.project import Project
from teipipe.views import Views, load_views

#: Keys of the configuration, or how they begin, that nothing in an edition's text depends on.
_NO_CONTENT: Final = (
    "books.",
    "deposit.",
    "fail-on",
    "ignore",
    "memory",
    "output",
    "phase",
    "stylesheets",
    "theme.",
    "timeout",
)


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """A document that is "added", "removed", "renamed" or "changed".

    `path` is where it lies in the project, or lay; `was_id` and `was_path` are what these were before, "" if they
    were the same. `problem` says why it can't be compared, "" if it can.
    """

    kind: str
    id: str
    title: str
    path: str
    was_id: str = ""
    was_path: str = ""
    difference: Difference = SAME
    problem: str = ""


@dataclass(frozen=True)
class Changes:
    """The changes since the package `name`, which has this version, day and receipt.

    `unchanged` counts the documents whose content is the same, `rewritten` those of them whose bytes are not.
    `register` has entries, `register_rest` what else differs in the register; problems say why something can't be
    compared, "" if it can.
    """

    name: str
    version: str
    date: str
    receipt: str
    documents: tuple[DocumentChange, ...] = ()
    unchanged: int = 0
    rewritten: int = 0
    register: tuple[EntryChange, ...] = ()
    register_rest: Difference = SAME
    register_problem: str = ""
    schema: tuple[SchemaChange, ...] = ()
    schema_problem: str = ""
    files: tuple[FileChange, ...] = ()
    settings: tuple[Setting, ...] = ()
    tools: tuple[Version, ...] = ()

    @property
    def has_content(self) -> bool:
        """Whether the edition itself has changed: documents, register, sources, schema, what it says of itself.

        How it looks, and what made it, are no content.
        """
        register = self.register or self.register_rest or self.register_problem
        files = any(one.group in ("sources", "schema") for one in self.files)
        settings = any(not one.key.startswith(_NO_CONTENT) for one in self.settings)
        return bool(self.documents or register or self.schema or self.schema_problem or files or settings)

    @property
    def is_nothing(self) -> bool:
        """Whether nothing at all has changed that could be seen in the edition."""
        return not (self.has_content or self.files or self.settings or self.tools)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The changes in a few words."""
        from teipipe.deposit.changes_report import summary

        return tuple(summary(self))

    def items(self) -> Iterator[Item]:
        """Yield reports/changes.txt and reports/changes.json."""
        from teipipe.deposit.changes_report import as_data, as_text

        yield Item(f"{layout.CHANGES}.txt", as_text(self).encode())
        data = json.dumps(as_data(self), ensure_ascii=False, indent=1)
        yield Item(f"{layout.CHANGES}.json", f"{data}\n".encode())


def changes_since(previous: Bag, project: Project, package: Package) -> Changes:
    """What has changed in documents, words, entries of the register and schema; raises BagError, UnreadableError."""
    before = Previous(previous)
    _require_same_edition(before, package)
    documents = tuple(_documents(before, project, package))
    changed = {one.id for one in documents}
    was = {part.id: part.sha256 for part in before.package.documents}
    same = [part for part in package.documents if part.id not in changed]
    entries, rest, problem = _register(before, project)
    schema, schema_problem = grammar_changes(before, project)
    return Changes(
        name=before.package.name,
        version=before.package.version,
        date=before.package.date,
        receipt=before.receipt,
        documents=documents,
        unchanged=len(same),
        rewritten=sum(was.get(part.id) != part.sha256 for part in same),
        register=entries,
        register_rest=rest,
        register_problem=problem,
        schema=schema,
        schema_problem=schema_problem,
        files=tuple(file_changes(before, project)),
        settings=tuple(setting_changes(before, project)),
        tools=tuple(tool_changes(before.package, package)),
    )


def require_new_version(changes: Changes, package: Package) -> None:
    """Raise ConfigurationError if there is another content under the version that the package before has already."""
    if changes.version != package.version or not changes.has_content:
        return
    raise ConfigurationError(
        f"the edition has changed since the package of version {package.version} ({changes.lines[0]})",
        help="raise version in the table deposit; or note the change in revisionDesc, if the version is its day",
    )


def _require_same_edition(before: Previous, package: Package) -> None:
    """Raise BagError if it is a package of another edition; the same identifier makes one that was renamed the same."""
    was = before.package
    if was.edition == package.edition or (was.identifier and was.identifier == package.identifier):
        return
    raise BagError(
        f"is a package of another edition, “{was.edition}” (this one is “{package.edition}”)",
        path=before.path,
        help="name a package of this edition; if it was renamed, give both the same identifier in the table deposit",
    )


def _documents(before: Previous, project: Project, package: Package) -> Iterator[DocumentChange]:
    """Yield the changes of documents, in the order of the edition; those that are gone last."""
    views = load_views()
    old = {part.id: part for part in before.package.documents}
    new = {part.id: part for part in package.documents}
    gone = [part for part in before.package.documents if part.id not in new]
    come = [part for part in package.documents if part.id not in old]
    renamed = _renamed(before, project, gone, come)
    for part in package.documents:
        was = old.get(part.id) or renamed.get(part.id)
        if was is None:
            yield DocumentChange("added", part.id, part.title, part.path)
        elif part.id not in old:
            yield _compared(before, project, views, was, part, "renamed")
        elif was.sha256 != part.sha256 or was.path != part.path:
            change = _compared(before, project, views, was, part, "changed" if was.path == part.path else "renamed")
            if change.difference or change.problem or change.was_path:
                yield change
    kept = {part.id for part in renamed.values()}
    yield from (DocumentChange("removed", part.id, part.title, part.path) for part in gone if part.id not in kept)


def _renamed(before: Previous, project: Project, gone: list[Part], come: list[Part]) -> dict[str, Part]:
    """Which documents that are gone are those that have come, by the ids of these: they have the same content."""
    by_content: dict[str, Part] = {}
    for part in gone if come else ():
        by_content.setdefault(part.sha256, part)
        try:
            by_content.setdefault(content_of(before.root(f"{layout.PROJECT}/{part.path}")), part)
        except UnreadableError:
            continue
    found: dict[str, Part] = {}
    for part in come if by_content else ():
        was = by_content.get(part.sha256) or by_content.get(content_of(_root(project, part)))
        if was is not None and was.id not in {one.id for one in found.values()}:
            found[part.id] = was
    return found


def _compared(before: Previous, project: Project, views: Views, was: Part, part: Part, kind: str) -> DocumentChange:
    was_id, was_path = was.id if was.id != part.id else "", was.path if was.path != part.path else ""
    found, problem = SAME, ""
    if was.sha256 != part.sha256:
        try:
            found = difference(before.root(f"{layout.PROJECT}/{was.path}"), _root(project, part), views)
        except UnreadableError as error:
            problem = f"it can't be compared: in the package before, it is {error.message}"
    return DocumentChange(kind, part.id, part.title, part.path, was_id, was_path, found, problem)


def _root(project: Project, part: Part) -> etree._Element:
    path = project.root / part.path
    return root_of(read_bytes(path), path)


def _register(before: Previous, project: Project) -> tuple[tuple[EntryChange, ...], Difference, str]:
    """The entries that have changed, what else has in the register; and why it can't be compared."""
    path = before.package.register
    has_register = project.register is not None and project.register.exists()
    new = root_of(read_bytes(project.register), project.register) if project.register and has_register else None
    try:
        old = before.root(path) if path else None
    except UnreadableError as error:
        return (), SAME, f"it can't be compared: in the package before, it is {error.message}"
    entries = tuple(entry_changes(old, new))
    both = SAME if old is None or new is None else difference(old, new, load_views())
    # What differs in entries is said entry by entry.
    rest = Difference(statements=both.statements, header=both.header, is_rearranged=both.has_markup and not entries)
    return entries, rest, ""
