"""A run that is killed at any moment leaves a whole package or none, and nothing that outlives the next run."""

from __future__ import annotations

import os
import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest
from tests import killing
from tests.bags.writing import FORMS, names, tree, write, written_as

from teipipe.bags import copying, writing
from teipipe.errors import OutputError

FILES = {"tei/one.xml": b"<TEI/>", "scan.tif": bytes(6000)}

#: Every call that the work consists of; each is a moment before which, and after which, the process may be killed.
CALLS = (
    "mkdir", "makedirs", "open", "read", "readv", "preadv", "write", "pwrite", "fsync", "close", "unlink", "scandir",
    "lseek",
)  # fmt: skip


def die_at(moment: int) -> None:
    """Have this process killed at one of the moments."""
    step = killing.die_at(moment, CALLS)
    whole = os.write

    def halting(descriptor: int, data: memoryview) -> int:
        """A write that takes three steps, the first of them half."""
        half = whole(descriptor, data[: len(data) // 2])
        step()
        return half + whole(descriptor, data[half:])

    os.write = halting  # type: ignore[assignment]


@pytest.mark.parametrize("form", FORMS)
def test_killed_at_every_moment(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WHOLE", "PIECE"):  # so that a file of two pieces is small
        monkeypatch.setattr(copying, name, 4096)
    # Who reads it meanwhile changes nothing, and takes longer to start than all the rest.
    monkeypatch.setattr(writing, "accepted", lambda folder, target: nullcontext())
    (tmp_path / "clean").mkdir()
    items = written_as(FILES, tmp_path / "from")
    write(tmp_path / "clean" / f"bag{form}", items)
    clean = tree(tmp_path / "clean")
    place = tmp_path / "place"
    moment = there = 0
    while True:
        moment += 1
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        child = os.fork()
        if child == 0:
            try:
                die_at(moment)
                write(place / f"bag{form}", items)
            finally:
                os._exit(0)
        status = os.waitpid(child, 0)[1]
        if f"bag{form}" in names(place):
            there += 1
            with pytest.raises(OutputError, match="is there already"):
                write(place / f"bag{form}", items)
            (place / f"bag{form}").rename(place / "before")
            write(place / f"bag{form}", items)
            (place / "before").rename(place / f"bag{form}") if form else shutil.rmtree(place / "before")
        else:
            write(place / f"bag{form}", items)
        assert tree(place) == clean, f"moment {moment}"
        if os.WIFEXITED(status):
            break
    assert moment > 30, "the moments were not counted"
    assert there > 1, "none of them was after it had its name"


def test_what_is_somebody_elses_is_left_alone(tmp_path: Path) -> None:
    """Only what has a name of ours, and no living process, is cleared away."""
    (tmp_path / ".teipipe-0123456789abcdef-1-1.tmp").mkdir()
    (tmp_path / ".teipipe-0123456789abcdef-1-2.tmp").write_bytes(b"half")
    (tmp_path / ".teipipe-0123456789abcdef-1-3.tmp").symlink_to("theirs")
    (tmp_path / ".teipipe-1-1.tmp").write_bytes(b"of a build")
    (tmp_path / ".tmp").mkdir()
    (tmp_path / "theirs").mkdir()
    write(tmp_path / "bag.zip", [])
    kept = [".teipipe-0123456789abcdef-1-3.tmp", ".teipipe-1-1.tmp", ".tmp", "bag.zip", "theirs"]
    assert names(tmp_path) == kept
