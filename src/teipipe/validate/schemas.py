"""The schemas of a run: each opened when the first document needs it, and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from teipipe.associations import associations_in
from teipipe.errors import SchemaError
from teipipe.validate.engine import Doubting, Streaming
from teipipe.validate.opening import open_schema
from teipipe.validate.sources import unusable
from teipipe.verdict import UsedSchema

if TYPE_CHECKING:
    from teipipe.diagnostics import Diagnostic
    from teipipe.documents import Document
    from teipipe.scan import Reading
    from teipipe.validate.engine import Schema
    from teipipe.validate.sources import Choice, Chooser, Key, Source


_NONE: Final[tuple[Diagnostic, ...]] = ()


@dataclass(frozen=True, slots=True)
class Judges:
    """The schemas that a document is judged by, and what was found while looking for them.

    `reader` is the number of the one that judges while the document is read, if one can.
    """

    schemas: tuple[Schema, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    reader: int | None = None

    @classmethod
    def of(cls, schemas: Iterable[Schema]) -> Judges:
        """These schemas."""
        judges = tuple(schemas)
        readers = (number for number, schema in enumerate(judges) if isinstance(schema, Streaming))
        return cls(judges, (), next(readers, None))

    def read(self, document: Document) -> Reading | None:
        """What the reader finds in its pass."""
        return None if self.reader is None else cast("Streaming", self.schemas[self.reader]).read(document)


class Schemas:
    """All that a run's documents are judged by: what the `chooser` chooses, or always those that are `fixed`.

    `ready` are ways to open some of them that are faster than reading their files.
    """

    def __init__(
        self,
        chooser: Chooser | None = None,
        ready: Mapping[Key, Callable[[], Schema]] | None = None,
        *,
        fixed: Iterable[Schema] = (),
    ) -> None:
        self.chooser = chooser
        self._fixed = Judges.of(fixed)
        self._groups: dict[tuple[Key, ...], Judges] = {}
        self._ready = ready or {}
        self._opened: dict[Key, Schema | SchemaError] = {}
        self._sources: dict[Key, Source] = {}
        self._counts: Counter[Key] = Counter()
        self._last: tuple[Document, Judges] | None = None
        #: For each file of a document whether it is judged by any.
        self.is_judged: dict[Path, bool] = {}

    def judges(self, document: Document) -> Judges:
        """Those of a document.

        Raises SchemaError if one can't be used that the user asked for; if the document did, that is among the
        findings.
        """
        if self._last is None or self._last[0] is not document:
            self._last = (document, self._judges(document))
        return self._last[1]

    def _judges(self, document: Document) -> Judges:
        if self.chooser is None:
            judges, findings = self._fixed, _NONE
        else:
            named = () if self.chooser.is_fixed else associations_in(document.data, document.path)
            choice = self.chooser.choose(named, document.file.parent)
            usable, findings = self._usable(choice)
            judges = self._together(usable)
        self.is_judged[document.file] = bool(judges.schemas)
        return replace(judges, findings=findings) if findings else judges

    def _usable(self, choice: Choice) -> tuple[list[Source], tuple[Diagnostic, ...]]:
        """Those sources that can be opened, and what there is to say of the others; raises SchemaError."""
        usable: list[Source] = []
        findings = list(choice.findings)
        for source in choice.sources:
            try:
                self.open(source)
            except SchemaError as error:
                if source.is_required:
                    raise
                findings.append(unusable(error, choice.places[source.key]))
            else:
                usable.append(source)
        return usable, tuple(findings)

    def _together(self, sources: Sequence[Source]) -> Judges:
        """The schemas of sources that are open; each of them has one more document."""
        keys = tuple(source.key for source in sources)
        if keys not in self._groups:
            self._groups[keys] = Judges.of(self.open(source) for source in sources)
        for source in sources:
            self._counts[source.key] += 1
            self._sources[source.key] = source  # with the reason why this document has it
        return self._groups[keys]

    def open_named(self) -> None:
        """Open those that the user named; raises SchemaError."""
        for source in self.chooser.named if self.chooser else ():
            self.open(source)

    def open(self, source: Source) -> Schema:
        """The schema, ready to be used; raises SchemaError, each time that it is asked for one that can't be."""
        opened = self._opened.get(source.key)
        if opened is None:
            opened = self._opened[source.key] = self._newly(source)
            self._sources[source.key] = source
        if isinstance(opened, SchemaError):
            raise opened
        return opened

    def attempt(self, source: Source) -> Schema | None:
        """The schema, None if it can't be used and only documents name it; raises SchemaError if the user did."""
        try:
            return self.open(source)
        except SchemaError:
            if source.is_required:
                raise
            return None

    def _newly(self, source: Source) -> Schema | SchemaError:
        ready = self._ready.get(source.key)
        try:
            return ready() if ready else open_schema(source.path, source.root, source.language, source.phase)
        except SchemaError as error:
            return error.with_traceback(None)

    def opened(self) -> Iterator[tuple[Source, Schema]]:
        """Those that are in use."""
        for key, schema in self._opened.items():
            if not isinstance(schema, SchemaError):
                yield self._sources[key], schema

    def warnings(self) -> Iterator[Diagnostic]:
        """What is doubtful in the schemas themselves, as far as their engines say so."""
        for _, schema in self.opened():
            if isinstance(schema, Doubting):
                yield from schema.warnings

    def used(self) -> Iterator[UsedSchema]:
        """What reports say of those that judged documents."""
        for source, schema in self.opened():
            if number := self._counts[source.key]:
                yield UsedSchema(source.name, schema.language, schema.version, schema.checksum, source.reason, number)
