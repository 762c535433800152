"""From a file to a transcript: encodings, what XML can't hold, word processors' files."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from teipipe.documents import read_bytes
from teipipe.encode.transcript import Transcript


def read_transcript(path: Path) -> Transcript:
    """The transcript in a file, plain text or DOCX; raises UnreadableError if it can't be told what is in it."""
    raw = read_bytes(path)
    text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return Transcript(path, text, sha256(raw).hexdigest())
