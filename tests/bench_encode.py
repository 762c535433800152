"""Transcripts encoded: how many characters a second, beside a bare pass of an automaton. Run by `tests.bench`."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import wraps
from pathlib import Path
from typing import Any, Final
from unittest import mock

from ahocorasick_rs import AhoCorasick, MatchKind
from tests.bench import BARE, ROOT, RUNS, TEIPIPE, Run, bound, in_turn, ratio, wall
from tests.encode.prose import write

from teipipe.encode import encoder as order
from teipipe.encode import files as reading
from teipipe.encode.files import Encoder, Job, Options
from teipipe.encode.names.register import load_register

#: Characters of transcripts, and the sizes of registers.
LENGTH: Final = 2_000_000
ENTRIES: Final = 1_000
MANY: Final = 20_000
ROUNDS: Final = 3
#: Seconds for a million characters; what a register of 20,000 may take more; seconds that a start may take; megabytes.
MOST: Final = 1.0
FLAT: Final = 1.15
MOST_START: Final = 0.5
MOST_MEMORY: Final = 600

STEPS: Final = {
    "reading": (reading, "read_transcript"),
    "structure": (order, "structure_of"),
    "brackets": (order, "brackets_in"),
    "names": (order, "names_in"),
    "dates": (order, "dates_in"),
    "writing": (order, "write_tei"),
    "fidelity": (order, "require_fidelity"),
}


def encode(scratch: Path) -> None:
    """Speed by many small files and by one large one, by step, by size of the register; start-up; memory."""
    files, register = write(scratch / "few", LENGTH, ENTRIES)
    _, many = write(scratch / "many", 0, MANY)
    whole = scratch / "whole.txt"
    whole.write_text("\n\n".join(file.read_text(encoding="utf-8") for file in files), encoding="utf-8")
    length = sum(len(file.read_text(encoding="utf-8")) for file in files)
    print(f"{len(files)} transcripts, {length / 1e6:.1f} million characters; registers of {ENTRIES} and {MANY}")
    # First of all: what a process takes counts from what this one has when it starts it.
    starts(scratch, files[0], whole, register)
    runs: dict[str, Callable[[], object]] = {
        "bare pass of an automaton": bare_pass(files, register),
        "teipipe encode": encoding(files, register),
        "teipipe encode, large register": encoding(files, many),
        "teipipe encode, one file": encoding([whole], register),
    }
    found = {name: [seconds / length * 1e6 for seconds in times] for name, times in by_turns(runs).items()}
    for name in list(runs)[1:]:
        bound(
            f"CPU, {name.removeprefix('teipipe encode').strip(', ') or 'small files'}",
            statistics.median(found[name]),
            "s/MB",
            MOST,
        )
    ours, large = found["teipipe encode"], found["teipipe encode, large register"]
    bound("large register", statistics.median(b / a for a, b in zip(ours, large, strict=True)), "× small", FLAT)
    by_step(files, register, length)


def bare_pass(files: Iterable[Path], register: Path) -> Callable[[], object]:
    """The limit: all forms of a register looked for in the same texts, and nothing else."""
    entries = load_register(register).entries
    forms = [form for entry in entries for form, _ in entry.forms]
    automaton = AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest)
    texts = [file.read_text(encoding="utf-8") for file in files]
    return lambda: sum(len(automaton.find_matches_as_indexes(text)) for text in texts)


def encoding(files: Iterable[Path], register: Path) -> Callable[[], object]:
    """All files, one after the other, by an encoder that is ready."""
    encoder = Encoder(Options(register=register))
    jobs = [Job(file, "d", "2026-01-01", "register.xml") for file in files]

    def run() -> object:
        return sum(len(encoder.encode(job).tei) for job in jobs)

    return run


def by_turns(runs: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    """Seconds of CPU that each takes, in turn; the first round, which loads what is loaded once, isn't counted."""
    found: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(ROUNDS + 1):
        for name, run in runs.items():
            start = time.process_time()
            run()
            if turn:
                found[name].append(time.process_time() - start)
    for name, times in found.items():
        print(f"  {name:32} {statistics.median(times):8.2f} s CPU")
    return found


def by_step(files: Iterable[Path], register: Path, length: int) -> None:
    """Where the time goes."""
    spent: defaultdict[str, float] = defaultdict(float)

    def timed(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(step)
        def run(*arguments: Any, **options: Any) -> Any:
            start = time.process_time()
            try:
                return step(*arguments, **options)
            finally:
                spent[name] += time.process_time() - start

        return run

    run = encoding(files, register)
    run()
    with ExitStack() as stack:
        for name, (module, function) in STEPS.items():
            stack.enter_context(mock.patch.object(module, function, timed(name, getattr(module, function))))
        run()
    for name, seconds in spent.items():
        print(f"    {name:30} {seconds / length * 1e6:8.3f} s/MB")


def starts(scratch: Path, small: Path, whole: Path, register: Path) -> None:
    """Whole processes: their starts beside a bare Python, and how much memory a large file takes."""
    output = scratch / "out"
    commands = {
        "bare Python start": Run(BARE, ROOT),
        "teipipe encode --help": Run([*TEIPIPE, "encode", "--help"], ROOT),
        "teipipe encode, a small file": Run([*TEIPIPE, "encode", str(small), "-o", str(output)], scratch),
        "the same, with a register": Run(
            [*TEIPIPE, "encode", str(small), "-o", str(output), "--register", str(register)], scratch
        ),
    }
    found = in_turn(commands, RUNS)
    for name in list(commands)[1:]:
        bound(name, statistics.median(usage.wall for usage in found[name]), "s", MOST_START)
        print(f"    {ratio(found[name], found['bare Python start'], wall):.1f} × a bare Python start")
    large = in_turn(
        {
            f"{whole.stat().st_size / 1e6:.0f} MB in one file": Run(
                [*TEIPIPE, "encode", str(whole), "-o", str(output)], scratch
            )
        },
        1,
    )
    bound("memory", max(usage.memory for usages in large.values() for usage in usages), "MB", MOST_MEMORY)
