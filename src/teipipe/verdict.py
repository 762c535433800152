"""What a run of checks came to, as values: all that gates decide on and reports show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from teipipe.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class UsedSchema:
    """A schema that documents were judged by.

    `name` is its file as findings show it, or its address; `language` says what it is written in, as in "XSD 1.1";
    `version` is what it calls itself, "" if it doesn't; `checksum` is "sha256:" and 64 hexadecimal digits of all that
    it is made of; `reason` says in one phrase why it was taken; `documents` is how many it judged.
    """

    name: str
    language: str
    version: str
    checksum: str
    reason: str
    documents: int

    @classmethod
    def together(cls, used: Iterable[UsedSchema]) -> tuple[UsedSchema, ...]:
        """Each schema once, with the number of all documents that it judged, the most used first."""
        first: dict[tuple[str, str], UsedSchema] = {}
        total: Counter[tuple[str, str]] = Counter()
        for one in used:
            key = (one.name, one.language)
            first.setdefault(key, one)
            total[key] += one.documents
        return tuple(replace(first[key], documents=number) for key, number in total.most_common())


class Excuse(Enum):
    """Why a finding doesn't count."""

    SUPPRESSED = "suppressed"  # the document itself says so, with a reason
    BASELINE = "baseline"  # it was there before


@dataclass(frozen=True, slots=True)
class Excused:
    """A finding that doesn't count, why, and in the document's own words for what reason ("" in a baseline)."""

    diagnostic: Diagnostic
    excuse: Excuse
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a run of checks came to.

    `root` is the folder of the project; `diagnostics` the findings that count, sorted by place; `documents` the files
    that were checked; `schemas` those that they were judged by; `excused` the findings that don't count; `remarks`
    what the user should know besides. `title` is what reports call the project, by default the name of its folder;
    `notice` stands on top of reports that people keep.
    """

    root: Path
    diagnostics: tuple[Diagnostic, ...]
    documents: tuple[Path, ...] = ()
    schemas: tuple[UsedSchema, ...] = ()
    excused: tuple[Excused, ...] = ()
    remarks: tuple[str, ...] = ()
    title: str = ""
    notice: str = ""
