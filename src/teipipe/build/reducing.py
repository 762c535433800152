"""Reduce: the pages about the whole, each made of its share of the summaries, unless it was made of the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from teipipe.build.findings import from_messages
from teipipe.build.jobs import Page, RegisterJob, SiteJob
from teipipe.build.keys import key_of, page_key
from teipipe.build.output import WHOLE
from teipipe.editions.surroundings import Surroundings
from teipipe.provenance.statement import named
from teipipe.site import Shares

if TYPE_CHECKING:
    from teipipe.build.jobs import Made
    from teipipe.build.manifest import Entry
    from teipipe.build.plan import Plan
    from teipipe.build.work import Work
    from teipipe.editions import Corpus, Share, SitePage
    from teipipe.provenance import Statement
    from teipipe.saxon import Message
    from teipipe.site import Summary

#: A worker gets so many pages at once, or as many as have about so many characters to be read together.
_BATCH: Final = 24
_SIZE: Final = 250_000


class Reducing:
    """The step over the pages about the whole; `built` and `up_to_date` count them."""

    def __init__(self, work: Work, plan: Plan, corpus: Corpus, project_key: str) -> None:
        self._work = work
        self._plan = plan
        self._corpus = corpus
        self._project_key = project_key
        # Without what is made of the finished pages: that has a step of its own, which names itself in its keys.
        self._before = {entry.path: entry for entry in work.output.of_before(WHOLE) if ":" not in entry.key}
        #: By the path of each page.
        self._keys: dict[str, str] = {}
        self._facts: dict[str, str] = {}
        self._files: dict[str, Sequence[str]] = {}
        #: What there is to be dealt out; None as long as there is nothing.
        self.shares: Shares | None = None
        self.built = 0
        self.up_to_date = 0

    def render(self, summaries: Mapping[str, Summary | None]) -> None:
        """Have every page made that isn't up to date."""
        register = self._register()
        if register is None:
            self._work.keep_files(self._before.values(), "the register could not be prepared")
            return
        found = (summaries.get(entry.id) for entry in self._corpus.documents)
        shares = self.shares = Shares(self._corpus, (summary for summary in found if summary is not None), register)
        todo = [page for page in shares.pages if not self._is_up_to_date(page, shares)]
        self._make(todo, shares)
        if self._plan.register is None and self._work.project.register is not None:
            about = [entry for path, entry in self._before.items() if path.startswith("register/")]
            self._work.keep_files(about, "the register can't be used")

    def _register(self) -> str | None:
        """The register after the passes, "" if there is none; None if that failed."""
        loaded = self._plan.register
        if loaded is None or self._corpus.register is None:
            return ""
        seen = loaded.input.surroundings(Surroundings(self._corpus))
        key = key_of(self._project_key, loaded.source, seen.documents)
        if self._work.known.register is None or self._work.known.register[0] != key:
            [outcome] = self._work.pool.run([("register", RegisterJob(loaded.source, seen))])
            if outcome.error is not None:
                self._work.take_error(outcome.error, loaded.input.path)
                return None
            page = cast("Page", outcome.value)
            self._work.known.register = key, page.text, page.messages
        _, text, messages = self._work.known.register
        self._take_messages(messages)
        return text

    def _is_up_to_date(self, page: SitePage, shares: Shares) -> bool:
        facts = self._facts[page.path] = page_key(self._work.project, shares, page)
        key = self._keys[page.path] = key_of(self._project_key, facts)
        self._files[page.path] = page.files
        before = [self._before[path] for path in page.files if path in self._before]
        if self._work.force or {entry.key for entry in before} != {key} or len(before) < len(page.files):
            return False
        if not self._work.output.leave(before):
            return False
        self.up_to_date += 1
        return True

    def _make(self, pages: Sequence[SitePage], shares: Shares) -> None:
        """Make pages, several at a time; when a worker is lost over some, each of them gets another try alone."""
        alone: list[SitePage] = []
        for outcome in self._work.pool.run(self._jobs(pages, shares), shared=shares.whole):
            batch = cast("tuple[SitePage, ...]", outcome.key)
            if outcome.error is None:
                self._take(cast("tuple[Made, ...]", outcome.value))
            elif len(batch) > 1:
                alone += batch
            else:
                self._work.take_error(outcome.error, self._work.project.output)
                self._keep(batch[0].path)
        jobs = (((page,), self._job([shares.of(page)])) for page in alone)
        for outcome in self._work.pool.run(jobs, shared=shares.whole):
            [page] = cast("tuple[SitePage, ...]", outcome.key)
            if outcome.error is None:
                self._take(cast("tuple[Made, ...]", outcome.value))
            else:
                self._work.take_error(outcome.error, self._work.project.output)
                self._keep(page.path)

    def _jobs(self, pages: Sequence[SitePage], shares: Shares) -> Iterator[tuple[tuple[SitePage, ...], SiteJob]]:
        """Pages by batches, each with what it gets, put together when a worker will soon be there for it."""
        batch: list[Share] = []
        size = 0
        for page in pages:
            batch.append(shares.of(page))
            size += len(batch[-1].summaries)
            if size >= _SIZE or len(batch) >= _BATCH:
                yield tuple(share.page for share in batch), self._job(batch)
                batch, size = [], 0
        if batch:
            yield tuple(share.page for share in batch), self._job(batch)

    def _job(self, batch: Sequence[Share]) -> SiteJob:
        return SiteJob(tuple(batch), tuple(map(self._statement, batch)))

    def _statement(self, share: Share) -> Statement:
        return replace(self._work.statement, documents=named(share.documents), facts=self._facts[share.page.path])

    def _take(self, made: Sequence[Made]) -> None:
        """Write what was made; a page of which something was reported is made again each time, to say it again."""
        artefacts = [artefact for one in made for artefact in one.artefacts]
        quiet = {path: self._keys[one.path] for one in made if not one.messages for path in self._files[one.path]}
        self._work.output.put(WHOLE, artefacts, quiet)
        self.built += sum(bool(one.artefacts) for one in made)
        for one in made:
            self._take_messages(one.messages)
            if one.failure is not None:
                self._work.take_error(one.failure, self._work.project.output)
                self._keep(one.path)

    def _take_messages(self, messages: Sequence[Message]) -> None:
        if messages and self._plan.register is not None:
            self._work.diagnostics += from_messages(messages, self._plan.register.document())

    def _keep(self, path: str) -> None:
        """Let a page stay that could not be made anew, if it is there, with its other forms."""
        before: list[Entry] = [self._before[path] for path in self._files[path] if path in self._before]
        self._work.keep_files(before, "it could not be built")
