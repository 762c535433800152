"""One mistake, one finding, by XSD: mutants of valid documents with `schema/teipipe.xsd`, judged by xmlschema.

`python -m tests.xsd.recovery --count 700` takes the documents of this edition, a third of a second for each mutant.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from tests.parity import documents, ours
from tests.parity.mutations import mutate
from tests.parity.recovery import Outcome, outcome, told

from teipipe.documents import Document
from teipipe.xsd.merging import Errors
from teipipe.xsd.schema import Schema

SCHEMA: Final = documents.TEIPIPE_RNG.with_suffix(".xsd")
CASES: Final = documents.ROOT / "tests" / "cases" / "render"


@cache
def schema() -> Schema:
    return Schema.load(Document.read(SCHEMA), SCHEMA.parent)


def small() -> list[bytes]:
    """Valid documents of a few lines each."""
    found = [Document.read(path) for path in sorted(CASES.glob("*/input.xml"))]
    return [one.data for one in found if b"<TEI" in one.data and schema().fits(one) is not None]


def judged(group: list[bytes], count: int, seed: str) -> Iterator[Outcome]:
    """What is found in those mutants that are invalid, and have one thing wrong.

    Raises AssertionError if one of them is taken for valid without xmlschema, or is invalid and nothing is found.
    """
    grammar = ours.load(documents.TEIPIPE_RNG)
    for mutant in mutate([group], count, seed):
        document = Document(Path("document.xml"), mutant.data)
        is_invalid = bool(Errors(schema().compiled, document, most=1))
        assert not (is_invalid and schema().fits(document) is not None), mutant.description
        found = list(schema().check(document))
        assert bool(found) == is_invalid, mutant.description
        if is_invalid and (mutant.rest is None or grammar.is_valid(mutant.rest, identities=False)):
            yield outcome(mutant, found)


def main(arguments: Sequence[str] | None = None) -> int:
    """0: at least the share asked for is one finding at its place; 1: fewer."""
    parser = argparse.ArgumentParser(prog="python -m tests.xsd.recovery", description=__doc__)
    parser.add_argument("--count", type=int, default=300, help="mutants (default: %(default)s)")
    parser.add_argument("--seed", default="1", help="other mutants for another one (default: %(default)s)")
    parser.add_argument("--share", type=float, default=0.95, help="what is enough (default: %(default)s)")
    options = parser.parse_args(arguments)
    outcomes = list(judged(documents.mutable(documents.own()), options.count, options.seed))
    for one in outcomes:
        if not one.is_good:
            print("\n".join(told(one)))
    share = sum(one.is_good for one in outcomes) / max(len(outcomes), 1)
    print(f"{SCHEMA.name}: one finding at its place for {share:.1%} of {len(outcomes)} mistakes")
    return 0 if share >= options.share else 1


if __name__ == "__main__":
    sys.exit(main())
