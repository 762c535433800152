"""What counts as a change of a project, told by the system or looked for."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.serve.running import PATIENCE

from teipipe.serve import watching
from teipipe.serve.watching import Watcher


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("root/tei", "root/build/a", "root/.git", "root/node_modules/x", "root/env"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "root" / "env" / "pyvenv.cfg").write_text("")
    (tmp_path / "root" / "tei" / "a.xml").write_text("a")
    return tmp_path / "root"


@pytest.fixture(params=[False, True], ids=["told", "polling"])
def watcher(request: pytest.FixtureRequest, root: Path) -> Iterator[Watcher]:
    with Watcher(pytest.fail, polling=request.param) as watcher:
        watcher.follow(root, root / "build")
        yield watcher


def changes(watcher: Watcher) -> set[str]:
    """The names of what has changed; the test fails if that takes for ever."""
    alarm = threading.Timer(PATIENCE, os._exit, [1])
    alarm.start()
    found = watcher.changes()
    alarm.cancel()
    return {path.name for path in found}


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "tei" / "a.xml").write_text("b"),
        lambda root: (root / "tei" / "a.xml").unlink(),
        lambda root: ((root / "new").write_text("n"), (root / "new").rename(root / "tei" / "a.xml")),
    ],
    ids=["written", "removed", "renamed over"],
)
def test_a_change(change: Callable[[Path], object], root: Path, watcher: Watcher) -> None:
    change(root)
    assert "a.xml" in changes(watcher)


def test_saves_in_one_second(root: Path, watcher: Watcher) -> None:
    for text in "bcdef":
        (root / "tei" / "a.xml").write_text(text)
        assert changes(watcher) == {"a.xml"}


def test_what_is_no_change_of_the_project(root: Path, watcher: Watcher) -> None:
    for name in ("build/a/index.html", ".git/index", "node_modules/x/y", "env/z", ".a.swp", "tei/a.xml~", "tei/4913"):
        (root / name).write_text("x")
    (root / "tei" / "last.xml").write_text("x")
    assert changes(watcher) == {"last.xml"}


def test_new_folders(root: Path, watcher: Watcher) -> None:
    (root / "new").mkdir()
    assert changes(watcher) == {"new"}
    watcher.follow(root, root / "build")
    (root / "new" / "b.xml").write_text("b")
    assert changes(watcher) == {"b.xml"}


def test_nothing_is_lost_when_folders_change(root: Path, watcher: Watcher) -> None:
    (root / "new").mkdir()
    (root / "tei" / "a.xml").write_text("b")
    found = changes(watcher)
    watcher.follow(root, root / "build")
    assert found == {"new", "a.xml"}


def test_a_folder_made_anew(root: Path, watcher: Watcher) -> None:
    root.rename(root.with_name("away"))
    while root.with_name("away").exists() and changes(watcher):
        pass
    root.mkdir()
    changes(watcher)
    watcher.follow(root, root / "build")
    (root / "b.xml").write_text("b")
    assert changes(watcher) == {"b.xml"}


def test_a_system_that_can_not_tell(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(watching, "RustNotify", refuse)
    told: list[str] = []
    with Watcher(told.append) as watcher:
        watcher.follow(root, root / "build")
        (root / "tei" / "a.xml").write_text("b")
        assert changes(watcher) == {"a.xml"}
    assert len(told) == 1
    assert "No space left on device" in told[0]
