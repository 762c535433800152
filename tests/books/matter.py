"""Books without their texts, made from summaries: what tests of title page, front and back matter look at."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Final

from lxml import etree
from tests.site.test_cases import corpus_of

from teipipe.documents import Document
from teipipe.editions import Corpus, Entry, Renderer, SitePage, Source
from teipipe.editions.books import BookRenderer
from teipipe.editions.renderer import Part
from teipipe.editions.surroundings import Cutter
from teipipe.relaxng.schema import Schema
from teipipe.site import Shares, Summary, with_addresses

ROOT: Final = Path(__file__).resolve().parents[2]
TEI: Final = ROOT / "tei"
CASES: Final = ROOT / "tests" / "cases" / "site"
TP: Final = "{urn:teipipe:ns}"
CHECKSUM: Final = "0123456789abcdef" * 4
_SUMMARY: Final[tuple[Part, ...]] = ("beside",)


@cache
def renderer(language: str = "en") -> Renderer:
    return Renderer(language=language)


@cache
def binder(language: str = "en") -> BookRenderer:
    return BookRenderer(language=language)


@cache
def schema() -> Schema:
    return Schema.load(Path(__file__).with_name("book.rnc"))


@dataclass(frozen=True)
class Edition:
    """A corpus, the summaries of its documents (XML), its register after the passes, the language of our words."""

    corpus: Corpus
    summaries: tuple[str, ...]
    register: str
    language: str = "en"

    @property
    def trees(self) -> list[etree._Element]:
        return [etree.fromstring(summary) for summary in self.summaries]

    @property
    def shares(self) -> Shares:
        return Shares(self.corpus, map(Summary, self.summaries), self.register)

    def _seen(self, whole: Corpus, documents: Sequence[str], kind: str) -> Corpus:
        """The corpus as a book sees it: its documents, and of the register what concerns one alone."""
        here = tuple(entry for entry in whole.documents if not documents or entry.id in documents)
        if whole.register is None or kind == "edition":
            return replace(whole, documents=here)
        cutter = Cutter(whole.register)
        concerned = (related for entry, related in cutter.related.items() if entry in self.mentioned(documents[0]))
        return replace(whole, documents=here, register=cutter.cut(chain.from_iterable(concerned)))

    def mentioned(self, document: str = "") -> set[str]:
        """The entries of the register that documents mention."""
        summaries = [summary for summary in self.trees if document in ("", summary.get("id"))]
        return {str(found.get("entry")) for summary in summaries for found in summary.iter(f"{TP}mention")}

    def book(self, documents: Sequence[str] = (), *, kind: str = "edition", volume: int = 0) -> etree._Element:
        """The book of some of its documents, by default of all; nothing may be reported and it must be valid."""
        shares = self.shares
        page = SitePage("book", "book", documents=tuple(documents) or None)
        parameters: dict[str, str | int] = {
            "kind": kind,
            "id": documents[0] if kind == "document" else "edition",
            "checksum": CHECKSUM,
            "volume": volume,
            "volumes": 3 if volume else 0,
            "font": "Libertinus Serif",
        }
        made = binder(self.language)
        made.take_messages()
        xml = made.book(shares.of(page).summaries, self._seen(shares.whole, documents, kind), parameters)
        assert not made.take_messages()
        assert not list(schema().check(Document(Path("book.xml"), xml.encode())))
        return etree.fromstring(xml)


def source(path: Path) -> Source:
    return Source.of(
        Document.read(path), id=path.stem, path=f"tei/{path.name}", sha256=sha256(path.read_bytes()).hexdigest()
    )


def edition_of(
    sources: Sequence[Source], register: Source | None, *, title: str = "An edition", language: str = "en"
) -> Edition:
    """The edition of some documents."""
    entries = tuple(Entry(found.id, found.path, found.id, found.sha256) for found in sources)
    corpus = Corpus(title, "2026-11-22", "1.2.3", entries, None if register is None else with_addresses(register))
    made = renderer(language)
    summaries = tuple(made.edition(found, corpus, _SUMMARY).summary for found in sources)
    made.take_messages()
    prepared = "" if corpus.register is None else made.register(corpus.register, corpus)
    return Edition(corpus, summaries, prepared, language)


@cache
def project(language: str = "en") -> Edition:
    """This repository's own edition."""
    paths = sorted(path for path in TEI.glob("*.xml") if path.name != "register.xml")
    found = edition_of([source(path) for path in paths], source(TEI / "register.xml"), language=language)
    site = replace(found.corpus, site_url="https://example.org/edition/", description="What it is.\n\nWhat it is for.")
    return replace(found, corpus=site)


def case(name: str) -> Edition:
    """One of the cases of pages about the whole."""
    folder = CASES / name
    corpus = corpus_of(folder, tomllib.loads((folder / "corpus.toml").read_text(encoding="utf-8")))
    whole = etree.parse(folder / "summaries.xml").getroot()
    summaries = tuple(etree.tostring(summary, encoding="unicode", with_tail=False) for summary in whole)
    register = "" if corpus.register is None else renderer().register(corpus.register, corpus)
    renderer().take_messages()
    return Edition(corpus, summaries, register)


def words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def matter(book: etree._Element, name: str) -> etree._Element:
    [found] = book.xpath("*/matter[@id=$id]", id=f"matter.{name}")
    assert isinstance(found, etree._Element)
    return found
