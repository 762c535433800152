"""How long the commands take, as whole processes: beside a bare Python start, and beside jing on the same files.

And, within one process, how long documents take by XSD, beside xmlschema alone.

Run by `make bench`. Times on a shared machine drift: what is compared runs in turn, round by round, and the median of
the rounds' ratios is the figure to quote.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

from tests.parity import jing
from tests.parity.documents import MEMORANDA, PLAYS, TEI_ALL
from tests.xsd.speed import speeds

ROOT = Path(__file__).resolve().parents[1]
RUNS = 7
TEI_ALL_SCH: Final = TEI_ALL.parent / "odd/tei_all/tei_all.sch"
BARE = [sys.executable, "-c", "pass"]
TEIPIPE: Final = [sys.executable, "-m", "teipipe"]

#: How often the 60 plays are copied to make some 150 MB.
COPIES: Final = 13
#: What jing does, and nothing else.
ALONE: Final = ("--only", "schema")
#: Megabytes that a process may take; how much more for 150 MB than for a thirteenth of it, and still be called flat.
MOST_MEMORY: Final = 300
FLAT: Final = 1.25
#: Our time by that of xmlschema, which has the verdict.
MOST_OF_XMLSCHEMA: Final = 1.1


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    return time.perf_counter() - start


def measure(name: str, command: list[str], fresh: Path | None = None) -> None:
    times: list[float] = []
    ratios: list[float] = []
    for run in range(RUNS + 1):
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)
        bare, whole = seconds(BARE), seconds(command)
        if run:  # the first one warms the page cache
            times.append(whole)
            ratios.append(whole / bare)
    low, middle, high = min(times), statistics.median(times), max(times)
    print(f"{name:34} {low:7.3f} {middle:7.3f} {high:7.3f} s   {statistics.median(ratios):6.1f} × a bare Python start")


def commands() -> None:
    print(f"{'':34} {'min':>7} {'median':>7} {'max':>7}     of {RUNS} runs")
    measure("teipipe --help", [*TEIPIPE, "--help"])
    measure("teipipe validate", [*TEIPIPE, "validate"])
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "build"
        measure("teipipe build, from nothing", [*TEIPIPE, "build", "--output", str(output)], fresh=output)
        measure("teipipe build, again", [*TEIPIPE, "build", "--output", str(output)])
    essay = "tei/essay-new-tranche.xml"
    measure("teipipe render, one page", [*TEIPIPE, "render", essay, "--to", "html", "--view", "reading"])


@dataclass(frozen=True, slots=True)
class Usage:
    """What one command took: seconds of wall time and of processors, its children's too; the largest process in MB."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Run:
    """A command, the folder that it runs in, and the cache that it uses; `is_cold`: emptied before."""

    command: Sequence[str]
    folder: Path
    cache: Path | None = None
    is_cold: bool = False

    def measure(self) -> Usage:
        """Raises RuntimeError if the documents weren't judged: neither valid nor invalid."""
        environment = dict(os.environ)
        if self.cache is not None:
            environment["TEIPIPE_CACHE"] = str(self.cache)
            if self.is_cold:
                shutil.rmtree(self.cache, ignore_errors=True)
        start = time.perf_counter()
        process = subprocess.Popen(
            self.command, cwd=self.folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):
            raise RuntimeError(f"exit status {process.returncode}: {' '.join(self.command)[:300]}")
        return Usage(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def in_turn(runs: Mapping[str, Run], rounds: int) -> dict[str, list[Usage]]:
    """Each run once, and again, `rounds` times; a first round, to warm what can be warmed, isn't counted."""
    found: dict[str, list[Usage]] = {name: [] for name in runs}
    for turn in range(rounds + 1):
        for name, run in runs.items():
            if sys.stderr.isatty():
                print(f"\r\x1b[K{name}, round {turn} of {rounds}", end="", file=sys.stderr, flush=True)
            usage = run.measure()
            if turn:
                found[name].append(usage)
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    for name, usages in found.items():
        wall, cpu, memory = (statistics.median(column) for column in zip(*map(_numbers, usages), strict=True))
        print(f"  {name:32} {wall:8.2f} s wall {cpu:8.2f} s CPU {memory:8.0f} MB")
    return found


def _numbers(usage: Usage) -> tuple[float, float, float]:
    return usage.wall, usage.cpu, usage.memory


def bound(what: str, value: float, unit: str, most: float) -> None:
    """Print a figure, and whether it is within its bound."""
    print(f"  {what:32} {value:8.2f} {unit}, bound {most:.2f}: {'holds' if value <= most else 'MISSED'}")


def told(what: str, value: float) -> None:
    """Print a ratio to jing that has no bound: jing doesn't make these checks."""
    print(f"  {what:32} {value:8.2f} × jing")


def ratio(ours: Sequence[Usage], theirs: Sequence[Usage], of: Callable[[Usage], float]) -> float:
    """The median of the ratios of the rounds."""
    return statistics.median(of(one) / of(other) for one, other in zip(ours, theirs, strict=True))


def wall(usage: Usage) -> float:
    return usage.wall


def cpu(usage: Usage) -> float:
    return usage.cpu


def by_jing(folder: Path, files: Sequence[Path]) -> Run:
    """jing on files of a folder, as it comes."""
    names = [str(file.relative_to(folder)) for file in files]
    return Run(["java", "-jar", str(jing.jar()), str(TEI_ALL), *names], folder)


def by_us(folder: Path, target: Path, cache: Path, *options: str, is_cold: bool) -> Run:
    """`teipipe validate` on a file or a folder."""
    command = [*TEIPIPE, "validate", "--quiet", "--schema", str(TEI_ALL), *options, str(target)]
    return Run(command, folder, cache, is_cold)


def copied(corpus: Path, folder: Path) -> Path:
    """A folder with the documents of a corpus, which can be deleted again whatever their permissions are."""
    folder.mkdir(parents=True)
    for file in corpus.glob("*.xml"):
        shutil.copyfile(file, folder / file.name)
    return folder


def small(scratch: Path) -> None:
    """One small file: the median of the memoranda."""
    files = sorted(MEMORANDA.glob("*.xml"), key=lambda path: path.stat().st_size)
    file = files[len(files) // 2]
    print(f"one file of {file.stat().st_size / 1000:.0f} kB")
    found = in_turn(
        {
            "teipipe, warm": by_us(scratch, file, scratch / "warm", is_cold=False),
            "teipipe, cold": by_us(scratch, file, scratch / "cold", is_cold=True),
            "jing": by_jing(MEMORANDA, [file]),
        },
        RUNS,
    )
    bound("wall, warm", ratio(found["teipipe, warm"], found["jing"], wall), "× jing", 1 / 3)
    bound("wall, cold", ratio(found["teipipe, cold"], found["jing"], wall), "× jing", 1)


def plays(scratch: Path) -> None:
    """150 MB of plays: with two processes, with one, and whether memory grows with them."""
    folder, once = scratch / "plays", scratch / "once"
    for copy in range(COPIES):
        copied(PLAYS, folder / f"{copy}")
    copied(PLAYS, once)
    files = sorted(folder.glob("*/*.xml"))
    print(f"{len(files)} plays, {sum(file.stat().st_size for file in files) / 1e6:.0f} MB")
    cache = scratch / "cache"
    found = in_turn(
        {
            "teipipe, 2 processes, cold": by_us(scratch, folder, cache, *ALONE, "--workers", "2", is_cold=True),
            "jing": by_jing(folder, files),
            "teipipe, 1 process, cold": by_us(scratch, folder, cache, *ALONE, "--workers", "1", is_cold=True),
            "teipipe, all checks": by_us(scratch, folder, cache, "--workers", "2", is_cold=True),
            "teipipe, 60 plays": by_us(scratch, once, cache, "--workers", "1", is_cold=True),
        },
        3,
    )
    told("wall, 2 processes, all checks", ratio(found["teipipe, all checks"], found["jing"], wall))
    bound("wall, 2 processes (aim: 0.70)", ratio(found["teipipe, 2 processes, cold"], found["jing"], wall), "× jing", 1)
    bound("CPU, 1 process", ratio(found["teipipe, 1 process, cold"], found["jing"], cpu), "× jing", 1)
    peak = {name: max(usage.memory for usage in usages) for name, usages in found.items()}
    ours = {name: memory for name, memory in peak.items() if name != "jing"}
    bound("memory of a process", max(ours.values()), "MB", MOST_MEMORY)
    growth = peak["teipipe, 1 process, cold"] / peak["teipipe, 60 plays"]
    bound("memory, beside 60 plays", growth, "×", FLAT)


def memoranda(scratch: Path) -> None:
    """605 small files."""
    files = sorted(MEMORANDA.glob("*.xml"))
    folder = copied(MEMORANDA, scratch / "memoranda")
    print(f"{len(files)} memoranda, {sum(file.stat().st_size for file in files) / 1e6:.1f} MB")
    found = in_turn(
        {
            "teipipe, cold": by_us(scratch, folder, scratch / "cold", *ALONE, is_cold=True),
            "jing": by_jing(MEMORANDA, files),
            "teipipe, warm": by_us(scratch, folder, scratch / "warm", *ALONE, is_cold=False),
            # Cut out of a volume, they point to more than 14,000 places that are no longer there: each is found.
            "teipipe, all checks": by_us(scratch, folder, scratch / "all", is_cold=False),
        },
        5,
    )
    told("wall, warm, all checks", ratio(found["teipipe, all checks"], found["jing"], wall))
    bound("wall, cold", ratio(found["teipipe, cold"], found["jing"], wall), "× jing", 1)
    bound("wall, warm", ratio(found["teipipe, warm"], found["jing"], wall), "× jing", 1 / 2)


def xsd() -> None:
    """The documents of this edition by XSD, beside xmlschema alone."""
    print("our documents by XSD, CPU")
    with tempfile.TemporaryDirectory() as scratch:
        for name, value in speeds(Path(scratch)).items():
            bound(name, value, "× xmlschema", MOST_OF_XMLSCHEMA)


#: Files, and patterns of one rule each, as extraction from a customisation of TEI gives them.
FILES: Final = 1000
RULES: Final = 100

IDENTITY: Final = """
import sys, saxonche
from pathlib import Path
processor = saxonche.PySaxonProcessor(license=False)
identity = processor.new_xslt30_processor().compile_stylesheet(stylesheet_text='<xsl:stylesheet version="3.0" '
    'xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:mode on-no-match="shallow-copy"/></xsl:stylesheet>')
for path in sorted(Path(sys.argv[1]).glob("*.xml")):
    identity.transform_to_string(xdm_node=processor.parse_xml(xml_text=path.read_text(encoding="utf-8")))
"""
ASSERTIONS: Final = """
import sys
from pathlib import Path
from teipipe import Document, schematron
schema = schematron.load(Path(sys.argv[2]), Path(sys.argv[2]).parent)
print(sum(len(list(schema.check(Document.read(path)))) for path in sorted(Path(sys.argv[1]).glob("*.xml"))))
"""


def assertions(scratch: Path) -> None:
    """Schematron beside parsing and an identity transform by saxonche alone: whole processes, compiling included."""
    if not (TEI_ALL_SCH.exists() and MEMORANDA.exists()):
        print(f"Schematron: skipped, {TEI_ALL_SCH} or {MEMORANDA} is missing")
        return
    folder, schema = scratch / "documents", scratch / "hundred.sch"
    folder.mkdir(parents=True)
    memoranda = sorted(MEMORANDA.glob("*.xml"))
    for number in range(FILES):
        shutil.copyfile(memoranda[number % len(memoranda)], folder / f"{number:04}.xml")
    text = TEI_ALL_SCH.read_text(encoding="utf-8")
    head, *patterns = re.split(r"(?=<pattern[ >])", text)
    schema.write_text("".join((head, *patterns[:RULES], "</schema>")), encoding="utf-8")
    print(f"{FILES} files, {sum(file.stat().st_size for file in folder.iterdir()) / 1e6:.1f} MB, {RULES} patterns")
    found = in_turn(
        {
            "teipipe.schematron": Run([sys.executable, "-c", ASSERTIONS, str(folder), str(schema)], ROOT),
            "saxonche, parse and identity": Run([sys.executable, "-c", IDENTITY, str(folder)], ROOT),
        },
        RUNS,
    )
    bound("wall", ratio(found["teipipe.schematron"], found["saxonche, parse and identity"], wall), "× identity", 3)
    bound("CPU", ratio(found["teipipe.schematron"], found["saxonche, parse and identity"], cpu), "× identity", 3)


PARTS: Final = {"small": small, "plays": plays, "memoranda": memoranda}


def missing() -> str | None:
    """Why there is nothing to compare with jing, or no jing; None if all is there."""
    if (problem := jing.missing()) is not None:
        return problem
    absent = [path for path in (TEI_ALL, MEMORANDA, PLAYS) if not path.exists()]
    return f"{absent[0]} is missing" if absent else None


#: Parts in modules of their own, beside no other program.
ELSEWHERE: Final = {
    "changed": "bench_corpus",
    "corpus": "bench_corpus",
    "site": "bench_site",
    "books": "bench_books",
    "deposit": "bench_deposit",
    "encode": "bench_encode",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--only", choices=["commands", "xsd", "schematron", *ELSEWHERE, *PARTS], help="one part (default: all)"
    )
    only = parser.parse_args().only
    if only in (None, "commands"):
        commands()
    if only in (None, "xsd"):
        xsd()
    if only in (None, "schematron"):
        with tempfile.TemporaryDirectory() as scratch:
            assertions(Path(scratch))
    for name in ELSEWHERE if only is None else ELSEWHERE.keys() & {only}:
        module = import_module(f"tests.{ELSEWHERE[name]}")
        with tempfile.TemporaryDirectory() as scratch:
            getattr(module, name)(Path(scratch))
    if only in ("commands", "xsd", "schematron", *ELSEWHERE):
        return
    if (problem := missing()) is not None:
        print(f"beside jing: skipped, {problem}")
        return
    for name, part in PARTS.items():
        if only in (None, name):
            with tempfile.TemporaryDirectory() as scratch:
                part(Path(scratch))


if __name__ == "__main__":
    main()
