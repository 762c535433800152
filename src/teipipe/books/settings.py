"""What a project says of its books."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

#: What typst can promise about a PDF: for the archive (PDF/A, 3a with the TEI attached), for everybody (PDF/UA).
Standard = Literal["a-2a", "a-3a", "ua-1"]


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
    """Which books there are, and how they look; `documents` says that there is one of each document, too."""

    pdf: bool = False
    epub: bool = False
    documents: bool = True
    print: Print = Print()
    ebook: Epub = Epub()
