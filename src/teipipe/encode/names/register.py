"""A register of persons, organisations and places, as the encoder needs it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from teipipe.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its xml:id, its kind (person, group, org, faction, place, event), its names as the register has them.

    `forms` has for each name its type (preferred, variant, epithet); years of life or existence are None if not said.
    `offices` are what it says of offices and memberships, in words.
    """

    id: str
    kind: str
    forms: tuple[tuple[str, str], ...]
    born: int | None = None
    died: int | None = None
    offices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Register:
    """The entries of a register; `findings` are what is wrong with it."""

    path: Path
    entries: tuple[Entry, ...] = ()
    findings: tuple[Diagnostic, ...] = field(default=())


def load_register(path: Path) -> Register:
    """The register in a TEI file; raises UnreadableError if it can't be read, or is none."""
    return Register(path)
