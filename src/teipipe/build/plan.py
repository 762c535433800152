"""What is to be built: every input read once, with its address, and what all pages have to know about the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from teipipe import __version__
from teipipe.addresses import addresses, slug
from teipipe.books.volumes import LONGEST, Volume, volumes
from teipipe.build.known import Known
from teipipe.build.manifest import checksum
from teipipe.build.reading import Facts, Reading, place_of_identifier
from teipipe.diagnostics import Diagnostic, Location
from teipipe.documents import Document, NotParsedError, read_bytes
from teipipe.editions import Corpus, Entry, Look, Source
from teipipe.editions.surroundings import Surroundings
from teipipe.errors import ConfigurationError, TeipipeError, UnreadableError
from teipipe.project import Project
from teipipe.rules import finding
from teipipe.site.entries import with_addresses


@dataclass(frozen=True, slots=True)
class Input:
    """One document to be rendered: its file, its id, where it lies in the project, what is known of it."""

    path: Path
    id: str
    place: str
    facts: Facts

    @property
    def entry(self) -> Entry:
        """The document as the others see it."""
        facts = self.facts
        title, language = (facts.title, facts.language) if facts.title else (self.id, "")
        return Entry(self.id, self.place, title, facts.sha256, facts.created, facts.is_active, language)

    def surroundings(self, seen: Surroundings) -> Corpus:
        """The whole as this document sees it."""
        return seen.of(self.id, self.place, self.facts.pointers)

    def read(self) -> bytes:
        """Its file; raises UnreadableError if that is not what it was when the build began."""
        raw = read_bytes(self.path)
        if checksum(raw) != self.facts.sha256:
            raise UnreadableError("it was changed while the edition was built", path=self.path, help="build again")
        return raw

    def load(self) -> Loaded:
        """The document with its text, which a build has only while it renders it; raises as `read` does."""
        raw = self.read()
        document = Document(self.path, raw)
        return Loaded(self, raw, Source.of(document, id=self.id, path=self.place, sha256=self.facts.sha256))


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document with its text; `raw` are the bytes of its file."""

    input: Input
    raw: bytes
    source: Source

    def document(self) -> Document:
        """The document anew, to find places in it; the build keeps no trees."""
        return Document(self.input.path, self.raw)


@dataclass(frozen=True, slots=True)
class Plan:
    """The inputs that can be used, the paths of those that can't (`failed`), the register, and what is wrong.

    `date` is that of the newest change in any of them.
    """

    inputs: tuple[Input, ...]
    failed: tuple[Path, ...]
    register: Loaded | None
    diagnostics: tuple[Diagnostic, ...]
    date: str

    @property
    def register_file(self) -> str:
        """The name of the file that is the register's TEI."""
        is_active = self.register is not None and self.register.input.facts.is_active
        return "register.xml.txt" if is_active else "register.xml"

    def corpus(self, project: Project, environment: Mapping[str, str], further: Iterable[Entry] = ()) -> Corpus:
        """What every page says about the whole; `further` are documents that only an earlier build could read."""
        theme = project.theme
        return Corpus(
            title=project.title,
            date=self.date or date_of_epoch(environment),
            version=__version__,
            documents=in_order((*(found.entry for found in self.inputs), *further)),
            register=self.register.source if self.register else None,
            site_url=project.site_url,
            description=project.description,
            register_file=self.register_file,
            look=Look(theme.has_style, theme.logo_name, theme.header, theme.footer),
            books=project.books.names,
            volumes=len(self.volumes()) if "edition" in project.books.names else 0,
        )

    def volumes(self) -> tuple[Volume, ...]:
        """How the documents are divided into volumes, if a book is made of the whole."""
        lengths = {found.id: found.facts.length for found in self.inputs}
        entries = in_order(found.entry for found in self.inputs)
        return volumes(((entry.id, lengths[entry.id]) for entry in entries), LONGEST)


def in_order(documents: Iterable[Entry]) -> tuple[Entry, ...]:
    """The documents as an edition has them one after the other: by when they were made if all say so, else by path."""
    found = sorted(documents, key=lambda entry: entry.path)
    if all(entry.created for entry in found):
        found.sort(key=lambda entry: entry.created)
    return tuple(found)


def read_inputs(project: Project, known: Known | None = None) -> Plan:
    """Read every document of a project and its register; what is wrong with them is in the plan's diagnostics.

    What is `known` from an earlier build is not read again.
    """
    known = known or Known()
    diagnostics = list(project.problems)
    failed = [problem.location.path for problem in project.problems]
    read: list[tuple[Path, Facts]] = []
    for path in project.documents:
        reading = known.reading(path, Reading.of)
        diagnostics += reading.diagnostics
        if reading.facts is None:
            failed.append(path)
        else:
            read.append((path, reading.facts))
    names, problems = _addresses(read)
    diagnostics += problems
    failed += [path for (path, _), name in zip(read, names, strict=True) if name is None]
    named = zip(read, names, strict=True)
    inputs = tuple(
        Input(path, name, project.relative(path), facts) for (path, facts), name in named if name is not None
    )
    register, date = _register(project, known, diagnostics)
    date = max((date, *(found.facts.date for found in inputs)))
    return Plan(inputs, tuple(failed), register, tuple(diagnostics), date)


def read_document(project: Project, path: Path, diagnostics: list[Diagnostic]) -> Input | None:
    """Read one document, whatever its address would be; None if it can't be used, `diagnostics` then say why."""
    reading = Reading.of(path)
    diagnostics += reading.diagnostics
    if reading.facts is None:
        return None
    return Input(path, slug(reading.facts.identifier) or "document", project.relative(path), reading.facts)


def _addresses(read: Sequence[tuple[Path, Facts]]) -> tuple[list[str | None], list[Diagnostic]]:
    names, problems = addresses((facts.identifier, Location(path)) for path, facts in read)
    if problems:  # then, and only then, does it matter where the identifiers stand
        names, problems = addresses((facts.identifier, _exactly(path)) for path, facts in read)
    return names, problems


def _exactly(path: Path) -> Location:
    try:
        return place_of_identifier(path)
    except (UnreadableError, NotParsedError):  # since it was read, somebody has changed it
        return Location(path)


def _register(project: Project, known: Known, diagnostics: list[Diagnostic]) -> tuple[Loaded | None, str]:
    """The register, and when it was changed last."""
    if project.register is None:
        return None, ""
    reading = known.reading(project.register, Reading.of)
    problems: Sequence[Diagnostic] = reading.diagnostics
    if reading.facts is not None:
        try:
            loaded = Input(project.register, "register", project.relative(project.register), reading.facts).load()
            diagnostics += reading.diagnostics
            return replace(loaded, source=with_addresses(loaded.source)), reading.facts.date
        except TeipipeError as error:
            problems = [finding("unreadable-file", error.message, Location(project.register), error.help)]
    diagnostics += [problem for problem in problems if problem.rule != "unreadable-file"]
    why = next((problem.message for problem in problems if problem.rule == "unreadable-file"), "it is not XML")
    diagnostics.append(finding("missing-register", f"the register can't be used: {why}", Location(project.register)))
    return None, ""


def date_of_epoch(environment: Mapping[str, str]) -> str:
    """The date that a reproducible build was told, "" if none; raises ConfigurationError if it is no date."""
    seconds = environment.get("SOURCE_DATE_EPOCH", "")
    if not seconds:
        return ""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise ConfigurationError(
            f"SOURCE_DATE_EPOCH is “{seconds}”, not a number of seconds since 1970",
            help="unset the variable, or set it as in: SOURCE_DATE_EPOCH=1763769600",
        ) from None
