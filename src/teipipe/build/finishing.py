"""What is made of the finished edition, when all documents and pages are there: sitemap, search index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.build.keys import key_of
from teipipe.build.output import WHOLE
from teipipe.errors import SearchError, TeipipeError

if TYPE_CHECKING:
    from teipipe.build.manifest import Entry
    from teipipe.build.work import Work
    from teipipe.diagnostics import Diagnostic
    from teipipe.editions import Artefact, Corpus
    from teipipe.project import Project
    from teipipe.site.search_parts import IndexPart, SearchedPage


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
class Share:
    """Files that are made together: `make` is asked only if the share of this name had another key the last time.

    One without a name depends on the whole.
    """

    make: Callable[[], Iterable[Artefact]]
    name: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Finisher:
    """Makes files of a finished edition, in shares: it is asked only if `key` says something else than the last time.

    A share without a name, if there is one, comes last. `failed` says what it means that one could not be made: then
    what was made of it and of all later ones before stays.
    """

    name: str
    key: Callable[[Finished], str]
    shares: Callable[[Finished], Iterable[Share]]
    failed: Callable[[TeipipeError, Path], Diagnostic] | None = None


def finish(work: Work, corpus: Corpus) -> None:
    """Have every finisher do its work, but for those that are left out: what these have made stays."""
    output = work.output
    finished = Finished(work.project, corpus, output.checksums(), output.data)
    for finisher in FINISHERS:
        marks = (f"{finisher.name}:", f"{finisher.name}/")
        own = [entry for entry in output.of_before(WHOLE) if entry.key.startswith(marks)]
        if finisher.name in work.without:
            output.keep(own)
            continue
        key = f"{finisher.name}:{key_of(finisher.key(finished))}"
        if not work.force and any(entry.key == key for entry in own) and output.leave(own):
            continue
        done: list[str] = []
        try:
            for share in finisher.shares(finished):
                share_key = f"{finisher.name}/{share.name}:{share.key}" if share.name else key
                _finish_share(work, share, share_key, [entry for entry in own if entry.key == share_key])
                done.append(share_key.removesuffix(share.key))
        except TeipipeError as error:
            left = (entry for entry in own if not entry.key.startswith(tuple(done)))
            # Some shares are new and others not: what depends on the whole is out of date whatever comes next.
            output.keep(replace(entry, key=marks[0]) if entry.key.startswith(marks[0]) else entry for entry in left)
            if finisher.failed is None:
                work.take_error(error, work.project.output)
            else:
                work.diagnostics.append(finisher.failed(error, work.project.output))


def _finish_share(work: Work, share: Share, key: str, before: Sequence[Entry]) -> None:
    """Put the files of a share into the output; `before` are those that were made with the same key."""
    if work.force or not before or not work.output.leave(before):
        artefacts = list(share.make())
        work.output.put(WHOLE, artefacts, {artefact.path: key for artefact in artefacts})


def _sitemap_key(finished: Finished) -> str:
    return key_of(finished.corpus.site_url, [path for path, _ in finished.pages])


def _sitemap(finished: Finished) -> Iterable[Share]:
    from teipipe.site.formats import sitemap

    yield Share(partial(sitemap, finished.corpus, [path for path, _ in finished.pages]))


def _search_key(finished: Finished) -> str:
    from teipipe.site.search import index_key

    return key_of(index_key(finished.pages, finished.project.language), finished.project.memory)


def _search(finished: Finished) -> Iterable[Share]:
    from teipipe.site.search import index_key, parts_list
    from teipipe.site.search_parts import divided, part_limit

    parts = divided(_searched(finished), part_limit(finished.project.memory))
    for part in parts:
        key = index_key(((page.path, page.checksum) for page in part.pages), finished.project.language)
        yield Share(partial(_index, finished, part), part.folder, key)
    if parts:
        yield Share(lambda: [parts_list(parts)])


def _searched(finished: Finished) -> Iterator[SearchedPage]:
    from teipipe.site.search_parts import SearchedPage, is_searched, text_size

    for path, digest in finished.pages:
        page = finished.read(path)
        if is_searched(page):
            yield SearchedPage(path, digest, text_size(page))


def _index(finished: Finished, part: IndexPart) -> Iterable[Artefact]:
    from teipipe.site.search import search_index

    project = finished.project
    pages = ((page.path, finished.read(page.path)) for page in part.pages)
    # An index over many documents takes longer than any one of them may.
    seconds = max(project.timeout, 300)
    return search_index(pages, project.language, part.folder, timeout=seconds, memory=project.memory)


def _without_search(error: TeipipeError, output: Path) -> Diagnostic:
    from teipipe.site.search import missing_index

    assert isinstance(error, SearchError)
    return missing_index(error, output)


#: In this order.
FINISHERS: Final = (
    Finisher("sitemap", _sitemap_key, _sitemap),
    Finisher("search", _search_key, _search, _without_search),
)
