"""Documents judged by us and by jing, and where the two differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from . import ours
from .jing import MOST, Jing, Verdict
from .known import Fault
from .ours import Judged
from .progress import shown

#: What each of us says of one document, as far as it is printed.
ENOUGH: Final = 5


@dataclass(frozen=True, slots=True)
class Case:
    """A document under a name that says where it comes from, and what was done to it."""

    name: str
    data: bytes
    description: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A document of which we and jing don't say the same; `problem` says how."""

    case: Case
    problem: str
    jing: Verdict
    ours: Judged


@dataclass(slots=True)
class Tally:
    """How often which verdict was given by both; `ids_only` are valid but for their ids."""

    documents: int = 0
    valid: int = 0
    invalid: int = 0
    ids_only: int = 0
    known: int = 0
    differences: list[Difference] = field(default_factory=list)


def compare(schema: Path, cases: Sequence[Case], jing: Jing, faults: Sequence[Fault], what: str) -> Tally:
    """Judge the cases by a schema; raises JingError."""
    tally = Tally(len(cases))
    documents = [case.data for case in cases]
    theirs = list(shown(f"{what}, jing", jing.judge(documents), len(cases)))
    # To explain what is of another kind altogether takes long and shows nothing.
    explained = [len(verdict.errors) < MOST for verdict in theirs]
    mine = list(shown(f"{what}, we", ours.judge(schema, documents, explained), len(cases)))
    for case, judged, verdict in zip(cases, mine, theirs, strict=True):
        problem = differ(judged, verdict)
        if problem is not None and any(_explains(fault, schema.name, judged, verdict) for fault in faults):
            tally.known += 1
        elif problem is not None:
            tally.differences.append(Difference(case, problem, verdict, judged))
        elif verdict.is_valid and verdict.ids:
            tally.ids_only += 1
        else:
            tally.valid += verdict.is_valid
            tally.invalid += not verdict.is_valid
    return tally


def differ(judged: Judged, verdict: Verdict) -> str | None:
    """How we and jing differ; None if we don't."""
    if judged.is_valid is None:
        return "we met a limit"
    if judged.is_valid != verdict.is_valid:
        return "only jing refuses it" if judged.is_valid else "only we refuse it"
    if judged.findings is not None and judged.is_valid == bool(judged.findings):
        return "we call it valid, and find something" if judged.is_valid else "we call it invalid, and find nothing"
    if judged.is_valid_with_ids != (verdict.is_valid and not verdict.ids):
        return "only jing refuses it for its ids" if judged.is_valid_with_ids else "only we refuse it for its ids"
    return None


def _explains(fault: Fault, schema: str, judged: Judged, verdict: Verdict) -> bool:
    by_jing = [error.message for error in (*verdict.errors, *verdict.ids)]
    by_us = [finding.message for finding in judged.findings or ()]
    return fault.explains(schema, refuses=bool(by_jing), messages=by_jing or by_us)


def told(difference: Difference) -> Iterator[str]:
    """A difference in lines: what, jing's words, ours."""
    case = difference.case
    yield f"{case.name}: {difference.problem}" + (f" ({case.description})" if case.description else "")
    for error in (*difference.jing.errors, *difference.jing.ids)[:ENOUGH]:
        yield f"  jing {error.line}:{error.column}: {error.message[:300]}"
    for finding in (difference.ours.findings or ())[:ENOUGH]:
        place = finding.location
        yield f"  ours {place.line}:{place.column}: [{finding.rule}] {finding.message[:300]}"
