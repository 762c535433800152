"""From the bytes of a transcription to its text, as XML can hold it; the same for encoding and for checking.

    bytes ─decoding─▶ text ─representing─▶ text that XML can hold ─suspects─▶ findings

What is told by a guess, what had to be stood for, and what may not have been meant are findings at their places.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from teipipe.diagnostics import Diagnostic, Location, Severity
from teipipe.rules import finding
from teipipe.transcriptions.decoding import Decoded, decode
from teipipe.transcriptions.foreign import refuse_binary
from teipipe.transcriptions.representing import Represented, represented
from teipipe.transcriptions.suspects import and_more, named, quoted, suspects

__all__ = ["Lines", "Transcription", "named", "suspects", "transcription_of", "unheld"]

_LINE_END: Final = re.compile("\r\n|\n|\r")
_AROUND: Final = re.compile(r"\S{0,20}[^\x00-\x7f]\S{0,20}")
#: So many further places of one kind are listed.
_MOST: Final = 20


class Lines:
    """The lines of a text as an editor counts them; `soft` are line feeds that the file has as something else."""

    def __init__(self, path: Path, text: str, soft: frozenset[int] = frozenset()) -> None:
        self._path = path
        self._text = text
        self._soft = soft

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [0], -1
        while (at := self._text.find("\n", at + 1)) >= 0:
            if at not in self._soft:
                starts.append(at + 1)
        return starts

    def place(self, offset: int) -> Location:
        """Where the character at an offset stands: line and column from 1."""
        line = bisect_right(self._starts, offset)
        return Location(self._path, line, offset - self._starts[line - 1] + 1)


@dataclass(frozen=True)
class Transcription:
    """The text of a file; `encoding` is the one that it was read in.

    `pages` are offsets at which a new page begins, `soft` those of line feeds that editors don't count as line ends.
    """

    path: Path
    decoded: Decoded
    represented: Represented

    @property
    def text(self) -> str:
        """The text, with line feeds as line ends, and nothing that XML can't hold."""
        return self.represented.text

    @property
    def encoding(self) -> str:
        """The encoding that it was read in, as people call it."""
        return self.decoded.encoding

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.path, self.text, self.represented.soft)

    def place(self, offset: int) -> Location:
        """Where the character at an offset stands in the file: line and column from 1."""
        return self._lines.place(offset)

    @cached_property
    def findings(self) -> tuple[Diagnostic, ...]:
        """What was guessed, what is stood for, and what may not have been meant."""
        if self.represented.is_plain:
            return self.telling()
        return (*self._telling(), *self._standing_for(), *suspects(self._unreplaced, self.place))

    def telling(self, severity: Severity | None = None) -> tuple[Diagnostic, ...]:
        """What was guessed of its encoding."""
        return tuple(self._telling(severity))

    @property
    def _unreplaced(self) -> str:
        """The text without the signs that were put into it: these are no faults of its own."""
        signs = {offset for offset, _ in self.represented.replaced}
        if self.decoded.is_cut:
            signs.add(len(self.text) - 1)
        if "\ufffd" not in self.text or not signs:
            return self.text
        return "".join(" " if at in signs else sign for at, sign in enumerate(self.text))

    def _telling(self, severity: Severity | None = None) -> Iterator[Diagnostic]:
        decoded = self.decoded
        if decoded.is_guess:
            yield self._guessed(severity)
        if decoded.patches:
            yield self._patched(severity)
        if decoded.is_cut:
            message = "the file ends in the middle of a character; U+FFFD stands for what is there of it"
            help = "is the file complete?"
            yield finding("unrepresentable-character", message, self.place(max(len(self.text) - 1, 0)), help)

    def _guessed(self, severity: Severity | None) -> Diagnostic:
        decoded = self.decoded
        match = _AROUND.search(self.text)
        sample = f": it reads “{match[0]}”" if match else ""
        where = next((at for at, sign in enumerate(self.text) if sign > "\x7f"), 0)
        others = f"; nearly as likely: {', '.join(decoded.others)}" if decoded.others else ""
        return finding(
            "guessed-encoding",
            f"the file doesn't say its encoding, and was read as {decoded.encoding}{sample}",
            self.place(where),
            f"if words are wrong, say which it is: teipipe encode --encoding NAME{others}",
            severity=severity,
        )

    def _patched(self, severity: Severity | None) -> Diagnostic:
        patches = self.decoded.patches
        each = [f"0x{patch.byte:02X} as {quoted(patch.read_as)}" for patch in patches]
        which = ", ".join(list(dict.fromkeys(each))[:5])
        count = f"{len(patches)} bytes" if len(patches) > 1 else "one byte"
        places = [_place(self.path, self.decoded.text, patch.offset) for patch in patches[:_MOST]]
        return finding(
            "guessed-encoding",
            f"the file is in UTF-8 but for {count}, read as Windows-1252: {which}",
            places[0],
            "compare these places with the original",
            severity=severity,
            related=tuple(
                (place, f"0x{patch.byte:02X}") for place, patch in zip(places[1:], patches[1:], strict=False)
            ),
        )

    def _standing_for(self) -> Iterator[Diagnostic]:
        if self.represented.is_ended:
            message = "the mark that ends a file of DOS (U+001A) was left out"
            where = self.place(len(self.text.rstrip("\n")))
            yield finding(
                "unrepresentable-character", message, where, "nothing needs to be done", severity=Severity.INFO
            )
        yield from unheld(self.represented, self)


def unheld(of: Represented, lines: Lines | Transcription) -> Iterator[Diagnostic]:
    """Yield one unrepresentable-character for each character that XML can't hold."""
    found: dict[str, list[int]] = {}
    for offset, sign in of.replaced:
        found.setdefault(sign, []).append(offset)
    for sign, offsets in found.items():
        instead = of.text[offsets[0]]
        message = f"{_control(sign)} can't stand in XML; {named(instead)} stands for it{and_more(len(offsets))}"
        related = tuple((lines.place(offset), "here, too") for offset in offsets[1:_MOST])
        yield finding("unrepresentable-character", message, lines.place(offsets[0]), related=related)


def _control(sign: str) -> str:
    kind = "surrogate" if "\ud800" <= sign <= "\udfff" else "character"
    return f"the {kind} U+{ord(sign):04X}"


def _place(path: Path, text: str, offset: int) -> Location:
    """The place of an offset in a text that has its own line ends still."""
    start = line = 0
    for match in _LINE_END.finditer(text, 0, offset):
        start, line = match.end(), line + 1
    return Location(path, line + 1, offset - start + 1)


def transcription_of(raw: bytes, path: Path, encoding: str | None = None) -> Transcription:
    """The text of a file; `encoding` is told by the user, None if it is to be found out.

    Raises UnreadableError if it is no text, or its encoding can't be told.
    """
    refuse_binary(raw, path)
    decoded = decode(raw, path, encoding)
    return Transcription(path, decoded, represented(decoded.text))
