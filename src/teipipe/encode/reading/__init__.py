"""From a file to a transcript: plain text in any encoding that can be told, or a word processor's file."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from teipipe.documents import read_bytes
from teipipe.encode.transcript import Mark, Transcript
from teipipe.errors import UnreadableError
from teipipe.transcriptions import transcription_of
from teipipe.transcriptions.foreign import refuse_markup


def read_transcript(path: Path, *, encoding: str | None = None) -> Transcript:
    """The transcript in a file, plain text or DOCX.

    `encoding` is that of a plain text, None if it is to be found out. Raises UnreadableError if there is no
    text in the file, or it can't be told which.
    """
    raw = read_bytes(path)
    read = transcription_of(raw, path, encoding)
    refuse_markup(read.text, path)
    if not read.text.strip():
        raise UnreadableError("there are no words in it", path=path, help="is it the right one?")
    marks = tuple(Mark("page", at, at) for at in read.represented.pages)
    return Transcript(
        path, read.text, sha256(raw).hexdigest(), read.encoding, marks, read.findings, read.represented.soft
    )
