"""Charts as inline SVG: plain rectangles, coloured by classes of the style sheet, so that they follow its darkness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from teipipe.diagnostics import Severity
from teipipe.reports.html.markup import Html, counted, tag, words

#: What is gravest comes first, in bars from the left.
ORDER: Final = (Severity.FAILURE, Severity.ERROR, Severity.WARNING, Severity.INFO)
NOUNS: Final = {
    Severity.FAILURE: "not judged",
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "remark",
}

#: A document's cell on the map is as dark as it has findings: from so many on, the next shade.
SHADES: Final = (1, 2, 5, 10, 25)
#: More cells are no longer seen: then several documents share one.
_CELLS: Final = 1_000
_COLUMNS: Final = 40


def amounts(counts: Counter[Severity]) -> str:
    """In words: "2 errors, 1 warning"."""
    parts = [
        f"{counts[severity]:,} {NOUNS[severity]}"
        if severity is Severity.FAILURE
        else counted(counts[severity], NOUNS[severity])
        for severity in ORDER
        if counts[severity]
    ]
    return ", ".join(parts) or "nothing"


def bar(counts: Counter[Severity], most: int) -> Html:
    """A bar as long as the number of findings beside the largest, `most`. It repeats numbers that stand beside it."""
    return tag(
        "svg",
        *_stacked(counts, 100 / max(most, 1)),
        class_="bar",
        viewBox="0 0 100 10",
        preserveAspectRatio="none",
        aria_hidden="true",
        focusable="false",
    )


def _stacked(counts: Counter[Severity], scale: float) -> Iterator[Html]:
    x = 0.0
    for severity in ORDER:
        if counts[severity]:
            # A single finding among thousands has to be seen, too.
            width = max(counts[severity] * scale, 0.6)
            yield _box(x, 0, width, 10, str(severity))
            x += width


def _box(
    x: float, y: float, width: float, height: float, kind: str, *inside: Html, radius: float | None = None
) -> Html:
    size = {"x": _short(x), "y": _short(y), "width": _short(width), "height": _short(height)}
    return tag("rect", *inside, **size, rx=radius, class_=kind)


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def shares(counts: Counter[Severity]) -> Html:
    """One bar of the whole width that the severities share."""
    total = sum(counts.values())
    return _figure(
        "shares",
        "Findings by severity",
        f"Of {counted(total, 'finding')}: {amounts(counts)}.",
        "0 0 100 10",
        *_stacked(counts, 100 / max(total, 1)),
    )


def histogram(parts: Sequence[Counter[Severity]]) -> Html:
    """A column for each part of the documents, from their beginning to their end."""
    most = max((sum(part.values()) for part in parts), default=0) or 1
    wide, high = 100 / len(parts), 40
    columns: list[Html] = []
    for number, part in enumerate(parts):
        y = float(high)
        for severity in reversed(ORDER):
            height = part[severity] * high / most
            if height:
                y -= height
                columns.append(_box(number * wide + 0.4, y, wide - 0.8, height, str(severity), _title(number, part)))
    peak = max(range(len(parts)), key=lambda number: sum(parts[number].values()))
    return _figure(
        "histogram",
        "Where in the documents findings lie",
        f"The documents in {len(parts)} parts of as many lines. Most findings are in part {peak + 1}: {most:,}.",
        f"0 0 100 {high}",
        *columns,
        tag("line", x1=0, y1=high, x2=100, y2=high, class_="axis", vector_effect="non-scaling-stroke"),
    )


def _title(number: int, part: Counter[Severity]) -> Html:
    return tag("title", words(f"part {number + 1}: {amounts(part)}"))


def atlas(documents: Sequence[tuple[str, int]]) -> Html:
    """A cell for each document, by name, darker the more findings it has; of very many, several share a cell."""
    each = -(-len(documents) // _CELLS)
    cells = [documents[start : start + each] for start in range(0, len(documents), each)]
    rows = -(-len(cells) // _COLUMNS)
    boxes = []
    for number, cell in enumerate(cells):
        y, x = divmod(number, _COLUMNS)
        most = max(count for _, count in cell)
        names = cell[0][0] if len(cell) == 1 else f"{cell[0][0]} to {cell[-1][0]}"
        title = tag("title", words(f"{names}: {sum(count for _, count in cell):,}"))
        boxes.append(_box(x * 10 + 0.75, y * 10 + 0.75, 8.5, 8.5, f"shade-{_shade(most)}", title, radius=1.5))
    concerned = sum(1 for _, count in documents if count)
    return _figure(
        "atlas",
        "The documents, by name",
        f"{concerned:,} of {counted(len(documents), 'document')} have findings.",
        f"0 0 {_COLUMNS * 10} {rows * 10}",
        *boxes,
    )


def _shade(count: int) -> int:
    return sum(count >= step for step in SHADES)


def _figure(name: str, title: str, description: str, box: str, *inside: Html) -> Html:
    stretched = None if name == "atlas" else "none"
    return tag(
        "svg",
        tag("title", words(title), id=f"{name}-title"),
        tag("desc", words(description), id=f"{name}-desc"),
        *inside,
        class_=name,
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        viewBox=box,
        preserveAspectRatio=stretched,
        focusable="false",
    )
