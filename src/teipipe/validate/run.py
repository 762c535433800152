"""Runs all checks over documents, one after the other, and the ones that need the whole corpus at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from teipipe.diagnostics import Diagnostic, Location, Severity, in_order
from teipipe.documents import Document, InexactError, NotParsedError
from teipipe.errors import UnreadableError
from teipipe.folders import absolute_name
from teipipe.project import Project
from teipipe.rules import finding
from teipipe.validate import (
    characters,
    chronology,
    circular,
    dates,
    fidelity,
    ids,
    pointers,
    register,
    schema,
    tei,
    unique,
)
from teipipe.validate.context import Context
from teipipe.validate.summary import Summary
from teipipe.validate.web import Web


@dataclass(frozen=True, slots=True)
class Judgement:
    """What there is to say about one document.

    `findings` about it alone; `summary` is what the others have to know of it, None if it can't be read; `has_schema`
    whether there is one to judge it by, None if it can't be judged anyway.
    """

    findings: list[Diagnostic]
    summary: Summary | None = None
    has_schema: bool | None = None


Check = Callable[[Document, Context], Iterator[Diagnostic]]

#: Every check of a single well-formed document. The schema comes last: others know better what is wrong with a value.
CHECKS: Final[tuple[Check, ...]] = (
    characters.check,
    tei.check,
    ids.check,
    pointers.check,
    circular.check,
    dates.check,
    chronology.check,
    register.check,
    fidelity.check,
    schema.check,
)

#: The kinds of checks that can be asked for alone.
KINDS: Final[dict[str, tuple[Check, ...]]] = {
    "schema": (tei.check, schema.check),
    "ids": (ids.check,),
    "pointers": (pointers.check, circular.check),
    "dates": (dates.check, chronology.check),
    "register": (register.check,),
    "fidelity": (fidelity.check,),
    "characters": (characters.check,),
}

#: Findings of the schema about an attribute, which a check that understands the attribute replaces by its own.
_ABOUT_ATTRIBUTES: Final = frozenset({"wrong-value", "unexpected-attribute"})


def validate(project: Project | Context, documents: Iterable[Path | Document] | None = None) -> list[Diagnostic]:
    """All findings about the documents given (read or to be read), by default all of the project and its register.

    Sorted by place. Whether each entry of the register is mentioned is checked only with all documents of the project.
    Raises SchemaError if the project's schema can't be used.
    """
    context = project if isinstance(project, Context) else Context.of(project)
    chosen = context.everything if documents is None else tuple(documents)
    found = list(project.problems) if isinstance(project, Project) and documents is None else []
    for document in chosen:
        found += check_document(document, context)
    found += check_project(context.root, context.register, context.schemas.is_judged)
    files = [item.file if isinstance(item, Document) else item for item in chosen]
    if is_everything(files, context.everything):
        found += check_corpus(context)
    return in_order(found)


def check_corpus(context: Context) -> Iterator[Diagnostic]:
    """Yield what only all documents together show: unmentioned-entry, mentioned-entry and id-taken-elsewhere."""
    if context.register is not None and context.options.wants("register"):
        yield from register.check_mentions(context, [register.mentions(path, context) for path in context.documents])
    if context.unique_ids and context.options.wants("ids"):
        files = {absolute_name(path): path for path in context.everything}
        web = Web({name: context.corpus.summary(path) for name, path in files.items()})
        for name, taken in web.taken().items():
            yield from unique.check(files[name], {one: files[holder] for one, holder in taken.items()}, context)


def check_project(
    root: Path, register_path: Path | None, is_judged: Mapping[Path, bool | None]
) -> Iterator[Diagnostic]:
    """Yield what concerns the project as a whole: no-schema, missing-register.

    `is_judged` says of each document whether it has a schema, None if it can't be judged anyway; if none has, that is
    found once.
    """
    advice = 'name one with --schema, in the document (xml-model), or in the configuration: schema = "schema/tei.rng"'
    which = "only what needs none was checked (well-formedness, ids, pointers, dates)"
    unjudged = [path for path, has_schema in is_judged.items() if has_schema is False]
    if unjudged and not any(is_judged.values()):
        yield finding("no-schema", f"there is no schema: {which}", Location(root), advice)
    else:
        for path in unjudged:
            yield finding("no-schema", f"there is no schema for this document: {which}", Location(path), advice)
    yield from register.check_presence(register_path)


def is_everything(chosen: Iterable[Path], everything: Iterable[Path]) -> bool:
    """Whether no document of a project is left out, so that what concerns all of them can be judged."""
    some, all_of_them = list(chosen), list(everything)
    # Some of ten thousand are quickly seen not to be all.
    return len(some) >= len(all_of_them) and set(map(absolute_name, all_of_them)) <= set(map(absolute_name, some))


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
    judges = context.schemas.judges(document)
    if not _is_judged(document) and (reading := judges.read(document)):
        document.reading = reading
    try:
        if document.is_well_formed:
            try:
                return _checked(document, context)
            except InexactError:
                # Something is wrong, and has to be found at its place.
                context.corpus.read_exactly(document)
                return _checked(document, context)
    except NotParsedError:
        pass  # libxml2 refused what expat let pass; it is among the problems now
    context.schemas.is_judged.pop(document.file, None)
    return list(document.problems)


def _checked(document: Document, context: Context) -> list[Diagnostic]:
    wanted = [check for kind, checks in KINDS.items() if context.options.wants(kind) for check in checks]
    return _superseded(document, [list(check(document, context)) if check in wanted else [] for check in CHECKS])


def judge(path: Path, context: Context) -> Judgement:
    """Check one document, and keep of it what the whole corpus needs."""
    found = check_document(path, context)
    is_asked = any(map(context.options.wants, ("register", "pointers", "ids")))
    summary = context.corpus.summary(path) if is_asked else None
    context.corpus.forget(path)
    return Judgement(found, summary, context.schemas.is_judged.get(path))


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
