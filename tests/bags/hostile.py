"""Packages made to do harm to whoever reads them: each is made in a folder, and gives the path to what is opened."""

from __future__ import annotations

import gzip
import io
import os
import socket
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from tests.bags.bags import foreign

Maker = Callable[[Path], Path]

#: Names that lead elsewhere, or could on some system.
NAMES = {
    "up": "bag/../../evil.txt",
    "up within": "bag/data/../../../evil.txt",
    "only up": "..",
    "absolute": "/tmp/evil.txt",
    "drive": "C:/evil.txt",
    "drive below": "C:evil.txt",
    "backslashes": "bag\\..\\..\\evil.txt",
    "unc": "\\\\server\\share\\evil.txt",
    "home": "~/evil.txt",
    "somebody's home": "~root/evil.txt",
    "empty step": "bag//evil.txt",
    "point": "bag/./evil.txt",
    "long": f"bag/{'x' * 300}.txt",
    "very long": "bag/" + "/".join(["y" * 200] * 30),
    "deep": "bag/" + "d/" * 500 + "evil.txt",
}

FILES = {
    "bag/bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
    "bag/manifest-md5.txt": b"5d41402abc4b2a76b9719d911017c592  data/a.txt\n",
    "bag/data/a.txt": b"hello",
}


def tar(path: Path, more: Iterable[tuple[tarfile.TarInfo, bytes]] = (), format: int = tarfile.PAX_FORMAT) -> Path:
    with tarfile.open(path, "w", format=format) as archive:
        for name, data in FILES.items():
            add(archive, tarfile.TarInfo(name), data)
        for info, data in more:
            add(archive, info, data)
    return path


def add(archive: tarfile.TarFile, info: tarfile.TarInfo, data: bytes) -> None:
    info.size = len(data)
    archive.addfile(info, io.BytesIO(data))


def zipped(
    path: Path, more: Iterable[tuple[str | zipfile.ZipInfo, bytes]] = (), method: int = zipfile.ZIP_DEFLATED
) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in (*FILES.items(), *more):
            archive.writestr(name, data)
    return path


def special(kind: bytes, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo("bag/data/special")
    info.type, info.linkname = kind, target
    return info


def patched(path: Path, old: bytes, new: bytes, count: int = -1) -> Path:
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, count))
    return path


def zip_link(folder: Path) -> Path:
    info = zipfile.ZipInfo("bag/data/link")
    info.external_attr = 0o120777 << 16
    return zipped(folder / "link.zip", [(info, b"/etc/passwd")])


def encrypted(folder: Path) -> Path:
    path = zipped(folder / "encrypted.zip", [("bag/data/secret.txt", b"secret")], zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    data[data.rindex(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)
    return path


def twice(folder: Path) -> Path:
    path = zipped(folder / "twice.zip", [("bag/data/b.txt", b"one"), ("bag/data/c.txt", b"two")])
    return patched(path, b"bag/data/c.txt", b"bag/data/b.txt")


def overlapping(folder: Path) -> Path:
    """Two names in the directory for the same bytes: a bomb that needs no nesting."""
    path = zipped(folder / "overlapping.zip", [("bag/data/b.txt", b"x" * 100), ("bag/data/c.txt", b"x" * 100)])
    data = bytearray(path.read_bytes())
    last = data.rindex(b"PK\1\2")
    before = data.rindex(b"PK\1\2", 0, last)
    data[last + 42 : last + 46] = data[before + 42 : before + 46]
    path.write_bytes(data)
    return path


def bomb(folder: Path) -> Path:
    return written(folder / "bomb.zip", _bomb())


@cache
def _bomb() -> bytes:
    """130 MB of zeros, packed; that takes a while."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in FILES.items():
            archive.writestr(name, content)
        with archive.open("bag/data/zeros", "w") as file:
            for _ in range(130):
                file.write(bytes(1 << 20))
    return packed.getvalue()


def lying(folder: Path, *, claimed: int) -> Path:
    """A deflated file that claims to have another size than it has."""
    path = zipped(folder / f"lying-{claimed}.zip", [("bag/data/b.txt", b"b" * 5000)])
    return patched(path, struct.pack("<L", 5000), struct.pack("<L", claimed))


def many(folder: Path) -> Path:
    """An archive with more members than anybody has, each of no byte."""
    path = folder / "many.zip"
    count = 300_000
    name = b"bag/data/a"
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0) + name
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, count * len(entry), len(local))
    end += struct.pack("<4sLQL", b"PK\6\7", 0, len(local) + count * len(entry), 1)
    end += struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    path.write_bytes(local + entry * count + end)
    return path


def gzip_bomb(folder: Path) -> Path:
    path = folder / "bomb.tar.gz"
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    with path.open("wb") as file:
        for _ in range(130):
            file.write(packer.compress(bytes(1 << 20)))
        file.write(packer.flush())
    return path


def claiming(folder: Path, size: bytes) -> Path:
    """A tar file whose header claims a size that isn't there."""
    path = tar(folder / "claiming.tar", [(tarfile.TarInfo("bag/data/b.txt"), b"b" * 100)])
    data = bytearray(path.read_bytes())
    at = data.index(b"bag/data/b.txt")
    data[at + 124 : at + 136] = size
    data[at + 148 : at + 156] = b" " * 8
    data[at + 148 : at + 156] = f"{sum(data[at : at + 512]):06o}\0 ".encode()
    path.write_bytes(data)
    return path


def sparse(folder: Path) -> Path:
    info = tarfile.TarInfo("bag/data/holes")
    info.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": str(1 << 50)}
    return tar(folder / "sparse.tar", [(info, b"1\n0\n0\n")])


def pax(folder: Path, **headers: str) -> Path:
    info = tarfile.TarInfo("bag/data/b.txt")
    info.pax_headers = headers
    return tar(folder / "pax.tar", [(info, b"b")])


def huge_header(folder: Path) -> Path:
    return pax(folder, comment="x" * (2 << 20))


def in_folder(folder: Path, make: Callable[[Path], object]) -> Path:
    bag = foreign(folder / "bag")
    make(bag / "data" / "special")
    return bag


def deep_folder(folder: Path) -> Path:
    bag = foreign(folder / "bag")
    held = os.open(bag / "data", os.O_RDONLY)
    for _ in range(300):
        os.mkdir("d", dir_fd=held)
        below = os.open("d", os.O_RDONLY | os.O_DIRECTORY, dir_fd=held)
        os.close(held)
        held = below
    os.close(held)
    return bag


def bind(path: Path) -> None:
    here = Path.cwd()
    with socket.socket(socket.AF_UNIX) as server:
        os.chdir(path.parent)  # an address may not be long
        try:
            server.bind(path.name)
        finally:
            os.chdir(here)


def hole(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


def prefixed(path: Path) -> Path:
    return written(path, b"#!/bin/sh\n" + path.read_bytes())


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def nameless(path: Path) -> None:
    Path(os.fsdecode(os.fsencode(path) + b"\xff")).touch()


def linked(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def one_more(name: str, data: bytes = b"") -> Maker:
    """A tar file with another file in it."""
    return lambda folder: tar(folder / "a.tar", [(tarfile.TarInfo(name), data)])


#: What is put into the folder of a package as data/special, and what is said of it.
IN_FOLDER: dict[str, tuple[Callable[[Path], object], str]] = {
    "a link": (linked("/etc/passwd"), "data/special” is a symbolic link"),
    "a link in place of a folder": (linked("/etc"), "data/special” is a symbolic link"),
    "a link within": (linked("a.xml"), "data/special” is a symbolic link"),
    "a link to nothing": (linked("nowhere"), "data/special” is a symbolic link"),
    "a pipe": (os.mkfifo, "data/special” is a named pipe"),
    "a socket": (bind, "data/special” is a socket"),
    "a file of holes": (hole, "claim to hold more"),
    "a name that is no text": (nameless, "no UTF-8"),
}

#: What is put into a tar file as data/special by its kind, and what is said of it.
IN_TAR: dict[str, tuple[bytes, str]] = {
    "a symbolic link": (tarfile.SYMTYPE, "a symbolic link"),
    "a hard link": (tarfile.LNKTYPE, "a hard link"),
    "a device": (tarfile.CHRTYPE, "a device"),
    "a disk": (tarfile.BLKTYPE, "a device"),
    "a pipe": (tarfile.FIFOTYPE, "a named pipe"),
    "holes": (tarfile.GNUTYPE_SPARSE, "a file with holes"),
    "something unknown": (b"Q", "of a kind that isn't known"),
}

#: What else is refused as a whole, with what is said of it.
REFUSED: dict[str, tuple[Maker, str]] = {
    "folders without end": (deep_folder, "more than 100 folders deep"),
    "holes in tar": (sparse, "has holes"),
    "a name that is replaced": (lambda at: pax(at, path="../evil.txt"), "“../evil.txt” leads out"),
    "a size that is replaced": (lambda at: pax(at, size=str(1 << 60)), "the archive ends before that"),
    "a size that is none": (lambda at: pax(at, size="-1"), "claims a size of “-1”"),
    "a header without end": (huge_header, "takes more than"),
    "a size beyond the end": (lambda at: claiming(at, b"77777777777\0"), "“bag/data/b.txt” claims 8589934591 bytes"),
    "a size beyond all ends": (lambda at: claiming(at, b"\x80" + b"\xff" * 11), "“bag/data/b.txt” claims"),
    "a size below nothing": (lambda at: claiming(at, b"\xff" * 12), "“bag/data/b.txt”"),
    "a name twice in tar": (one_more("bag/data/a.txt", b"other"), "“bag/data/a.txt” is in it twice"),
    "a file that is a folder": (one_more("bag/data/a.txt/b"), "“bag/data/a.txt” is both a file and a folder"),
    "something beside the package": (one_more("evil.txt"), "“evil.txt” lies beside"),
    "a link in zip": (zip_link, "“bag/data/link” is a symbolic link"),
    "an encrypted file": (encrypted, "“bag/data/secret.txt” is encrypted"),
    "a name twice in zip": (twice, "“bag/data/b.txt” is in it twice"),
    "bytes that are used twice": (overlapping, "“bag/data/c.txt”"),
    "a bomb": (bomb, "more than 200 times"),
    "a packed bomb": (gzip_bomb, "more than 200 times"),
    "too many members": (many, "more than 250000"),
    "an unknown method": (lambda at: zipped(at / "a.zip", method=zipfile.ZIP_LZMA), "isn't read (number 14)"),
    "one of several": (lambda at: patched(zipped(at / "a.zip"), b"PK\5\6\0\0", b"PK\5\6\1\0"), "one of several"),
    "something before it": (lambda at: prefixed(zipped(at / "a.zip")), "isn't where"),
    "no archive": (lambda at: written(at / "a.zip", b"PK\3\4 and so on"), "no zip file"),
    "nothing": (lambda at: written(at / "a.tar", b""), "no bagit.txt"),
    "a page": (lambda at: written(at / "a.tar", b"<!DOCTYPE html>" * 99), "no zip or tar file"),
    "half a packed file": (lambda at: written(at / "a.tar.gz", gzip.compress(b"x" * 999)[:-9]), "cut off"),
}


#: What can be opened, but not all of it read; with the file that is named.
DAMAGED: dict[str, tuple[Maker, str]] = {
    "more bytes than claimed": (lambda at: lying(at, claimed=4000), "“data/b.txt” is more than the 4000 bytes"),
    "fewer bytes than claimed": (lambda at: lying(at, claimed=6000), "“data/b.txt” is less than the 6000 bytes"),
}
