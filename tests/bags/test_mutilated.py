"""Archives and tag files mutilated at random: whatever comes of it is a finding or a refusal, never a crash."""

from __future__ import annotations

import gzip
import random
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.bags import hostile
from tests.bags.bags import check, foreign, ours, words

from teipipe.bags.reading import open_bag

PIECES = (
    b"\0",
    b"\xff",
    b"\xff\xff\xff\xff",
    b"\r",
    b"\n",
    b"%0A",
    b"..",
    b"/",
    b"~",
    b"\\",
    b"*",
    b" ",
    b"\t",
    b":",
    b"\xef\xbb\xbf",
    b"PK\1\2",
    b"PK\3\4",
    b"PK\5\6",
    b"UTF-16",
    b"UTF-7",
    b"\xed\xa0\x80",
    b"7" * 12,
)


def mutilated(data: bytes, chance: random.Random) -> bytes:
    new = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8))):
        at = chance.randrange(len(new) + 1)
        size = chance.choice((0, 1, 2, 4, 100, 512))
        piece = chance.choice((b"", chance.choice(PIECES), chance.randbytes(size), bytes(new[at - size : at])))
        new[at : at + size] = piece
    return bytes(new)


def packed(path: Path) -> Path:
    path.with_suffix(".tar.gz").write_bytes(gzip.compress(ours(path.with_suffix(".tar")).path.read_bytes()))
    return path.with_suffix(".tar.gz")


MAKERS: dict[str, Callable[[Path], Path]] = {
    "our zip": lambda at: ours(at / "a.zip").path,
    "our tar": lambda at: ours(at / "a.tar").path,
    "packed": lambda at: packed(at / "a"),
    "deflated": lambda at: hostile.zipped(at / "a.zip"),
    "pax": lambda at: hostile.pax(at, path="bag/data/ü.txt", comment="x"),
    "gnu": lambda at: hostile.tar(at / "a.tar", [(tarfile.TarInfo("bag/data/" + "z" * 150), b"z")], tarfile.GNU_FORMAT),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_archives(kind: str, tmp_path: Path) -> None:
    path = MAKERS[kind](tmp_path)
    data = path.read_bytes()
    chance = random.Random(1956)
    for _ in range(300):
        new = mutilated(data, chance)
        path.write_bytes(new)
        said = words(path)
        assert said or new == data or "our" not in kind


def test_tag_files(tmp_path: Path) -> None:
    bag = foreign(
        tmp_path / "bag", algorithms=["md5", "sha512"], tags=["sha256"], info="Payload-Oxum: 76.2\nA: b\n  c\n"
    )
    (bag / "fetch.txt").write_text("https://example.org/a.xml 66 data/a.xml\n")
    chance = random.Random(1956)
    for path in sorted(path for path in bag.iterdir() if path.is_file()):
        data = path.read_bytes()
        for _ in range(100):
            path.write_bytes(mutilated(data, chance))
            words(bag)
        path.write_bytes(data)


def test_zip_files_that_need_eight_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("teipipe.bags.archive_forms._TWO", 4)
    written = ours(tmp_path / "many.zip")
    assert b"PK\6\7" in written.path.read_bytes()
    assert check(written.path, written.receipt) == []


def test_sizes_that_stand_elsewhere(tmp_path: Path) -> None:
    """As those of files above 4 GB do; zip allows it for others as well."""
    path = hostile.zipped(tmp_path / "a.zip", method=zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    entry = data.rindex(b"PK\1\2")
    (offset,) = struct.unpack_from("<L", data, entry + 42)
    end = data.rindex(b"PK\5\6")
    extra = struct.pack("<2H3Q", 1, 24, 5, 5, offset)
    struct.pack_into("<2L", data, entry + 20, 0xFFFFFFFF, 0xFFFFFFFF)
    struct.pack_into("<H", data, entry + 30, len(extra))
    struct.pack_into("<L", data, entry + 42, 0xFFFFFFFF)
    struct.pack_into("<L", data, end + 12, struct.unpack_from("<L", data, end + 12)[0] + len(extra))
    data[end:end] = extra
    path.write_bytes(data)
    with open_bag(path) as bag, bag.open("data/a.txt") as file:
        assert file.read() == b"hello"
    path.write_bytes(data.replace(extra[:4], b"\1\0\4\0"))
    assert "the sizes of “bag/data/a.txt” (zip64) are damaged" in words(path)
