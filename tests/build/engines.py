"""Engines that a worker can be given, and what they do to it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path

from teipipe.diagnostics import Diagnostic
from teipipe.documents import Document
from teipipe.rules import finding


class Trouble:
    """Does what the name of the document says; finds one thing in all others."""

    kept: Sequence[bytes] | None = None

    language = "trouble"
    version = ""
    checksum = "sha256:0"

    def __init__(self, path: Path, *more: object) -> None:
        self.path = path
        self.judged = 0

    def check(self, document: Document, *, all_expected: bool = False) -> Iterator[Diagnostic]:
        self.judged += 1
        match document.path.stem:
            case "endless":
                while True:
                    pass
            case "swallows":
                while True:
                    try:
                        while True:
                            pass
                    except Exception:
                        pass
            case "dies":
                os.kill(os.getpid(), signal.SIGSEGV)
            case "greedy":
                bytearray(1 << 30)
            case "reaches":
                yield finding("invalid", "; ".join(_reached(document.path)), document.at(0))
                return
            case "bug":
                raise ZeroDivisionError("a bug")
        yield finding("invalid", f"judged by {self.path.name}, all: {all_expected}", document.at(0))

    def state(self) -> bytes:
        return b"state"

    @classmethod
    def revive(cls, path: Path, state: bytes) -> Trouble:
        assert state == b"state"
        return cls(path)

    def grown(self) -> bytes | None:
        return str(self.judged).encode()

    def keep(self, others: Sequence[bytes]) -> None:
        Trouble.kept = others


def _reached(path: Path) -> Iterator[str]:
    """What comes of reading and writing files, here and elsewhere, and what the environment is."""
    for name, mode in (("/etc/passwd", "r"), (".env", "r"), (path.name, "r"), ("new.txt", "w")):
        try:
            (path.parent / name).open(mode).close()
        except OSError as error:
            yield f"{name}: {type(error).__name__}"
        else:
            yield f"{name}: done"
    yield f"environment: {', '.join(os.environ)}"
