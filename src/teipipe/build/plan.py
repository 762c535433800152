"""What is to be built: every input read once, with its address, and what all pages have to know about the whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from teipipe import __version__
from teipipe.addresses import addresses, slug
from teipipe.build.manifest import checksum
from teipipe.diagnostics import Diagnostic, Location
from teipipe.documents import TEI_NAMESPACE, XML_NAMESPACE, Document, NotParsedError, read_bytes
from teipipe.editions import Corpus, Entry, Look, Source
from teipipe.editions.surroundings import Surroundings, pointers
from teipipe.errors import ConfigurationError, UnreadableError
from teipipe.project import Project
from teipipe.rules import finding
from teipipe.site.entries import with_addresses

_TEI: Final = f"{{{TEI_NAMESPACE}}}"
_ID: Final = f"{{{XML_NAMESPACE}}}id"
_DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_DATING: Final = ("when", "from", "notBefore", "to", "notAfter")


@dataclass(frozen=True, slots=True)
class Input:
    """One document, ready to be rendered; `raw` are the bytes of its file.

    `date` is that of its newest change, `created` when what it holds was made, "" if it doesn't say so; `pointers` is
    whatever may point out of it.
    """

    path: Path
    raw: bytes
    source: Source
    title: str
    date: str
    created: str
    pointers: tuple[str, ...]

    @property
    def entry(self) -> Entry:
        """The document as the others see it."""
        return Entry(self.source.id, self.source.path, self.title, self.source.sha256, self.created)

    def surroundings(self, seen: Surroundings) -> Corpus:
        """The whole as this document sees it."""
        return seen.of(self.source.id, self.source.path, self.pointers)

    def document(self) -> Document:
        """The document anew, to find places in it; the build keeps no trees."""
        return Document(self.path, self.raw)


@dataclass(frozen=True, slots=True)
class Plan:
    """The inputs that can be used, the paths of those that can't (`failed`), and why not."""

    inputs: tuple[Input, ...]
    failed: tuple[Path, ...]
    register: Input | None
    diagnostics: tuple[Diagnostic, ...]

    def corpus(self, project: Project, environment: Mapping[str, str], further: Iterable[Entry] = ()) -> Corpus:
        """What every page says about the whole; `further` are documents that only an earlier build could read."""
        theme = project.theme
        used = (*self.inputs, *([self.register] if self.register else []))
        return Corpus(
            title=project.title,
            date=max((found.date for found in used), default="") or _date_of_epoch(environment),
            version=__version__,
            documents=in_order((*(found.entry for found in self.inputs), *further)),
            register=self.register.source if self.register else None,
            site_url=project.site_url,
            look=Look(theme.has_style, theme.logo_name, theme.header, theme.footer),
        )


def in_order(documents: Iterable[Entry]) -> tuple[Entry, ...]:
    """The documents as an edition has them one after the other: by when they were made if all say so, else by path."""
    found = sorted(documents, key=lambda entry: entry.path)
    if all(entry.created for entry in found):
        found.sort(key=lambda entry: entry.created)
    return tuple(found)


def read_inputs(project: Project) -> Plan:
    """Read every document of a project and its register; what is wrong with them is in the plan's diagnostics."""
    diagnostics = list(project.problems)
    read: list[tuple[Path, bytes, Document]] = []
    failed = [problem.location.path for problem in project.problems]
    for path in project.documents:
        found = _read(path, diagnostics)
        if found is None:
            failed.append(path)
        else:
            read.append((path, *found))
    names, problems = addresses((_identifier(document), _place(document)) for _, _, document in read)
    diagnostics += problems
    inputs = []
    for (path, raw, document), name in zip(read, names, strict=True):
        if name is None:
            failed.append(path)
        else:
            inputs.append(_input(project, path, raw, document, name))
    return Plan(tuple(inputs), tuple(failed), _register(project, diagnostics), tuple(diagnostics))


def read_document(project: Project, path: Path, diagnostics: list[Diagnostic]) -> Input | None:
    """Read one document, whatever its address would be; None if it can't be used, `diagnostics` then say why."""
    found = _read(path, diagnostics)
    if found is None:
        return None
    raw, document = found
    return _input(project, path, raw, document, slug(_identifier(document)) or "document")


def _read(path: Path, diagnostics: list[Diagnostic]) -> tuple[bytes, Document] | None:
    try:
        raw = read_bytes(path)
        document = Document(path, raw)
        if document.is_well_formed:
            document.root  # noqa: B018 (parses it; lxml may see what expat lets pass)
    except UnreadableError as error:
        diagnostics.append(finding("unreadable-file", error.message, Location(path), error.help))
        return None
    except NotParsedError:
        pass
    diagnostics += document.problems
    return None if document.problems else (raw, document)


def _register(project: Project, diagnostics: list[Diagnostic]) -> Input | None:
    if project.register is None:
        return None
    problems: list[Diagnostic] = []
    found = _read(project.register, problems)
    if found is None:
        diagnostics += [problem for problem in problems if problem.rule != "unreadable-file"]
        why = next((problem.message for problem in problems if problem.rule == "unreadable-file"), "it is not XML")
        diagnostics.append(
            finding("missing-register", f"the register can't be used: {why}", Location(project.register))
        )
        return None
    register = _input(project, project.register, *found, "register")
    return replace(register, source=with_addresses(register.source))


def _input(project: Project, path: Path, raw: bytes, document: Document, name: str) -> Input:
    source = Source.of(document, id=name, path=project.relative(path), sha256=checksum(raw))
    title = _title(document) or name
    return Input(path, raw, source, title, _date(document), _created(document), pointers(document.root))


def _identifier(document: Document) -> str:
    return document.root.get(_ID) or document.path.stem


def _place(document: Document) -> Location:
    root = document.root
    return document.attribute(root, _ID) if root.get(_ID) else document.start(root)


def _title(document: Document) -> str:
    statement = document.root.find(f"{_TEI}teiHeader/{_TEI}fileDesc/{_TEI}titleStmt")
    titles = [] if statement is None else statement.findall(f"{_TEI}title")
    main = next((title for title in titles if title.get("type", "main") == "main"), titles[0] if titles else None)
    return "" if main is None else " ".join(str(main.xpath("string()")).split())


def _created(document: Document) -> str:
    date = document.root.find(f"{_TEI}teiHeader/{_TEI}profileDesc/{_TEI}creation/{_TEI}date")
    given = "" if date is None else next(filter(None, map(date.get, _DATING)), "")
    return given if _DATE.match(given) else ""


def _date(document: Document) -> str:
    changes = document.root.iterfind(f"{_TEI}teiHeader/{_TEI}revisionDesc//{_TEI}change")
    dates = (_DATE.match(change.get("when", "")) for change in changes)
    return max((date[0] for date in dates if date), default="")


def _date_of_epoch(environment: Mapping[str, str]) -> str:
    """The date that a reproducible build was told, for documents that have none of their own."""
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
