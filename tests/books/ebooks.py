"""E-books for tests: the sample, the edition, single documents, all cases of the renderers, other languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from lxml import etree
from tests.books.matter import ROOT, TEI, Edition, binder, edition_of, project, source

from teipipe.books.epub import Enclosed, packaged, parameters
from teipipe.books.splicing import spliced
from teipipe.documents import Document
from teipipe.editions import Source

SAMPLE: Final = Path(__file__).with_name("sample.xml")
CASES: Final = ROOT / "tests" / "cases" / "render"
_PARSER: Final = etree.XMLParser(huge_tree=True)
XHTML: Final = "{http://www.w3.org/1999/xhtml}"
OPS: Final = "{http://www.idpf.org/2007/ops}"

#: The smallest image: one grey dot.
COVER: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c6368000000820081dd436af40000000049454e44ae426082"
)

#: A conversation in a language that is written from right to left.
ARABIC: Final = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="arabic" xml:lang="ar"><teiHeader>
<fileDesc><titleStmt><title>محادثة</title></titleStmt></fileDesc></teiHeader><text><body><head>محضر المحادثة</head>
<sp who="#p1"><speaker>ليلى</speaker><p>وصلنا أمس<note>أي في ١٥ أيلول.</note>.</p></sp>
<sp><speaker>سامي</speaker><p>قال: <foreign xml:lang="en">Good morning</foreign>، ثم ذهب.</p></sp>
<list><item>أول</item><item>ثان</item></list></body></text></TEI>"""


@cache
def book(name: str) -> str:
    """A whole book (XML): "sample", "edition", "edition-de", "cases", "arabic", or one of our documents."""
    if name == "sample":
        return SAMPLE.read_text(encoding="utf-8")
    if name == "cases":
        return _bound(_cases(), [_read(path, path.parent.name) for path in sorted(CASES.glob("*/input.xml"))])
    if name == "arabic":
        text = _source(ARABIC)
        return _bound(edition_of([text], None, title="طبعة"), [text]).replace(' lang="en"', ' lang="ar"', 1)
    language = "de" if name.endswith("-de") else "en"
    texts = [source(path) for path in sorted(TEI.glob("*.xml")) if path.name != "register.xml"]
    if name.startswith("edition"):
        return _bound(project(language), texts)
    return _bound(project(language), [text for text in texts if text.id == name], name)


def _bound(edition: Edition, texts: list[Source], document: str = "") -> str:
    made = binder(edition.language)
    around = edition.book([document], kind="document") if document else edition.book()
    written = [made.text(text, edition.corpus) for text in texts]
    made.take_messages()
    return spliced(etree.tostring(around, encoding="unicode"), written)


@cache
def _cases() -> Edition:
    texts = [_read(path, path.parent.name) for path in sorted(CASES.glob("*/input.xml"))]
    return edition_of(texts, _read(CASES / "register.xml", "register"), title="Every case")


def _read(path: Path, name: str) -> Source:
    found = Source.of(Document.read(path), id=name, path=f"{name}.xml", sha256="0" * 64)
    return replace(found, id=name)


def _source(xml: str) -> Source:
    return Source.of(Document(Path("arabic.xml"), xml.encode()), id="arabic", path="arabic.xml", sha256="0" * 64)


@cache
def ebook(name: str) -> bytes:
    """The e-book of one of these books; the stylesheets may report nothing."""
    return made(book(name))


def made(xml: str, **options: int) -> bytes:
    """An e-book; `options` are further parameters of the stylesheets."""
    enclosed = Enclosed(COVER)
    renderer = binder()
    renderer.take_messages()
    files = renderer.epub(xml, {**parameters(xml, enclosed), **options})
    assert not renderer.take_messages()
    return packaged(files, enclosed)


def pages(data: bytes) -> Mapping[str, etree._Element]:
    """The pages of an e-book in the order in which they are read, by their files."""
    with ZipFile(BytesIO(data)) as container:
        package = etree.fromstring(container.read("EPUB/package.opf"))
        paths = {str(item.get("id")): str(item.get("href")) for item in package.iter("{*}item")}
        spine = [paths[str(item.get("idref"))] for item in package.iter("{*}itemref")]
        return {path: etree.fromstring(container.read(f"EPUB/{path}"), _PARSER) for path in spine}


def package_of(data: bytes) -> etree._Element:
    with ZipFile(BytesIO(data)) as container:
        return etree.fromstring(container.read("EPUB/package.opf"))


def said(element: etree._Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()
