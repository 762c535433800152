"""A RELAX NG schema as other programs use it: load it once, judge many documents, have what is wrong explained."""

from __future__ import annotations

import gc
import json
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from teipipe.errors import SchemaError
from teipipe.relaxng.automaton import Automaton, Stored
from teipipe.relaxng.datatypes import LimitError
from teipipe.relaxng.depth import deep
from teipipe.relaxng.glance import Glance
from teipipe.relaxng.model import StoredModel, as_plain
from teipipe.relaxng.store import Store
from teipipe.relaxng.stream import Outcome, judge
from teipipe.rules import finding
from teipipe.scan import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Callable

    from teipipe.diagnostics import Diagnostic
    from teipipe.documents import Document
    from teipipe.places import Places
    from teipipe.relaxng.explaining import Habits, Knowledge

#: New steps that are worth keeping, in proportion to those that were known.
_WORTH_KEEPING: Final = 0.05
#: More bytes than this take as long to read as to work out again.
_TOO_LARGE: Final = 100_000_000

#: Bytes of a document from which on enough of its tags come again.
_WORTH_A_GLANCE: Final = 64_000

_Result = TypeVar("_Result")


class Schema:
    """One schema, ready for use.

    `path` is its file as findings show it, `checksum` the SHA-256 of all its files together. `watch` are names of
    attributes (as expat writes them) whose start tags `judge` lists besides; `habits` are what `explain` knows of
    other vocabularies.
    """

    def __init__(
        self,
        path: Path,
        automaton: Automaton,
        checksum: str,
        *,
        known: int = 0,
        store: Store | None = None,
        recover: Callable[[], Schema] | None = None,
    ) -> None:
        self.path = path
        self.checksum = checksum
        self.automaton = automaton
        self.habits: Habits | None = None
        self._glance: Glance | None = None
        self._known = known
        self._store = store
        #: Makes the schema from its files, where it was made of what the store had: that may make no sense.
        self._recover = recover

    @classmethod
    def load(
        cls,
        path: Path,
        root: Path | None = None,
        *,
        identities: bool = False,
        watch: frozenset[str] = frozenset(),
        store: Store | None = None,
    ) -> Schema:
        """The schema in the file `path`, in either syntax; it may include files in `root` (by default its folder).

        With `identities`, it has to be plain which attributes are IDs (RELAX NG DTD Compatibility, section 5), as
        other validators want it; without, an attribute counts as what one of its patterns says. With a `store`, what
        was worked out before for the same files is taken from there. Raises SchemaError.
        """
        again = partial(cls._compiled, path, root, identities=identities, watch=watch, store=store)
        kept = None if store is None or identities else store.find(path, root)
        if kept is not None:
            with suppress(Exception):  # whatever is in the store, there is the schema itself
                return cls._revived(path, kept.body, kept.checksum, watch, store, again)
        return again()

    @classmethod
    def _compiled(
        cls, path: Path, root: Path | None, *, identities: bool, watch: frozenset[str], store: Store | None
    ) -> Schema:
        # Here and not above: a schema that was kept needs none of it.
        from teipipe.relaxng.building import build
        from teipipe.relaxng.loading import load_grammar
        from teipipe.relaxng.store import checksum

        grammar = load_grammar(path, root)
        if identities:
            from teipipe.relaxng.identity import check_identity

            check_identity(grammar)
        try:
            with deep:
                automaton = Automaton(build(grammar), watch)
        except RecursionError:
            raise SchemaError("the schema is nested too deeply", grammar.sources[0].places.at(0)) from None
        if store is not None:
            store = store.of(path, root, [source.file for source in grammar.sources])
        return cls(path, automaton, checksum([source.file for source in grammar.sources]), store=store)

    @classmethod
    def revive(cls, path: Path, state: bytes, *, watch: frozenset[str] = frozenset()) -> Schema:
        """The schema whose `state` this is, in another process of the same program."""
        checksum, _, body = state.partition(b"\n")
        return cls._revived(path, body, checksum.decode("ascii"), watch, None, None)

    @classmethod
    @deep
    def _revived(
        cls,
        path: Path,
        body: bytes,
        checksum: str,
        watch: frozenset[str],
        store: Store | None,
        recover: Callable[[], Schema] | None,
    ) -> Schema:
        data = json.loads(body)
        stored = Stored(**data["automaton"])
        known = data["known"]
        automaton = Automaton(StoredModel(data["model"]), watch, stored)
        return cls(path, automaton, checksum, known=int(known), store=store, recover=recover)

    def state(self) -> bytes:
        """All that `revive` needs, what was worked out so far included."""
        return self.checksum.encode("ascii") + b"\n" + self._in_bounds(self._body)

    def _body(self) -> bytes:
        data = {
            "known": self._known + self.automaton.news,
            # The automaton first: writing it down may bring up patterns that the model then has to have.
            "automaton": self.automaton.as_plain(),
            "model": as_plain(self.automaton.model),
        }
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")

    @property
    def is_worth_keeping(self) -> bool:
        """Whether so much was worked out since it was loaded that the next run would notice."""
        automaton = self.automaton
        return automaton.news > self._known * _WORTH_KEEPING and automaton.room.taken < _TOO_LARGE

    def keep(self) -> None:
        """Store what was worked out, if the schema was loaded with a store and it is worth it; never fails."""
        if self._store is not None and self.is_worth_keeping:
            self._store.keep(self._in_bounds(self._body))

    def keep_state(self, state: bytes) -> None:
        """Store the state of a copy in another process that worked out more; never fails."""
        if self._store is not None:
            self._store.keep(state.partition(b"\n")[2])

    def judge(self, data: bytes, *, identities: bool = True) -> Outcome:
        """Whether `data`, a document in UTF-8, fits; see `stream.judge`. May raise LimitError."""
        return self._in_bounds(lambda: judge(self.automaton, data, depth=MAX_DEPTH, identities=identities))

    @deep
    def glance(self, data: bytes) -> Outcome | None:
        """What `judge` would say of a document that fits, IDs aside, in half the time; None where it isn't certain.

        Watched tags come once each, without their places.
        """
        if len(data) < _WORTH_A_GLANCE:
            return None
        if self._glance is None or self._glance.automaton is not self.automaton:
            self._glance = Glance(self.automaton)
        try:
            return self._glance.look(data, MAX_DEPTH)
        except (LimitError, RecursionError):
            return None
        except Exception:
            if self._recover is None:
                raise
            return None  # `judge` will find it as well

    def is_valid(self, data: bytes, *, identities: bool = True) -> bool:
        """Whether a document in UTF-8 is well-formed and fits; with `identities`, also its IDs and IDREFs.

        These are the attributes that are such by any of their patterns at that place; a schema that isn't plain about
        it is not refused. May raise LimitError where it can't be found out within bounds.
        """
        return self.judge(data, identities=identities).fits

    def check(self, document: Document, *, all_expected: bool = False, identities: bool = True) -> list[Diagnostic]:
        """What is wrong with a document, first that it is not well-formed; [] if it is valid."""
        if self.is_valid(document.data, identities=identities):
            return []
        if not document.is_well_formed:
            return list(document.problems)
        return self.why_not(document.places, all_expected=all_expected, identities=identities)

    def why_not(self, places: Places, *, all_expected: bool = False, identities: bool = True) -> list[Diagnostic]:
        """Why a well-formed document does not fit of which that is known: at least one finding, otherwise as `explain`.

        The one who judges and the one who explains go by the same automaton, but a verdict is never lost.
        """
        found = self.explain(places, all_expected=all_expected, identities=identities)
        return found or [finding("invalid", "the document doesn't fit the schema", places.at(0))]

    def explain(self, places: Places, *, all_expected: bool = False, identities: bool = True) -> list[Diagnostic]:
        """Why a well-formed document doesn't fit, in document order; `all_expected` as `explaining.explain` says.

        May raise LimitError.
        """
        from teipipe.relaxng.explaining import explain

        return self._in_bounds(
            lambda: explain(self._knowledge, places, all_expected=all_expected, identities=identities)
        )

    @deep
    def _in_bounds(self, work: Callable[[], _Result]) -> _Result:
        """What `work` gives; where the automaton gets too large over it, by one that knows nothing of other documents.

        So it doesn't depend on these whether a document is too much.
        """
        was_new = self.automaton.is_new
        try:
            return work()
        except RecursionError:
            raise LimitError("the schema is nested too deeply for this document") from None
        except LimitError:
            if not self.automaton.room.is_full:
                raise
            self._go_by(self.automaton.renewed())
            if was_new:
                raise
        except Exception:
            if self._recover is None:
                raise
            self._go_by(self._recover().automaton)
            self._recover = None
        gc.collect()  # what is left of the old one is large, and full of circles
        try:
            return work()
        except RecursionError:
            raise LimitError("the schema is nested too deeply for this document") from None

    def _go_by(self, automaton: Automaton) -> None:
        self.automaton = automaton
        self._glance = None
        self.__dict__.pop("_knowledge", None)

    @cached_property
    def _knowledge(self) -> Knowledge:
        from teipipe.relaxng.explaining import Habits, Knowledge

        return Knowledge(self.automaton, self.habits or Habits())
