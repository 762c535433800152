"""How long the commands take, as whole processes, each beside a bare Python start in the same run.

Run by `make bench`. Times on a shared machine drift: the ratio to a bare start is the figure to quote.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 7
BARE = [sys.executable, "-c", "pass"]


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


def compile_time() -> None:
    code = (
        "import time; from lxml import etree; t = time.perf_counter();"
        "etree.RelaxNG(etree.parse('schema/teipipe.rng')); print(time.perf_counter() - t)"
    )
    runs = [
        float(subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True, text=True).stdout)
        for _ in range(RUNS)
    ]
    print(
        f"{'RELAX NG schema, compiled by lxml':34} {min(runs):7.3f} {statistics.median(runs):7.3f} {max(runs):7.3f} s"
    )


def main() -> None:
    print(f"{'':34} {'min':>7} {'median':>7} {'max':>7}     of {RUNS} runs")
    teipipe = [sys.executable, "-m", "teipipe"]
    measure("teipipe --help", [*teipipe, "--help"])
    measure("teipipe validate", [*teipipe, "validate"])
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "build"
        measure("teipipe build, from nothing", [*teipipe, "build", "--output", str(output)], fresh=output)
        measure("teipipe build, again", [*teipipe, "build", "--output", str(output)])
    essay = "tei/essay-new-tranche.xml"
    measure("teipipe render, one page", [*teipipe, "render", essay, "--to", "html", "--view", "reading"])
    compile_time()


if __name__ == "__main__":
    main()
