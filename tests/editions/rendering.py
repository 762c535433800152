"""What tests of the stylesheets share: documents as sources, and the words of what comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import html5lib
from lxml import etree

from teipipe.documents import Document
from teipipe.editions import Corpus, Edition, Entry, Renderer, Source
from teipipe.saxon import Message
from teipipe.views import View

ROOT: Final = Path(__file__).resolve().parents[2]
CASES: Final = ROOT / "tests" / "cases"
TEI: Final = "{http://www.tei-c.org/ns/1.0}"
XSL: Final = "{http://www.w3.org/1999/XSL/Transform}"

#: Unicode White_Space, not what a locale or a library takes for it.
BLANK: Final = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")

#: HTML elements that separate words; all others stand inside them.
BLOCKS: Final = frozenset(
    re.split(
        " ",
        "article aside blockquote br caption dd div dl dt footer h1 h2 h3 h4 h5 h6 header li main nav ol p section"
        " table tbody td th tr ul",
    )
)

OTHER: Final = Entry("other", "other.xml", "Another document", "f" * 64)


@cache
def renderer() -> Renderer:
    """The stylesheets of this repository, compiled once for all tests."""
    return Renderer()


def read(path: Path, name: str) -> Source:
    """A document as a source; `name` stands for its file in the project."""
    return Source.of(Document.read(path), id=Path(name).stem, path=name, sha256="0" * 64)


def corpus(source: Source, register: Source | None = None) -> Corpus:
    """An edition of the document and of one other that doesn't exist."""
    here = Entry(source.id, source.path, "This document", source.sha256)
    return Corpus("An edition", "2026-11-22", "1.2.3", (here, OTHER), register)


def whole(source: Source, register: Source | None = None) -> tuple[dict[str, str], Edition, list[Message]]:
    """All files of a document by their path below its folder, the edition they come from, and what was reported."""
    edition = renderer().edition(source, corpus(source, register))
    files = {artefact.path.partition("/")[2]: artefact.data.decode() for artefact in edition.artefacts}
    return files, edition, list(edition.messages)


def text(source: Source, view: View, register: Source | None = None, **options: bool | int) -> str:
    """One view as plain text, without head unless the options ask for one."""
    found = corpus(source, register)
    chosen: dict[str, bool | int] = {"head": False, **options}
    result = renderer().render(source, "text", view, found, css="", **chosen)  # type: ignore[arg-type]  # by keyword
    renderer().take_messages()
    return result


def page(source: Source, view: View, register: Source | None = None) -> str:
    """One view as a page that stands alone."""
    result = renderer().render(source, "html", view, corpus(source, register), css="p { margin: 0 }")
    renderer().take_messages()
    return result


def parsed(html: str) -> etree._Element:
    """A page, by the HTML standard's own algorithm; any parse error fails."""
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False)
    tree: etree._ElementTree = parser.parse(html)
    return tree.getroot()


def words_of_page(html: str) -> list[str]:
    """The words of a page that are the document's: all outside elements of class “generated”."""
    body = parsed(html).find("body")
    assert body is not None
    return _words("".join(_text(body)))


def words_of_text(plain: str) -> list[str]:
    return _words(plain)


def _words(run: str) -> list[str]:
    return [word for word in BLANK.split(run) if word]


def _text(element: etree._Element) -> Iterator[str]:
    separator = " " if element.tag in BLOCKS else ""
    yield separator
    if "generated" not in (element.get("class") or "").split():
        yield element.text or ""
        for child in element:
            if isinstance(child.tag, str):
                yield from _text(child)
            yield child.tail or ""
    yield separator
