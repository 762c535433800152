"""The command: documents and mutants judged by us and by jing; a table, and every difference."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

from . import documents, known
from .compare import Case, Difference, Tally, compare, told
from .jing import Jing, JingError, missing
from .mutations import mutate
from .progress import shown

SCHEMAS: Final = (documents.TEI_ALL, documents.MEMORANDA_RNG, documents.TEIPIPE_RNG)
SHOWN: Final = 20


def cache() -> Path:
    """Where jing's verdicts are kept from one run to the next."""
    return Path(tempfile.gettempdir()) / f"teipipe-parity-{os.getuid()}" / "jing"


def main(arguments: Sequence[str] | None = None) -> int:
    """0: we judge as jing does; 1: we don't; 2: it can't be judged."""
    parser = argparse.ArgumentParser(prog="python -m tests.parity", description=__doc__)
    parser.add_argument("--count", type=int, default=3000, help="mutants (default: %(default)s)")
    parser.add_argument("--seed", default="1", help="other mutants for another one (default: %(default)s)")
    parser.add_argument("--schema", type=Path, action="append", help="only by this one, or these")
    options = parser.parse_args(arguments)
    schemas = [path for path in options.schema or SCHEMAS if _is_there(path)]
    if (problem := missing()) is not None or not schemas:
        print(f"parity can't be judged: {problem or 'no schema'}", file=sys.stderr)
        return 2
    try:
        return _run(schemas, options.count, options.seed)
    except JingError as error:
        print(f"parity can't be judged: {error}", file=sys.stderr)
        return 2


def _is_there(path: Path) -> bool:
    if not path.is_file():
        print(f"skipped: {path} is missing", file=sys.stderr)
    return path.is_file()


def _run(schemas: Sequence[Path], count: int, seed: str) -> int:
    own, memoranda, plays = documents.own(), documents.corpus(documents.MEMORANDA), documents.corpus(documents.PLAYS)
    faults = known.read()
    differences: list[tuple[Path, Difference]] = []
    rows: list[tuple[str, ...]] = [
        ("schema", "documents", "", "both valid", "both not", "but for ids", "known", "differ")
    ]
    for schema in schemas:
        jing = Jing(schema, cache())
        sets = {
            "our own": _cases("own", own),
            "memoranda": _cases("memorandum", memoranda),
            "plays": _cases("play", plays if schema != documents.MEMORANDA_RNG else []),
            "mutants": list(_mutants(jing, (own, memoranda, plays), count, f"{seed} {schema.name}")),
        }
        for what, cases in sets.items():
            if cases:
                tally = compare(schema, cases, jing, faults, f"{schema.name}, {what}")
                rows.append((schema.name, what, *_numbers(tally)))
                differences += ((schema, each) for each in tally.differences)
    for row in rows:
        print(f"{row[0]:16}{row[1]:12}" + "".join(f"{cell:>13}" for cell in row[2:]))
    _report(differences)
    return 1 if differences else 0


def _mutants(jing: Jing, groups: Sequence[list[bytes]], count: int, seed: str) -> Iterator[Case]:
    """Mutants, most of them of documents that are valid: in others a slip more changes no verdict."""
    valid: list[list[bytes]] = []
    other: list[list[bytes]] = []
    for group in map(documents.mutable, groups):
        verdicts = list(jing.judge(group))
        valid.append([data for data, verdict in zip(group, verdicts, strict=True) if verdict.is_valid])
        other.append([data for data, verdict in zip(group, verdicts, strict=True) if not verdict.is_valid])
    few = count // 10 if any(other) else 0
    made = chain(mutate(valid, count - few, seed), mutate(other, few, seed))
    for number, mutant in enumerate(shown("mutants", made, count)):
        yield Case(f"mutant-{number}", mutant.data, f"{mutant.kind}: {mutant.description}")


def _cases(name: str, group: Iterable[bytes]) -> list[Case]:
    return [Case(f"{name}-{number}", data) for number, data in enumerate(group)]


def _numbers(tally: Tally) -> Iterator[str]:
    counts = (tally.documents, tally.valid, tally.invalid, tally.ids_only, tally.known, len(tally.differences))
    return map(str, counts)


def _report(differences: Sequence[tuple[Path, Difference]]) -> None:
    if not differences:
        return
    folder = Path(tempfile.mkdtemp(prefix="teipipe-differences-"))
    for number, (schema, difference) in enumerate(differences):
        name = f"{schema.stem}-{difference.case.name}"
        (folder / f"{name}.xml").write_bytes(difference.case.data)
        lines = [str(schema), *told(difference)]
        (folder / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        if number < SHOWN:
            print("\n".join([f"{schema.name}:", *lines[1:]]))
    more = len(differences) - SHOWN
    print(f"… and {more} more; " if more > 0 else "", f"all {len(differences)} are in {folder}", sep="")


if __name__ == "__main__":
    sys.exit(main())
