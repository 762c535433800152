"""What a checking worker can be asked to do, and how the schema gets to it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from teipipe.diagnostics import Diagnostic
from teipipe.errors import UnreadableError
from teipipe.folders import absolute_name
from teipipe.gates import suppressions
from teipipe.resources import bundled
from teipipe.validate.engine import Learning, Portable, Reporting
from teipipe.validate.run import Judgement, is_everything, judge

if TYPE_CHECKING:
    from pathlib import Path

    from teipipe.documents import Document
    from teipipe.gates.suppressions import Suppression
    from teipipe.project import Project
    from teipipe.validate import Context, Schema
    from teipipe.validate.context import Options
    from teipipe.validate.sources import Chooser, Key
    from teipipe.verdict import UsedSchema


@dataclass(frozen=True, slots=True)
class Checked:
    """What is known of one document: its Judgement, and which findings it excuses itself.

    `svrl` are the reports of Schematron, if they were asked for, each with the file of its schema.
    """

    judgement: Judgement
    instructions: tuple[Suppression, ...] = ()
    svrl: tuple[tuple[Path, str], ...] = ()


def check_one(path: Path, context: Context) -> Checked:
    """Check the document in a file, and look for what it excuses."""
    judgement = judge(path, context)
    try:
        document = context.corpus.document(path)
    except UnreadableError:
        return Checked(judgement)
    reports = tuple(_reports(document, context)) if context.options.svrl and document.is_well_formed else ()
    return Checked(judgement, suppressions.find(document), reports)


def _reports(document: Document, context: Context) -> Iterator[tuple[Path, str]]:
    for schema in context.schemas.judges(document).schemas:
        if isinstance(schema, Reporting):
            yield schema.path, schema.svrl(document)


def prepare(context: Context, chosen: Collection[Path], project: Project) -> None:
    """Have the corpus know which documents are checked, and leave out for now what one has to do with another."""
    for path in chosen:
        context.corpus.name(path)
    everything = is_everything(chosen, project.everything)
    context.corpus.defer(None if everything else {absolute_name(path) for path in chosen})


@dataclass(frozen=True, slots=True)
class SentSchema:
    """A schema on its way: its file, and what its engine makes it again of."""

    path: Path
    engine: type[Portable]
    state: bytes

    def open(self) -> Schema:
        """The schema, ready to be used; raises SchemaError."""
        return self.engine.revive(self.path, self.state)


@dataclass(frozen=True, slots=True)
class Learned:
    """What a worker knows of schemas at the end: which were used, and by their keys what they have learned.

    `warnings` are what is doubtful in the schemas themselves.
    """

    used: tuple[UsedSchema, ...]
    warnings: tuple[Diagnostic, ...]
    grown: dict[Key, bytes]


@dataclass(frozen=True, slots=True)
class CheckSetup:
    """What a worker has to know besides the documents themselves.

    `chosen` are those that are checked; `chooser` says by what, and `sent` are schemas that are open already.
    """

    project: Project
    chosen: tuple[Path, ...]
    chooser: Chooser
    sent: dict[Key, SentSchema]
    options: Options

    def readable(self) -> Iterator[Path]:
        """The folders and files that checking may have to read."""
        project = self.project
        yield project.root
        for folder in (project.sources, project.stylesheets):
            if folder is not None:
                yield folder
        yield from self.chooser.folders()
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
        from teipipe.validate.schemas import Schemas

        schemas = Schemas(self.chooser, {key: schema.open for key, schema in self.sent.items()})
        context = Context.of(self.project, self.options, schemas)
        prepare(context, self.chosen, self.project)
        return context


@dataclass(frozen=True, slots=True)
class CheckJob:
    """Check some documents, one after the other; `again`: with what is in other documents, which is left out first."""

    documents: tuple[Path, ...]
    again: bool = False

    def run(self, context: Context) -> list[Checked]:
        """What is known of each."""
        if self.again:
            context.corpus.defer(())
        return [check_one(path, context) for path in self.documents]


@dataclass(frozen=True, slots=True)
class MentionsJob:
    """Look at the register from all documents together, which mention what was `found`; at all entries, or `about`."""

    found: frozenset[str] | None
    about: frozenset[str] | None = None

    def run(self, context: Context) -> list[Diagnostic]:
        """The findings."""
        from teipipe.validate.register import check_mentions

        return list(check_mentions(context, [self.found], self.about))


@dataclass(frozen=True, slots=True)
class TakenJob:
    """Look at the ids of a document that others have; `taken` says of each id which file."""

    document: Path
    taken: dict[str, Path]

    def run(self, context: Context) -> list[Diagnostic]:
        """The findings."""
        from teipipe.validate import unique

        return list(unique.check(self.document, self.taken, context))


@dataclass(frozen=True, slots=True)
class LearnedJob:
    """Say what is known of the schemas."""

    def run(self, context: Context) -> Learned:
        """That."""
        learning = {source.key: schema for source, schema in context.schemas.opened() if isinstance(schema, Learning)}
        grown = {key: state for key, schema in learning.items() if (state := schema.grown()) is not None}
        return Learned(tuple(context.schemas.used()), tuple(context.schemas.warnings()), grown)


#: What needs all documents to be checked, and gives findings about one.
CorpusJob = MentionsJob | TakenJob

CheckingJob = CheckJob | CorpusJob | LearnedJob
