"""Where findings have colours, and how much of a source line there is room for."""

from __future__ import annotations

import os
import termios
from io import StringIO
from pathlib import Path

import pytest

from teipipe.cli.console import show_verdict
from teipipe.diagnostics import Diagnostic, Location, Severity
from teipipe.verdict import Verdict


class Stream(StringIO):
    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


VARIABLES = ("NO_COLOR", "FORCE_COLOR", "TERM", "CI")


def verdict(folder: Path) -> Verdict:
    path = folder / "a.xml"
    path.write_text(f"<p>{'word ' * 60}</p>\n")
    found = Diagnostic("dangling-pointer", Severity.ERROR, "“#x” leads nowhere", Location(path, 1, 104))
    return Verdict(folder, (found,))


def said(folder: Path, *, terminal: bool) -> str:
    stream = Stream(terminal=terminal)
    show_verdict(verdict(folder), stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("environment", "terminal", "expected"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"CI": "true"}, False, False),
        ({"TERM": "dumb"}, True, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
    ],
    ids=str,
)
def test_colours(
    environment: dict[str, str], terminal: bool, expected: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in said(tmp_path, terminal=terminal)) is expected


@pytest.mark.parametrize(("columns", "expected"), [(60, 60), (120, 120), (10, 48), (0, 108)])
def test_a_source_line_fits_the_terminal(
    columns: int, expected: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    shown, terminal = os.openpty()
    termios.tcsetwinsize(terminal, (24, columns))
    with os.fdopen(terminal, "w") as stream, os.fdopen(shown, encoding="utf-8", newline="") as screen:
        show_verdict(verdict(tmp_path), stream)
        stream.flush()
        lines = [screen.readline().rstrip() for _ in range(3)]
    start = lines[2].index("^")
    assert len(lines[1]) == expected
    assert lines[1][start : start + 4] == "word"
