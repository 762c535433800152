"""Divides what is searched into parts, so that each can be indexed in the memory that there is for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

#: Where the search page looks for the index if it has one part; further parts have their place added.
FOLDER: Final = "search/pagefind"

#: A page is searched where it says so itself.
_MARK: Final = b"data-pagefind-body"
_TAG: Final = re.compile(rb"<[^<>]*>")

#: Memory that Pagefind takes for each byte of text at most, as measured on words made at random; it takes a tenth of it
#: for long documents, a third for pages of a thousand words.
_GROWTH: Final = 150
_SHARE: Final = 0.9

#: With more megabytes than this, parts don't become larger: so it helps to give more if a part should fail.
_ENOUGH: Final = 2000


@dataclass(frozen=True, slots=True)
class SearchedPage:
    """A page to be searched: its path below the root of the site, its checksum, and the bytes of its text."""

    path: str
    checksum: str
    size: int


@dataclass(frozen=True, slots=True)
class IndexPart:
    """Pages whose index is in a folder of its own."""

    folder: str
    pages: tuple[SearchedPage, ...]


def is_searched(page: bytes) -> bool:
    """Whether a page says that it is to be searched."""
    return _MARK in page


def text_size(page: bytes) -> int:
    """The bytes of a page without its markup, by which the memory for its index is estimated."""
    return len(_TAG.sub(b"", page))


def part_limit(memory: int) -> int:
    """How many bytes of text a part may have if so many megabytes are there to index it."""
    return int((min(memory, _ENOUGH) << 20) * _SHARE / _GROWTH)


def divided(pages: Iterable[SearchedPage], limit: int) -> list[IndexPart]:
    """The pages in parts of at most `limit` bytes of text each; one part if there is no more of it.

    What is too much for one part is halved, and the halves again, by the paths of the pages alone: so an edit moves no
    page to another part, and if a part becomes too large the others stay as they are. The register is apart from the
    documents, for its entries change when documents do. A page that is larger has a part for itself.
    """
    return list(_halved([(_place(page.path), page) for page in sorted(pages, key=lambda page: page.path)], limit, ""))


def _halved(pages: list[tuple[str, SearchedPage]], limit: int, place: str) -> Iterator[IndexPart]:
    if len(pages) < 2 or sum(page.size for _, page in pages) <= limit:
        if pages:
            yield IndexPart(f"{FOLDER}-{place}" if place else FOLDER, tuple(page for _, page in pages))
        return
    for half in "01":
        inside = [(where, page) for where, page in pages if where[len(place)] == half]
        yield from _halved(inside, limit, place + half)


def _place(path: str) -> str:
    """Where a page belongs, as the decisions for one half or the other."""
    return f"{path.startswith('register/'):d}{int.from_bytes(sha256(path.encode()).digest()):0256b}"
