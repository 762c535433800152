"""What a page about the whole corpus is asked for by, and what it is made of."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from teipipe.editions.renderer import Corpus


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page about the whole corpus: its name for the stylesheet (tp:page), its path below the output folder (POSIX).

    `part` (tp:part) says which one of several of this name it is: the id of an entry of the register, the number of a
    part; "" for the only one.
    What of the summaries it gets: `needs` names the children of tp:summary that it uses (their local names, by default
    all; a "place" comes only where something stands in it, or points at it, that comes too), `documents` the ids of
    those that it is about (by default all), `years` those of the dates that it shows (by default all). Attributes of
    tp:summary always come along, but for those that say how long it is: "turns", "paragraphs", "notes". With an
    `entry` of the register, only its mentions come along, with the places that they stand in, and the `places` that the
    entry points at ("ID#PLACE"), and of the register only that entry, those that it points at and those that point at
    it; documents without any of this are left out. Among the needs are also the numbers of all there is that a page
    shows: "@documents", "@interventions" (attributes of tp:counts), "counted" (by entry), "year" (by year); "checksum"
    stands for the checksums of the documents. A page about some of the documents knows nothing of the others.
    `root` is the way to the root of the site where the path can't tell it; "none": the page stands alone.
    `beside` names the files in its folder that are made with it, of the same: other forms of the page.
    """

    name: str
    path: str
    part: str = ""
    needs: tuple[str, ...] = ()
    documents: tuple[str, ...] | None = None
    entry: str = ""
    places: tuple[str, ...] = ()
    years: tuple[str, ...] | None = None
    root: str = ""
    beside: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """The paths of all files that are made of it, its own first."""
        return (self.path, *(posixpath.join(posixpath.dirname(self.path), name) for name in self.beside))

    @property
    def root_path(self) -> str:
        """The way from the page to the root of the site."""
        return self.root or "../" * self.path.count("/")


@dataclass(frozen=True, slots=True)
class Share:
    """A page, the summaries that it gets (a tp:site element), and the corpus as it sees it; None: the whole one.

    `documents` are the ids of those that it gets something of. It is here and not in `site`, for workers have no need
    of that.
    """

    page: SitePage
    summaries: str
    corpus: Corpus | None
    documents: tuple[str, ...] = ()
