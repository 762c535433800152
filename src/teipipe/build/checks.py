"""What a checking worker can be asked to do, and how the schema gets to it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from teipipe.diagnostics import Diagnostic
from teipipe.resources import bundled
from teipipe.validate.engine import Learning, Portable
from teipipe.validate.run import Judgement, judge

if TYPE_CHECKING:
    from pathlib import Path

    from teipipe.project import Project
    from teipipe.validate import Context, Schema
    from teipipe.validate.context import Options


@dataclass(frozen=True, slots=True)
class SentSchema:
    """A schema on its way: its file and, if its engine can be sent, that and its state."""

    path: Path
    engine: type[Portable] | None = None
    state: bytes = b""

    @classmethod
    def of(cls, schema: Schema) -> SentSchema:
        """The schema, ready to be sent."""
        if not isinstance(schema, Portable):
            return cls(schema.path)
        return cls(schema.path, type(schema), schema.state())

    def open(self) -> Schema:
        """The schema, ready to be used; raises SchemaError."""
        if self.engine is not None:
            return self.engine.revive(self.path, self.state)
        from teipipe.validate.opening import open_schema

        return open_schema(self.path)


@dataclass(frozen=True, slots=True)
class CheckSetup:
    """What a worker has to know besides the documents themselves; `chosen` are those that are checked."""

    project: Project
    chosen: tuple[Path, ...]
    schema: SentSchema | None
    options: Options

    def readable(self) -> Iterator[Path]:
        """The folders and files that checking may have to read."""
        project = self.project
        yield project.root
        for folder in (project.sources, project.stylesheets):
            if folder is not None:
                yield folder
        if self.schema is not None:
            yield from (self.schema.path.parent, self.schema.path)
        for name in ("xslt", "schema"):
            yield bundled(name)
        yield from self._outlying()

    def _outlying(self) -> Iterator[Path]:
        """The documents that are not simply in the project's folder; of all others there can be very many."""
        home = os.path.realpath(self.project.root).rstrip(os.sep) + os.sep
        is_plain: dict[Path, bool] = {}
        for path in (*self.chosen, *([self.project.register] if self.project.register else [])):
            folder = path.parent
            if folder not in is_plain:
                real = os.path.realpath(folder) + os.sep
                is_plain[folder] = real.startswith(home) and not real.startswith(f"{home}.")
            if not is_plain[folder] or path.name.startswith(".") or path.is_symlink():
                yield path

    def context(self) -> Context:
        """The context of every check; raises SchemaError."""
        from teipipe.validate.context import Context

        schema = None if self.schema is None else self.schema.open()
        context = Context.with_schema(self.project, schema, self.options)
        for path in self.chosen:
            context.corpus.name(path)
        return context


@dataclass(frozen=True, slots=True)
class CheckJob:
    """Check some documents, one after the other."""

    documents: tuple[Path, ...]

    def run(self, context: Context) -> list[Judgement]:
        """A Judgement of each."""
        return [judge(path, context) for path in self.documents]


@dataclass(frozen=True, slots=True)
class MentionsJob:
    """Look at the register from all documents together, whose mentions were found."""

    found: tuple[frozenset[str] | None, ...]

    def run(self, context: Context) -> list[Diagnostic]:
        """The findings."""
        from teipipe.validate.register import check_mentions

        return list(check_mentions(context, self.found))


@dataclass(frozen=True, slots=True)
class GrownJob:
    """Say what the schema has learned."""

    def run(self, context: Context) -> list[bytes]:
        """That, or nothing."""
        grown = context.schema.grown() if isinstance(context.schema, Learning) else None
        return [] if grown is None else [grown]


CheckingJob = CheckJob | MentionsJob | GrownJob
