"""How much there is of what in the summaries: by it, long lists are divided into pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Counts:
    """How many children of each name (mention, place, intervention, …) the summary of each document has.

    `children` leads from the id of a document, in the order of the edition, to names and numbers; `mentions` from the
    id of an entry to the documents that mention it, in that order too, and how often; `years` says how many dates in
    the texts are in each year, those without a value under "", and `written` the same for the documents; `dated` leads
    from a year to the documents that have to do with it, `order` from a document to its place in the edition.
    """

    children: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    mentions: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    years: Mapping[str, int] = field(default_factory=dict)
    written: Mapping[str, int] = field(default_factory=dict)
    dated: Mapping[str, Sequence[str]] = field(default_factory=dict)
    order: Mapping[str, int] = field(default_factory=dict)

    def of(self, name: str) -> int:
        """How many children of this name there are in all."""
        return sum(numbers.get(name, 0) for numbers in self.children.values())

    def of_entry(self, entry: str) -> int:
        """How many mentions of an entry there are in all."""
        return sum(self.mentions.get(entry, {}).values())
