"""What each page about the whole gets of it: shuffled from the summaries of all documents and the register."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import Final

from teipipe.editions import Corpus, Share, SitePage, Source
from teipipe.editions.surroundings import Cutter, cutter, without_sum
from teipipe.escaping import quoteattr
from teipipe.saxon import NAMESPACE
from teipipe.site.counts import Counts, counted
from teipipe.site.pages import pages_of
from teipipe.site.summaries import Summary, concerned, counts_of, links_of, lone_kinds


@dataclass(frozen=True, slots=True)
class _Got:
    """A document that a page gets something of: the places in it that it points at, whether it is about it too."""

    summary: Summary
    places: Sequence[str]
    is_about: bool
    digest: bytes


class Shares:
    """The pages about a corpus and what each gets.

    `summaries` are those of its documents, in order; `register` is its register after the passes (XML).
    """

    def __init__(self, corpus: Corpus, summaries: Iterable[Summary], register: str = "") -> None:
        self._summaries: Final = {summary.id: summary for summary in summaries}
        self.counts: Final[Counts] = counts_of(self._summaries.values())
        self.pages: Final = pages_of(corpus, self.counts)
        prepared = None if corpus.register is None else replace(corpus.register, xml=register, sha256="")
        #: The corpus as pages about all of it see it, if they don't show checksums.
        self.whole: Final = replace(corpus, documents=tuple(map(without_sum, corpus.documents)), register=prepared)
        self._entries: Final = {entry.id: entry for entry in corpus.documents}
        self._without_sums: Final = {entry.id: entry for entry in self.whole.documents}
        self._reprs: Final = {entry.id: repr(entry) for entry in self.whole.documents}
        self._links: Final = links_of(self._summaries.values())
        self._counts_for: Final[dict[tuple[str, ...], str]] = {}
        self._lone_kinds: Final = lone_kinds(self._summaries.values())

    def of(self, page: SitePage) -> Share:
        """What a page gets."""
        got = list(self._got(page))
        words = "".join(one.summary.selected(page, one.places, is_about=one.is_about) for one in got)
        kinds = quoteattr("\n".join(self._kinds(got)))
        whole = f'<tp:site xmlns:tp="{NAMESPACE}" kinds={kinds}>{words}{self._counted(page.needs)}</tp:site>'
        documents = tuple(one.summary.id for one in got)
        return Share(page, whole, None if _is_about_all(page) else self._seen(page, got), documents)

    def key(self, page: SitePage) -> tuple[object, ...]:
        """What stands for all that a page gets: equal ones mean the same page."""
        got = list(self._got(page))
        digests = [(one.summary.id, one.digest) for one in got]
        words = (page, digests, self._counted(page.needs), self._kinds(got))
        if _is_about_all(page):
            return (*words, self._documents_digest, self._register_digest)
        seen = [self._repr(one.summary.id, with_sum=_shows_sums(page)) for one in got]
        register = self._cut(page)
        return (*words, seen, self._register_digest if register is self.whole.register else _digest(register))

    def _got(self, page: SitePage) -> Iterator[_Got]:
        """The documents that a page gets something of, in order."""
        about = None if page.documents is None else frozenset(page.documents)
        pointed: dict[str, list[str]] = {}
        for target in self._pointed(page, about):
            document, _, place = target.partition("#")
            pointed.setdefault(document, []).append(place)
        for document in concerned(page, pointed, self.counts):
            summary, places = self._summaries[document], pointed.get(document, ())
            is_about = about is None or document in about
            digest = summary.digest(page, places, is_about=is_about)
            if digest:
                yield _Got(summary, places, is_about, digest)

    def _pointed(self, page: SitePage, about: Collection[str] | None) -> Iterable[str]:
        """The places that a page points at: those that it names, those that the dates and inferences on it rest on."""
        shown = self._links.keys() & page.needs
        if not shown:
            return page.places
        linked = (self._links[name] for name in sorted(shown))
        found = (
            link
            for each in linked
            for document, links in each.items()
            if about is None or document in about
            for link in links
        )
        return dict.fromkeys((*page.places, *found))

    def _kinds(self, got: Iterable[_Got]) -> list[str]:
        return sorted(self._lone_kinds.intersection(one.summary.kind for one in got))

    def _seen(self, page: SitePage, got: Iterable[_Got]) -> Corpus:
        """The corpus as a page sees it that is about a part of it, or shows checksums."""
        entries = self._entries if _shows_sums(page) else self._without_sums
        found = (entries[one.summary.id] for one in got if one.summary.id in entries)
        return replace(self.whole, documents=tuple(found), register=self._cut(page))

    def _cut(self, page: SitePage) -> Source | None:
        """The register as a page sees it."""
        if not page.entry or self._cutter is None:
            return self.whole.register
        return self._cutter.cut(self._cutter.related[page.entry])

    def _repr(self, document: str, *, with_sum: bool) -> str:
        """What stands for a document as a page sees it; many pages see the same ones."""
        found = self._reprs.get(document, "")
        return found + self._entries[document].sha256 if found and with_sum else found

    @cached_property
    def _cutter(self) -> Cutter | None:
        return None if self.whole.register is None else cutter(self.whole.register, has_title=True)

    def _counted(self, needs: tuple[str, ...]) -> str:
        """How much there is of all that a page shows the number of."""
        if needs not in self._counts_for:
            self._counts_for[needs] = counted(self.counts, needs)
        return self._counts_for[needs]

    @cached_property
    def _documents_digest(self) -> bytes:
        return _digest(self.whole.documents)

    @cached_property
    def _register_digest(self) -> bytes:
        return _digest(self.whole.register)


def _digest(value: object) -> bytes:
    return sha256(repr(value).encode("utf-8", "surrogatepass")).digest()


def _is_about_all(page: SitePage) -> bool:
    """Whether a page sees the whole corpus, but for checksums."""
    return not (page.entry or page.documents is not None or page.years is not None or _shows_sums(page))


def _shows_sums(page: SitePage) -> bool:
    return not page.entry and (not page.needs or "checksum" in page.needs)
