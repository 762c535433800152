"""Encodes what there is gold for, and holds the result against it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from tests.accuracy.aspects import ASPECTS, NAMES
from tests.accuracy.marks import Marks
from tests.accuracy.matching import Pair, Score, matched, scored

from teipipe.encode.files import Encoder, Job, Options

ROOT: Final = Path(__file__).resolve().parents[2]
TEI: Final = ROOT / "tei"
REGISTER: Final = TEI / "register.xml"
#: Our two documents, with what they are called here.
DOCUMENTS: Final = {"memorandum": "conversation-1956-09-16", "essay": "essay-new-tranche"}

#: What stands in each row of the tables: its name, and the groups of items that it counts.
ROWS: Final[dict[str, tuple[tuple[str, tuple[str, ...]], ...]]] = {
    "turns": tuple((name, (name,)) for name in ("turns", "labels", "stage directions", "paragraphs", "divisions")),
    "brackets": (("brackets", ("brackets",)),),
    "dates": tuple((name, (name,)) for name in ("calendar dates", "relative dates", "times of day")),
    "names": (
        ("persons, organisations, places", NAMES[:3]),
        *((name, (name,)) for name in NAMES),
    ),
}
#: The row of names once more, without those in labels of turns.
OUTSIDE_LABELS: Final = "the same, outside labels of turns"


@dataclass(frozen=True, slots=True)
class Measured:
    """One aspect of one document: what was held against its gold."""

    document: str
    aspect: str
    text: str
    pairs: tuple[Pair, ...]

    def score(self, groups: Container[str], *, outside_labels: bool = False) -> Score:
        """The figures of some groups."""
        pairs = self.pairs
        if outside_labels:
            pairs = tuple(
                pair for pair in pairs if all(item.where != "label" for item in (pair.gold, pair.ours) if item)
            )
        return scored(pairs, groups)

    def faults(self) -> list[Pair]:
        """The pairs in which something is wrong."""
        return [pair for pair in self.pairs if pair.fault]


@cache
def encoded(source: Path, register: Path | None) -> tuple[str, Marks]:
    """The text of a source, and what the encoder marks in it."""
    job = Job(source, "document", "2026-01-01", register_href="register.xml" if register else "")
    encoding = _encoder(register).encode(job)
    return encoding.transcript.text, Marks(encoding.tei, encoding.transcript.text)


@cache
def _encoder(register: Path | None) -> Encoder:
    return Encoder(Options(register=register))


def own(*, with_register: bool, aspects: Sequence[str] = tuple(ASPECTS)) -> list[Measured]:
    """Our two documents against their encoding by hand."""
    measured: list[Measured] = []
    for document, name in DOCUMENTS.items():
        text, ours = encoded(TEI / "sources" / f"{name}.txt", REGISTER if with_register else None)
        gold = Marks((TEI / f"{name}.xml").read_bytes(), text)
        for aspect in aspects:
            pairs = matched(ASPECTS[aspect](gold, text), ASPECTS[aspect](ours, text))
            measured.append(Measured(document, aspect, text, tuple(pairs)))
    return measured


def total(measured: Sequence[Measured], aspect: str, groups: Container[str], *, outside_labels: bool = False) -> Score:
    """The figures of several documents together."""
    scores = (one.score(groups, outside_labels=outside_labels) for one in measured if one.aspect == aspect)
    return sum(scores, Score())
