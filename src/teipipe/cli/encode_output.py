"""What `teipipe encode` says: what became of each transcript, what is to be looked at, what was decided in all."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Final

from teipipe.cli.console import LateBar, show_file, show_findings
from teipipe.diagnostics import Severity, exit_code

if TYPE_CHECKING:
    from teipipe.build.encoding import Encoded
    from teipipe.encode.encoder import Encoding

#: So many lines of a difference are shown; the files themselves have the rest.
_LINES: Final = 60
#: What a summary counts, by the kinds of decisions, in this order; one and several.
_COUNTED: Final = {
    "turn": ("turn", "turns"),
    "bracket": ("bracket", "brackets"),
    "name": ("name", "names"),
    "date": ("date", "dates"),
}


class Shown:
    """Shows a run: a line for each transcript, with a bar on a terminal while there are more; then the findings.

    A context manager. With `keep`, the encodings are kept for reports.
    """

    def __init__(self, *, keep: bool) -> None:
        self._keep = keep
        self._bar: LateBar | None = None
        self._counts: Counter[str] = Counter()
        self._doubtful = 0
        self._number = 0
        self.kept: list[Encoding] = []
        self._all: list[Encoded] = []

    def __enter__(self) -> Shown:
        return self

    def __exit__(self, *reason: object) -> None:
        if self._bar is not None:
            self._bar.__exit__()

    def planned(self, number: int) -> None:
        """So many will follow."""
        if number > 1 and sys.stderr.isatty():
            self._bar = LateBar("encoding", number, is_shown=True)
            self._bar.__enter__()

    def show(self, encoded: Encoded) -> None:
        """Show what became of one, now or, where a bar moves, at the end."""
        from dataclasses import replace

        encoding = encoded.encoding
        if encoding is not None:
            self._count(encoding)
            if self._keep:
                self.kept.append(encoding)
            if not encoded.before:
                encoded = replace(encoded, encoding=None)  # the text of ten thousand is not kept
        self._all.append(encoded)
        if self._bar is None:
            _show(encoded)
        else:
            self._bar.advance(1)

    def sum_up(self, seconds: float) -> None:
        """Show what is left to be shown, the findings, and the sum on standard error."""
        if self._bar is not None:
            for encoded in self._all:
                _show(encoded)
        show_findings([found for encoded in self._all for found in encoded.findings], sys.stderr)
        total = len(self._all)
        number = f"{self._number:,}" if self._number == total else f"{self._number:,} of {total:,}"
        what = f"{number} {'transcript' if total == 1 else 'transcripts'}"
        counts = ", ".join(
            f"{self._counts[kind]:,} {words[self._counts[kind] != 1]}" for kind, words in _COUNTED.items()
        )
        doubtful = f"; {self._doubtful:,} to look at" if self._doubtful else ""
        if doubtful and not self._keep:
            doubtful += " (--report review.html shows them)"
        of_them = f": {counts}{doubtful}" if self._number else ""
        print(f"encoded {what} in {seconds:.2f} s{of_them}", file=sys.stderr)

    @property
    def exit_code(self) -> int:
        """0 all encoded, 1 something was left alone, 2 something could not be encoded."""
        return exit_code((found for encoded in self._all for found in encoded.findings), Severity.ERROR)

    def _count(self, encoding: Encoding) -> None:
        from teipipe.encode.decisions import Certainty
        from teipipe.encode.rules import RULES

        self._number += 1
        for decision in encoding.decisions:
            if decision.result:
                self._counts[RULES[decision.rule].kind] += 1
            if not decision.result or decision.certainty is Certainty.LOW:
                self._doubtful += 1


def _show(encoded: Encoded) -> None:
    if encoded.target is not None:
        show_file(encoded.state.value, encoded.target)
    if encoded.before and encoded.encoding is not None:
        _show_difference(encoded.before, encoded.encoding.tei, encoded)


def _show_difference(before: bytes, after: bytes, encoded: Encoded) -> None:
    """What is different in the new encoding, on standard error, so that it can be taken over by hand."""
    from difflib import unified_diff

    from teipipe.reports.terminal import visible

    assert encoded.target is not None
    old, new = (data.decode("utf-8", "replace").splitlines() for data in (before, after))
    if len(old) * len(new) > 25_000_000:
        print(f"the two are too long to be compared here: see {encoded.target}", file=sys.stderr)
        return
    names = encoded.target.name.rpartition(".new")[0], encoded.target.name
    lines = list(unified_diff(old, new, *names, n=1, lineterm=""))
    for line in lines[:_LINES]:
        print(visible(line), file=sys.stderr)
    if len(lines) > _LINES:
        print(f"… and {len(lines) - _LINES} lines more", file=sys.stderr)
