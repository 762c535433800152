"""Findings as one page that needs nothing else: no file, no connection, no script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.reports.html.markup import Html, tag, words
from teipipe.reports.paths import home

if TYPE_CHECKING:
    from teipipe.reports.html.survey import Survey
    from teipipe.verdict import Verdict

_HERE: Final = Path(__file__).resolve().parent


def report(verdict: Verdict, *, folder: Path | None = None) -> Iterator[str]:
    """The page in pieces; files are named from `folder`, by default the current one.

    Every finding is counted; how many are shown in full has limits, and the page says where they are reached. It has
    its style and its script inside, and a policy (CSP) that allows these two and nothing else; the script only filters.
    """
    from teipipe.reports.html import listing, overview, page
    from teipipe.reports.html.survey import survey

    found = survey(verdict, home(folder))
    script = (_HERE / "report.js").read_text(encoding="utf-8")
    project = overview.name_of(found)
    title = f"Validation of {project}" if project else "Validation"
    yield f'<!DOCTYPE html>\n<html lang="en">\n{page.head(title, page.look(), script)}\n<body>\n'
    yield tag("a", words("Skip to the findings"), href="#findings" if found.total else "#schemas", class_="skip") + "\n"
    yield tag("header", *overview.head(found)) + "\n<main>\n"
    yield from _section("overview", overview.overview, found)
    if found.total:
        yield from _section("findings", listing.findings, found)
        yield from _section("files", listing.files, found)
    if verdict.excused:
        yield from _section("excused", listing.excused, found)
    if found.clean:
        yield from _section("clean", listing.clean, found)
    yield from _section("schemas", listing.schemas, found)
    yield f"</main>\n{page.foot(script)}"


def _section(anchor: str, parts: Callable[[Survey], Iterator[Html]], found: Survey) -> Iterator[str]:
    yield f'<section id="{anchor}">\n'
    for part in parts(found):
        yield f"{part}\n"
    yield "</section>\n"
