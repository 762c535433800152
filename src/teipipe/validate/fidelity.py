"""Checks that a document gives back its source, word for word, and that the source is the one it was made from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from teipipe.diagnostics import Location, Severity
from teipipe.documents import read_bytes
from teipipe.errors import UnreadableError
from teipipe.folders import TRANSCRIPTIONS
from teipipe.rules import finding
from teipipe.validate.register import is_register

if TYPE_CHECKING:
    from teipipe.diagnostics import Diagnostic
    from teipipe.documents import Document
    from teipipe.transcriptions import Transcription
    from teipipe.validate.context import Context
    from teipipe.validate.source_view import SourceView

SUMS: Final = "SHA256SUMS"

_SUM: Final = re.compile(r"([0-9A-Fa-f]{64}) [ *](.+)")
#: Words of context on each side, and how far one looks for where the two texts meet again.
_CONTEXT: Final = 3
_WINDOW: Final = 60


class _Source(Protocol):
    """A transcription that was read."""

    @property
    def text(self) -> str:
        """Its text."""

    def place(self, offset: int) -> Location:
        """Where a character of the text stands."""


def check(document: Document, context: Context) -> Iterator[Diagnostic]:
    """Yield missing-source, source-changed, guessed-encoding (of the source) or text-differs-from-source."""
    if context.sources is None or not context.sources.is_dir() or is_register(document, context):
        return
    path = _source_of(context.sources, document.path.stem)
    if path is None:
        message = f"there is no {document.path.stem}.txt in the folder of sources"
        yield finding("missing-source", message, Location(document.path))
        return
    try:
        raw = read_bytes(path)
    except UnreadableError as error:
        yield finding("unreadable-file", error.message, Location(path))
        return
    yield from _changed(path, raw, context.sources / SUMS)
    from teipipe.validate.source_view import SourceView

    view = SourceView(document, context.views)
    try:
        source, found = _read(raw, path, view)
    except UnreadableError as error:
        yield finding("unreadable-file", error.message, Location(path), error.help)
        return
    yield from found
    yield from _compare(view, source)


def _source_of(folder: Path, name: str) -> Path | None:
    """The transcription that a document was made from: plain text, or a word processor's file if there is none."""
    paths = (folder / f"{name}{ending}" for ending in TRANSCRIPTIONS)
    return next((path for path in paths if path.exists()), None)


def _read(raw: bytes, path: Path, view: SourceView) -> tuple[_Source, tuple[Diagnostic, ...]]:
    """A transcription, and what was guessed of its encoding."""
    from teipipe.transcriptions import transcription_of
    from teipipe.transcriptions.foreign import is_word

    if is_word(raw, path):
        from teipipe.transcriptions.word import read_word

        return read_word(raw, path), ()
    source = transcription_of(raw, path)
    if source.decoded.is_guess:
        source = _as_encoded(source, raw, view)
    return source, source.telling(Severity.INFO)


def _as_encoded(source: Transcription, raw: bytes, view: SourceView) -> Transcription:
    """A source that doesn't say its encoding, in the one in which the document gives it back; in the likeliest if none.

    Who encoded it may have named the encoding. That the words come out alike proves it better than any guess.
    """
    from teipipe.transcriptions import transcription_of
    from teipipe.transcriptions.telling import readings
    from teipipe.validate.source_view import Words

    if Words(source.text).words == view.words:
        return source
    for encoding in readings(raw):
        other = transcription_of(raw, source.path, encoding.codec)
        if Words(other.text).words == view.words:
            return other
    return source


def _changed(path: Path, raw: bytes, sums: Path) -> Iterator[Diagnostic]:
    try:
        lines = sums.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return
    import hashlib

    for number, line in enumerate(lines, 1):
        match = _SUM.fullmatch(line)
        if match and match[2] == path.name and match[1].lower() != hashlib.sha256(raw).hexdigest():
            yield finding(
                "source-changed",
                f"the source is not the one whose checksum is in {sums.name}",
                Location(path),
                "put the original back; if the change is meant, write its checksum anew",
                related=((Location(sums, number, 1), "the checksum that it had"),),
            )


def _compare(view: SourceView, transcription: _Source) -> Iterator[Diagnostic]:
    from teipipe.validate.source_view import Words

    source = Words(transcription.text)
    ours, theirs = view.words, source.words
    if ours == theirs:
        return
    both = zip(ours, theirs, strict=False)
    first = next((number for number, (one, other) in enumerate(both) if one != other), min(len(ours), len(theirs)))
    message = _difference(ours[first : first + _WINDOW], theirs[first : first + _WINDOW])
    there = transcription.place(source.offset(first))
    yield finding(
        "text-differs-from-source",
        message,
        view.place(view.offset(first)),
        "mend the encoding; a slip of the source stays, and is marked as one (sic, surplus)",
        related=(
            (there, f"the source: “{_around(theirs, first)}”"),
            (view.place(view.offset(first)), f"the encoding: “{_around(ours, first)}”"),
        ),
    )


def _difference(ours: list[str], theirs: list[str]) -> str:
    """What happened at the first word of two lists that differ there."""
    if not ours:
        return f"“{theirs[0]}” of the source is missing at the end"
    if not theirs:
        return f"“{ours[0]}” is not in the source"
    lost, extra = _meeting(ours, theirs)
    here, there = " ".join(ours[: max(extra, 1)]), " ".join(theirs[: max(lost, 1)])
    if not extra:
        return f"“{there}” of the source is missing before “{ours[0]}”"
    if not lost:
        return f"“{here}” is not in the source, which goes on with “{theirs[0]}”"
    return f"“{here}” stands for the source's “{there}”"


def _meeting(ours: list[str], theirs: list[str]) -> tuple[int, int]:
    """How many words of the source, and of ours, stand before the two go on alike (for three words, or to the end)."""
    for distance in range(1, min(_WINDOW, len(ours) + len(theirs)) + 1):
        for lost in range(distance + 1):
            extra = distance - lost
            rest, other = theirs[lost : lost + _CONTEXT], ours[extra : extra + _CONTEXT]
            if rest == other and (rest or (lost >= len(theirs) and extra >= len(ours))):
                return lost, extra
    return 1, 1


def _around(words: list[str], number: int) -> str:
    before, after = words[max(number - _CONTEXT, 0) : number], words[number : number + 1 + _CONTEXT]
    start = "… " if number > _CONTEXT else ""
    end = " …" if number + 1 + _CONTEXT < len(words) else ""
    return start + " ".join((*before, *after)) + end
