"""Numbers of decisions by level: as a strip that they share, in words, and as a table by kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from teipipe.encode.review.levels import KINDS, LEVELS, Counts, Level
from teipipe.encode.rules import Kind
from teipipe.reports.html.markup import Html, counted, tag, words

#: How levels and kinds are called beside numbers.
NOUNS: Final[dict[Level, str]] = {"undecided": "undecided", "low": "low", "medium": "medium", "high": "certain"}
OF_KIND: Final[dict[Kind, str]] = {
    "structure": "structure",
    "turn": "turns",
    "bracket": "brackets",
    "name": "names",
    "date": "dates",
    "character": "characters",
}


def of_kind(number: int, kind: Kind) -> str:
    """As in "52 turns"."""
    return counted(number, "part" if kind == "structure" else OF_KIND[kind][:-1])


def strip(numbers: Sequence[int], most: int) -> Html:
    """A bar as long as the sum beside the largest, `most`. It repeats numbers that stand beside it."""
    x, boxes = 0.0, []
    for level, number in zip(LEVELS, numbers, strict=True):
        if number:
            width = max(number * 100 / most, 0.6)
            boxes.append(tag("rect", x=f"{x:.2f}", y="0", width=f"{width:.2f}", height="10", class_=level))
            x += width
    return tag(
        "svg",
        *boxes,
        class_="bar",
        viewBox="0 0 100 10",
        preserveAspectRatio="none",
        aria_hidden="true",
        focusable="false",
    )


def table_of(counts: Counts) -> Html:
    """A row for each kind of which there is something."""
    rows = []
    most = max((sum(counts[kind, level] for level in LEVELS) for kind in KINDS), default=0) or 1
    for kind in KINDS:
        numbers = [counts[kind, level] for level in LEVELS]
        if any(numbers):
            cells = [tag("td", words(f"{number:,}" if number else "–"), class_="amount") for number in numbers]
            chart = tag("td", strip(numbers, most), class_="chart")
            rows.append(tag("tr", tag("th", words(OF_KIND[kind]), scope="row"), chart, *cells))
    heads = [tag("th", words("Kind"), scope="col"), tag("td")]
    heads += [tag("th", words(NOUNS[level]), scope="col", class_="amount") for level in LEVELS]
    return tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows), class_="contents")
