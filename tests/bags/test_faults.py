"""Whatever goes wrong while a package is written: it says what, and leaves nothing behind."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import resource
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.bags.writing import FILES, FORMS, names, of_bytes, tree, write, written_as

from teipipe.bags import Item, Stored
from teipipe.bags.copying import PIECE
from teipipe.bags.writing import require_target
from teipipe.errors import OutputError, TeipipeError, UnreadableError
from teipipe.files import staging

in_all_forms = pytest.mark.parametrize("form", FORMS)


# What is to be copied.


def test_files_that_cant_be_read(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "nowhere").symlink_to("gone")
    os.mkfifo(tmp_path / "pipe")
    before = names(tmp_path)
    for name, reason in (
        ("folder", "is no file"),
        ("link", "is a link"),
        ("nowhere", "is a link"),
        ("pipe", "is no file"),
        ("missing", "can't be read: no such file"),
        ("file/below", "can't be read: not a directory"),
    ):
        with pytest.raises(UnreadableError) as raised:
            write(tmp_path / "bag", [*of_bytes(), Item("it", tmp_path / name)])
        assert raised.value.path == tmp_path / name
        assert raised.value.message.startswith(reason)
        assert names(tmp_path) == before


def append(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"more")


def shorten(path: Path) -> None:
    os.truncate(path, PIECE + 1)


def overwrite(path: Path) -> None:
    """Another byte, and the time set back."""
    before = path.stat()
    with path.open("r+b") as file:
        file.write(b"!")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def replace(path: Path) -> None:
    other = path.with_name("other")
    shutil.copy2(path, other)
    other.replace(path)


def replace_by_link(path: Path) -> None:
    path.rename(path.with_name("other"))
    path.symlink_to("other")


@in_all_forms
@pytest.mark.parametrize("change", [append, shorten, overwrite, replace, replace_by_link, Path.unlink])
def test_a_file_that_changes_while_it_is_copied(form: str, change: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "from/large"
    items = written_as({"large": bytes(4 * PIECE)}, tmp_path / "from")
    changed = False

    def once(done: int, total: int) -> None:
        nonlocal changed
        if not changed:
            changed = True
            change(path)

    with pytest.raises(UnreadableError) as raised:
        write(tmp_path / f"bag{form}", items, progress=once)
    assert (raised.value.message, raised.value.path) == ("was changed while it was copied", path)
    assert names(tmp_path) == ["from"]


@in_all_forms
@pytest.mark.parametrize("size", [10, 4 * PIECE])
def test_a_file_that_is_no_longer_what_its_checksum_says(form: str, size: int, tmp_path: Path) -> None:
    (item,) = written_as({"file": bytes(size)}, tmp_path / "from")
    with pytest.raises(UnreadableError, match="was changed while it was copied"):
        write(tmp_path / f"bag{form}", [Item(item.path, item.source, "0" * 64)])
    assert names(tmp_path) == ["from"]


def test_a_file_that_changes_before_its_turn_comes(tmp_path: Path) -> None:
    first, second = written_as({"1": bytes(3 * PIECE), "2": bytes(3 * PIECE)}, tmp_path / "from")

    def items() -> Iterator[Item]:
        yield first
        yield second

    def once(done: int, total: int) -> None:
        append(tmp_path / "from/2")

    with pytest.raises(UnreadableError, match="was changed") as raised:
        write(tmp_path / "bag.tar", items(), progress=once)
    assert raised.value.path == tmp_path / "from/2"


# Where it is to be written.


@in_all_forms
@pytest.mark.parametrize("there", ["file", "empty folder", "folder", "link to nowhere"])
def test_what_is_there_is_left_alone(form: str, there: str, tmp_path: Path) -> None:
    target = tmp_path / f"bag{form}"
    if there == "file":
        target.write_bytes(b"mine")
    elif there == "link to nowhere":
        target.symlink_to("nowhere")
    else:
        target.mkdir()
        if there == "folder":
            (target / "file").write_bytes(b"mine")
    before = tree(tmp_path) if there != "link to nowhere" else {}
    with pytest.raises(OutputError, match="is there already") as raised:
        write(target, of_bytes())
    assert raised.value.path == target
    assert names(tmp_path) == [target.name]
    assert there == "link to nowhere" or tree(tmp_path) == before


@in_all_forms
@pytest.mark.parametrize("there", ["file", "empty folder", "link"])
def test_what_comes_while_it_is_written_is_left_alone(form: str, there: str, tmp_path: Path) -> None:
    target = tmp_path / f"bag{form}"

    def late(stored: Mapping[str, Stored]) -> list[Item]:
        if there == "file":
            target.write_bytes(b"mine")
        elif there == "link":
            target.symlink_to("nowhere")
        else:
            target.mkdir()
        return []

    with pytest.raises(OutputError, match="by now"):
        write(target, of_bytes(), late=late)
    assert names(tmp_path) == [target.name]
    assert target.is_symlink() or target.is_dir() or target.read_bytes() == b"mine"


@in_all_forms
@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOSYS])
def test_file_systems_that_know_no_such_renaming(
    form: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Library:
        def renameat2(self, *arguments: object) -> int:
            return -1

    monkeypatch.setattr(ctypes, "CDLL", lambda *arguments, **options: Library())
    monkeypatch.setattr(ctypes, "get_errno", lambda: code)
    write(tmp_path / f"bag{form}", of_bytes())
    assert names(tmp_path) == [f"bag{form}"]

    def late(stored: Mapping[str, Stored]) -> list[Item]:
        (tmp_path / f"other{form}").mkdir()
        return []

    with pytest.raises(OutputError, match="by now"):
        write(tmp_path / f"other{form}", of_bytes(), late=late)
    assert tree(tmp_path / f"other{form}") == {}


def test_places_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for place, path in (("gone/bag", "gone"), ("gone/bag.zip", "gone"), ("file/bag", "file")):
        with pytest.raises(OutputError, match="there is no such folder") as raised:
            write(tmp_path / place, of_bytes())
        assert raised.value.path == tmp_path / path
    with pytest.raises(OutputError, match="can't be written"):
        write(tmp_path / ("n" * 300), of_bytes())
    assert names(tmp_path) == ["file"]


@in_all_forms
@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS])
def test_a_place_that_can_only_be_read(form: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[Item] = []

    def items() -> Iterator[Item]:
        copied.extend(of_bytes())
        yield from copied

    def refuse(*arguments: Any, **options: Any) -> int:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(OutputError) as raised:
        write(tmp_path / f"bag{form}", items())
    monkeypatch.undo()
    assert raised.value.message == f"can't be written to: {os.strerror(code).lower()}"
    assert raised.value.path == tmp_path
    assert not copied, "it was seen before the work, not after it"


@pytest.mark.parametrize("name", ["bag.tar.gz", "bag.tgz", "bag.7z", "bag.ZIP.xz", "bag.tar.zst"])
def test_compressed_archives_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="can't be a") as raised:
        write(tmp_path / name, of_bytes())
    assert ".tar" in (raised.value.help or "")
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("...zip", "“..”, which is no path inside"),
        ("..tar", "“.”, which is no path inside"),
        ("~bag.zip", "“~bag”, which starts with “~”"),
        ("C:bag.tar", "has a : in it"),
        ("bag .zip", "ends with a space"),
        ("by\udcffte.zip", "isn't UTF-8"),
    ],
)
def test_archives_whose_folder_couldnt_be_unpacked(name: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=f"the folder in it would be called .*{reason}"):
        write(tmp_path / name, of_bytes())
    assert names(tmp_path) == []


def test_a_package_cant_lie_in_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "build/deep").mkdir(parents=True)
    (tmp_path / "link").symlink_to("build/deep")
    for place in ("build/bag", "build/deep/bag.zip", "link/bag"):
        with pytest.raises(OutputError, match="goes into the package itself"):
            require_target(tmp_path / place, apart_from=[tmp_path / "build"])
    require_target(tmp_path / "build-1.zip", apart_from=[tmp_path / "build", tmp_path / "gone"])


# The disk.


@pytest.mark.parametrize(
    ("form", "call", "code"),
    [("", "mkdir", errno.EDQUOT), *((form, "write", errno.ENOSPC) for form in FORMS)]
    + [(form, "fsync", errno.EIO) for form in FORMS]
    + [(form, "flock", errno.ENOLCK) for form in FORMS],
)
def test_a_disk_that_fails(form: str, call: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: Any, **options: Any) -> None:
        raise OSError(code, os.strerror(code))

    items = written_as({**FILES, "large": bytes(2 * PIECE)}, tmp_path / "from")
    monkeypatch.setattr(fcntl if call == "flock" else os, call, fail)
    with pytest.raises(OutputError) as raised:
        write(tmp_path / f"bag{form}", items)
    monkeypatch.undo()
    assert raised.value.message == f"can't be written: {os.strerror(code).lower()}"
    assert raised.value.path == tmp_path / f"bag{form}"
    assert names(tmp_path) == ["from"]


@in_all_forms
@pytest.mark.parametrize("size", [100_000, 3 * PIECE])
def test_a_full_disk(form: str, size: int, tmp_path: Path) -> None:
    """A limit on the size of files stands for it: it hits in the middle of a file, as a full disk does."""
    items = written_as({"1": b"first", "2": bytes(size)}, tmp_path / "from")

    def run() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (64_000, 64_000))
        with pytest.raises(OutputError, match="can't be written: file too large"):
            write(tmp_path / f"bag{form}", items)

    assert in_a_child(run) == 0
    assert names(tmp_path) == ["from"]


@in_all_forms
@pytest.mark.parametrize("path", ["data/edition/index.html", "manifest-sha512.txt"])
def test_a_disk_that_gives_back_something_else(
    form: str, path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = staging.Staging.sync

    def spoil(self: staging.Staging) -> None:
        file = self.path if form else self.path / path
        data = file.read_bytes()
        at = data.rindex(FILES["edition/index.html"][:15] if path.startswith("data") else b"  data/")
        file.write_bytes(data[: at + 3] + bytes([data[at + 3] ^ 1]) + data[at + 4 :])
        original(self)

    monkeypatch.setattr(staging.Staging, "sync", spoil)
    with pytest.raises((OutputError), match="the disk doesn't give back") as raised:
        write(tmp_path / f"bag{form}", of_bytes())
    assert f"“{path}”" in raised.value.message
    assert names(tmp_path) == []


@pytest.mark.parametrize(("form", "at"), [(".zip", 10), (".zip", -4), (".tar", 140), (".tar", -1)])
def test_a_disk_that_gives_back_other_bytes_around_the_files(
    form: str, at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = staging.Staging.sync

    def spoil(self: staging.Staging) -> None:
        data = bytearray(self.path.read_bytes())
        data[at] ^= 1
        self.path.write_bytes(data)
        original(self)

    monkeypatch.setattr(staging.Staging, "sync", spoil)
    with pytest.raises(OutputError, match=f"the disk doesn't give back .*“bag{form}”"):
        write(tmp_path / f"bag{form}", of_bytes())
    assert names(tmp_path) == []


def test_what_another_library_refuses_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = staging.Staging.sync

    def add(self: staging.Staging) -> None:
        (self.path / "data/more").write_bytes(b"unlisted")
        original(self)

    monkeypatch.setattr(staging.Staging, "sync", add)
    with pytest.raises(OutputError, match="another library refuses what was written: Payload-Oxum validation failed"):
        write(tmp_path / "bag", of_bytes())
    assert names(tmp_path) == []


# Others.


@in_all_forms
def test_two_at_once(form: str, tmp_path: Path) -> None:
    target = tmp_path / f"bag{form}"

    def late(stored: Mapping[str, Stored]) -> list[Item]:
        with pytest.raises(OutputError, match=f"process {os.getpid()} is making it"):
            write(target, of_bytes())
        write(tmp_path / f"other{form}", of_bytes(), late=lambda stored: [])
        return []

    write(target, of_bytes(), late=late)
    assert names(tmp_path) == [f"bag{form}", f"other{form}"]


@in_all_forms
def test_many_at_once(form: str, tmp_path: Path) -> None:
    clean = tmp_path / "clean"
    clean.mkdir()
    write(clean / f"bag{form}", of_bytes())
    place = tmp_path / "place"
    place.mkdir()

    def run() -> None:
        try:
            write(place / f"bag{form}", of_bytes())
        except OutputError:
            os._exit(2)

    children = [start(run) for _ in range(4)]
    statuses = sorted(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)
    assert statuses == [0, 2, 2, 2]
    assert tree(place) == tree(clean)


@in_all_forms
def test_interrupted(form: str, tmp_path: Path) -> None:
    items = written_as({**FILES, "large": bytes(3 * PIECE)}, tmp_path / "from")

    def interrupt(done: int, total: int) -> None:
        if done > PIECE:
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / f"bag{form}", items, progress=interrupt)
    assert names(tmp_path) == ["from"]


@in_all_forms
def test_interrupted_when_it_has_hardly_begun(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "_holds", lambda descriptor: signal.raise_signal(signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / f"bag{form}", of_bytes())
    assert names(tmp_path) == []


def start(call: Callable[[], None]) -> int:
    """Run it in a child process; its number."""
    child = os.fork()
    if child == 0:
        try:
            call()
            os._exit(0)
        except TeipipeError:
            os._exit(2)
        finally:
            os._exit(1)
    return child


def in_a_child(call: Callable[[], None]) -> int:
    """Run it in a child process; its exit status, negative if it was killed."""
    return os.waitstatus_to_exitcode(os.waitpid(start(call), 0)[1])
