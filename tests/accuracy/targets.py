"""What has to be reached, and what is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.accuracy.aspects import NAMES
from tests.accuracy.matching import Ratio
from tests.accuracy.measuring import Measured, total


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that has to be at least so high."""

    name: str
    aim: float
    value: float

    @property
    def is_reached(self) -> bool:
        """Whether it is."""
        return self.value >= self.aim


def targets(measured: Sequence[Measured]) -> list[Target]:
    """The targets, for our two documents encoded with the register."""
    memorandum = [one for one in measured if one.document == "memorandum"]
    calendar = total(measured, "dates", ["calendar dates"])
    names = total(measured, "names", NAMES[:3]).values
    return [
        Target("turns of the memorandum: extent and speaker, F1", 1, total(memorandum, "turns", ["turns"]).values.f1),
        Target("labels of its turns, F1", 1, total(memorandum, "turns", ["labels"]).values.f1),
        Target("brackets of the memorandum: extent, element, reason, F1", 1, _brackets(memorandum).f1),
        Target("calendar dates, both documents: extent, F1", 0.97, calendar.spans.f1),
        Target("their values, of those found", 0.95, calendar.values.right / (calendar.spans.right or 1)),
        Target("names, both documents: extent, element, entry, precision", 0.98, names.precision if names.found else 0),
        Target("the same, recall", 0.90, names.recall),
    ]


def _brackets(measured: Sequence[Measured]) -> Ratio:
    return total(measured, "brackets", ["brackets"]).values
