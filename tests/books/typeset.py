"""Books that tests have set, and what is on their pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import pikepdf
import pypdfium2

from teipipe.books.settings import Print
from teipipe.books.typesetting import Typeset, typeset
from teipipe.resources import bundled

SAMPLE: Final = Path(__file__).with_name("sample.xml").read_text(encoding="utf-8")
TEMPLATES: Final = {path.name: path.read_text(encoding="utf-8") for path in (bundled("xslt") / "print").glob("*.typ")}
HEAD, TAIL = SAMPLE.split("<texts>")[0], SAMPLE.split("</texts>")[1]
PLAIN: Final = Print()


def book_of(content: str) -> str:
    """A book of one text with this content, and the sample's other parts."""
    text = f'<text id="a" short="A text" date="1956" lang="en"><heading>A text</heading>{content}</text>'
    return f"{HEAD}<texts>{text}</texts>{TAIL}"


@cache
def made(book: str = SAMPLE, settings: Print = PLAIN) -> Typeset:
    return typeset(book, settings, TEMPLATES)


@cache
def pages(book: str = SAMPLE, settings: Print = PLAIN) -> list[str]:
    """The text of each page as it stands on it."""
    document = pypdfium2.PdfDocument(made(book, settings).pdf)
    return [page.get_textpage().get_text_bounded().replace("\r\n", "\n").replace("\u200b", "") for page in document]


def page_with(text: str, book: str = SAMPLE) -> str:
    return next(page for page in pages(book) if text in page)


def opened(book: str = SAMPLE, settings: Print = PLAIN) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made(book, settings).pdf))


def elements(node: Any) -> Iterator[Any]:
    """All elements of a structure tree."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from elements(node.get("/K", pikepdf.Array()))


def texts_of(book: str) -> list[str]:
    """The pages from the first text on."""
    document = pypdfium2.PdfDocument(made(book).pdf)
    labels = [document.get_page_label(number) for number in range(len(document))]
    return pages(book)[labels.index("1") :]
