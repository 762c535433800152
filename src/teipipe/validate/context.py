"""What a check may know besides the document that it looks at."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from teipipe.validate.corpus import Corpus
from teipipe.validate.schemas import Schemas
from teipipe.validate.sources import Chooser

if TYPE_CHECKING:
    from teipipe.project import Project
    from teipipe.views import Views


@dataclass(frozen=True, slots=True)
class Options:
    """What is wanted of the checks: `only` the kinds named (none: all of them; see `run.KINDS`).

    `all_expected` has findings of the schema name all that may stand at a place, however much it is; with `svrl`
    Schematron's own reports are made too.
    """

    only: frozenset[str] = frozenset()
    all_expected: bool = False
    svrl: bool = False

    def wants(self, kind: str) -> bool:
        """Whether a kind of check is to be made."""
        return not self.only or kind in self.only


@dataclass(frozen=True, slots=True)
class Context:
    """The project as the checks see it.

    `documents` are all of the project's, without the `register`; `sources` is the folder of the transcriptions that
    the documents were made from; `schemas` knows what each document is judged by; `stylesheets` is the folder of the
    project's own, None for those that come with teipipe; `options` say what is wanted; `unique_ids` that no two
    documents may have an id in common; `corpus` knows what each document offers to pointers.
    """

    root: Path
    documents: tuple[Path, ...] = ()
    register: Path | None = None
    sources: Path | None = None
    schemas: Schemas = field(default_factory=Schemas)
    stylesheets: Path | None = None
    options: Options = Options()
    unique_ids: bool = False
    corpus: Corpus = field(kw_only=True)

    def __post_init__(self) -> None:
        for path in (*self.documents, *([self.register] if self.register else [])):
            self.corpus.name(path)

    @classmethod
    def of(cls, project: Project, options: Options | None = None, schemas: Schemas | None = None) -> Context:
        """The context of a project; its documents are judged by `schemas`, by default as they and it say.

        Raises SchemaError if the configuration names a schema that can't be used.
        """
        if schemas is None:
            schemas = Schemas(Chooser(project))
            schemas.open_named()
        return cls(
            project.root,
            project.documents,
            project.register,
            project.sources,
            schemas,
            project.stylesheets,
            options or Options(),
            project.unique_ids == "corpus",
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
