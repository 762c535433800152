"""How much there is of what in the summaries: by it, long lists are divided into pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from teipipe.saxon import NAMESPACE

_TP: Final = f"{{{NAMESPACE}}}"


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


def counted(counts: Counts, needs: Sequence[str]) -> str:
    """How much there is in all, as XML, as far as a page needs it; "" if it needs none of it.

    Attributes of the element tp:counts ("@documents", "@interventions": how many there are of each child of a summary),
    and its children: the mentions of each entry ("counted"), the dates and documents of each year ("year").
    """
    names = [need.removeprefix("@") for need in needs if need.startswith("@")]
    if not (names or "counted" in needs or "year" in needs):
        return ""
    root = etree.Element(f"{_TP}counts", {name: str(_number(counts, name)) for name in names}, nsmap={"tp": NAMESPACE})
    if "counted" in needs:
        root.extend(_by_entry(counts))
    if "year" in needs:
        root.extend(_by_year(counts))
    return etree.tostring(root, encoding="unicode")


def _number(counts: Counts, name: str) -> int:
    return len(counts.children) if name == "documents" else counts.of(name.removesuffix("s"))


def _by_entry(counts: Counts) -> Iterator[etree._Element]:
    for entry in sorted(counts.mentions):
        number, documents = counts.of_entry(entry), len(counts.mentions[entry])
        yield etree.Element(f"{_TP}counted", entry=entry, mentions=str(number), documents=str(documents))


def _by_year(counts: Counts) -> Iterator[etree._Element]:
    for year in sorted({*counts.years, *counts.written}):
        dates, documents = counts.years.get(year, 0), counts.written.get(year, 0)
        yield etree.Element(f"{_TP}year", year=year, dates=str(dates), documents=str(documents))
