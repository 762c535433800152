"""What a package is when it has been written, whatever surrounds its making."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import bagit
import bagit_utils
import pytest
from tests.bags.writing import FILES, FORMS, INFO, late, names, of_bytes, tree, write, written_as

from teipipe import __version__
from teipipe.bags import Item
from teipipe.bags.copying import PIECE, WHOLE
from teipipe.bags.writing import write_bag
from teipipe.errors import BagError

LARGE = {"large/even": bytes(range(256)) * (2 * PIECE // 256), "large/odd": b"odd" * (WHOLE // 2)}


def contents(package: Path, folder: Path) -> dict[str, bytes]:
    """The files of a package in any form, by their paths; archives are unpacked by Python's own modules."""
    if package.suffix == ".zip":
        with zipfile.ZipFile(package) as archive:
            assert archive.testzip() is None
            archive.extractall(folder)
    elif package.suffix == ".tar":
        with tarfile.open(package) as archive:
            archive.extractall(folder, filter="data")
    else:
        folder = package.parent
    root = folder / package.name.removesuffix(package.suffix)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("form", FORMS)
def test_files_are_all_there_with_both_checksums(form: str, tmp_path: Path) -> None:
    files = {**FILES, **LARGE}
    written = write(tmp_path / f"bag{form}", written_as(files, tmp_path / "from"))
    found = contents(tmp_path / f"bag{form}", tmp_path / "unpacked")
    stored = {path: data for path, data in found.items() if path.startswith("data/")}
    assert {**stored, "data/metadata/list.txt": b""} == {
        **{f"data/{path}": data for path, data in files.items()},
        "data/metadata/list.txt": b"",
    }
    for name in ("sha256", "sha512"):
        digests = {path: hashlib.new(name, data).hexdigest() for path, data in found.items()}
        of_payload = "".join(f"{digests[path]}  {path}\n" for path in sorted(stored))
        assert found[f"manifest-{name}.txt"].decode() == of_payload
        tags = sorted(path for path in found if not path.startswith(("data/", "tagmanifest-")))
        assert found[f"tagmanifest-{name}.txt"].decode() == "".join(f"{digests[path]}  {path}\n" for path in tags)
    assert written.receipt == hashlib.sha512(found["tagmanifest-sha512.txt"]).hexdigest()
    assert (written.path, written.files) == (tmp_path / f"bag{form}", len(stored))
    assert written.size == sum(map(len, stored.values()))


@pytest.mark.parametrize("form", FORMS)
def test_others_find_it_valid(form: str, tmp_path: Path) -> None:
    write(tmp_path / f"bag{form}", of_bytes())
    contents(tmp_path / f"bag{form}", tmp_path)
    bag = bagit.Bag(str(tmp_path / "bag"))
    bag.validate()
    assert bagit_utils.Bag(tmp_path / "bag").validate().valid
    assert bag.version_info == (1, 0)
    assert bag.info["Source-Organization"] == "An archive"


@pytest.mark.parametrize("form", FORMS)
def test_a_package_without_payload_is_none(form: str, tmp_path: Path) -> None:
    with pytest.raises(BagError, match="nothing goes into the package"):  # an archive would have no data/
        write(tmp_path / f"bag{form}", [], late=lambda stored: [])
    assert names(tmp_path) == []


def test_what_is_late_knows_all_checksums(tmp_path: Path) -> None:
    write(tmp_path / "bag", of_bytes())
    listed = (tmp_path / "bag/data/metadata/list.txt").read_text("utf-8").splitlines()
    assert listed == [f"{hashlib.sha512(data).hexdigest()} {path}" for path, data in sorted(FILES.items())]


def test_receipts_are_the_same_in_all_forms(tmp_path: Path) -> None:
    assert len({write(tmp_path / f"bag{form}", of_bytes()).receipt for form in FORMS}) == 1


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("An archive", "An archive"),
        ("Archiv für Wörter, 中文", "Archiv für Wörter, 中文"),
        ("long " * 200, ("long " * 200).strip()),
        ("one\ntwo\r\nthree", "one\n two\n three"),
        ("one\n\n\ntwo\n", "one\n two"),
        ("one\u2028two\x85three", "one\n two\n three"),
        ("  a\t b ", "a b"),
        ("urn: with: colons", "urn: with: colons"),
    ],
)
def test_what_it_says_of_itself_is_read_back(value: str, written: str, tmp_path: Path) -> None:
    write_bag(tmp_path / "bag", of_bytes(), [("External-Description", value), *INFO[:1]], late)
    text = (tmp_path / "bag/bag-info.txt").read_bytes().decode()
    assert text.startswith(f"External-Description: {written}\nSource-Organization: An archive\n")
    assert bagit.Bag(str(tmp_path / "bag")).info["External-Description"].split() == value.split()


def test_what_follows_from_the_payload_is_added_and_replaced(tmp_path: Path) -> None:
    write_bag(tmp_path / "bag", [Item("a", b"1234")], [("Payload-Oxum", "1.1"), ("Contact-Name", "N.")], lambda s: [])
    assert (tmp_path / "bag/bag-info.txt").read_text("utf-8") == (
        f"Contact-Name: N.\nBag-Size: 4 bytes\nPayload-Oxum: 4.1\nBag-Software-Agent: teipipe {__version__}\n"
    )


WORLDS: list[dict[str, Any]] = [
    {"umask": 0o022, "reverse": False},
    {"umask": 0o077, "reverse": True, "TZ": "Asia/Pyongyang", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"umask": 0o002, "reverse": True, "TZ": "America/Lima", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
]
IN_ANOTHER_WORLD = """
import json, os, sys
from pathlib import Path
from tests.bags.writing import FILES, write, written_as
target, world = Path(sys.argv[1]), json.loads(sys.argv[2])
os.umask(world["umask"])
files = sorted(FILES.items(), reverse=world["reverse"])
print(write(target, written_as({**dict(files), "large": bytes(1 << 21)}, target.parent / "from")).receipt)
"""


@pytest.mark.parametrize("form", FORMS)
def test_the_same_items_give_the_same_bytes(form: str, tmp_path: Path, repository: Path) -> None:
    made = []
    for number, world in enumerate(WORLDS):
        target = tmp_path / str(number) / f"bag{form}"
        environment = {**os.environ, **{name: str(value) for name, value in world.items() if name.isupper()}}
        command = [sys.executable, "-c", IN_ANOTHER_WORLD, str(target), json.dumps(world)]
        subprocess.run(command, check=True, cwd=repository, env=environment, capture_output=True)
        made.append(target.read_bytes() if form else tree(target))
    assert made[0] == made[1] == made[2]


def test_archives_say_nothing_of_who_made_them(tmp_path: Path) -> None:
    for form in (".zip", ".tar"):
        write(tmp_path / f"bag{form}", of_bytes())
    with zipfile.ZipFile(tmp_path / "bag.zip") as archive:
        entries = archive.infolist()
        assert {(entry.date_time, entry.external_attr >> 16, entry.compress_type) for entry in entries} == {
            ((1980, 1, 1, 0, 0, 0), 0o100644, zipfile.ZIP_STORED)
        }
    with tarfile.open(tmp_path / "bag.tar") as archive:
        members = archive.getmembers()
        assert {(one.mtime, one.mode, one.uid, one.gid, one.uname, one.gname) for one in members} == {
            (315532800, 0o644, 0, 0, "", "")
        }
    assert [entry.filename for entry in entries] == [member.name for member in members]
    assert entries[0].filename == "bag/bagit.txt"


def test_the_ending_may_be_in_capitals(tmp_path: Path) -> None:
    write(tmp_path / "Bag.1.ZIP", of_bytes())
    with zipfile.ZipFile(tmp_path / "Bag.1.ZIP") as archive:
        assert "Bag.1/bagit.txt" in archive.namelist()


@pytest.mark.parametrize("form", FORMS)
def test_progress_goes_from_nothing_to_all(form: str, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    write(
        tmp_path / f"bag{form}", written_as({**FILES, **LARGE}, tmp_path / "from"), progress=lambda *at: told.append(at)
    )
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] == told[-1][1] >= 2 * sum(map(len, LARGE.values()))
    assert len(told) > len(FILES) * 2


def test_nothing_is_left_beside_it_and_nothing_is_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for form in FORMS:
        write(tmp_path / f"bag{form}", of_bytes())
    assert names(tmp_path) == ["bag", "bag.tar", "bag.zip"]
    assert capfd.readouterr() == ("", "")


def test_very_long_names_of_packages(tmp_path: Path) -> None:
    for form in FORMS:
        target = tmp_path / ("n" * (255 - len(form)) + form)
        assert write(target, of_bytes()).path == target


@pytest.mark.parametrize("name", ["", "a: b", "two\nlines", " led", "trailing "])
def test_names_of_fields_that_cant_be_written(name: str, tmp_path: Path) -> None:
    with pytest.raises(BagError, match="can't be the name of a field"):
        write_bag(tmp_path / "bag", of_bytes(), [(name, "value")], late)
    assert names(tmp_path) == []


def test_fields_without_a_value_are_left_out(tmp_path: Path) -> None:
    write_bag(tmp_path / "bag", of_bytes(), [("Contact-Name", " \n "), ("Contact-Phone", "")], late)
    assert "Contact" not in (tmp_path / "bag/bag-info.txt").read_text("utf-8")
