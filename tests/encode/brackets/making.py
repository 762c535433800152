"""Texts whose structure is known, with their brackets marked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from teipipe.encode.blocks import Block, Span, Structure
from teipipe.encode.brackets import brackets_in
from teipipe.encode.decisions import Decision
from teipipe.encode.marked import Dated, Marked, Named
from teipipe.encode.names.register import Register
from teipipe.encode.settings import Settings
from teipipe.encode.structure.profile import Profile
from teipipe.encode.transcript import Transcript
from teipipe.encode.writing import write_tei


@dataclass(frozen=True)
class Made:
    """A text with its brackets marked, and the TEI made of it."""

    transcript: Transcript
    structure: Structure
    marked: Marked
    tei: bytes

    def spans(self) -> list[tuple[str, str]]:
        """The element and the text of each span."""
        return [(span.element, self.transcript.text[span.start : span.end]) for span in self.marked.spans]


def structure(text: str, where: str = "paragraph", spans: tuple[Span, ...] = ()) -> Structure:
    """One paragraph for each line; in a turn, if `where` says so; in an essay, if it says that."""
    leaves: list[Block] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            leaves.append(Block("p", at, at + len(line)))
        at += len(line) + 1
    blocks = tuple(leaves) or (Block("p", 0, len(text)),)
    if where == "turn":
        blocks = (Block("sp", blocks[0].start, blocks[-1].end, (), blocks),)
    name = "essay" if where == "essay" else "memorandum"
    div = Block("div", blocks[0].start, blocks[-1].end, (("type", "section"),), blocks)
    return Structure(name, name, body=(div,), spans=spans)


def marked(
    text: str,
    *,
    language: str = "en",
    where: str = "paragraph",
    profile: Profile | None = None,
    register: Register | None = None,
    spans: tuple[Span, ...] = (),
) -> Made:
    """The brackets in a text."""
    transcript = Transcript(Path("talk.txt"), text)
    shape = structure(text, where, spans)
    settings = Settings(id="talk", date="2026-01-01", language=language, profile=profile, register=register)
    found = brackets_in(transcript, shape, settings)
    tei = write_tei(transcript, shape, found, Named(), Dated(), settings)[0]
    return Made(transcript, shape, found, tei)


def decision(found: Marked) -> Decision:
    """The decision on the first pair of brackets."""
    return min(found.decisions, key=lambda one: (one.start, -one.end))
