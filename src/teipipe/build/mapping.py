"""Map: every document yields its pages and its summary, unless those that there are were made of the same."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import reduce
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

from teipipe.build.findings import from_messages
from teipipe.build.jobs import EditionJob
from teipipe.build.keys import key_of, surroundings_key
from teipipe.build.manifest import Origin as Recorded
from teipipe.documents import Document, read_bytes
from teipipe.editions import PARTS, Artefact, Corpus, Edition, Entry, Part
from teipipe.editions.surroundings import Surroundings
from teipipe.errors import UnreadableError
from teipipe.provenance import Origin
from teipipe.provenance.statement import named
from teipipe.rules import finding

if TYPE_CHECKING:
    from teipipe.build.plan import Input, Loaded, Plan
    from teipipe.build.work import Work
    from teipipe.build.workers import Outcome
    from teipipe.diagnostics import Diagnostic
    from teipipe.saxon import Message
    from teipipe.site import Summary


class Mapping:
    """The step over the documents; `summaries` has the summary of each that has pages, in no order.

    `built` and `up_to_date` count them.
    """

    def __init__(self, work: Work, plan: Plan) -> None:
        self._work = work
        self._plan = plan
        self._loaded: dict[str, Loaded] = {}
        self.summaries: dict[str, Summary | None] = {}
        self.built = 0
        self.up_to_date = 0

    def keep_unread(self) -> Iterator[Entry]:
        """Let the output of documents that can't be read stay; what was known of them."""
        taken = {found.id for found in self._plan.inputs}
        for path in self._plan.failed:
            origin = self._keep(self._work.project.relative(path), path, taken)
            if origin is not None:
                is_active = bool(self._work.output.checksum(f"{origin.id}/{origin.id}.xml.txt"))
                yield Entry(origin.id, origin.source, origin.title, origin.sha256, origin.created, is_active)

    def render(self, corpus: Corpus, project_key: str) -> None:
        """Have every document rendered that isn't up to date."""
        seen = Surroundings(corpus)
        # The longest first, so that no worker has the longest one left when all others are done.
        inputs = sorted(self._plan.inputs, key=lambda found: (-found.facts.size, found.id))
        by_id = {found.id: found for found in inputs}
        keys: dict[str, str] = {}
        jobs = self._jobs(inputs, seen, project_key, keys)
        first = list(islice(jobs, 2))
        # Of a document that is rendered alone, what can be made apart goes to several workers.
        is_divided = len(first) == 1 and self._work.pool.size > 1
        divisions: list[tuple[Part, ...]] = [(part,) for part in PARTS] if is_divided else [PARTS]
        done: dict[str, dict[object, Outcome]] = {}
        for outcome in self._work.pool.run(_divided(chain(first, jobs), divisions)):
            name, parts = cast("tuple[str, tuple[Part, ...]]", outcome.key)
            outcomes = done.setdefault(name, {})
            outcomes[parts] = outcome
            if len(outcomes) == len(divisions):
                del done[name]
                self._receive(by_id, name, [outcomes[each] for each in divisions], keys[name])

    def _receive(self, by_id: dict[str, Input], name: str, outcomes: Sequence[Outcome], key: str) -> None:
        """Take what the workers have made of a document, or keep what there is of it."""
        found, loaded = by_id[name], self._loaded.pop(name)
        error = next((outcome.error for outcome in outcomes if outcome.error is not None), None)
        edition: Edition | None = None
        if error is not None:
            self._work.take_error(error, found.path)
        else:
            edition = reduce(Edition.joined, (cast("Edition", outcome.value) for outcome in outcomes))
            self._work.diagnostics += _findings(edition.messages, loaded.document())
            self._work.failures += ((failure, found.path) for failure in edition.failures)
        if edition is None or not edition.artefacts:
            self._keep(found.place, found.path, by_id.keys() - {name})
        else:
            self._take(loaded, edition, key)
        self._work.observer.step(str(found.path))

    def _jobs(
        self, inputs: list[Input], seen: Surroundings, project_key: str, keys: dict[str, str]
    ) -> Iterator[tuple[str, EditionJob]]:
        """A job for each document that has to be rendered."""
        for found in inputs:
            corpus = found.surroundings(seen)
            keys[found.id] = document_key(project_key, found, corpus)
            if self._is_up_to_date(found, keys[found.id]):
                continue
            try:
                self._loaded[found.id] = loaded = found.load()
            except UnreadableError as error:
                self._work.diagnostics.append(_unreadable(error, found.path))
                self._keep(found.place, found.path, {other.id for other in inputs} - {found.id})
                self._work.observer.step(str(found.path))
            else:
                origin = Origin(found.id, found.place, found.facts.sha256)
                seen_too = named(_seen_too(found.id, corpus))
                statement = replace(
                    self._work.statement,
                    sources=(origin,),
                    documents=seen_too,
                    facts=surroundings_key(found.id, corpus),
                )
                yield found.id, EditionJob(loaded.source, corpus, statement=statement)

    def _is_up_to_date(self, found: Input, key: str) -> bool:
        """Whether what was made of a document still holds; then it stays, and what was found is said again."""
        output = self._work.output
        origin = output.origin_before(found.place)
        if self._work.force or origin is None or origin.key != key:
            return False
        try:
            findings = (
                _findings(origin.messages, Document(found.path, read_bytes(found.path))) if origin.messages else ()
            )
        except UnreadableError:
            return False
        if not output.leave(output.of_before(found.id)):
            return False
        output.add_origin(origin)
        self._work.diagnostics += findings
        self._sum_up(found.id)
        self.up_to_date += 1
        self._work.observer.step(str(found.path))
        return True

    def _keep(self, source: str, path: Path, taken: Collection[str]) -> Recorded | None:
        """Let what was made of a document stay, and say so; what it was then, if there is anything."""
        output = self._work.output
        origin = output.keep_document(source, taken)
        if origin is not None:
            self._work.diagnostics.append(output.out_of_date(origin.id, f"{path} could not be built"))
            self._sum_up(origin.id)
        return origin

    def _take(self, loaded: Loaded, edition: Edition, key: str) -> None:
        found, output = loaded.input, self._work.output
        further = [Artefact(f"{found.id}/{found.entry.tei}", loaded.raw)]
        if edition.summary:
            further.append(Artefact(summary_path(found.id), edition.summary.encode()))
        output.put(found.id, (*edition.artefacts, *further))
        self.built += 1
        facts = found.facts
        is_whole = not edition.failures
        output.add_origin(
            Recorded(
                id=found.id,
                source=found.place,
                sha256=facts.sha256,
                title=found.entry.title,
                created=facts.created,
                key=key if is_whole else "",
                messages=edition.messages if is_whole else (),
            )
        )
        if not is_whole:
            self._work.keep_files(output.of_before(found.id), "its stylesheet failed")
        self._sum_up(found.id, edition.summary)

    def _sum_up(self, document: str, summary: str = "") -> None:
        """Note the summary of a document: this one, or that in the output."""
        output, path = self._work.output, summary_path(document)
        digest = output.checksum(path)
        self.summaries[document] = self._work.known.summary(document, digest, lambda: summary or output.text(path))


def _divided(
    jobs: Iterable[tuple[str, EditionJob]], divisions: Sequence[tuple[Part, ...]]
) -> Iterator[tuple[Hashable, EditionJob]]:
    """Each job as one for each of the divisions."""
    return (((name, parts), replace(job, parts=parts)) for name, job in jobs for parts in divisions)


def document_key(project_key: str, found: Input, corpus: Corpus) -> str:
    """What stands for all that the files of a document are made of."""
    return key_of(project_key, found.id, found.place, found.facts.sha256, surroundings_key(found.id, corpus))


def _seen_too(document: str, corpus: Corpus) -> list[str]:
    """The documents that one sees something of."""
    found = {entry.id for entry in (*corpus.documents, corpus.previous, corpus.next) if entry is not None}
    return sorted(found - {document})


def summary_path(document: str) -> str:
    """Where a document's summary lies: the pages about the whole are made from it when the document can't be read."""
    return f"{document}/summary.xml"


def _findings(messages: tuple[Message, ...], document: Document) -> list[Diagnostic]:
    return list(from_messages(messages, document)) if messages else []


def _unreadable(error: UnreadableError, path: Path) -> Diagnostic:
    from teipipe.diagnostics import Location

    return finding("unreadable-file", error.message, Location(path), error.help)
