"""Runs all checks over documents, one after the other, and the ones that need the whole corpus at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

from teipipe.diagnostics import Diagnostic, Location, Severity, in_order
from teipipe.documents import Document, NotParsedError
from teipipe.errors import UnreadableError
from teipipe.folders import absolute
from teipipe.project import Project
from teipipe.rules import finding
from teipipe.validate import characters, circular, dates, fidelity, ids, pointers, register, schema, tei
from teipipe.validate.context import Context
from teipipe.validate.engine import Streaming

Check = Callable[[Document, Context], Iterator[Diagnostic]]

#: Every check of a single well-formed document. The schema comes last: others know better what is wrong with a value.
CHECKS: Final[tuple[Check, ...]] = (
    characters.check,
    tei.check,
    ids.check,
    pointers.check,
    circular.check,
    dates.check,
    register.check,
    fidelity.check,
    schema.check,
)

#: Findings of the schema about an attribute, which a check that understands the attribute replaces by its own.
_ABOUT_ATTRIBUTES: Final = frozenset({"wrong-value", "unexpected-attribute"})


def validate(project: Project | Context, documents: Iterable[Path | Document] | None = None) -> list[Diagnostic]:
    """All findings about the documents given (read or to be read), by default all of the project and its register.

    Sorted by place. Whether each entry of the register is mentioned is checked only with all documents of the project.
    Raises SchemaError if the project's schema can't be used.
    """
    context = project if isinstance(project, Context) else Context.of(project)
    everything = [*context.documents, *([context.register] if context.register and context.register.exists() else [])]
    chosen = everything if documents is None else list(documents)
    found: list[Diagnostic] = list(project.problems) if isinstance(project, Project) and documents is None else []
    if context.schema is None:
        found.append(_no_schema(context))
    found += register.check_presence(context)
    for document in chosen:
        found += check_document(document, context)
    covered = {absolute(item.file if isinstance(item, Document) else item) for item in chosen}
    if covered.issuperset(map(absolute, everything)):
        found += register.check_mentions(context)
    return in_order(found)


def check_document(document: Path | Document, context: Context) -> list[Diagnostic]:
    """All findings about one document."""
    if isinstance(document, Path):
        try:
            context.corpus.name(document)
            document = context.corpus.document(document)
        except UnreadableError as error:
            return [finding("unreadable-file", error.message, Location(error.path or Path()), error.help)]
    else:
        context.corpus.add(document)
    schema = context.schema
    if isinstance(schema, Streaming) and not _is_judged(document):
        document.reading = schema.read(document)
    try:
        if document.is_well_formed:
            return _superseded(document, [list(check(document, context)) for check in CHECKS])
    except NotParsedError:
        pass  # libxml2 refused what expat let pass; it is among the problems now
    return list(document.problems)


def _is_judged(document: Document) -> bool:
    return document.is_read and (not document.is_well_formed or document.reading.is_valid is not None)


def _superseded(document: Document, found: Sequence[Sequence[Diagnostic]]) -> list[Diagnostic]:
    """All findings, without those of the schema (the last ones) on attributes that another check has an error on."""
    special = list(chain.from_iterable(found[:-1]))
    if not found[-1]:
        return special
    taken = {_attribute(document, other.location) for other in special if other.severity >= Severity.ERROR}
    kept = [
        one for one in found[-1] if one.rule not in _ABOUT_ATTRIBUTES or _attribute(document, one.location) not in taken
    ]
    return [*special, *kept]


def _attribute(document: Document, location: Location) -> tuple[int, str]:
    """The start tag and the attribute in which a place lies."""
    if location.path != document.path or location.line is None or location.column is None:
        return -1, ""
    start, name = document.places.owner(document.places.offset(location.line, location.column))
    return start, "dating" if name in dates.EXCLUSIVE else name


def _no_schema(context: Context) -> Diagnostic:
    return finding(
        "no-schema",
        "no schema is configured: only what needs none was checked (well-formedness, ids, pointers, dates)",
        Location(context.root),
        'name one in the configuration: schema = "schema/project.rng"',
    )
