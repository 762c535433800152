"""What a check may know besides the document that it looks at."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from teipipe.validate.corpus import Corpus

if TYPE_CHECKING:
    from teipipe.project import Project
    from teipipe.validate.engine import Schema
    from teipipe.views import Views


@dataclass(frozen=True, slots=True)
class Options:
    """What is wanted of the checks: `only` the kinds named (none: all of them; see `run.KINDS`).

    `all_expected` has findings of the schema name all that may stand at a place, however much it is.
    """

    only: frozenset[str] = frozenset()
    all_expected: bool = False

    def wants(self, kind: str) -> bool:
        """Whether a kind of check is to be made."""
        return not self.only or kind in self.only


@dataclass(frozen=True, slots=True)
class Context:
    """The project as the checks see it.

    `documents` are all of the project's, without the `register`; `sources` is the folder of the transcriptions that
    the documents were made from; `schema` is ready to be run; `stylesheets` is the folder of the project's own, None
    for those that come with teipipe; `options` say what is wanted; `corpus` knows what each document offers to
    pointers.
    """

    root: Path
    documents: tuple[Path, ...] = ()
    register: Path | None = None
    sources: Path | None = None
    schema: Schema | None = None
    stylesheets: Path | None = None
    options: Options = Options()
    corpus: Corpus = field(kw_only=True)

    def __post_init__(self) -> None:
        for path in (*self.documents, *([self.register] if self.register else [])):
            self.corpus.name(path)

    @classmethod
    def of(cls, project: Project, options: Options | None = None) -> Context:
        """The context of a project, its schema compiled.

        Raises SchemaError if the configuration names a schema that can't be used.
        """
        from teipipe.validate.opening import open_schema

        schema = None if project.schema is None else open_schema(project.schema)
        return cls.with_schema(project, schema, options)

    @classmethod
    def with_schema(cls, project: Project, schema: Schema | None, options: Options | None = None) -> Context:
        """The context of a project whose schema is open already."""
        return cls(
            project.root,
            project.documents,
            project.register,
            project.sources,
            schema,
            project.stylesheets,
            options or Options(),
            corpus=Corpus(project.root, project.register),
        )

    @property
    def everything(self) -> tuple[Path, ...]:
        """The documents, and the register if it is there."""
        register = self.register
        return self.documents if register is None or not register.exists() else (*self.documents, register)

    @property
    def views(self) -> Views:
        """The table that says what belongs to the source; raises TeipipeError if it can't be read."""
        from teipipe.views import load_views

        return load_views(None if self.stylesheets is None else self.stylesheets / "views.xml")
