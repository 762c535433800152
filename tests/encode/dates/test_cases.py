"""Tables of what is found and of what isn't."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.encode.dates.dating import found_in, shown

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Row:
    """One text of a table: with what is found in it between braces, and the values."""

    text: str
    values: str = ""
    kind: str = "essay"
    head: str = ""
    near: str = ""


def _rows(name: str) -> Iterator[Row]:
    kind, head, near = "essay", "", ""
    for line in (CASES / name).read_text("utf-8").splitlines():
        if line.startswith("##"):
            options = dict(word.partition("=")[::2] for word in line[2:].split())
            date = options.get("date", "")
            kind = "memorandum" if date or "memorandum" in options else "essay"
            head = f"Record, {date}\n" if date else "Record\n" if kind == "memorandum" else ""
            near = options.get("near", "")
        elif line and not line.startswith("# "):
            text, _, values = line.partition(" => ")
            yield Row(text, values.strip(), kind, head, near)


def _found(row: Row, language: str) -> tuple[str, str]:
    text = row.head + row.text.replace("{", "").replace("}", "").replace(" // ", "\n")
    start = len(row.head)
    marked = found_in(text, language=language, kind=row.kind, near=row.near, title=max(start - 1, 0))
    spans = [span for span in marked.spans if span.start >= start]
    pieces, at = [], start
    for span in spans:
        pieces += [text[at : span.start], "{", text[span.start : span.end], "}"]
        at = span.end
    return "".join([*pieces, text[at:]]).replace("\n", " // "), "; ".join(shown(span) for span in spans)


@pytest.mark.parametrize("row", list(_rows("en.txt")), ids=lambda row: row.text)
def test_english_dates(row: Row) -> None:
    assert _found(row, "en") == (row.text, row.values)


@pytest.mark.parametrize("row", list(_rows("de.txt")), ids=lambda row: row.text)
def test_german_dates(row: Row) -> None:
    assert _found(row, "de") == (row.text, row.values)


@pytest.mark.parametrize(
    ("language", "row"), [(name[:2], row) for name in ("en-none.txt", "de-none.txt") for row in _rows(name)], ids=str
)
def test_what_only_looks_like_a_date(language: str, row: Row) -> None:
    assert _found(row, language) == (row.text, "")


def _documented() -> list[tuple[str, str]]:
    page = (Path(__file__).parents[3] / "docs" / "encoding.md").read_text("utf-8")
    table = page.partition("tried by a test. -->")[2].partition("<!-- end -->")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("|")][2:]
    return [(text, values.replace("`", "")) for text, values in rows]


@pytest.mark.parametrize(("text", "values"), _documented())
def test_the_examples_of_the_documentation(text: str, values: str) -> None:
    one = values if ";" in values else "; ".join([values] * text.count("{"))
    assert _found(Row(text), "en") == (text, one)
