"""What a run looked at: what it didn't can't be called gone, or unused."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from teipipe.rulebook import building, keys, odd, references, schema, stylesheets, texts

#: By which kind of check (`validate.run.KINDS`) a rule is reported.
KIND: Final[dict[str, str]] = {
    **{rule.name: "schema" for rule in (*schema.RULES, *keys.RULES)},
    "not-tei": "schema",
    **{rule.name: "pointers" for rule in references.RULES},
    "bad-id": "ids",
    "duplicate-id": "ids",
    "id-taken-elsewhere": "ids",
    "born-later": "dates",
    "died-earlier": "dates",
    "death-before-birth": "dates",
    "duplicate-entry": "register",
    "unmentioned-entry": "register",
    "mentioned-entry": "register",
    **{rule.name: "dates" for rule in texts.RULES},
    "garbled-characters": "characters",
    "bidi-control": "characters",
    "missing-source": "fidelity",
    "source-changed": "fidelity",
    "text-differs-from-source": "fidelity",
}

#: Reported only when all documents are looked at.
CORPUS: Final = frozenset({"unmentioned-entry", "mentioned-entry", "id-taken-elsewhere"})

#: Reported by other commands than `validate`.
_ELSEWHERE: Final = frozenset(rule.name for part in (building, odd, stylesheets) for rule in part.RULES) - KIND.keys()


@dataclass(frozen=True, slots=True)
class Scope:
    """What a run looked at: `documents` (absolute paths; None: all of the project), `only` these kinds (none: all).

    `has_schema` says whether there was one to judge them by.
    """

    documents: frozenset[Path] | None = None
    only: frozenset[str] = frozenset()
    has_schema: bool = True

    def has_file(self, path: Path) -> bool:
        """Whether a file, by its absolute path, was looked at, or would have been if it were still there."""
        return self.documents is None or path in self.documents

    def has_rule(self, rule: str) -> bool:
        """Whether findings of a rule would have been reported."""
        kind = KIND.get(rule)
        if (
            rule in _ELSEWHERE
            or (kind == "schema" and not self.has_schema)
            or (rule in CORPUS and self.documents is not None)
        ):
            return False
        # Of a rule that isn't listed above nothing more is known than that a run of everything reports it.
        return not self.only or kind in self.only
