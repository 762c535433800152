"""A build that is killed at any moment leaves every file old or new, never half, and the next one makes it whole."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from tests import killing

from teipipe.build.manifest import JOURNAL, Origin
from teipipe.build.output import WHOLE, Output
from teipipe.editions import Artefact
from teipipe.files import LOCK, OutputFolder

OLD = {"a/index.html": b"old a" * 1000, "b/index.html": b"old b", "b/deep/b.txt": b"goes", "index.html": b"same"}
NEW = {"a/index.html": b"new a" * 900, "c/deep/c.txt": b"comes", "c/index.html": b"", "index.html": b"same"}

#: Every call that changes the disk; each is a moment before which, and after which, the process may be killed.
CALLS = ("open", "fsync", "replace", "mkdir", "unlink", "rmdir", "ftruncate", "close")


def build(folder: Path, files: dict[str, bytes]) -> None:
    with OutputFolder(folder) as opened:
        output = Output(opened, lambda file: None)
        for document in sorted({path.partition("/")[0] for path in files if "/" in path}):
            own = [Artefact(path, data) for path, data in files.items() if path.startswith(f"{document}/")]
            output.put(document, own)
            output.add_origin(Origin(document, f"{document}.xml", "", document))
        output.put(WHOLE, [Artefact(path, data) for path, data in files.items() if "/" not in path])
        output.finish({"date": "2026-01-01"})


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def die_at(moment: int) -> None:
    """Have this process killed at one of the moments."""
    step = killing.die_at(moment, CALLS)
    original = os.fdopen

    class Halting:
        """A file whose every write takes two steps, the first of them half."""

        def __init__(self, descriptor: int, mode: str) -> None:
            self.file = original(descriptor, mode)

        def __enter__(self) -> Halting:
            return self

        def __exit__(self, *error: object) -> None:
            self.file.close()

        def __getattr__(self, name: str) -> Any:
            return getattr(self.file, name)

        def write(self, data: bytes) -> None:
            self.file.write(data[: len(data) // 2])
            self.file.flush()
            step()
            self.file.write(data[len(data) // 2 :])

    os.fdopen = Halting  # type: ignore[assignment]


def test_killed_at_every_moment(tmp_path: Path) -> None:
    build(tmp_path / "old", OLD)
    build(tmp_path / "new", NEW)
    clean = tree(tmp_path / "new")
    moment = 0
    while True:
        moment += 1
        folder = tmp_path / "work"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(tmp_path / "old", folder)
        child = os.fork()
        if child == 0:
            try:
                die_at(moment)
                build(folder, NEW)
            finally:
                os._exit(0)
        status = os.waitpid(child, 0)[1]
        for path, data in tree(folder).items():
            if not path.rpartition("/")[2].startswith(".teipipe") and path != "manifest.json":
                assert data in (OLD.get(path), NEW.get(path)), f"{path} is torn at moment {moment}"
        assert (folder / "manifest.json").is_file()
        build(folder, NEW)
        assert tree(folder) == clean, f"moment {moment}"
        if os.WIFEXITED(status):
            break
    assert moment > 80, "the moments were not counted"


def test_killed_in_the_first_build_of_all(tmp_path: Path) -> None:
    build(tmp_path / "new", NEW)
    clean = tree(tmp_path / "new")
    for moment in range(1, 60):
        folder = tmp_path / f"work{moment}"
        child = os.fork()
        if child == 0:
            try:
                die_at(moment)
                build(folder, NEW)
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        # Whatever came after it, a document that is no longer there takes its files with it.
        build(folder, OLD)
        build(folder, NEW)
        assert tree(folder) == clean, f"moment {moment}"


def test_nothing_is_left_of_the_work(tmp_path: Path) -> None:
    build(tmp_path / "out", OLD)
    assert not {LOCK, JOURNAL} & tree(tmp_path / "out").keys()
