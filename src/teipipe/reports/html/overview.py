"""The upper part of the page: what it comes to, and where it is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from teipipe.diagnostics import Severity
from teipipe.reports.html.charts import NOUNS, ORDER, SHADES, amounts, atlas, bar, histogram, shares
from teipipe.reports.html.markup import EMPTY, Html, counted, joined, tag, words
from teipipe.reports.html.survey import FEWEST_LINES, PARTS, Survey
from teipipe.rules import RULES

#: A map of so few documents shows nothing that the list doesn't.
_FEW: Final = 4
#: So many codes are in the chart; projects with own assertions may have hundreds.
_CODES: Final = 200


def head(found: Survey) -> Iterator[Html]:
    """The heading, what it comes to in one sentence, and where to go from here."""
    project = name_of(found)
    yield tag("h1", words(f"Validation of {project}" if project else "Validation"))
    if found.verdict.notice:
        yield tag("p", words(found.verdict.notice), class_="notice")
    yield tag("p", *_outcome(found), class_="lead")
    links = [tag("li", tag("a", words(title), href=f"#{anchor}")) for anchor, title in _contents(found)]
    yield tag("nav", tag("ul", *links), aria_label="On this page")


def name_of(found: Survey) -> str:
    """What the project is called."""
    return found.verdict.title or found.verdict.root.resolve().name


def _outcome(found: Survey) -> Iterator[Html]:
    documents = len(found.verdict.documents)
    concerned = documents - len(found.clean)
    if not found.total:
        yield words(f"Nothing was found in {counted(documents, 'document')}.")
        return
    yield tag("strong", words(_sentence(amounts(found.severities))))
    yield words(f" in {concerned:,} of {counted(documents, 'document')}." if documents else ".")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _contents(found: Survey) -> Iterator[tuple[str, str]]:
    if found.total:
        yield "overview", "Overview"
        yield "findings", "Findings by rule"
        yield "files", "Findings by file"
    if found.verdict.excused:
        yield "excused", "Not counted"
    if found.clean:
        yield "clean", "Without findings"
    yield "schemas", "Schemas"


def overview(found: Survey) -> Iterator[Html]:
    """Tiles and charts."""
    yield tag("h2", words("Overview"))
    yield tag("dl", *_tiles(found), class_="tiles")
    if not found.total:
        return
    if sum(map(bool, found.severities.values())) > 1:  # one colour alone would say nothing
        yield tag("figure", tag("figcaption", tag("h3", words("By severity"))), shares(found.severities))
    yield tag("h3", words("By rule"))
    yield _rules(found)
    if found.placed:
        yield _where(found)
    documents = _counts(found)
    if len(documents) > _FEW:
        yield _map(documents)


def _tiles(found: Survey) -> Iterator[Html]:
    documents = len(found.verdict.documents)
    yield _tile("documents", documents, "")
    yield _tile("without findings", len(found.clean), "good")
    for severity in ORDER:
        number = found.severities[severity]
        if number or severity in (Severity.ERROR, Severity.WARNING):
            noun = NOUNS[severity]
            name = noun if severity is Severity.FAILURE or number == 1 else f"{noun}s"
            yield _tile(name, number, str(severity) if number else "")
    if found.verdict.excused:
        yield _tile("not counted", len(found.verdict.excused), "")


def _tile(name: str, number: int, kind: str) -> Html:
    return tag("div", tag("dt", words(name)), tag("dd", words(f"{number:,}")), class_=f"tile {kind}".strip())


def _rules(found: Survey) -> Html:
    most = max(sum(code.severities.values()) for code in found.codes)
    rows = [
        tag(
            "tr",
            tag("th", tag("a", tag("code", words(code.code)), href=f"#{code.anchor}"), scope="row"),
            tag("td", bar(code.severities, most), class_="chart"),
            tag("td", words(f"{sum(code.severities.values()):,}")),
            tag("td", words(f"{code.files:,}")),
            tag("td", words(RULES[code.rule].summary if code.rule in RULES else ""), class_="wide"),
        )
        for code in found.codes[:_CODES]
    ]
    table = _table(("Rule", "", "Findings", "Files", "What it is"), rows, "bars")
    rest = len(found.codes) - _CODES
    return joined(table, _said(f"{counted(rest, 'more rule')} found something.") if rest > 0 else EMPTY)


def _table(heads: Sequence[str], rows: Sequence[Html], kind: str) -> Html:
    """A table; a column without a head repeats its neighbour as a drawing."""
    columns = [tag("th", words(name), scope="col") if name else tag("td") for name in heads]
    return tag("table", tag("thead", tag("tr", *columns)), tag("tbody", *rows), class_=kind)


def _said(text: str) -> Html:
    return tag("p", words(text), class_="said")


def _where(found: Survey) -> Html:
    rest = found.total - found.placed
    most = max(sum(part.values()) for part in found.parts)
    left_out = f" {counted(rest, 'finding')} without a line, or in files of fewer than {FEWEST_LINES} lines, left out."
    rows = [
        tag("tr", tag("th", words(f"{number * 100 // PARTS} to {(number + 1) * 100 // PARTS} %"), scope="row"), *cells)
        for number, part in enumerate(found.parts)
        if (cells := [tag("td", words(amounts(part)))])
    ]
    table = _table(("Part of the document", "Findings"), rows, "plain")
    return tag(
        "figure",
        tag("figcaption", tag("h3", words("Where in the documents they lie"))),
        histogram(found.parts),
        tag("p", tag("span", words("first line")), tag("span", words("last line")), class_="ends"),
        _said(
            f"By line, as a share of each document; the highest column: {counted(most, 'finding')}."
            + (left_out if rest else "")
        ),
        tag("details", tag("summary", words("As a table")), table),
    )


def _counts(found: Survey) -> list[tuple[str, int]]:
    """Every document, and every other file in which something is wrong, by name, with the number of findings."""
    counts = Counter(dict.fromkeys(found.clean, 0))
    counts.update({file.name: len(file.findings) for file in found.files})
    return sorted(counts.items())


def _map(documents: Sequence[tuple[str, int]]) -> Html:
    shades = [f"{low:,} to {high - 1:,}" if high - low > 1 else f"{low:,}" for low, high in pairwise(SHADES)]
    names = ("none", *shades, f"{SHADES[-1]:,} or more")
    keys = [tag("li", words(name), class_=f"shade-{shade}") for shade, name in enumerate(names)]
    return tag(
        "figure",
        tag("figcaption", tag("h3", words("Which documents"))),
        atlas(documents),
        tag("ul", *keys, class_="legend", aria_label="Findings in a document"),
        tag(
            "p",
            words("A cell for each document, by name. The same as a list: "),
            tag("a", words("findings by file"), href="#files"),
            words("."),
            class_="said",
        ),
    )
