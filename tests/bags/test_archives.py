"""Archives larger than can be written in a test: their headers, as Python's own modules read them."""

from __future__ import annotations

import os
import tarfile
import zipfile
from pathlib import Path

from teipipe.bags.archives import Tar, Zip

#: More than zip has four bytes for; more than tar has eleven digits in base eight for.
HUGE_IN_ZIP = 5 * 2**30
HUGE_IN_TAR = 9 * 2**30


def skip(archive: Zip | Tar, descriptor: int, size: int) -> None:
    """Have a hole in the file where the bytes would be."""
    archive.flush()
    archive.position += size
    os.lseek(descriptor, size, os.SEEK_CUR)


def test_large_files_in_a_zip_file(tmp_path: Path) -> None:
    descriptor = os.open(tmp_path / "large.zip", os.O_RDWR | os.O_CREAT)
    archive = Zip(descriptor)
    with archive.entry("before", 3) as write:
        write(b"one")
    with archive.entry("huge", HUGE_IN_ZIP):
        skip(archive, descriptor, HUGE_IN_ZIP)
    with archive.entry("ünder", 3) as write:
        write(b"two")
    archive.close()
    os.close(descriptor)
    with zipfile.ZipFile(tmp_path / "large.zip") as found:
        assert [(entry.filename, entry.file_size) for entry in found.infolist()] == [
            ("before", 3),
            ("huge", HUGE_IN_ZIP),
            ("ünder", 3),
        ]
        assert found.read("before") == b"one"
        assert found.read("ünder") == b"two"


def test_very_many_files_in_a_zip_file(tmp_path: Path) -> None:
    descriptor = os.open(tmp_path / "many.zip", os.O_RDWR | os.O_CREAT)
    archive = Zip(descriptor)
    for number in range(66_000):
        with archive.entry(f"{number}", 1) as write:
            write(b"x")
    archive.close()
    os.close(descriptor)
    with zipfile.ZipFile(tmp_path / "many.zip") as found:
        assert len(found.infolist()) == 66_000
        assert found.read("65999") == b"x"


def test_large_files_in_a_tar_file(tmp_path: Path) -> None:
    descriptor = os.open(tmp_path / "large.tar", os.O_RDWR | os.O_CREAT)
    archive = Tar(descriptor)
    with archive.entry("huge", HUGE_IN_TAR):
        skip(archive, descriptor, HUGE_IN_TAR)
    with archive.entry("after", 3) as write:
        write(b"two")
    archive.close()
    os.close(descriptor)
    with tarfile.open(tmp_path / "large.tar") as found:
        assert [(entry.name, entry.size) for entry in found] == [("huge", HUGE_IN_TAR), ("after", 3)]
        after = found.extractfile("after")
        assert after is not None
        assert after.read() == b"two"
