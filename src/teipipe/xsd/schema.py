"""A schema as other programs use it: judges as xmlschema does, and says what is wrong as RELAX NG's engine."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from teipipe.errors import SchemaError
from teipipe.relaxng import LimitError
from teipipe.relaxng import Schema as Grammar
from teipipe.relaxng.explaining import Habits
from teipipe.rules import finding
from teipipe.xsd.files import Files

if TYPE_CHECKING:
    from teipipe.diagnostics import Diagnostic
    from teipipe.documents import Document
    from teipipe.relaxng.stream import Outcome
    from teipipe.xsd.merging import Errors

#: A documented limit: elements of a document that the grammar doesn't decide about.
MAX_ELEMENTS: Final = 1_000_000
#: Errors of xmlschema that are looked at in one document.
MAX_ERRORS: Final = 2_000


class Schema:
    """An XML Schema, 1.0 or 1.1, ready for use.

    `path` is its file as findings show it, `language` says which version of XSD it is in, `version` is its own,
    `checksum` that of all its files. `watch` are names of attributes whose start tags `fits` lists besides.
    """

    def __init__(
        self, path: Path, facts: dict[str, str], narrow: bytes, body: bytes, *, watch: frozenset[str] = frozenset()
    ) -> None:
        self.path = path
        self.language = facts["language"]
        self.version = facts["version"]
        self.checksum = facts["checksum"]
        self.habits = Habits()
        self._facts = facts
        self._watch = watch
        #: The state of the narrow grammar, and the schema as xmlschema has it, pickled: each is made of that only
        #: when it is needed. Empty in the process that opened the schema.
        self._narrow = narrow
        self._body = body

    @classmethod
    def load(cls, document: Document, root: Path, *, watch: frozenset[str] = frozenset()) -> Schema:
        """The schema that `document` is, which may take in files in the folder `root`; raises SchemaError."""
        from teipipe.xsd.compiling import compiled

        files = Files(document, root)
        made = compiled(files)
        facts = {
            "language": f"XSD {made.XSD_VERSION}",
            "version": (document.root.get("version") or "").strip(),
            "checksum": files.checksum,
        }
        schema = cls(document.path, facts, b"", b"", watch=watch)
        schema.__dict__["compiled"] = made
        schema.__dict__["narrow"] = _grammar(document.path, made, is_narrow=True, watch=watch)
        return schema

    @classmethod
    def revive(cls, path: Path, state: bytes, *, watch: frozenset[str] = frozenset()) -> Schema:
        """The schema whose `state` this is, in another process of the same program; only for what `state` gave."""
        header, _, rest = state.partition(b"\n")
        facts = json.loads(header)
        length = int(facts.pop("narrow"))
        return cls(path, facts, rest[:length], rest[length:], watch=watch)

    def state(self) -> bytes:
        """All that `revive` needs."""
        narrow = self._narrow or (b"" if self.narrow is None else self.narrow.state())
        header = json.dumps({**self._facts, "narrow": len(narrow)}).encode()
        return header + b"\n" + narrow + (self._body or pickle.dumps(self.compiled))

    @cached_property
    def compiled(self) -> Any:
        """The schema, by xmlschema."""
        return pickle.loads(self._body)

    @cached_property
    def narrow(self) -> Grammar | None:
        """A grammar that nothing fits which doesn't fit the schema; None if there is none."""
        return Grammar.revive(self.path, self._narrow, watch=self._watch) if self._narrow else None

    @cached_property
    def wide(self) -> Grammar | None:
        """A grammar that, as far as RELAX NG can say it, all fits that fits the schema; None if there is none."""
        return _grammar(self.path, self.compiled, is_narrow=False)

    def fits(self, document: Document) -> Outcome | None:
        """What a pass by the narrow grammar finds in a document that fits it; None if that says nothing."""
        try:
            outcome = None if self.narrow is None else self.narrow.judge(document.data)
        except LimitError:
            return None
        return outcome if outcome is not None and outcome.fits else None

    def check(self, document: Document, *, all_expected: bool = False) -> Iterator[Diagnostic]:
        """Yield what in a well-formed document doesn't fit, each cause once; `fits` was asked before, or need not be.

        Raises NotParsedError if libxml2 refuses the document.
        """
        import xmlschema

        from teipipe.xsd.merging import Errors, merged

        if document.data.count(b"<") > MAX_ELEMENTS and sum(1 for _ in document.root.iter("*")) > MAX_ELEMENTS:
            yield _too_much(document, f"it has more than {MAX_ELEMENTS:,} elements")
            return
        try:
            errors = Errors(self.compiled, document, most=MAX_ERRORS)
        except (xmlschema.exceptions.XMLResourceExceeded, LimitError) as error:
            yield _too_much(document, str(error))
            return
        except RecursionError:
            yield _too_much(document, "its elements are nested too deeply")
            return
        if errors:
            yield from merged(
                errors, self._explained(document, errors, all_expected=all_expected), all_expected=all_expected
            )

    def _explained(self, document: Document, errors: Errors, *, all_expected: bool) -> list[Diagnostic]:
        if self.wide is None or not errors.grammatical:
            return []
        self.wide.habits = self.habits
        try:
            return self.wide.explain(document.places, all_expected=all_expected, identities=False)
        except LimitError:
            return []


def _too_much(document: Document, why: str) -> Diagnostic:
    words = " ".join(why.split())
    message = "the schema is too much for this document; it was not judged"
    return finding("limit-exceeded", message, document.at(0), words[:1].lower() + words[1:])


def _grammar(path: Path, compiled: Any, *, is_narrow: bool, watch: frozenset[str] = frozenset()) -> Grammar | None:
    from teipipe.relaxng.automaton import Automaton
    from teipipe.relaxng.building import build
    from teipipe.relaxng.depth import deep
    from teipipe.relaxng.loading import load_grammar_from
    from teipipe.xsd.translation import translated

    def read_nothing(file: Path) -> bytes:
        raise AssertionError(file)

    try:
        with deep:
            grammar = load_grammar_from(translated(compiled, is_narrow=is_narrow), path, read_nothing)
            return Grammar(path, Automaton(build(grammar), watch), "")
    except (SchemaError, LimitError, RecursionError):
        return None  # something that RELAX NG can't say
