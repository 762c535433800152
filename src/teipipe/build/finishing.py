"""What is made of the finished edition, when all documents and pages are there: sitemap, search index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.build.keys import key_of
from teipipe.build.output import WHOLE
from teipipe.errors import SearchError, TeipipeError

if TYPE_CHECKING:
    from teipipe.build.work import Work
    from teipipe.diagnostics import Diagnostic
    from teipipe.editions import Artefact, Corpus
    from teipipe.project import Project


@dataclass(frozen=True, slots=True)
class Finished:
    """An edition that has all its pages: `files` leads from the path of each file to its checksum.

    `read` gives what a file holds; a finisher that is up to date reads none.
    """

    project: Project
    corpus: Corpus
    files: Mapping[str, str]
    read: Callable[[str], bytes]

    @property
    def pages(self) -> list[tuple[str, str]]:
        """The pages with their checksums, by path."""
        return sorted((path, digest) for path, digest in self.files.items() if path.endswith(".html"))


@dataclass(frozen=True, slots=True)
class Finisher:
    """Makes files of a finished edition: `make` is asked only if `key` says something else than the last time.

    `failed` says what it means that it could not make them: then what it made before stays.
    """

    name: str
    key: Callable[[Finished], str]
    make: Callable[[Finished], Iterable[Artefact]]
    failed: Callable[[TeipipeError, Path], Diagnostic] | None = None


def finish(work: Work, corpus: Corpus) -> None:
    """Have every finisher do its work, but for those that are left out: what these have made stays."""
    output = work.output
    finished = Finished(work.project, corpus, output.checksums(), output.data)
    for finisher in FINISHERS:
        own = [entry for entry in output.of_before(WHOLE) if entry.key.startswith(f"{finisher.name}:")]
        if finisher.name in work.without:
            output.keep(own)
            continue
        key = f"{finisher.name}:{key_of(finisher.key(finished))}"
        if not work.force and own and own[0].key == key and output.leave(own):
            continue
        try:
            artefacts = list(finisher.make(finished))
        except TeipipeError as error:
            output.keep(own)
            if finisher.failed is None:
                work.take_error(error, work.project.output)
            else:
                work.diagnostics.append(finisher.failed(error, work.project.output))
        else:
            output.put(WHOLE, artefacts, {artefact.path: key for artefact in artefacts})


def _sitemap_key(finished: Finished) -> str:
    return key_of(finished.corpus.site_url, [path for path, _ in finished.pages])


def _sitemap(finished: Finished) -> Iterable[Artefact]:
    from teipipe.site.formats import sitemap

    return sitemap(finished.corpus, [path for path, _ in finished.pages])


def _search_key(finished: Finished) -> str:
    from teipipe.site.search import index_key

    return index_key(finished.pages, finished.project.language)


def _search(finished: Finished) -> Iterable[Artefact]:
    from teipipe.site.search import search_index

    project = finished.project
    pages = ((path, finished.read(path)) for path, _ in finished.pages)
    # An index over many documents takes longer than any one of them may.
    seconds = max(project.timeout, 300)
    return search_index(pages, project.language, timeout=seconds, memory=project.memory)


def _without_search(error: TeipipeError, output: Path) -> Diagnostic:
    from teipipe.site.search import missing_index

    assert isinstance(error, SearchError)
    return missing_index(error, output)


#: In this order.
FINISHERS: Final = (
    Finisher("sitemap", _sitemap_key, _sitemap),
    Finisher("search", _search_key, _search, _without_search),
)
