"""10,000 documents: checked in one go beside a bare parse of them, and after a change of one. Run by `tests.bench`."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.bench import TEIPIPE, Run, Usage, bound, in_turn, ratio, wall
from tests.letters import letter, letter_name, write_letters

NUMBER: Final = 10_000
#: What may be done in the time that expat needs for the same files.
MOST: Final = 15.0
#: Megabytes that a process may take more for each thousand documents more: summaries, and caches that have an end.
MOST_GROWTH: Final = 8.0

#: Every document parsed, nothing looked at: a handler for what a check needs, written in Python.
_PARSE: Final = """
import sys, pathlib
from xml.parsers import expat
for path in pathlib.Path(sys.argv[1]).rglob("*.xml"):
    parser = expat.ParserCreate("UTF-8", "}")
    parser.ordered_attributes = True
    parser.StartElementHandler = lambda name, attributes: None
    parser.Parse(path.read_bytes(), True)
"""


def corpus(scratch: Path) -> None:
    """All checks that need no schema, and whether memory grows with the corpus."""
    many, few = scratch / "many", scratch / "few"
    write_letters(many, NUMBER)
    write_letters(few, NUMBER // 10)
    print(f"{NUMBER} letters, {sum(file.stat().st_size for file in many.rglob('*.xml')) / 1e6:.0f} MB")
    found = in_turn(
        {
            "expat alone": Run([sys.executable, "-c", _PARSE, str(many)], many),
            "teipipe, this process": _checked(many, "--workers", "0"),
            "teipipe, 2 workers": _checked(many, "--workers", "2"),
            f"teipipe, {NUMBER // 10}": _checked(few, "--workers", "0"),
            f"teipipe, {NUMBER // 10}, 2 workers": _checked(few, "--workers", "2"),
        },
        3,
    )
    bound("wall, 2 workers", ratio(found["teipipe, 2 workers"], found["expat alone"], wall), "× expat", MOST)
    for more, less in (("this process", f"{NUMBER // 10}"), ("2 workers", f"{NUMBER // 10}, 2 workers")):
        grown = _memory(found[f"teipipe, {more}"]) - _memory(found[f"teipipe, {less}"])
        bound(f"memory per 1,000 more, {more}", grown / (0.9 * NUMBER / 1000), "MB", MOST_GROWTH)


def changed(scratch: Path) -> None:
    """`--changed` after one document was changed, with an index that knows the others."""
    root = scratch / "project"
    write_letters(root, NUMBER)
    for step in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "all"]):
        subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *step], cwd=root, check=True)
    (root / letter_name(5)).write_text(letter(5, NUMBER, ["<p>More.</p>"]), encoding="utf-8")
    print(f"one of {NUMBER} letters changed")
    cache = scratch / "cache"
    found = in_turn(
        {
            "bare Python start": Run([sys.executable, "-c", "pass"], root),
            "teipipe, warm": _checked(root, "--changed", cache=cache),
            "teipipe, everything": _checked(root, cache=cache),
        },
        5,
    )
    bound("wall, warm", statistics.median(map(wall, found["teipipe, warm"])), "s", 1)
    bound("wall, warm", ratio(found["teipipe, warm"], found["teipipe, everything"], wall), "× everything", 0.2)


def _checked(root: Path, *options: str, cache: Path | None = None) -> Run:
    return Run([*TEIPIPE, "validate", "--quiet", *options], root, cache)


def _memory(usages: Sequence[Usage]) -> float:
    return statistics.median(usage.memory for usage in usages)
