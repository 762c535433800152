"""What each page about the whole gets of it: shuffled from the summaries of all documents and the register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import Final
from xml.sax.saxutils import quoteattr

from teipipe.editions import Corpus, SitePage
from teipipe.editions.surroundings import Cutter
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
        #: The corpus as pages about all of it see it.
        self.whole: Final = (
            corpus if corpus.register is None else replace(corpus, register=replace(corpus.register, xml=register))
        )
        self._entries: Final = {entry.id: entry for entry in corpus.documents}
        self._lone_kinds: Final = lone_kinds(self._summaries.values())

    def of(self, page: SitePage) -> Share:
        """What a page gets."""
        got = [self._summaries[document] for document in self._documents(page)]
        words = "".join(summary.selected(page) for summary in got)
        counts = self._counted if "counts" in page.needs else ""
        kinds = quoteattr("\n".join(self._kinds(got)))
        whole = f'<tp:site xmlns:tp="{NAMESPACE}" kinds={kinds}>{words}{counts}</tp:site>'
        return Share(page, whole, self._seen(page, got) if _is_part(page) else None)

    def key(self, page: SitePage) -> tuple[object, ...]:
        """What stands for all that a page gets: equal ones mean the same page."""
        documents = self._documents(page)
        got = [self._summaries[document] for document in documents]
        digests = [(summary.id, summary.digest(page)) for summary in got]
        counts = self._counted_digest if "counts" in page.needs else b""
        if not _is_part(page):
            return (page, digests, counts, self._kinds(got), self._whole_digest)
        seen = self._seen(page, got)
        register = b"" if seen.register is None else sha256(seen.register.xml.encode()).digest()
        return (page, digests, counts, self._kinds(got), seen.documents, register)

    def _documents(self, page: SitePage) -> list[str]:
        """The documents that a page gets something of."""
        return [document for document in concerned(page, self.counts) if self._summaries[document].digest(page)]

    def _kinds(self, got: Iterable[Summary]) -> list[str]:
        return sorted(self._lone_kinds.intersection(summary.kind for summary in got))

    def _seen(self, page: SitePage, got: Iterable[Summary]) -> Corpus:
        """The corpus as a page sees it that is about a part of it."""
        documents = tuple(self._entries[summary.id] for summary in got if summary.id in self._entries)
        if not page.entry or self._cutter is None:
            return replace(self.whole, documents=documents)
        return replace(self.whole, documents=documents, register=self._cutter.cut(self._cutter.related[page.entry]))

    @cached_property
    def _cutter(self) -> Cutter | None:
        return None if self.whole.register is None else Cutter(self.whole.register)

    @cached_property
    def _counted(self) -> str:
        return counted(self.counts)

    @cached_property
    def _counted_digest(self) -> bytes:
        return sha256(self._counted.encode()).digest()

    @cached_property
    def _whole_digest(self) -> bytes:
        return sha256(repr((self.whole.documents, self.whole.register)).encode()).digest()


def _is_part(page: SitePage) -> bool:
    """Whether a page is about some of the documents alone."""
    return bool(page.entry) or page.documents is not None or page.years is not None
