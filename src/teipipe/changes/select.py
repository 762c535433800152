"""Which documents have to be checked after a change: those that it touches, and those that point at them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.changes.git import Difference, contents, difference
from teipipe.changes.index import Index
from teipipe.documents import Document
from teipipe.errors import UnreadableError
from teipipe.folders import absolute
from teipipe.validate.corpus import Corpus
from teipipe.validate.web import Web

if TYPE_CHECKING:
    from teipipe.project import Project
    from teipipe.validate.summary import Summary


_OF_SCHEMAS: Final = frozenset({".rng", ".rnc", ".xsd", ".sch"})


@dataclass(frozen=True, slots=True)
class Change:
    """What a change concerns.

    `documents` are to be checked; `others` is what is known of the rest of the project, by the names that summaries
    use; `before` are the documents that were touched as they were, None for one that wasn't well-formed.
    `reason` says in one phrase why these are chosen.
    """

    documents: tuple[Path, ...]
    others: Mapping[str, Summary | None]
    before: Mapping[str, Summary | None]
    reason: str


def select(
    project: Project,
    base: str | None,
    folder: Path | None,
    schemas: Callable[[], Iterable[Path]],
    progress: Callable[[int], None],
) -> Change:
    """What is concerned by all that differs from the commit `base` (see `changes.git.difference`).

    What is known of the project is kept in `folder`. If one of the `schemas` (they are asked for only if it may be one)
    or the configuration has changed, that is everything. `progress` is told how many documents have been looked at.
    Raises GitError.
    """
    root = absolute(project.root)
    differing = difference(root, base)
    index = Index(root, folder)
    try:
        corpus = Corpus(project.root, project.register)
        paths = index.refresh(project.everything, _summariser(corpus), progress)
        summaries = dict(index.summaries())
        touched = {index.name(file) for file in differing.touched}
        web = Web(summaries)
        concerned = touched | web.pointing_at(touched | {index.name(file) for file in differing.gone})
        concerned |= _made_from(project, differing, paths)
        circling = web.circling()
        if circling & concerned:
            concerned |= circling
        before = _before(project, differing, index, paths, corpus)
    finally:
        index.close()
    strange = sorted(file for file in differing.touched | differing.gone if index.name(file) not in paths)
    if cause := _whole(project, strange, schemas):
        return Change(project.everything, {}, before, f"everything: {cause} has changed")
    chosen = tuple(path for name, path in paths.items() if name in concerned)
    others = {name: summary for name, summary in summaries.items() if name not in concerned}
    number = sum(name in touched for name in paths)
    reason = f"{number} changed since {differing.base[:10]}, {len(chosen) - number} that point there"
    return Change(chosen, others, before, reason)


def _summariser(corpus: Corpus) -> Callable[[Path], Summary | None]:
    def summarise(path: Path) -> Summary | None:
        try:
            summary = corpus.summary(path)
        except UnreadableError:
            return None
        corpus.forget(path)
        return summary

    return summarise


def _before(
    project: Project, differing: Difference, index: Index, paths: Mapping[str, Path], corpus: Corpus
) -> dict[str, Summary | None]:
    """The project's documents that were touched, or are gone, as they were; without those that were not there."""
    root = absolute(project.root)
    changed = [file for file in differing.touched if index.name(file) in paths]
    changed += [file for file in differing.gone if file.is_relative_to(root) and file.suffix == ".xml"]
    found: dict[str, Summary | None] = {}
    for file, data in contents(differing.top, differing.base, sorted(changed)):
        if data is not None:
            found[index.name(file)] = corpus.summary_of(Document(file, data))
    return found


def _made_from(project: Project, differing: Difference, paths: Mapping[str, Path]) -> set[str]:
    """The documents whose source transcription has changed."""
    if project.sources is None:
        return set()
    folder = absolute(project.sources)
    stems = {file.stem for file in differing.touched | differing.gone if file.parent == folder}
    return {name for name, path in paths.items() if path.stem in stems}


def _whole(project: Project, changed: Sequence[Path], schemas: Callable[[], Iterable[Path]]) -> str:
    """Which of the files that have changed and are no documents concerns every document, "" if none does."""
    if not changed:
        return ""
    alone = {absolute(path) for path in schemas()}
    folders = {path.parent for path in alone}
    if project.configuration is not None:
        alone.add(absolute(project.configuration))
    if project.stylesheets is not None:
        alone.add(absolute(project.stylesheets) / "views.xml")  # what belongs to the source
    for file in changed:
        # A schema may include files beside it and below.
        is_part = file.suffix.lower() in _OF_SCHEMAS and any(file.is_relative_to(folder) for folder in folders)
        if is_part or file in alone:
            return project.relative(file)
    return ""
