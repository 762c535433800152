"""What the page of figures is made of."""

from __future__ import annotations

from typing import Final

from teipipe.editions import SitePage
from teipipe.site.counts import Counts

#: So many conversations are drawn (`tp:drawn-strips` in xslt/site/figures.xsl says the same).
_STRIPS: Final = 6
#: More dates than this are counted by years, and not drawn one by one; of more passages nothing is drawn.
_DATES: Final = 1000
_PASSAGES: Final = 200_000


def figures_page(counts: Counts) -> SitePage:
    """The page of figures; of very much of a kind it doesn't get the facts one by one."""
    conversations = sum(bool(numbers.get("turn")) for numbers in counts.children.values())
    needs = (
        *(("turn", "scene", "participant") if conversations <= _STRIPS else ()),
        *(("date", "place") if counts.of("date") <= _DATES else ()),
        *(("passage",) if counts.of("passage") <= _PASSAGES else ()),
        *("@passages", "turns", "year"),
    )
    return SitePage("figures", "figures/index.html", needs=needs)
