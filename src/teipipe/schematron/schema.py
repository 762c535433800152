"""A Schematron schema, compiled: checks documents, and writes reports about them in SVRL."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

from teipipe.diagnostics import Diagnostic
from teipipe.documents import Document, NotParsedError
from teipipe.saxon import Sandbox
from teipipe.schematron.compiling import Compiled, compile_schema
from teipipe.schematron.findings import findings
from teipipe.schematron.running import Runner
from teipipe.schematron.sources import Sources
from teipipe.schematron.svrl import report


class Schema:
    """A schema for one phase; `load` reads one, `revive` takes one from another process."""

    def __init__(self, path: Path, root: Path, checksum: str, compiled: Compiled, sandbox: Sandbox | None) -> None:
        self.path = path
        self.checksum = checksum
        self.warnings = compiled.warnings
        self._root = root
        self._compiled = compiled
        self._runner = Runner(compiled, root, sandbox)

    @classmethod
    def load(cls, path: Path, root: Path, *, phase: str = "") -> Schema:
        """The schema in the file `path`, which may include files in the folder `root` and below.

        `path` is Schematron, or RELAX NG (XML syntax) or an XML Schema that carries some. `phase` is the name of one,
        or "#ALL"; by default it is what the schema says. Raises SchemaError at the place that is wrong.
        """
        sources = Sources(path, root)
        sandbox = Sandbox()
        return cls(path, root, sources.checksum, compile_schema(sources, phase, sandbox), sandbox)

    @property
    def language(self) -> str:
        """What it is written in."""
        return "Schematron"

    @property
    def version(self) -> str:
        """What it says of itself by its attribute schemaVersion, "" if nothing."""
        return self._compiled.description.version

    @property
    def phases(self) -> tuple[str, ...]:
        """The names of its phases."""
        return tuple(self._compiled.description.phases)

    def check(self, document: Document, *, all_expected: bool = False) -> Iterator[Diagnostic]:
        """Yield what its assertions say of a well-formed document, in document order; nothing of one that isn't.

        `all_expected` makes no difference: a schema says itself what it expects.
        """
        if document.problems:
            return
        run = self._runner.check(document)
        yield from findings(self._compiled.description, run)

    def svrl(self, document: Document) -> str:
        """The report about a document in the Schematron Validation Report Language (ISO/IEC 19757-3, annex D).

        Raises NotParsedError if the document isn't well-formed.
        """
        if document.problems:
            raise NotParsedError("not well-formed", path=document.path)
        return report(self._compiled.description, self._runner.report(document))

    def state(self) -> bytes:
        """All that `revive` needs: the stylesheets, so that only they have to be compiled again."""
        return pickle.dumps((self._root, self.checksum, self._compiled))

    @classmethod
    def revive(cls, path: Path, state: bytes) -> Schema:
        """The schema whose state this is, from a process of the same program."""
        root, checksum, compiled = pickle.loads(state)
        return cls(path, root, checksum, compiled, None)
