"""Differences that are jing's fault: known.toml, each with its reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("known.toml")


@dataclass(frozen=True, slots=True)
class Fault:
    """jing `refuses` or accepts for a reason that its messages (or ours, if it accepts) show."""

    schema: str | None
    refuses: bool
    message: re.Pattern[str]
    reason: str

    def explains(self, schema: str, *, refuses: bool, messages: Sequence[str]) -> bool:
        """Whether this fault is all that a difference is about."""
        return (
            self.schema in (None, schema)
            and self.refuses == refuses
            and bool(messages)
            and all(self.message.search(message) for message in messages)
        )


def read(path: Path = FILE) -> list[Fault]:
    """The faults in a file; raises ValueError for one without its reason."""
    faults = []
    for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("fault", []):
        if not str(entry.get("reason", "")).strip() or entry.get("jing") not in ("refuses", "accepts"):
            raise ValueError(f"{path.name}: each fault says what jing does, and has a reason")
        refuses = entry["jing"] == "refuses"
        faults.append(Fault(entry.get("schema"), refuses, re.compile(entry["message"]), entry["reason"]))
    return faults
