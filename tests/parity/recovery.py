"""One mistake, one finding: how often what is said of a document with one thing wrong is one thing, at its place.

Mutants of valid documents only, and of them only those that jing refuses; where an element has moved and its old place
can't do without it, two things are wrong, and the mutant isn't counted.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from teipipe.diagnostics import Diagnostic
from teipipe.documents import Document

from . import documents, ours
from .__main__ import cache
from .jing import Jing, JingError, missing
from .mutations import KINDS, Mutant, mutate
from .progress import shown

SCHEMAS: Final = (documents.TEI_ALL, documents.TEIPIPE_RNG)
#: Words of a finding, findings of a mutant that are printed.
WORDS: Final = 200
SHOWN: Final = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found in a mutant that is invalid."""

    mutant: Mutant
    findings: tuple[Diagnostic, ...]
    is_placed: bool

    @property
    def is_one(self) -> bool:
        """Whether there is one finding."""
        return len(self.findings) == 1

    @property
    def is_good(self) -> bool:
        """Whether there is one finding, and where it belongs."""
        return self.is_one and self.is_placed


def outcome(mutant: Mutant, findings: Sequence[Diagnostic]) -> Outcome:
    """Whether the first finding is at one of the places where the mutation may first be known."""
    document = Document(Path("document.xml"), mutant.data)
    places = {(place.line, place.column) for place in map(document.at, mutant.places)}
    first = findings[0].location if findings else None
    return Outcome(mutant, tuple(findings), first is not None and (first.line, first.column) in places)


def told(one: Outcome) -> Iterator[str]:
    """A mutant in lines: what is wrong with it and where, and what was found instead."""
    document = Document(Path("document.xml"), one.mutant.data)
    where = document.at(one.mutant.offset)
    problem = "at another place" if one.is_one else f"{len(one.findings)} findings"
    yield f"{one.mutant.kind}, {where.line}:{where.column}: {one.mutant.description}: {problem}"
    for finding in one.findings[:SHOWN]:
        place = finding.location
        yield f"  {place.line}:{place.column}: [{finding.rule}] {finding.message[:WORDS]}"
    if len(one.findings) > SHOWN:
        yield f"  … and {len(one.findings) - SHOWN} more"


def main(arguments: Sequence[str] | None = None) -> int:
    """0: at least the share asked for is one finding at its place; 1: fewer; 2: it can't be judged."""
    parser = argparse.ArgumentParser(prog="python -m tests.parity.recovery", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="mutants (default: %(default)s)")
    parser.add_argument("--seed", default="1", help="other mutants for another one (default: %(default)s)")
    parser.add_argument("--schema", type=Path, action="append", help="only by this one, or these")
    parser.add_argument("--share", type=float, default=0.95, help="what is enough (default: %(default)s)")
    options = parser.parse_args(arguments)
    schemas = [path for path in options.schema or SCHEMAS if path.is_file()]
    if (problem := missing()) is not None or not schemas:
        print(f"recovery can't be judged: {problem or 'no schema'}", file=sys.stderr)
        return 2
    try:
        shares = [_run(schema, options.count, options.seed) for schema in schemas]
    except JingError as error:
        print(f"recovery can't be judged: {error}", file=sys.stderr)
        return 2
    return 0 if min(shares) >= options.share else 1


def _run(schema: Path, count: int, seed: str) -> float:
    """The share of good ones by a schema."""
    jing = Jing(schema, cache())
    groups = list(_valid(jing))
    made = list(shown(f"{schema.name}, mutants", mutate(groups, count, seed), count))
    refused = [
        mutant
        for mutant, verdict in zip(made, jing.judge([mutant.data for mutant in made]), strict=True)
        if not verdict.is_valid
    ]
    rests = [mutant.rest for mutant in refused if mutant.rest is not None]
    bad = {rest for rest, verdict in zip(rests, jing.judge(rests), strict=True) if not verdict.is_valid}
    single = [mutant for mutant in refused if mutant.rest not in bad]
    judged = shown(f"{schema.name}, findings", ours.judge(schema, [mutant.data for mutant in single]), len(single))
    outcomes = [outcome(mutant, one.findings or ()) for mutant, one in zip(single, judged, strict=True)]
    _table(schema, made, refused, outcomes)
    for kind in KINDS:
        for one in outcomes:
            if one.mutant.kind == kind and not one.is_good:
                print("\n".join(told(one)))
    share = sum(one.is_good for one in outcomes) / max(len(outcomes), 1)
    print(f"{schema.name}: one finding at its place for {share:.1%} of {len(outcomes)} mistakes\n")
    return share


def _valid(jing: Jing) -> Iterator[list[bytes]]:
    """The valid documents that are small enough to be mutated: ours, memoranda, plays."""
    for group in (documents.own(), documents.corpus(documents.MEMORANDA), documents.corpus(documents.PLAYS)):
        small = documents.mutable(group)
        yield [data for data, verdict in zip(small, jing.judge(small), strict=True) if verdict.is_valid]


def _table(schema: Path, made: Sequence[Mutant], refused: Sequence[Mutant], outcomes: Sequence[Outcome]) -> None:
    print(f"{schema.name:20}" + "".join(f"{cell:>12}" for cell in ("made", "refused", "one cause", "one", "placed")))
    for kind in (*KINDS, "all"):
        those = [one for one in outcomes if kind in (one.mutant.kind, "all")]
        counts = (
            sum(kind in (mutant.kind, "all") for mutant in made),
            sum(kind in (mutant.kind, "all") for mutant in refused),
            len(those),
            sum(one.is_one for one in those),
            sum(one.is_good for one in those),
        )
        share = f"{counts[-1] / counts[2]:8.1%}" if those else ""
        print(f"{kind:20}" + "".join(f"{count:>12}" for count in counts) + share)


if __name__ == "__main__":
    sys.exit(main())
