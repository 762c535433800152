"""Documents judged by us and by jing, and where the two differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from . import ours
from .jing import Jing, Verdict
from .known import Fault
from .ours import Judged
from .progress import shown

#: What each of us says of one document; more of ours than these are not needed to know that there are some.
ENOUGH = 5


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
    """How often which verdict was given; `ids_only` are valid but for their ids, we refuse `ids_refused`."""

    documents: int = 0
    both_valid: int = 0
    both_invalid: int = 0
    ids_only: int = 0
    known: int = 0
    ids_refused: list[Difference] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)


def compare(schema: Path, cases: Sequence[Case], jing: Jing, faults: Sequence[Fault], what: str) -> Tally:
    """Judge the cases by a schema; raises JingError."""
    tally = Tally(len(cases))
    documents = [case.data for case in cases]
    mine = list(shown(f"{what}, we", ours.judge(schema, documents, most=ENOUGH), len(cases)))
    theirs = list(shown(f"{what}, jing", jing.judge(documents), len(cases)))
    for case, judged, verdict in zip(cases, mine, theirs, strict=True):
        _count(tally, schema.name, case, judged, verdict, faults)
    if len(tally.ids_refused) < tally.ids_only:
        # Whether ids are looked at is ours to decide, and not for each document anew.
        tally.differences += tally.ids_refused
    return tally


def _count(tally: Tally, schema: str, case: Case, judged: Judged, verdict: Verdict, faults: Sequence[Fault]) -> None:
    if judged.is_valid == bool(judged.findings):
        problem = "we call it valid, and find something" if judged.is_valid else "we call it invalid, and find nothing"
        tally.differences.append(Difference(case, problem, verdict, judged))
    if verdict.is_valid and verdict.ids:
        tally.ids_only += 1
        if not judged.is_valid:
            tally.ids_refused.append(Difference(case, "we refuse some for their ids, not all", verdict, judged))
    elif verdict.is_valid == judged.is_valid:
        tally.both_valid += judged.is_valid
        tally.both_invalid += not judged.is_valid
    elif any(_explains(fault, schema, judged, verdict) for fault in faults):
        tally.known += 1
    else:
        problem = "only jing refuses it" if judged.is_valid else "only we refuse it"
        tally.differences.append(Difference(case, problem, verdict, judged))


def _explains(fault: Fault, schema: str, judged: Judged, verdict: Verdict) -> bool:
    by_jing = [error.message for error in verdict.errors]
    by_us = [finding.message for finding in judged.findings]
    return fault.explains(schema, refuses=not verdict.is_valid, messages=by_jing or by_us)


def told(difference: Difference) -> Iterator[str]:
    """A difference in lines: what, jing's words, ours."""
    case = difference.case
    yield f"{case.name}: {difference.problem}" + (f" ({case.description})" if case.description else "")
    for error in (*difference.jing.errors, *difference.jing.ids)[:ENOUGH]:
        yield f"  jing {error.line}:{error.column}: {error.message[:300]}"
    for finding in difference.ours.findings[:ENOUGH]:
        place = finding.location
        yield f"  ours {place.line}:{place.column}: [{finding.rule}] {finding.message[:300]}"
