"""XSD, 1.0 and 1.1, in the same words as RELAX NG."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from teipipe.attributes import WATCHED
from teipipe.scan import Reading, read
from teipipe.validate.habits import HABITS
from teipipe.xsd.schema import Schema

if TYPE_CHECKING:
    from teipipe.diagnostics import Diagnostic
    from teipipe.documents import Document


class Xsd:
    """A schema in XSD."""

    def __init__(self, schema: Schema) -> None:
        schema.habits = HABITS
        self._schema = schema

    @classmethod
    def open(cls, document: Document, root: Path) -> Xsd:
        """The schema that `document` is, which may take in files below `root`; raises SchemaError."""
        return cls(Schema.load(document, root, watch=WATCHED))

    @classmethod
    def revive(cls, path: Path, state: bytes) -> Xsd:
        """The schema whose state this is."""
        return cls(Schema.revive(path, state, watch=WATCHED))

    @property
    def path(self) -> Path:
        """Its file, as findings show it."""
        return self._schema.path

    @property
    def language(self) -> str:
        """The language that it is written in: XSD 1.0 or XSD 1.1."""
        return self._schema.language

    @property
    def version(self) -> str:
        """What it says of its own version, "" if nothing."""
        return self._schema.version

    @property
    def checksum(self) -> str:
        """The SHA-256 of all files that it is made of."""
        return self._schema.checksum

    def state(self) -> bytes:
        """All that `revive` needs."""
        return self._schema.state()

    def read(self, document: Document) -> Reading:
        """The same as the plain pass finds, and that the document is valid where that is plain."""
        outcome = self._schema.fits(document)
        if outcome is None:
            return read(document.places, WATCHED)
        return Reading(None, outcome.root, outcome.tags, True)

    def check(self, document: Document, *, all_expected: bool = False) -> Iterator[Diagnostic]:
        """Yield what doesn't fit; nothing if the document isn't well-formed."""
        if not document.is_read:
            document.reading = self.read(document)
        if document.is_well_formed and not document.reading.is_valid:
            yield from self._schema.check(document, all_expected=all_expected)
