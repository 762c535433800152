"""What the Library of Congress's `bagit` says of a package: the check of somebody who didn't write it.

It takes part where it is sound: reading the tag files and comparing what they list with what is there. The writing is
ours, because its `make_bag` (1.9.0) moves files in place and makes nothing durable (after a kill, files lie half in one
folder and half in another, and the next run makes a package of that), loses names that end with a space and errs about
those with `%0A`, computes one checksum after the other, and has neither archives nor receipts.

It runs in a process of its own while the files are read back: for 10,000 files it takes a second, and memory that grows
with them (12 MB), and it logs what it raises, which without handlers goes to the terminal.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from teipipe.errors import OutputError

_COMMAND: Final = "import sys; sys.path[:] = sys.argv[2:]; from teipipe.bags.by_bagit import main; main(sys.argv[1])"


@contextmanager
def accepted(folder: Path, target: Path) -> Iterator[None]:
    """Have `bagit` read a package meanwhile; then raises OutputError about `target` if it isn't complete."""
    paths = [os.path.abspath(path) for path in sys.path]  # noqa: PTH100 (what is no path stays what it is)
    process = subprocess.Popen(
        [sys.executable, "-c", _COMMAND, str(folder), *paths],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with process:
        try:
            yield
            said, _ = process.communicate()
        finally:
            process.kill()
    if process.returncode:
        reason = said.decode("utf-8", "replace").strip() or f"it failed with status {process.returncode}"
        raise OutputError(f"another library refuses what was written: {reason}", path=target)


def _leading() -> Callable[[str], str]:
    """`os.path.realpath` for many files of few folders, each asked for once for each manifest.

    It looks at each folder on the way to each of them again; meanwhile nothing moves.
    """
    really = os.path.realpath

    @cache
    def leading(path: str) -> str:
        folder, _, name = path.rpartition("/")
        if not folder or name in ("", ".", "..") or os.path.islink(path):  # noqa: PTH114 (a Path takes longer)
            return really(path)
        return f"{leading(folder)}/{name}"

    return leading


def main(folder: str) -> None:
    """Say on standard output why a folder is no complete package, and exit with 1; say nothing if it is one."""
    import bagit

    os.path.realpath = _leading()  # type: ignore[assignment]
    try:
        bagit.Bag(folder).validate(completeness_only=True)
    except bagit.BagError as error:
        sys.stdout.buffer.write(str(error).encode("utf-8", "replace"))
        sys.exit(1)
