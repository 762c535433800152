"""What each page about the whole gets of it: shuffled from the summaries of all documents and the register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import Final
from xml.sax.saxutils import quoteattr

from teipipe.editions import Corpus, SitePage
from teipipe.editions.surroundings import Cutter, without_sum
from teipipe.saxon import NAMESPACE
from teipipe.site.counts import Counts
from teipipe.site.pages import pages_of
from teipipe.site.summaries import Summary, concerned, counted, counts_of, lone_kinds


@dataclass(frozen=True, slots=True)
class Share:
    """A page, the summaries that it gets (a tp:site element), and the corpus as it sees it; None: the whole one."""

    page: SitePage
    summaries: str
    corpus: Corpus | None


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
        self._lone_kinds: Final = lone_kinds(self._summaries.values())

    def of(self, page: SitePage) -> Share:
        """What a page gets."""
        got = [self._summaries[document] for document in self._documents(page)]
        words = "".join(summary.selected(page) for summary in got)
        counts = self._counted if "counts" in page.needs else ""
        kinds = quoteattr("\n".join(self._kinds(got)))
        whole = f'<tp:site xmlns:tp="{NAMESPACE}" kinds={kinds}>{words}{counts}</tp:site>'
        return Share(page, whole, None if _is_about_all(page) else self._seen(page, got))

    def key(self, page: SitePage) -> tuple[object, ...]:
        """What stands for all that a page gets: equal ones mean the same page."""
        documents = self._documents(page)
        got = [self._summaries[document] for document in documents]
        digests = [(summary.id, summary.digest(page)) for summary in got]
        counts = self._counted_digest if "counts" in page.needs else b""
        if _is_about_all(page):
            return (page, digests, counts, self._kinds(got), self._documents_digest, self._register_digest)
        seen = self._seen(page, got)
        register = self._register_digest if seen.register is self.whole.register else _digest(seen.register)
        return (page, digests, counts, self._kinds(got), seen.documents, register)

    def _documents(self, page: SitePage) -> list[str]:
        """The documents that a page gets something of."""
        return [document for document in concerned(page, self.counts) if self._summaries[document].digest(page)]

    def _kinds(self, got: Iterable[Summary]) -> list[str]:
        return sorted(self._lone_kinds.intersection(summary.kind for summary in got))

    def _seen(self, page: SitePage, got: Iterable[Summary]) -> Corpus:
        """The corpus as a page sees it that is about a part of it, or shows checksums."""
        found = (self._entries[summary.id] for summary in got if summary.id in self._entries)
        seen = replace(self.whole, documents=tuple(found if _shows_sums(page) else map(without_sum, found)))
        if not page.entry or self._cutter is None:
            return seen
        return replace(seen, register=self._cutter.cut(self._cutter.related[page.entry]))

    @cached_property
    def _cutter(self) -> Cutter | None:
        return None if self.whole.register is None else Cutter(self.whole.register, has_title=True)

    @cached_property
    def _counted(self) -> str:
        return counted(self.counts)

    @cached_property
    def _counted_digest(self) -> bytes:
        return _digest(self._counted)

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
