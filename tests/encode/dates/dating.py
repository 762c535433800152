"""Texts with dates, and what was found in them."""

from __future__ import annotations

import re
from pathlib import Path

from teipipe.encode.blocks import Block, Span, Structure
from teipipe.encode.dates import dates_in
from teipipe.encode.marked import Marked
from teipipe.encode.settings import Settings
from teipipe.encode.transcript import Transcript


def structure_of(text: str, kind: str, title: int = 0) -> Structure:
    """A paragraph for each line; the first `title` characters are the head of the whole."""
    blocks = [
        Block("head" if match.end() <= title else "p", match.start(), match.end())
        for match in re.finditer(r"[^\n]+", text)
    ]
    return Structure(kind, kind, body=tuple(blocks), titles=((0, title),) if title else ())


def found_in(
    text: str,
    *,
    language: str = "en",
    kind: str = "essay",
    near: str = "",
    title: int = 0,
    brackets: Marked | None = None,
    dates: Path | None = None,
) -> Marked:
    """What is found in a text."""
    settings = Settings(id="d", date="2026-01-01", language=language, context_date=near, dates=dates)
    transcript = Transcript(Path("talk.txt"), text)
    return dates_in(transcript, structure_of(text, kind, title), brackets or Marked(), settings)


def shown(span: Span) -> str:
    """An element and its value, as the tables of cases have it."""
    values = " ".join(f"{name}={value}" for name, value in span.attributes if name != "evidence")
    return ("time " if span.element == "time" else "") + (values or "-")


def values_in(text: str, language: str = "en", kind: str = "essay") -> list[tuple[str, str]]:
    """Each expression in a text with its value."""
    return [(text[span.start : span.end], shown(span)) for span in found_in(text, language=language, kind=kind).spans]
