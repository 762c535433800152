"""What is found in packages of ours and of others: which rule, at which place, in which words."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from tests.bags.bags import SMALL, check, errors, foreign, manifest, ours, rules, words

from teipipe.bags.checking import check_bag
from teipipe.bags.containers import taken
from teipipe.bags.reading import open_bag
from teipipe.bags.tags import manifest as written
from teipipe.diagnostics import Severity
from teipipe.errors import ConfigurationError, UnreadableError


def change(path: Path, old: str, new: str) -> None:
    data = path.read_bytes()
    assert old.encode() in data
    path.write_bytes(data.replace(old.encode(), new.encode()))


@pytest.mark.parametrize("name", ["bag", "bag.zip", "bag.tar"])
def test_what_we_write_is_whole(name: str, tmp_path: Path) -> None:
    written = ours(tmp_path / name)
    assert check(tmp_path / name, written.receipt) == []
    assert check(tmp_path / name, f" {written.receipt.upper()}\n") == []


@pytest.mark.parametrize("form", ["zip", "tar", "gztar"])
@pytest.mark.parametrize("root", ["", "bag"])
def test_archives_of_others(form: str, root: str, tmp_path: Path) -> None:
    foreign(tmp_path / "made" / root, algorithms=["sha512"], tags=["sha512"])
    path = Path(shutil.make_archive(str(tmp_path / "packed"), form, tmp_path / "made"))
    assert check(path) == []
    with open_bag(path) as bag:
        assert [one.path for one in bag.members()] == [
            "bagit.txt", "data/a.xml", "data/letters/b c.txt", "manifest-sha512.txt", "tagmanifest-sha512.txt",
        ]  # fmt: skip
        bag.extract(tmp_path / "out", "data/letters")
    assert (tmp_path / "out" / "b c.txt").read_bytes() == SMALL["letters/b c.txt"]


def test_a_package_that_is_only_read(tmp_path: Path) -> None:
    ours(tmp_path / "bag")
    for path in (*(tmp_path / "bag").rglob("*"), tmp_path / "bag"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = {path: path.stat() for path in (tmp_path / "bag").rglob("*")}
    assert check(tmp_path / "bag") == []
    assert {path: path.stat().st_mtime_ns for path in before} == {path: was.st_mtime_ns for path, was in before.items()}
    for path in (tmp_path / "bag", *(path for path in before if path.is_dir())):
        path.chmod(0o755)


def test_a_package_repacked_by_others_is_whole_and_said_to_be_repacked(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    ours(tmp_path / "made" / "bag")
    path = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", tmp_path / "made"))
    assert [(one.rule, one.severity) for one in check(path)] == [("repacked-archive", Severity.WARNING)]


def test_what_macos_adds_to_an_archive(tmp_path: Path) -> None:
    foreign(tmp_path / "made" / "bag", algorithms=["sha512"])
    (tmp_path / "made" / "__MACOSX" / "bag").mkdir(parents=True)
    (tmp_path / "made" / "__MACOSX" / "bag" / "._data").write_text("")
    path = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", tmp_path / "made"))
    assert [(str(one.location), one.severity) for one in check(path)] == [("__MACOSX/bag/._data", Severity.WARNING)]


def test_memory_hardly_grows_with_the_number_of_files(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        bag = foreign(
            tmp_path / str(count), {f"{number}.txt": b"1956" for number in range(count)}, algorithms=["sha512"]
        )
        tracemalloc.start()
        assert check(bag) == []
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(1500) - peak(500) < 1000 * 1500


def test_a_renamed_file_is_told_from_a_lost_and_an_added_one(tmp_path: Path) -> None:
    bag = foreign(tmp_path / "bag", tags=["md5"])
    (bag / "data" / "a.xml").rename(bag / "data" / "A.txt")
    (found,) = (one for one in check(bag) if one.severity is Severity.ERROR)
    assert found.rule == "renamed-file"
    assert found.message == "“data/a.xml” is gone; “data/A.txt”, which no manifest lists, has its content"
    assert [str(place) for place, _ in found.related] == ["data/A.txt", "manifest-md5.txt:1:1"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: b"", "it is empty"),
        (lambda data: data[:-7], "it ends 7 bytes too early"),
        (lambda data: data + b"12", "it has 2 bytes too many"),
        (lambda data: data.replace(b"C", b"c"), "its SHA-256 and SHA-512 are not what the manifests have"),
    ],
)
def test_how_a_file_was_changed(change: object, said: str, tmp_path: Path) -> None:
    assert callable(change)
    ours(tmp_path / "bag")
    path = tmp_path / "bag" / "data" / "a.xml"
    path.write_bytes(change(path.read_bytes()))
    assert f"“data/a.xml” was changed: {said}" in words(tmp_path / "bag")


def test_a_manifest_that_is_wrong_is_told_from_a_file_that_is(tmp_path: Path) -> None:
    bag = foreign(tmp_path / "bag", algorithms=["sha256", "sha512"])
    change(bag / "manifest-sha256.txt", hashlib.sha256(SMALL["a.xml"]).hexdigest(), "0" * 64)
    (found,) = check(bag)
    assert found.rule == "contradicting-manifests"
    assert str(found.location) == "manifest-sha256.txt:1:1"
    assert found.message == "has another SHA-256 of “data/a.xml” than the file, which is as manifest-sha512.txt says"


def test_all_manifests_have_to_list_the_same_since_version_1_0(tmp_path: Path) -> None:
    for version, expected in (("1.0", {"contradicting-manifests"}), ("0.97", set())):
        bag = foreign(tmp_path / version, algorithms=["sha256", "sha512"], version=version)
        (bag / "manifest-sha256.txt").write_text(manifest("sha256", {"data/a.xml": SMALL["a.xml"]}))
        assert rules(bag) == expected


def test_every_algorithm_is_checked(tmp_path: Path) -> None:
    for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "blake2b"):
        bag = foreign(tmp_path / name, algorithms=[name], tags=[name])
        assert errors(bag) == set()
        assert ("weak-checksum" in rules(bag)) == (name in ("md5", "sha1"))
        (bag / "data" / "a.xml").write_bytes(b"x" * len(SMALL["a.xml"]))
        assert errors(bag) == {"changed-file"}


def test_a_checksum_that_nobody_knows(tmp_path: Path) -> None:
    bag = foreign(tmp_path / "bag", algorithms=["sha512"])
    (bag / "manifest-whirlpool.txt").write_text("00  data/a.xml\n")
    assert rules(bag) == {"unknown-checksum"}


@pytest.mark.parametrize(
    ("line", "place", "said"),
    [
        ("nonsense", "3:1", "is no checksum in hexadecimal digits"),
        ("abc  data/a.xml", "3:1", "“abc” has 3 digits; MD5 has 32"),
        (f"{'0' * 32}data/a.xml", "3:1", "is no checksum"),
        (f"{'0' * 32}  ", "3:1", "is no checksum"),
        (f"{'0' * 32}  bagit.txt", "3:35", "lists only files in data/"),
        (f"{'0' * 32}  data/../../a.xml", "3:35", "leads out of the package"),
        (f"{'0' * 32}  data/a.xml", "3:1", "“data/a.xml” is listed in line 1 too, with another checksum"),
        (f"{hashlib.md5(SMALL['a.xml']).hexdigest()}  data/a.xml", "3:1", "is listed in line 1 too, with the same"),
    ],
)
def test_malformed_lines_have_their_place(line: str, place: str, said: str, tmp_path: Path) -> None:
    bag = foreign(tmp_path / "bag")
    with (bag / "manifest-md5.txt").open("a") as file:
        file.write(f"{line}\n")
    (found,) = (one for one in check(bag) if one.rule == "malformed-manifest")
    assert str(found.location) == f"manifest-md5.txt:{place}"
    assert said in found.message
    assert found.severity is Severity.ERROR


@pytest.mark.parametrize(
    "line", ["{digest} *{path}\n", "{digest}\t{path}\n", "{digest}   {path}\r\n", "{digest}  {path}\r"]
)
def test_lines_that_are_only_unusual(line: str, tmp_path: Path) -> None:
    bag = foreign(tmp_path / "bag", algorithms=["sha512"], tags=["sha512"], line=line)
    assert errors(bag) == set()
    assert rules(bag) == ({"malformed-manifest"} if "*" in line else set())


@pytest.mark.parametrize("encoding", ["UTF-8", "utf-8", "ISO-8859-1", "UTF-16", "UTF-16BE", "windows-1252"])
def test_encodings_of_tag_files(encoding: str, tmp_path: Path) -> None:
    files = {"Pjöngjang.txt": b"1956"}
    info = "Source-Organization: Universität\nPayload-Oxum: 4.1\n"
    bag = foreign(tmp_path / "bag", files, algorithms=["sha512"], tags=["sha512"], encoding=encoding, info=info)
    assert check(bag) == []


@pytest.mark.parametrize("encoding", ["UTF-7", "rot13", "idna", "base64", "unicode_escape", "EBCDIC-5", "undefined"])
def test_encodings_that_are_none(encoding: str, tmp_path: Path) -> None:
    bag = foreign(tmp_path / "bag", algorithms=["sha512"])
    (bag / "bagit.txt").write_text(f"BagIt-Version: 1.0\nTag-File-Character-Encoding: {encoding}\n")
    assert f"bagit.txt:2:1: the encoding “{encoding}” isn't known" in words(bag)


def test_a_byte_order_mark_in_a_manifest_is_odd(tmp_path: Path) -> None:
    bag = foreign(tmp_path / "bag", algorithms=["sha512"])
    path = bag / "manifest-sha512.txt"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert words(bag) == "manifest-sha512.txt:1:1: begins with a byte order mark"
    assert errors(bag) == set()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "bagit.txt:1:1: the first line is “”"),
        (
            "BagIt-Version: 2.0\nTag-File-Character-Encoding: UTF-8\n",
            "the version of BagIt is 2.0; versions 0.93 to 1.0",
        ),
        ("BagIt-Version: 0.92\nTag-File-Character-Encoding: UTF-8\n", "the version of BagIt is 0.92"),
        (
            "BagIt-Version: one\nTag-File-Character-Encoding: UTF-8\n",
            "the first line is “BagIt-Version: one”",
        ),
        ("BagIt-Version: 1.0\n", "bagit.txt:2:1: the second line is “”"),
        ("BagIt-Version:1.0\nTag-File-Character-Encoding: UTF-8\n", "has not exactly one space"),
        ("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nx\n", "bagit.txt:3:1: there are more than two lines"),
        ("\ufeffBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", "byte order mark, which BagIt forbids"),
    ],
)
def test_declarations(text: str, said: str, tmp_path: Path) -> None:
    bag = foreign(tmp_path / "bag", algorithms=["sha512"])
    (bag / "bagit.txt").write_text(text, encoding="utf-8")
    assert said in words(bag)
    assert errors(bag) == {"malformed-declaration"}


@pytest.mark.parametrize("version", ["0.93", "0.94", "0.95", "0.96", "0.97", "1.0"])
def test_versions_that_are_read(version: str, tmp_path: Path) -> None:
    assert check(foreign(tmp_path / "bag", algorithms=["sha512"], version=version)) == []


@pytest.mark.parametrize(
    ("name", "written", "version"),
    [
        ("50%.txt", "50%25.txt", "1.0"),
        ("50%25.txt", "50%25.txt", "0.97"),
        ("a\nb.txt", "a%0Ab.txt", "1.0"),
        ("a\rb.txt", "a%0db.txt", "0.97"),
    ],
)
def test_paths_in_which_signs_are_written_otherwise(name: str, written: str, version: str, tmp_path: Path) -> None:
    bag = foreign(tmp_path / "bag", {"a.txt": b"1956"}, algorithms=["sha512"], version=version)
    (bag / "data" / "a.txt").rename(bag / "data" / name)
    change(bag / "manifest-sha512.txt", "data/a.txt", f"data/{written}")
    assert check(bag) == []


def test_normal_forms(tmp_path: Path) -> None:
    composed, decomposed = "Pjöngjang.txt", "Pjo\u0308ngjang.txt"
    bag = foreign(tmp_path / "bag", {composed: b"1956"}, algorithms=["sha512"])
    (bag / "data" / composed).rename(bag / "data" / decomposed)
    (found,) = check(bag)
    assert (found.rule, found.severity) == ("doubtful-name", Severity.WARNING)
    ours(tmp_path / "ours", {composed: b"1956"})
    (tmp_path / "ours" / "data" / composed).rename(tmp_path / "ours" / "data" / decomposed)
    assert "renamed-file" in rules(tmp_path / "ours")


def test_names_that_some_systems_take_for_one(tmp_path: Path) -> None:
    bag = foreign(tmp_path / "bag", {"a.txt": b"1", "A.txt": b"2"}, algorithms=["sha512"])
    assert [(one.rule, one.severity) for one in check(bag)] == [("doubtful-name", Severity.WARNING)]


def test_payload_oxum(tmp_path: Path) -> None:
    total = sum(map(len, SMALL.values()))
    for oxum, expected in ((f"{total}.2", set()), (f"{total}.3", {"wrong-oxum"}), ("many", {"wrong-oxum"})):
        bag = foreign(tmp_path / oxum, algorithms=["sha512"], info=f"Contact-Name: NN\nPayload-Oxum: {oxum}\n")
        assert rules(bag) == expected
        assert all(str(one.location) == "bag-info.txt:2:1" for one in check(bag))


def test_a_package_with_holes(tmp_path: Path) -> None:
    bag = foreign(tmp_path / "bag", algorithms=["sha512"], tags=["sha512"])
    (bag / "data" / "a.xml").unlink()
    (bag / "fetch.txt").write_text("https://example.org/a.xml 66 data/a.xml\n")
    assert rules(bag) == {"holey-package", "lost-file"}
    assert "fetch.txt (line 1) says where to get it, but nothing is fetched" in words(bag)


def test_tag_files(tmp_path: Path) -> None:
    bag = foreign(tmp_path / "bag", algorithms=["sha512"], tags=["sha512"], info="Contact-Name: NN\n")
    (bag / "notes.txt").write_text("a")
    assert [(one.rule, one.severity) for one in check(bag)] == [("added-file", Severity.WARNING)]
    (bag / "notes.txt").unlink()
    change(bag / "bag-info.txt", "NN", "MM")
    assert errors(bag) == {"changed-file"}
    (bag / "bag-info.txt").unlink()
    assert errors(bag) == {"lost-file"}


def test_what_every_package_has(tmp_path: Path) -> None:
    bag = foreign(tmp_path / "bag", algorithms=["sha512"])
    (bag / "manifest-sha512.txt").unlink()
    assert "“manifest-sha512.txt” is missing; every package has it" in words(bag)
    shutil.rmtree(bag / "data")
    assert "the folder “data” is missing" in words(bag)
    (bag / "bagit.txt").unlink()
    (bag / "link").symlink_to("elsewhere")
    with pytest.raises(UnreadableError, match=r"no bagit\.txt"):
        check(bag)


def test_a_file_that_can_t_be_read(tmp_path: Path) -> None:
    folder = foreign(tmp_path / "bag", algorithms=["sha512"])
    with open_bag(folder) as bag:
        (folder / "data" / "a.xml").unlink()
        (found,) = check_bag(bag)
    assert found.rule == "unread-file"
    assert "“data/a.xml” can't be read: no such file" in found.message


def test_a_folder_that_can_t_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bag = foreign(tmp_path / "bag")
    original = os.open

    def refuse(path: Any, *arguments: Any, **options: Any) -> int:
        if path == "letters":
            raise PermissionError(errno.EACCES, "Permission denied")
        return original(path, *arguments, **options)

    monkeypatch.setattr(os, "open", refuse)
    assert words(bag) == "refused: “data/letters” can't be read: permission denied"


def test_only_holes_make_a_file_smaller_than_it_is_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "whole").write_bytes(b"x" * 10_000)
    with (tmp_path / "whole").open("rb") as whole, (tmp_path / "hole").open("w+b") as hole:
        hole.truncate(1 << 40)
        assert taken(hole.fileno()) < 1 << 20
        status = list(os.fstat(whole.fileno()))
        late = os.stat_result(status, {"st_blocks": 1})  # as some file systems say that compress, or have just written
        monkeypatch.setattr(os, "fstat", lambda descriptor: late)
        assert taken(whole.fileno()) == 10_000


def test_a_receipt_finds_what_was_changed_and_listed_anew(tmp_path: Path) -> None:
    bag = tmp_path / "bag"
    receipt = ours(bag).receipt
    change(bag / "data" / "a.xml", "Choe", "Kang")
    for name in ("sha256", "sha512"):
        of = {f"data/{path}": (bag / "data" / path).read_bytes() for path in SMALL}
        (bag / f"manifest-{name}.txt").write_bytes(
            written((path, hashlib.new(name, data).hexdigest()) for path, data in of.items())
        )
    tags = ("bag-info.txt", "bagit.txt", "manifest-sha256.txt", "manifest-sha512.txt")
    for name in ("sha256", "sha512"):
        entries = [(tag, hashlib.new(name, (bag / tag).read_bytes()).hexdigest()) for tag in tags]
        (bag / f"tagmanifest-{name}.txt").write_bytes(written(entries))
    assert check(bag) == []
    assert rules(bag, receipt) == {"wrong-receipt"}


@pytest.mark.parametrize("receipt", ["3f2a", "0" * 127, "0" * 129, "g" * 128, "é" * 128])
def test_a_receipt_that_is_none(receipt: str, tmp_path: Path) -> None:
    ours(tmp_path / "bag")
    with open_bag(tmp_path / "bag") as bag, pytest.raises(ConfigurationError, match="is no receipt"):
        check_bag(bag, receipt)


def test_a_receipt_without_what_it_stands_for(tmp_path: Path) -> None:
    bag = foreign(tmp_path / "bag", algorithms=["sha512"])
    assert rules(bag, "0" * 128) == {"wrong-receipt"}


def test_progress_is_told_every_byte(tmp_path: Path) -> None:
    ours(tmp_path / "bag", {"a.bin": bytes(3_000_000), "b.txt": b"b"})
    told: list[int] = []
    with open_bag(tmp_path / "bag") as bag:
        assert list(check_bag(bag, progress=told.append)) == []
        assert sum(told) == sum(member.size for member in bag.members())
