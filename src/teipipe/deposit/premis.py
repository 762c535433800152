"""PREMIS 3.0: what each file is, what it was made from, and what happened to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory, gettempdir
from typing import Final

from teipipe.bags import Item, Stored
from teipipe.deposit import layout
from teipipe.deposit.events import (
    DIGESTS,
    FORMATS,
    PACKAGE,
    SCHEMAS,
    VALIDATION,
    Agents,
    change_id,
    changes_of,
    events,
    transformation_of,
)
from teipipe.deposit.package import Package, Part
from teipipe.deposit.premis_markup import FOOT, HEAD, entity, identifier, leaf, relationship, wrap
from teipipe.deposit.pronom import Format
from teipipe.deposit.record import Record
from teipipe.deposit.rights import Rights
from teipipe.errors import OutputError
from teipipe.folders import TRANSCRIPTIONS

#: What identifies files: their paths from the root of the package.
_FILE: Final = "path in the package"
_LOCAL: Final = "local"
_EDITION: Final = "edition"


@dataclass(frozen=True, slots=True)
class Lineage:
    """What was made from what; all paths are in the payload.

    `formats` has the format of each file; `origins` for files of the edition the id of the document that they were
    made from. `schemas` are those that the documents were validated by, `odd` is what the compiled ones were made
    from, "" if there is none, `sources` the folder of transcriptions, "" if there is none.
    """

    formats: Mapping[str, Format] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    schemas: tuple[str, ...] = ()
    odd: str = ""
    sources: str = ""


def premis(
    package: Package, record: str, records: Mapping[str, str], stored: Mapping[str, Stored], lineage: Lineage
) -> Iterator[Item]:
    """Yield metadata/premis.xml, which describes all other files of the payload.

    It is written to a temporary file, piece by piece, which is there until the next item is asked for. Raises
    OutputError if it can't be.
    """
    described = _Description(package, Record(record), records, stored, lineage)
    with _temporary_folder() as folder:
        path = folder / "premis.xml"
        try:
            with path.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(described.pieces())
        except OSError as error:
            raise _unwritable(error, path) from error
        yield Item(layout.PREMIS, path)


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    try:
        folder = TemporaryDirectory(prefix="teipipe-", ignore_cleanup_errors=True)
    except OSError as error:
        raise _unwritable(error, Path(gettempdir())) from error
    with folder as path:
        yield Path(path)


def _unwritable(error: OSError, path: Path) -> OutputError:
    return OutputError(error.strerror or "can't be written", path=path, help="make room for temporary files")


class _Description:
    """Everything in the order that PREMIS asks for: objects, events, agents, rights."""

    def __init__(
        self,
        package: Package,
        record: Record,
        records: Mapping[str, str],
        stored: Mapping[str, Stored],
        lineage: Lineage,
    ) -> None:
        self._package = package
        self._record = record
        self._records = records
        self._stored = stored
        self._lineage = lineage
        self._agents = Agents(package.tools)
        self._rights = Rights()
        self._parts = {f"{layout.PROJECT}/{part.path}": part for part in package.documents}
        self._paths = {part.id: f"{layout.PROJECT}/{part.path}" for part in package.documents}
        self._used: set[str] = set()

    def pieces(self) -> Iterator[str]:
        """Yield the file from its start to its end."""
        yield HEAD
        yield self._edition()
        for part in self._package.documents:
            yield self._document(part)
        yield self._whole()
        for path in sorted(self._stored):
            yield self._file(self._stored[path])
        for part in self._package.documents:
            if part.id in self._records:
                yield from changes_of(part.id, Record(self._records[part.id]), self._agents)
        yield from events(self._package, self._agents, frozenset(self._used), self._validated_by())
        yield from self._agents.entities()
        yield from self._rights.entities()
        yield FOOT

    def _edition(self) -> str:
        """The edition as such, of which there is one package for each version."""
        record, package = self._record, self._package
        for agent in record.agents:
            self._agents.note(agent)
        known = {(one["scheme"], one["uri"] or one.text) for one in record.all("identifier")}
        if package.identifier:
            known = {one for one in known if one[1] != package.identifier} | {("identifier", package.identifier)}
        return entity(
            "intellectualEntity",
            identifier("objectIdentifier", _EDITION, package.edition),
            *(identifier("objectIdentifier", *one) for one in sorted(known)),
            _property("title", package.title),
            _property("version", package.version),
            *self._has_parts(),
            self._rights.links(record),
        )

    def _has_parts(self) -> Iterator[str]:
        parts = [("document", part.id) for part in self._package.documents]
        if parts:
            yield relationship("structural", "has part", *parts)

    def _document(self, part: Part) -> str:
        """A document as such, whatever files there are of it."""
        record = Record(self._records[part.id]) if part.id in self._records else self._record
        is_own = part.id in self._records
        for agent in record.agents if is_own else ():
            self._agents.note(agent)
        changes = range(1, len(record.all("change")) + 1) if is_own else ()
        return entity(
            "intellectualEntity",
            identifier("objectIdentifier", "document", part.id),
            _property("title", part.title),
            relationship("structural", "is part of", (_EDITION, self._package.edition)),
            *(identifier("linkingEventIdentifier", _LOCAL, change_id(part.id, number)) for number in changes),
            self._rights.links(record),
        )

    def _whole(self) -> str:
        """The package: one representation of the edition."""
        return entity(
            "representation",
            identifier("objectIdentifier", "package", self._package.name),
            relationship("structural", "represents", (_EDITION, self._package.edition)),
            identifier("linkingEventIdentifier", _LOCAL, PACKAGE),
        )

    def _file(self, file: Stored) -> str:
        fixity = (
            wrap("fixity", leaf("messageDigestAlgorithm", name), leaf("messageDigest", value))
            for name, value in (("SHA-256", file.sha256), ("SHA-512", file.sha512))
        )
        return entity(
            "file",
            identifier("objectIdentifier", _FILE, f"data/{file.path}"),
            wrap(
                "objectCharacteristics",
                leaf("compositionLevel", "0"),
                *fixity,
                leaf("size", str(file.size)),
                _format(self._lineage.formats.get(file.path)),
            ),
            leaf("originalName", PurePosixPath(file.path).name),
            *self._relations(file.path),
            *(identifier("linkingEventIdentifier", _LOCAL, name) for name in self._events(file.path)),
        )

    def _relations(self, path: str) -> Iterator[str]:
        """Yield what a file belongs to, and what it was made from."""
        if path in self._parts:
            yield relationship("structural", "represents", ("document", self._parts[path].id))
        yield relationship("structural", "is included in", ("package", self._package.name))
        source = self._source(path)
        if source is not None:
            yield relationship("derivation", "has source", source)

    def _source(self, path: str) -> tuple[str, str] | None:
        """What a file was made from: another one, or all of the edition; None if it is a beginning, or not known."""
        lineage = self._lineage
        top, _, rest = path.partition("/")
        if path in self._parts:
            name = f"{lineage.sources}/{PurePosixPath(path).stem}"
            sources = (self._as_file(name + ending) for ending in TRANSCRIPTIONS if lineage.sources)
            return next((source for source in sources if source), None)
        if top == layout.EDITION:
            return self._source_of_edition(path, rest)
        if self._is_compiled(path):
            return self._as_file(lineage.odd)
        if path.startswith(f"{layout.METADATA}/documents/"):
            return self._as_file(self._paths.get(path.split("/")[2], ""))
        return (_EDITION, self._package.edition) if top == layout.METADATA else None

    def _source_of_edition(self, path: str, rest: str) -> tuple[str, str] | None:
        document = self._lineage.origins.get(path, "")
        if document:
            return self._as_file(self._paths.get(document, ""))
        if rest.startswith("register/") and self._package.register:
            return self._as_file(self._package.register)
        return None if rest.startswith("assets/") else (_EDITION, self._package.edition)

    def _as_file(self, path: str) -> tuple[str, str] | None:
        return (_FILE, f"data/{path}") if path in self._stored else None

    def _events(self, path: str) -> Iterator[str]:
        yield DIGESTS
        if path in self._lineage.formats:
            yield FORMATS
        if path in self._parts or path == self._package.register:
            yield VALIDATION
        top, _, rest = path.partition("/")
        made = transformation_of(rest) if top == layout.EDITION and not self._is_copy(path) else ""
        if self._is_compiled(path) and self._lineage.odd:
            made = SCHEMAS
        if made:
            self._used.add(made)
            yield made

    def _is_compiled(self, path: str) -> bool:
        """Whether a file is one of those that are made from the ODD; the schema of XML's own attributes is not."""
        is_given = path.startswith(f"{layout.FETCHED}/") or path == f"{layout.SCHEMA}/xml.xsd"
        return path.startswith(f"{layout.SCHEMA}/") and not is_given

    def _is_copy(self, path: str) -> bool:
        """Whether a file has the very bytes of what it was made from: the TEI is part of the edition, too."""
        kind, source = self._source(path) or ("", "")
        return kind == _FILE and self._stored[source.removeprefix("data/")].sha256 == self._stored[path].sha256

    def _validated_by(self) -> tuple[str, ...]:
        stored = (self._stored.get(path) for path in self._lineage.schemas)
        return tuple(f"by data/{one.path} (SHA-256 {one.sha256})" for one in stored if one is not None)


def _property(name: str, value: str) -> str:
    return wrap(
        "significantProperties", leaf("significantPropertiesType", name), leaf("significantPropertiesValue", value)
    )


def _format(format: Format | None) -> str:
    if format is None:
        return wrap("format", wrap("formatDesignation", leaf("formatName", "unknown")))
    registry = wrap("formatRegistry", leaf("formatRegistryName", "PRONOM"), leaf("formatRegistryKey", format.puid))
    return wrap(
        "format",
        wrap(
            "formatDesignation",
            leaf("formatName", format.name),
            leaf("formatVersion", format.version) if format.version else "",
        ),
        registry if format.puid else "",
        leaf("formatNote", f"MIME type: {format.mime}"),
        leaf("formatNote", format.note) if format.note else "",
    )
