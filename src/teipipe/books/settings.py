"""What a project says of its books: the table `books` of its configuration."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, cast

from teipipe.tables import Reader, Table

#: What books can be made as.
Format = Literal["pdf", "epub"]
FORMATS: Final[tuple[Format, ...]] = ("pdf", "epub")

#: What typst can promise about a PDF: for the archive (PDF/A, 3a with the TEI attached), for everybody (PDF/UA).
Standard = Literal["a-2a", "a-3a", "ua-1"]
STANDARDS: Final[tuple[Standard, ...]] = ("a-2a", "a-3a", "ua-1")

#: Papers that have names, width and height in millimetres.
PAPERS: Final[Mapping[str, tuple[float, float]]] = {
    "a4": (210.0, 297.0),
    "a5": (148.0, 210.0),
    "b5": (176.0, 250.0),
    "letter": (215.9, 279.4),
    "royal": (156.0, 234.0),
    "demy": (138.0, 216.0),
}

#: The package that the extra "cjk" installs: letters of Han, Kana and Hangul for print.
CJK_PACKAGE: Final = "mplfonts"

#: Images that can be the cover of an e-book.
COVERS: Final = (".png", ".jpg", ".jpeg")

#: What the tables may say.
KEYS: Final = ("formats", "of", "print", "epub")
PRINT_KEYS: Final = ("paper", "margins", "sides", "font", "size", "fonts", "standards")
EPUB_KEYS: Final = ("cover", "fonts")

_PAPER: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(?:mm)?\s*[x×]\s*(\d+(?:\.\d+)?)\s*(?:mm)?")
_MARGINS: Final = ("inside", "outside", "top", "bottom")


@dataclass(frozen=True, slots=True)
class Print:
    """How a book is printed.

    `paper` is width and height, `margins` are inside, outside, top and bottom, all in millimetres; on one-sided pages
    inside is left. `font` is a family, those in the folder `fonts` included, and `size` its size in points; letters
    that it doesn't have are looked for in all others that there are.
    """

    paper: tuple[float, float] = (155.0, 230.0)
    margins: tuple[float, float, float, float] = (22.0, 26.0, 24.0, 26.0)
    two_sided: bool = True
    font: str = "Libertinus Serif"
    size: float = 10.5
    fonts: Path | None = None
    standards: tuple[Standard, ...] = ("a-2a", "ua-1")


@dataclass(frozen=True, slots=True)
class Epub:
    """How an e-book is made: `cover` is an image that takes the place of ours; `fonts` says that fonts go into it."""

    cover: Path | None = None
    fonts: bool = False


@dataclass(frozen=True, slots=True)
class Books:
    """Which books are made, and how they look: of the `edition` as a whole, and one of each of the `documents`."""

    formats: tuple[Format, ...] = ()
    edition: bool = True
    documents: bool = True
    print: Print = Print()
    epub: Epub = Epub()

    @property
    def names(self) -> tuple[str, ...]:
        """The formats, and of what there are books ("edition", "documents"): what pages have to know of them."""
        of = ("edition",) * self.edition + ("documents",) * self.documents
        return (*self.formats, *of) if self.formats else ()


#: Those of a project that wants none.
NO_BOOKS: Final = Books()


def read(table: object, reader: Reader) -> Books:
    """The books that the table of this name in a configuration asks for; raises ConfigurationError."""
    found = Table(table, "books", KEYS, reader)
    of = found.choice("of", "all", ("all", "edition", "documents"))
    return Books(
        formats=cast("tuple[Format, ...]", found.several("formats", FORMATS, FORMATS)),
        edition=of != "documents",
        documents=of != "edition",
        print=_print(found.table("print", PRINT_KEYS)),
        epub=_epub(found.table("epub", EPUB_KEYS)),
    )


def _print(found: Table) -> Print:
    default = Print()
    paper = _paper(found)
    margins = found.table("margins", _MARGINS)
    sizes = [margins.number(name, value) for name, value in zip(_MARGINS, default.margins, strict=True)]
    if sizes[0] + sizes[1] > paper[0] / 2 or sizes[2] + sizes[3] > paper[1] / 2:
        raise found.error(
            "margins that leave less than half of the paper", "make them smaller, or the paper larger", "margins"
        )
    standards = cast("tuple[Standard, ...]", found.several("standards", default.standards, STANDARDS))
    if {"a-2a", "a-3a"} <= set(standards):
        raise found.error(
            "a PDF can't be both a-2a and a-3a", 'keep "a-3a" if the TEI is to be attached, else "a-2a"', "standards"
        )
    return Print(
        paper=paper,
        margins=(sizes[0], sizes[1], sizes[2], sizes[3]),
        two_sided=found.choice("sides", "two", ("one", "two")) == "two",
        font=found.text("font", default.font),
        size=found.number("size", default.size, most=40.0),
        fonts=found.path("fonts", is_folder=True),
        standards=standards,
    )


def _paper(found: Table) -> tuple[float, float]:
    text = found.text("paper", "155 x 230")
    named = PAPERS.get(text.lower())
    if named is not None:
        return named
    match = _PAPER.fullmatch(text.strip())
    sides = (float(match[1]), float(match[2])) if match else (0.0, 0.0)
    if not all(60 <= side <= 2000 for side in sides):
        advice = f'write its width and height in millimetres, as in "155 x 230", or one of: {", ".join(PAPERS)}'
        raise found.error(f"paper can't be “{text}”", advice, "paper")
    return sides


def _epub(found: Table) -> Epub:
    cover = found.path("cover")
    if cover is not None and cover.suffix.lower() not in COVERS:
        raise found.error(
            f"cover “{cover.name}” is no image for an e-book", f"it is one of: {', '.join(COVERS)}", "cover"
        )
    return Epub(cover, found.flag("fonts", False))
