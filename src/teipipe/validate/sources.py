"""Which schemas a document is judged by: those asked for, else those it names itself, else those configured."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from teipipe.associations import Association
from teipipe.diagnostics import Diagnostic, Location
from teipipe.errors import SchemaError
from teipipe.fetching import kept
from teipipe.folders import absolute, is_inside
from teipipe.rules import finding
from teipipe.validate.opening import LANGUAGES, Language, language_of

if TYPE_CHECKING:
    from teipipe.project import Project

#: What tells one schema from another: its file, what it is read as, its phase.
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A schema, not opened yet.

    `path` is its file, `root` the folder that it may include files from, `language` what it is to be read as; `phase`
    is one of Schematron's. `name` is how reports call it; `reason` says in one phrase why it was taken. A schema that
    the user asked for `is_required`: if it can't be used, nothing is judged. `key` is what makes it this schema
    and no other.
    """

    path: Path
    root: Path
    language: Language
    phase: str = ""
    name: str = ""
    reason: str = ""
    is_required: bool = True
    key: Key = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", (str(absolute(self.path)), self.language, self.phase))


@dataclass(frozen=True, slots=True)
class Choice:
    """The schemas of one document, where those are named that it names itself, and what was found while choosing."""

    sources: tuple[Source, ...]
    findings: tuple[Diagnostic, ...] = ()
    places: Mapping[Key, Location] = field(default_factory=dict)


def asked_for(schemas: Iterable[Path], schematron: Iterable[Path], phase: str, reason: str) -> tuple[Source, ...]:
    """The sources for files that the user named as schemas, and as files with Schematron in them.

    Raises SchemaError if a file can't be read.
    """
    plain = [_asked_for(path, language_of(path), phase, reason) for path in schemas]
    rules = [_asked_for(path, Language.SCHEMATRON, phase, reason) for path in schematron]
    return tuple({source.key: source for source in (*plain, *rules)}.values())


def _asked_for(path: Path, language: Language, phase: str, reason: str) -> Source:
    is_schematron = language is Language.SCHEMATRON
    return Source(path, path.parent, language, phase if is_schematron else "", str(path), reason)


class Chooser:
    """Chooses for the documents of a project.

    With `asked` nothing else is looked at; `configured` are for documents that name none of their own. Schemas from
    the web are in the folder `store`, those that were fetched. `phase` is that of all Schematron, whoever names it.
    Raises SchemaError if a configured schema can't be read.
    """

    def __init__(
        self, project: Project, asked: tuple[Source, ...] = (), store: Path | None = None, *, phase: str = ""
    ) -> None:
        self._root = project.root
        self._asked = asked
        self._phase = phase
        reason = "the configuration names it"
        self.configured = (
            () if asked else asked_for(project.schemas, project.schematron, phase or project.phase, reason)
        )
        self.store = store
        self._known: dict[tuple[str, str, str, Path], Source | Diagnostic] = {}

    @property
    def is_fixed(self) -> bool:
        """Whether the documents have no say."""
        return bool(self._asked)

    @property
    def named(self) -> tuple[Source, ...]:
        """The schemas that the user named, for this run or in the configuration."""
        return self._asked or self.configured

    def folders(self) -> Iterator[Path]:
        """Where the schemas lie that the user named, and those from the web."""
        for source in self.named:
            yield from (source.root, source.path)
        if self.store is not None:
            yield self.store

    def choose(self, associations: Iterable[Association], folder: Path) -> Choice:
        """The schemas for a document in `folder` that names these itself.

        What a document names takes the place of what is configured: its grammars that of grammars, its Schematron that
        of Schematron.
        """
        if self._asked:
            return Choice(self._asked)
        found: dict[Key, Source] = {}
        places: dict[Key, Location] = {}
        problems: list[Diagnostic] = []
        for association in associations:
            source = self._source(association, folder)
            if isinstance(source, Diagnostic):
                problems.append(source)
            else:
                found.setdefault(source.key, source)
                places.setdefault(source.key, association.place)
        own = found.values()
        kinds = {source.language is Language.SCHEMATRON for source in own}
        rest = [source for source in self.configured if (source.language is Language.SCHEMATRON) not in kinds]
        return Choice((*own, *rest), tuple(problems), places)

    def _source(self, association: Association, folder: Path) -> Source | Diagnostic:
        key = (association.href, association.language, association.phase, folder)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._found(association, folder)
        return replace(known, location=association.place) if isinstance(known, Diagnostic) else known

    def _found(self, association: Association, folder: Path) -> Source | Diagnostic:
        language = LANGUAGES.get(association.language)
        if association.language and language is None:
            message = f"“{association.language}” is no language of schemas that is known here"
            advice = "RELAX NG, XSD and Schematron are; other instructions are left aside"
            return finding("unknown-schema-language", message, association.place, advice)
        reason = f"the document names it ({association.by})"
        if is_remote(association.href):
            return self._remote(association, language, reason)
        path = _local_path(association.href, folder)
        if path is None or not is_inside(path, self._root):
            message = f"the schema “{association.href}” lies outside of the project, and was not read"
            advice = "copy it into the project, or name it with --schema or in the configuration"
            return finding("schema-out-of-project", message, association.place, advice)
        if not os.path.isfile(path):  # noqa: PTH113 (a Path raises if the name is too long)
            message = f"there is no schema “{association.href}”"
            return finding("missing-schema", message, association.place, "correct the address, or add the file")
        return self._local(association, path, language, str(path), reason)

    def _remote(self, association: Association, language: Language | None, reason: str) -> Source | Diagnostic:
        path = None if self.store is None else kept(association.href, self.store)
        if path is None or not path.is_file():
            message = f"the schema “{association.href}” is not on this machine, and was not used"
            advice = "--fetch gets it once and keeps it; or name a local copy with --schema or in the configuration"
            return finding("schema-not-fetched", message, association.place, advice)
        return self._local(association, path, language, association.href, reason)

    def _local(
        self, association: Association, path: Path, language: Language | None, name: str, reason: str
    ) -> Source | Diagnostic:
        try:
            language = language or language_of(path)
        except SchemaError as error:
            return unusable(error, association.place)
        phase = (self._phase or association.phase) if language is Language.SCHEMATRON else ""
        return Source(path, path.parent, language, phase, name, reason, is_required=False)


def _local_path(address: str, folder: Path) -> Path | None:
    """The file that a relative address leads to, seen from a document in `folder`; None if it leads elsewhere."""
    if any(sign in address for sign in ":%?#"):
        from urllib.parse import unquote, urlsplit  # it takes long to load, and most addresses are plain

        try:
            parts = urlsplit(address)
        except ValueError:  # brackets that hold no address of IPv6
            return None
        if parts.scheme or parts.netloc:
            return None
        address = unquote(parts.path)
    return Path(os.path.normpath(folder / address))


def is_remote(address: str) -> bool:
    """Whether an address leads to the web."""
    return address.lower().startswith(("http://", "https://"))


def unusable(error: SchemaError, place: Location) -> Diagnostic:
    """The finding that a schema which a document names at `place` can't be used."""
    related = ((error.location, "here"),) if error.location.line else ()
    return finding("unusable-schema", f"the schema can't be used: {error.message}", place, error.help, related=related)
