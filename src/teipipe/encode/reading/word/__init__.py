"""Reads the files of word processors (DOCX): their words in order, and what is said of stretches of them.

package ─opening─▶ parts ─story─▶ text and marks, with what is no part of the text told
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from teipipe.encode.reading.word.opening import open_word
from teipipe.encode.reading.word.story import Story
from teipipe.encode.transcript import Transcript
from teipipe.errors import UnreadableError
from teipipe.transcriptions import Lines, suspects

_HELP = "open it in a word processor and save it once more as DOCX"


def read_word(raw: bytes, path: Path) -> Transcript:
    """The transcript in a DOCX file; raises UnreadableError if it isn't one, or isn't safe to open."""
    parts = open_word(raw, path)
    try:
        story = Story(parts)
        story.read()
    except RecursionError:
        raise UnreadableError("it is nested too deeply", path=path, help=_HELP) from None
    text = story.text
    place = Lines(path, text).place
    findings = (*story.remarks.findings(place), *suspects(text, place))
    return Transcript(path, text, sha256(raw).hexdigest(), "DOCX", story.marks, findings)
