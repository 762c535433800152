"""From a file to a transcript: plain text in any encoding that can be told, or a word processor's file."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from teipipe.documents import read_bytes
from teipipe.encode.transcript import Transcript
from teipipe.errors import UnreadableError
from teipipe.transcriptions import transcription_of
from teipipe.transcriptions.foreign import is_word, refuse_markup
from teipipe.transcriptions.marks import Mark


def read_transcript(path: Path, *, encoding: str | None = None) -> Transcript:
    """The transcript in a file, plain text or DOCX.

    `encoding` is that of a plain text, None if it is to be found out. Raises UnreadableError if there is no
    text in the file, or it can't be told which.
    """
    raw = read_bytes(path)
    transcript = _word(raw, path) if is_word(raw, path) else _plain(raw, path, encoding)
    if not transcript.text.strip():
        raise UnreadableError("there are no words in it", path=path, help="is it the right one?")
    return transcript


def _word(raw: bytes, path: Path) -> Transcript:
    from teipipe.transcriptions.word import read_word

    read = read_word(raw, path)
    return Transcript(path, read.text, sha256(raw).hexdigest(), "DOCX", read.marks, read.findings)


def _plain(raw: bytes, path: Path, encoding: str | None) -> Transcript:
    read = transcription_of(raw, path, encoding)
    refuse_markup(read.text, path)
    marks = tuple(Mark("page", at, at) for at in read.represented.pages)
    sha = sha256(raw).hexdigest()
    return Transcript(path, read.text, sha, read.encoding, marks, read.findings, read.represented.soft)
