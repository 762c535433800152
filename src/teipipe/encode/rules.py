"""The rules that decisions are made by: what each decides, and how. Reports and documentation are made from this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["structure", "turn", "bracket", "name", "date", "character"]


@dataclass(frozen=True, slots=True)
class DecisionRule:
    """One rule: `kind` is what it decides about, `text` says in a sentence what it decides and by what."""

    name: str
    kind: Kind
    text: str


_ALL: Final = (
    DecisionRule(
        "crossing-span",
        "structure",
        "Two things that were found overlap and neither lies in the other; one is left out.",
    ),
)

RULES: Final[dict[str, DecisionRule]] = {rule.name: rule for rule in _ALL}
