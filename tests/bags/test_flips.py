"""Every byte of a small package, changed; every file, missing, added or renamed: it is always found and named."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.bags.bags import ours, rules, words

from teipipe.bags.forms import check_archive
from teipipe.bags.in_tar import InTar
from teipipe.bags.in_zip import InZip
from teipipe.bags.reading import open_bag
from teipipe.errors import TeipipeError

#: Which bits change: the lowest, the one that makes a letter a capital, the highest, all.
MASKS = (0x01, 0x20, 0x80, 0xFF)

FILES = {"a.xml": b"<p>Choe Yong-geon</p>\n", "b/c.txt": b"1956\n"}


@pytest.fixture
def package(tmp_path: Path) -> Callable[[str], Path]:
    def make(name: str) -> Path:
        ours(tmp_path / name, FILES)
        assert words(tmp_path / name) == ""
        return tmp_path / name

    return make


def flips(path: Path, first: int = 0) -> Iterator[int]:
    """Change each byte in turn, by one mask after the other, and yield where; what was there comes back."""
    data = path.read_bytes()
    descriptor = os.open(path, os.O_RDWR)
    try:
        for position, byte in enumerate(data):
            os.pwrite(descriptor, bytes([byte ^ MASKS[(position + first) % len(MASKS)]]), position)
            yield position
            os.pwrite(descriptor, bytes([byte]), position)
    finally:
        os.close(descriptor)


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_every_byte_of_a_folder(package: Callable[[str], Path]) -> None:
    folder = package("small")
    assert size_of(folder) < 20_000
    for number, path in enumerate(path for path in sorted(folder.rglob("*")) if path.is_file()):
        name = path.relative_to(folder).as_posix()
        for position in flips(path, number):
            said = words(folder)
            assert name in said, f"byte {position} of {name}: {said}"


def test_letters_and_spaces_of_tag_manifests_have_one_form(package: Callable[[str], Path]) -> None:
    folder = package("small")
    path = folder / "tagmanifest-sha512.txt"
    data = path.read_bytes()
    for position, byte in enumerate(data):
        other = {b"  ": b"\t "}.get(data[position : position + 2], bytes([byte]).upper())[:1]
        if other != bytes([byte]):
            path.write_bytes(data[:position] + other + data[position + 1 :])
            assert "tagmanifest-sha512.txt" in words(folder), position


def regions(path: Path) -> list[str]:
    """Which file each byte of an archive is about: those before the next file's bytes, too; "" at its end."""
    owners = [""] * path.stat().st_size
    with open_bag(path) as bag:
        container = bag.container
        assert isinstance(container, InZip | InTar)
        start = 0
        for name, entry in sorted(container.listing.files.items(), key=lambda item: item[1].offset):
            end = entry.offset + entry.packed
            end += -end % 512 if isinstance(container, InTar) else 0
            owners[start:end] = [name[len(bag.root) :]] * (end - start)
            start = end
        if isinstance(container, InZip):
            data = path.read_bytes()
            for name in sorted(container.listing.files, key=lambda name: container.listing.files[name].offset):
                end = data.index(name.encode(), start) + len(name)
                owners[start:end] = [name[len(bag.root) :]] * (end - start)
                start = end
    return owners


@pytest.mark.parametrize("name", ["small.zip", "small.tar"])
def test_every_byte_of_an_archive(package: Callable[[str], Path], name: str) -> None:
    path = package(name)
    owners = regions(path)
    assert len(owners) < 20_000
    assert {owner for owner in owners if owner} == {
        "bag-info.txt", "bagit.txt", "data/a.xml", "data/b/c.txt", "manifest-sha256.txt", "manifest-sha512.txt",
        "tagmanifest-sha256.txt", "tagmanifest-sha512.txt",
    }  # fmt: skip
    for position in flips(path):
        wanted = owners[position] or "end"
        said = at_once(path)
        if wanted not in said:
            said = words(path)
        assert said, f"byte {position} ({wanted})"
        assert wanted in said or has_changed_name(wanted, said), f"byte {position} ({wanted}): {said}"


def at_once(path: Path) -> str:
    """What is seen of an archive before its files are read, which is all that there is to see in its padding."""
    try:
        with open_bag(path) as bag:
            damages = [f"{damage.path}: {damage.message}" for damage in bag.damages]
            return "\n".join(damages or [f"{one.location}: {one.message}" for one in check_archive(bag)])
    except TeipipeError:
        return ""


def has_changed_name(name: str, said: str) -> bool:
    """Whether a name is there but for one letter: where the name itself was changed, and the archive is refused."""
    said = re.sub(r"\\(udc|x)[0-9a-f]{2}|\\[a-z]", "?", said)
    return "refused" in said and any(
        sum(ours != theirs for ours, theirs in zip(name, said[start:], strict=False)) <= 1
        for start in range(len(said) - len(name))
    )


@pytest.mark.parametrize("name", ["small", "small.zip", "small.tar"])
def test_a_byte_of_a_file_is_one_finding(package: Callable[[str], Path], name: str) -> None:
    path = package(name)
    file = path / "data" / "a.xml" if path.is_dir() else path
    file.write_bytes(file.read_bytes().replace(b"Choe", b"Chae"))
    assert rules(path) == {"changed-file"}


@pytest.mark.parametrize("kind", ["missing", "renamed", "empty", "shorter", "longer"])
def test_every_file(package: Callable[[str], Path], kind: str) -> None:
    folder = package("small")
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name, data = path.relative_to(folder).as_posix(), path.read_bytes()
        other = path.with_name(f"{path.name}~")
        if kind == "missing":
            path.unlink()
        elif kind == "renamed":
            path.rename(other)
        else:
            path.write_bytes({"empty": b"", "shorter": data[:-1], "longer": data + b"\n"}[kind])
        said = words(folder)
        assert name in said
        if kind == "renamed":
            assert f"{name}~" in said
            other.unlink()
        path.write_bytes(data)


@pytest.mark.parametrize("where", ["", "data", "data/b", "data/new/folder", "new"])
def test_every_added_file(package: Callable[[str], Path], where: str) -> None:
    folder = package("small")
    for name in ("added.txt", ".DS_Store", "tagmanifest-md5.txt", "manifest-sha1.txt", "fetch.txt"):
        path = folder / where / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
        assert path.relative_to(folder).as_posix() in words(folder)
        path.unlink()
