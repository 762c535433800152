"""The figures and the errors as text: for the terminal, and for docs/accuracy.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from tests.accuracy import memoranda
from tests.accuracy.matching import Item, Pair, Ratio, Score
from tests.accuracy.measuring import OUTSIDE_LABELS, ROWS, Measured, total

#: How many characters of the text stand around an error.
_CONTEXT: Final = 32


def own_rows(measured: Sequence[Measured], *, with_values: bool) -> list[tuple[str, ...]]:
    """A row of figures for each kind of thing."""
    rows: list[tuple[str, ...]] = []
    for aspect, groups in ROWS.items():
        if any(one.aspect == aspect for one in measured):
            said = with_values or aspect in ("brackets", "dates")
            for name, group in groups:
                rows.append(_row(name, total(measured, aspect, group), with_values=said))
                if aspect == "names" and len(group) > 1:
                    score = total(measured, aspect, group, outside_labels=True)
                    rows.append(_row(OUTSIDE_LABELS, score, with_values=said))
    return rows


def memoranda_rows(measured: Sequence[Measured]) -> list[tuple[str, ...]]:
    """The same for the documents of others; without a precision where they didn't mark all."""
    rows: list[tuple[str, ...]] = []
    for aspect, groups in memoranda.ROWS.items():
        if any(one.aspect == aspect for one in measured):
            for name, group, is_whole in groups:
                row = _row(
                    name, total(measured, aspect, group), with_values=not name.startswith(("brackets", "relative"))
                )
                rows.append(row if is_whole else (*row[:3], "–", row[4], *("–",) * 4, *row[9:]))
    return rows


def _row(name: str, score: Score, *, with_values: bool) -> tuple[str, ...]:
    values = score.values if with_values else Ratio()
    return (
        name,
        str(score.spans.gold),
        str(score.spans.found),
        *_figures(score.spans),
        *_figures(score.kinds)[:2],
        *_figures(values)[:2],
        str(score.overlaps),
    )


def _figures(ratio: Ratio) -> tuple[str, str, str]:
    """Precision, recall and F1; none of what was not there to be found, or not found at all."""
    return (
        _percent(ratio.precision) if ratio.found else "–",
        _percent(ratio.recall) if ratio.gold else "–",
        _percent(ratio.f1) if ratio.found and ratio.gold else "–",
    )


HEAD: Final = ("", "gold", "ours", "spans: P", "R", "F1", "kinds: P", "R", "values: P", "R", "nearly")


def _percent(number: float) -> str:
    return f"{number * 100:.1f}"


def plain(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table for the terminal."""
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if not at else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: bool = True) -> str:
    """The same in Markdown."""
    rule = ["---", *("---:" if numbers else "---" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in (head, rule, *rows))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def errors(measured: Iterable[Measured]) -> list[tuple[str, ...]]:
    """Each error: its kind, its place, what is gold, what is ours, and the words around."""
    return [(pair.fault, *error_row(one, pair)) for one in measured for pair in one.faults()]


def error_row(one: Measured, pair: Pair) -> tuple[str, ...]:
    """The place of an error, what is gold, what is ours, and the words around."""
    line = one.text.count("\n", 0, pair.start) + 1
    gold, ours = (_said(item, one.text) for item in (pair.gold, pair.ours))
    return f"{one.document} {line}", gold, ours, _context(pair, one.text)


ERROR_HEAD: Final = ("error", "document, line", "gold", "ours", "in")


def _said(item: Item | None, text: str) -> str:
    if item is None:
        return "–"
    words = " ".join(text[item.start : item.end].split())
    short = words if len(words) <= 48 else f"{words[:30]}…{words[-15:]}"
    return f"{item.kind} “{short}”" + (f" {item.value}" if item.value else "")


def _context(pair: Pair, text: str) -> str:
    item = pair.gold or pair.ours
    if item is None:
        return ""
    before = text[max(item.start - _CONTEXT, 0) : item.start]
    after = text[item.end : item.end + _CONTEXT] if item.end - item.start < _CONTEXT * 2 else ""
    inside = text[item.start : item.end][: _CONTEXT * 2]
    return " ".join(f"…{before}⟦{inside}⟧{after}…".split())
