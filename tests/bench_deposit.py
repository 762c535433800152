"""Packages: whether writing one, with both checksums and all of it read back, takes longer than copying and sha512sum.

Run by `tests.bench`. Both run in turn on the same files, which the system remembers. What they make is kept to the end
of the rounds, which takes 16 GB: after many files were deleted, ext4 takes seconds longer to make as many.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.bench import ROOT, Run, Usage, bound, cpu, ratio, wall

ROUNDS: Final = 3
#: Bytes of a payload, and in how many files it comes.
SIZE: Final = 1_000_000_000
MANY: Final = 10_000
FEW: Final = 1_000
#: Bytes that a file more may take: what is known of files lies on the disk.
MOST_MEMORY: Final = 200

_THEIRS: Final = 'cp -r "$0" "$1" && find "$1" -type f -print0 | xargs -0 sha512sum > "$1.sums"'
_OURS: Final = """
import os
import sys
from pathlib import Path
from teipipe.bags import Item
from teipipe.bags.writing import write_bag
folder = Path(sys.argv[1])
paths = (Path(place, name) for place, _, names in os.walk(folder) for name in names)  # rglob remembers them all
items = (Item(path.relative_to(folder).as_posix(), path) for path in paths)
write_bag(Path(sys.argv[2]), items, [], lambda stored: [])
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


@dataclass(frozen=True, slots=True)
class _Turn:
    """What one program makes of a folder, in a new place each time."""

    command: tuple[str, ...]
    form: str

    def measure(self, place: Path) -> Usage:
        """From nothing, and nothing of others waiting to be written."""
        place.mkdir()
        os.sync()
        return Run([*self.command, str(place / f"made{self.form}")], ROOT).measure()


def deposit(scratch: Path) -> None:
    """One large file, and many small ones; as a folder, as a zip and as a tar file."""
    one, many = scratch / "one", scratch / "many"
    _fill(one, 1, SIZE)
    _fill(many, MANY, SIZE // MANY)
    for folder, forms in ((many, ("", ".zip", ".tar")), (one, ("", ".zip", ".tar"))):
        number = sum(1 for path in folder.rglob("*") if path.is_file())
        print(f"{number:,} files, {SIZE / 1e9:.0f} GB, both checksums, read back from the disk")
        found = _in_turn(folder, scratch, forms)
        theirs = found["cp -r, then sha512sum"]
        for form in forms:
            ours = found[_name(form)]
            bound(f"wall, {form or 'folder'}", ratio(ours, theirs, wall), "× theirs", 1)
            print(f"  {'CPU, ' + (form or 'folder'):32} {ratio(ours, theirs, cpu):8.2f} × theirs, on two processors")
    _memory(many, scratch)


def _in_turn(folder: Path, scratch: Path, forms: tuple[str, ...]) -> dict[str, list[Usage]]:
    turns = {"cp -r, then sha512sum": _Turn(("sh", "-c", _THEIRS, str(folder)), "")}
    turns |= {_name(form): _Turn((sys.executable, "-c", _OURS, str(folder)), form) for form in forms}
    found: dict[str, list[Usage]] = {name: [] for name in turns}
    made = scratch / "made"
    made.mkdir()
    for turn in range(ROUNDS + 1):
        for name, one in turns.items():
            usage = one.measure(made / f"{turn} {name}")
            if turn:  # the first one warms the page cache
                found[name].append(usage)
    shutil.rmtree(made)
    for name, usages in found.items():
        each = ", ".join(f"{usage.wall:.2f}" for usage in usages)
        print(f"  {name:32} {each} s wall; {min(usage.cpu for usage in usages):.2f} s CPU at least")
    return found


def _memory(many: Path, scratch: Path) -> None:
    """What a tenth of the files takes."""
    few = scratch / "few"
    shutil.copytree(many / "0", few)
    for form in ("", ".zip", ".tar"):
        less, more = (_peak(folder, scratch / f"bag{form}") for folder in (few, many))
        each = (more - less) * 2**20 / (MANY - FEW)
        print(f"  {'memory, ' + (form or 'folder'):32} {less:8.0f} MB for {FEW:,} files, {more:.0f} MB for {MANY:,}")
        bound("memory for one file more", each, "bytes", MOST_MEMORY)


def _peak(folder: Path, target: Path) -> float:
    """The memory of a process in MB, without that of the process that it was forked from."""
    shutil.rmtree(target) if target.is_dir() else target.unlink(missing_ok=True)
    done = subprocess.run([sys.executable, "-c", _OURS, str(folder), str(target)], check=True, capture_output=True)
    return int(done.stdout) / 1024


def _name(form: str) -> str:
    return f"teipipe, {form or 'folder'}"


def _fill(folder: Path, number: int, size: int) -> None:
    """Random files, a thousand in a folder."""
    chance = random.Random(number)
    for each in range(number):
        place = folder / str(each // FEW)
        place.mkdir(parents=True, exist_ok=True)
        with (place / f"{each}.bin").open("wb") as file:
            for _ in range(0, size, 1 << 20):
                file.write(chance.randbytes(min(size - file.tell(), 1 << 20)))
