"""Reads documents for a build: what has to be known of each before any is rendered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree

from teipipe.build.manifest import checksum
from teipipe.diagnostics import Diagnostic, Location
from teipipe.documents import TEI_NAMESPACE, XML_NAMESPACE, Document, NotParsedError, language_of, read_bytes
from teipipe.editions.active import active_node, in_words
from teipipe.editions.surroundings import pointers
from teipipe.errors import UnreadableError
from teipipe.rules import finding

_TEI: Final = f"{{{TEI_NAMESPACE}}}"
_ID: Final = f"{{{XML_NAMESPACE}}}id"
_DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_DATING: Final = ("when", "from", "notBefore", "to", "notAfter")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a document: `identifier` is the one that it has, or its file's name; `size` is in bytes.

    `length` is the number of characters in the text itself; `title` is "" if it has none, `language` that of the title,
    "" if it isn't said, `date` that of its newest change,
    `created` when what it holds was made, "" if it doesn't say so; `pointers` is whatever may point out of it;
    `is_active` says that browsers run something in it.
    """

    identifier: str
    sha256: str
    size: int
    title: str
    date: str
    created: str
    pointers: tuple[str, ...]
    is_active: bool = False
    language: str = ""
    length: int = 0

    @classmethod
    def of(cls, document: Document, raw: bytes) -> Facts:
        """Those of a well-formed document."""
        root = document.root
        title = _title(document)
        return cls(
            identifier=root.get(_ID) or document.path.stem,
            sha256=checksum(raw),
            size=len(raw),
            title="" if title is None else _words(title),
            date=_date(document),
            created=_created(document),
            pointers=pointers(root),
            is_active=active_node(root) is not None,
            language=language_of(root if title is None else title),
            length=sum(len(words) for text in root.iterfind(f"{_TEI}text") for words in text.itertext()),
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """What there is to know of a document; or None, and the `diagnostics` say why it can't be used."""

    facts: Facts | None
    diagnostics: tuple[Diagnostic, ...] = ()

    @classmethod
    def of(cls, path: Path) -> Reading:
        """Read the document in a file."""
        try:
            raw = read_bytes(path)
            document = Document(path, raw)
            if document.is_well_formed:
                document.root  # noqa: B018 (parses it; lxml may see what expat lets pass)
        except UnreadableError as error:
            return cls(None, (finding("unreadable-file", error.message, Location(path), error.help),))
        except NotParsedError:
            pass
        if document.problems:
            return cls(None, tuple(document.problems))
        facts = Facts.of(document, raw)
        return cls(facts, tuple(_remarks(facts, document)))


def _remarks(facts: Facts, document: Document) -> Iterator[Diagnostic]:
    """What is to be said of a document that can be used."""
    node = active_node(document.root) if facts.is_active else None
    if node is not None:
        place = document.root if isinstance(node, etree._ProcessingInstruction) else node
        message = f"browsers run {in_words(node)}, so this file is published as plain text"
        yield finding("active-content", message, document.start(place))


def place_of_identifier(path: Path) -> Location:
    """Where in a document its identifier stands, or would stand."""
    document = Document.read(path)
    root = document.root
    return document.attribute(root, _ID) if root.get(_ID) else document.start(root)


def _title(document: Document) -> etree._Element | None:
    statement = document.root.find(f"{_TEI}teiHeader/{_TEI}fileDesc/{_TEI}titleStmt")
    titles = [] if statement is None else statement.findall(f"{_TEI}title")
    return next((title for title in titles if title.get("type", "main") == "main"), titles[0] if titles else None)


def _words(element: etree._Element) -> str:
    return " ".join(str(element.xpath("string()")).split())


def _created(document: Document) -> str:
    date = document.root.find(f"{_TEI}teiHeader/{_TEI}profileDesc/{_TEI}creation/{_TEI}date")
    given = "" if date is None else next(filter(None, map(date.get, _DATING)), "")
    return given if _DATE.match(given) else ""


def _date(document: Document) -> str:
    changes = document.root.iterfind(f"{_TEI}teiHeader/{_TEI}revisionDesc//{_TEI}change")
    dates = (_DATE.match(change.get("when", "")) for change in changes)
    return max((date[0] for date in dates if date), default="")
