"""What stands on the page under a name: its anchor, and links to it."""

from __future__ import annotations

import re
from typing import Final

from teipipe.odd.markup import Html, tag, words

#: What may not be in an anchor: white space, and what would have to be written in a link another way.
_UNFIT: Final = re.compile(r"[^\w.:-]")

#: Kinds of which no two share a name.
NAMED: Final = ("class", "macro", "datatype")


class Names:
    """The anchors of a page, each given once, in the order in which things are entered."""

    def __init__(self) -> None:
        self._anchors: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()

    def enter(self, kind: str, name: str, shown: str = "") -> str:
        """Give `name` of this kind an anchor, if it has none: the kind, and `shown`, by default the name."""
        if (kind, name) not in self._anchors:
            wanted = f"{kind}-{_UNFIT.sub('_', shown or name)}"
            anchor, number = wanted, 2
            while anchor in self._taken:
                anchor, number = f"{wanted}-{number}", number + 1
            self._taken.add(anchor)
            self._anchors[kind, name] = anchor
        return self._anchors[kind, name]

    def anchor(self, kind: str, name: str) -> str | None:
        """The anchor of what has been entered, None if nothing has."""
        return self._anchors.get((kind, name))

    def find(self, name: str, *kinds: str) -> str | None:
        """The anchor of what is called so, of the first of these kinds that has one."""
        return next((anchor for kind in kinds if (anchor := self.anchor(kind, name))), None)

    def link(self, kind: str, name: str, shown: str = "") -> Html:
        """What is called `name`, as a link if it is on the page."""
        return linked(self.anchor(kind, name), shown or name)

    def plain(self, kind: str, name: str, shown: str = "") -> Html:
        """The same among many names, which are in the letters of code all together."""
        anchor = self.anchor(kind, name)
        return words(shown or name) if anchor is None else tag("a", words(shown or name), href=f"#{anchor}")


def linked(anchor: str | None, shown: str) -> Html:
    """A name in the letters of code, as a link to an anchor if there is one."""
    code = tag("code", words(shown))
    return code if anchor is None else tag("a", code, href=f"#{anchor}")
