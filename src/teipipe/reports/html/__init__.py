"""Findings as one page that needs nothing else: no file, no connection, no script."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

import teipipe
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
    from teipipe.reports.html import listing, overview
    from teipipe.reports.html.survey import survey

    found = survey(verdict, home(folder))
    style, script = _part("report.css"), _part("report.js")
    yield f'<!DOCTYPE html>\n<html lang="en">\n{_head(found, style, script)}\n<body>\n'
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
    yield "</main>\n" + tag("footer", tag("p", words(f"Made by teipipe {teipipe.__version__}.")))
    yield f"\n<script>{script}</script>\n</body>\n</html>\n"


def _section(anchor: str, parts: Callable[[Survey], Iterator[Html]], found: Survey) -> Iterator[str]:
    yield f'<section id="{anchor}">\n'
    for part in parts(found):
        yield f"{part}\n"
    yield "</section>\n"


def _head(found: Survey, style: str, script: str) -> str:
    from teipipe.reports.html import overview

    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    project = overview.name_of(found)
    title = tag("title", words(f"Validation of {project}" if project else "Validation"))
    return "\n".join(
        (
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f'<meta name="generator" content="{words(f"teipipe {teipipe.__version__}")}">',
            title,
            f"<style>{style}</style>",
            "</head>",
        )
    )


def _part(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"
