"""RELAX NG by the engine of our own, in the same pass that reads the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.attributes import WATCHED
from teipipe.caching import default_folder
from teipipe.relaxng import LimitError
from teipipe.relaxng import Schema as Grammar
from teipipe.relaxng.store import Store
from teipipe.rules import finding
from teipipe.scan import Reading, read

if TYPE_CHECKING:
    from teipipe.diagnostics import Diagnostic
    from teipipe.documents import Document

#: Where the schemas of the TEI say what they are, as all that are made from an ODD.
_HEAD: Final = 4096


class RelaxNG:
    """A schema in either syntax of RELAX NG."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        #: The last document that was too much, and why.
        self._refused: tuple[Document, LimitError] | None = None

    @classmethod
    def open(cls, path: Path, root: Path) -> RelaxNG:
        """The schema in the file `path`, which may include files below `root`; raises SchemaError."""
        folder = default_folder()
        store = None if folder is None else Store(folder)
        return cls(Grammar.load(path, root, watch=WATCHED, store=store))

    @classmethod
    def revive(cls, path: Path, state: bytes) -> RelaxNG:
        """The schema whose state this is."""
        return cls(Grammar.revive(path, state, watch=WATCHED))

    @property
    def path(self) -> Path:
        """Its file, as findings show it."""
        return self._grammar.path

    @property
    def language(self) -> str:
        """What it is written in."""
        return "RELAX NG"

    @cached_property
    def version(self) -> str:
        """The version of TEI P5 that it says it was made from, "" if it doesn't."""
        try:
            with self.path.open("rb") as file:
                found = re.search(rb"TEI Edition: (?:P5 )?Version ([\w.-]*\w)", file.read(_HEAD))
        except OSError:
            return ""
        return f"TEI P5 {found[1].decode()}" if found else ""

    @property
    def checksum(self) -> str:
        """The SHA-256 of all its files together."""
        return f"sha256:{self._grammar.checksum}"

    def state(self) -> bytes:
        """All that `revive` needs."""
        return self._grammar.state()

    def grown(self) -> bytes | None:
        """What it has learned since it was opened or revived, None if that is not worth keeping."""
        return self._grammar.state() if self._grammar.is_worth_keeping else None

    def keep(self, others: Sequence[bytes]) -> None:
        """Store what it learned, or a copy of it in another process if that learned more."""
        largest = max(others, key=len, default=b"")
        if largest:
            self._grammar.keep_state(largest)
        else:
            self._grammar.keep()

    def read(self, document: Document) -> Reading:
        """The same as the plain pass finds, and whether the document is valid."""
        try:
            glance = self._grammar.glance(document.data)
            if glance is not None:
                return Reading(None, glance.root, glance.tags, True, is_exact=False)
            outcome = self._grammar.judge(document.data, identities=False)
        except LimitError as error:
            self._refused = (document, error.with_traceback(None))
            return read(document.places, WATCHED)
        if outcome.fits:
            return Reading(None, outcome.root, outcome.tags, True)
        reading = read(document.places, WATCHED)
        if reading.problem is None:
            reading.is_valid = False
        return reading

    def check(self, document: Document, *, all_expected: bool = False) -> Iterator[Diagnostic]:
        """Yield what doesn't fit; nothing if the document isn't well-formed."""
        if not document.is_well_formed or document.reading.is_valid:
            return
        try:
            # IDs are looked after by a check of their own, which knows them without a schema.
            if self._refused is not None and self._refused[0] is document:
                raise self._refused[1]
            is_known = document.reading.is_valid is not None
            if is_known or not self._grammar.is_valid(document.data, identities=False):
                yield from self._explained(document, all_expected=all_expected)
        except LimitError as error:
            message = "the schema is too much for this document; it was not judged"
            yield finding("limit-exceeded", message, document.at(0), str(error))

    def _explained(self, document: Document, *, all_expected: bool) -> list[Diagnostic]:
        from teipipe.validate.habits import HABITS

        self._grammar.habits = HABITS
        try:
            return self._grammar.why_not(document.places, all_expected=all_expected, identities=False)
        except LimitError as error:
            message = "the document doesn't fit the schema; it is too much to find out where"
            return [finding("invalid", message, document.at(0), str(error))]
