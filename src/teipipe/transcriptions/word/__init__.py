"""Reads the files of word processors (DOCX): their words in order, and what is said of stretches of them.

package ─opening─▶ parts ─story─▶ text and marks, with what is no part of the text told
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from teipipe.diagnostics import Diagnostic, Location
from teipipe.errors import UnreadableError
from teipipe.transcriptions import Lines, suspects
from teipipe.transcriptions.marks import Mark
from teipipe.transcriptions.word.opening import open_word
from teipipe.transcriptions.word.story import Story

_HELP: Final = "open it in a word processor and save it once more as DOCX"


@dataclass(frozen=True)
class WordText:
    """The text of a DOCX file, what is said of stretches of it, what is to be told; places are the text's."""

    path: Path
    text: str
    marks: tuple[Mark, ...]
    findings: tuple[Diagnostic, ...]

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.path, self.text)

    def place(self, offset: int) -> Location:
        """Where the character at an offset stands in the text: line and column from 1."""
        return self._lines.place(offset)


def read_word(raw: bytes, path: Path) -> WordText:
    """The text of a DOCX file; raises UnreadableError if it isn't one, or isn't safe to open."""
    parts = open_word(raw, path)
    try:
        story = Story(parts)
        story.read()
    except RecursionError:
        raise UnreadableError("it is nested too deeply", path=path, help=_HELP) from None
    text = story.text
    place = Lines(path, text).place
    return WordText(path, text, story.marks, (*story.remarks.findings(place), *suspects(text, place)))
