"""Writing files: whole or not at all, and only inside the folder that was opened."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from teipipe import files
from teipipe.errors import OutputError
from teipipe.files import LOCK, OutputFolder, deliver, write, write_all


def test_only_what_changes_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a"
    assert write(path, b"1")
    before = path.stat()
    assert not write(path, b"1")
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino
    assert write(path, b"2")
    assert path.read_bytes() == b"2"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("call", ["open", "fsync", "replace"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_disk_that_fails(call: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    write(path, b"old")

    def fail(*arguments: Any, **options: Any) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(OutputError, match=os.strerror(code).lower()):
            write(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_that_fails_over_one_of_several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [tmp_path / str(number) for number in range(40)]
    assert write_all(dict.fromkeys(paths, b"old")) == set(paths)
    assert write_all({path: b"new" if path == paths[7] else b"old" for path in paths}) == {paths[7]}
    durable = os.fsync

    def fail(descriptor: int) -> None:
        if Path(f"/proc/self/fd/{descriptor}").read_bytes() == b"newer 23":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        durable(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(OutputError) as caught:
            write_all({path: f"newer {path.name}".encode() for path in paths})
    assert caught.value.path == paths[23]
    assert [path.read_bytes() for path in paths] == [b"new" if path == paths[7] else b"old" for path in paths]
    assert len(list(tmp_path.iterdir())) == 40


def test_a_link_is_replaced_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside").write_text("outside")
    (tmp_path / "a").symlink_to(tmp_path / "outside")
    write(tmp_path / "a", b"new")
    assert (tmp_path / "outside").read_text() == "outside"
    assert not (tmp_path / "a").is_symlink()


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "", "link/x"])
def test_nothing_is_written_outside(name: str, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    with OutputFolder(tmp_path / "out") as folder:
        (tmp_path / "out" / "link").symlink_to(tmp_path / "outside")
        with pytest.raises(OutputError):
            folder.write(name, b"x")
        with pytest.raises(OutputError):
            folder.remove(name)
    assert not list((tmp_path / "outside").iterdir())
    assert not (tmp_path / "x").exists()


def test_folders_come_and_go(tmp_path: Path) -> None:
    with OutputFolder(tmp_path / "a" / "out") as folder:
        folder.write("b/c/d", b"1")
        folder.write("b/e", b"2")
        folder.remove("b/c/d")
        assert not (folder.path / "b" / "c").exists()
        folder.write("b/c/d", b"1")
        folder.remove("b/c/d")
        folder.remove("b/e")
        folder.remove("b/nothing")
    assert list((tmp_path / "a" / "out").iterdir()) == []


def test_one_process_at_a_time(tmp_path: Path) -> None:
    with (
        OutputFolder(tmp_path),
        pytest.raises(OutputError, match=f"process {os.getpid()} is writing"),
        OutputFolder(tmp_path),
    ):
        pass
    with OutputFolder(tmp_path):
        pass


def test_what_a_killed_run_left_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    left = tmp_path / "deep" / ".teipipe-12-3.tmp"
    left.write_bytes(b"half")
    mine = tmp_path / "deep" / ".teipipe-mine.tmp"
    mine.write_bytes(b"mine")
    (tmp_path / LOCK).write_text("99999999\n")
    with OutputFolder(tmp_path):
        assert not left.exists()
        assert mine.exists()
    assert not (tmp_path / LOCK).exists()


def test_folders_are_made_durable_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(files, "sync_folder", synced.append)
    with OutputFolder(tmp_path) as folder:
        for number in range(20):
            folder.write(f"a/{number}", b"x")
        folder.write("b", b"x")
    assert synced == [tmp_path, tmp_path / "a"]


def test_a_pipe_that_a_user_names_is_written_into(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert deliver(pipe, b"report")
    assert os.read(reader, 100) == b"report"
    os.close(reader)
    assert pipe.is_fifo()


def test_a_device_that_a_user_names_is_not_replaced(tmp_path: Path) -> None:
    link = tmp_path / "null"
    link.symlink_to("/dev/null")
    assert deliver(link, b"report")
    assert link.is_symlink()
    assert link.is_char_device()


def test_standard_output_is_written_into_though_it_is_a_file(tmp_path: Path) -> None:
    script = "from pathlib import Path; from teipipe.files import deliver; deliver(Path('/proc/self/fd/1'), b'report')"
    with (tmp_path / "output").open("wb") as output:
        output.write(b"first, ")
        output.flush()
        subprocess.run([sys.executable, "-c", script], stdout=output, check=True)
    assert (tmp_path / "output").read_bytes() == b"first, report"
