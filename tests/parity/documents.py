"""The documents that are judged and mutated, and the schemas."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from teipipe.documents import Document

ROOT: Final = Path(__file__).resolve().parents[2]
SHARED: Final = ROOT.parent / "shared"
MEMORANDA: Final = SHARED / "corpora/memoranda"
PLAYS: Final = SHARED / "corpora/plays"

TEI_ALL: Final = SHARED / "reference/tei_all.rng"
MEMORANDA_RNG: Final = SHARED / "corpora/memoranda.rng"
TEIPIPE_RNG: Final = ROOT / "schema/teipipe.rng"

#: Larger documents are judged, and not mutated.
MUTABLE: Final = 200_000


def read(path: Path) -> bytes:
    """A document as the parsers of teipipe get it: UTF-8 without byte order mark."""
    return Document.read(path).data


def own() -> list[bytes]:
    """The documents of this edition."""
    return [read(path) for path in sorted((ROOT / "tei").glob("*.xml"))]


def corpus(folder: Path) -> list[bytes]:
    """The documents of a corpus; none if it isn't there."""
    return [read(path) for path in sorted(folder.glob("*.xml"))]


def mutable(documents: list[bytes]) -> list[bytes]:
    """Those small enough to be mutated many times."""
    return [data for data in documents if len(data) <= MUTABLE]
