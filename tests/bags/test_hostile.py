"""What others made to do harm: refused or found, in little time and memory, and nothing outside is read or written."""

from __future__ import annotations

import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from tests.bags import hostile
from tests.bags.bags import check, foreign, words

from teipipe.bags.checking import check_bag
from teipipe.bags.reading import open_bag
from teipipe.errors import TeipipeError, UnreadableError


def says(path: Path) -> str:
    tracemalloc.start()
    try:
        with open_bag(path) as bag:
            list(check_bag(bag))
    except TeipipeError as error:
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
        return error.message
    finally:
        tracemalloc.stop()
    return ""


@pytest.mark.parametrize("case", hostile.REFUSED)
def test_refused(case: str, tmp_path: Path) -> None:
    make, expected = hostile.REFUSED[case]
    assert expected in says(make(tmp_path))


@pytest.mark.parametrize("case", hostile.IN_FOLDER)
def test_refused_in_folders(case: str, tmp_path: Path) -> None:
    make, expected = hostile.IN_FOLDER[case]
    assert expected in says(hostile.in_folder(tmp_path, make))


@pytest.mark.parametrize("case", hostile.IN_TAR)
def test_refused_in_tar(case: str, tmp_path: Path) -> None:
    kind, expected = hostile.IN_TAR[case]
    path = hostile.tar(tmp_path / "a.tar", [(hostile.special(kind, "bag/bagit.txt"), b"")])
    assert f"“bag/data/special” is {expected}" in says(path)


@pytest.mark.parametrize("case", hostile.NAMES)
@pytest.mark.parametrize("kind", ["pax", "gnu", "zip"])
def test_names_in_archives(case: str, kind: str, tmp_path: Path) -> None:
    name = hostile.NAMES[case]
    if kind == "zip":
        path = hostile.zipped(tmp_path / "a.zip", [(name, b"evil")])
    else:
        format = tarfile.PAX_FORMAT if kind == "pax" else tarfile.GNU_FORMAT
        path = hostile.tar(tmp_path / "a.tar", [(tarfile.TarInfo(name), b"evil")], format)
    assert says(path).startswith("the path “")


@pytest.mark.parametrize("case", hostile.NAMES)
@pytest.mark.parametrize("file", ["manifest-md5.txt", "fetch.txt"])
def test_names_in_tag_files(case: str, file: str, tmp_path: Path) -> None:
    name = hostile.NAMES[case]
    bag = foreign(tmp_path / "bag")
    start = "https://example.org/x - " if file == "fetch.txt" else f"{'0' * 32}  "
    with (bag / file).open("a", encoding="utf-8") as lines:
        lines.write(f"{start}{name}\n")
    with open_bag(bag) as opened:
        found = [one for one in check_bag(opened) if one.rule.startswith("malformed")]
    assert [str(one.location) for one in found] == [f"{file}:{3 if file != 'fetch.txt' else 1}:{len(start) + 1}"]
    assert "the path “" in found[0].message


def test_a_path_is_never_used_before_it_is_checked(tmp_path: Path) -> None:
    bag = foreign(tmp_path / "bag")
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    for path in ("../secret.txt", "data/../../secret.txt", str(secret), "~/secret.txt", "data\\..\\..\\secret.txt"):
        with open_bag(bag) as opened, pytest.raises(UnreadableError):
            opened.open(path)


@pytest.mark.parametrize("case", hostile.DAMAGED)
def test_damaged(case: str, tmp_path: Path) -> None:
    make, expected = hostile.DAMAGED[case]
    assert expected.replace("data/", "bag/data/") in words(make(tmp_path))


def test_a_link_that_is_put_there_later_is_not_followed(tmp_path: Path) -> None:
    bag = foreign(tmp_path / "bag", {"b/a.txt": b"a"})
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.txt").write_text("secret")
    with open_bag(bag) as opened:
        (bag / "data" / "b" / "a.txt").unlink()
        (bag / "data" / "b").rmdir()
        (bag / "data" / "b").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(UnreadableError):
            opened.open("data/b/a.txt")


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    path = hostile.zipped(tmp_path / "a.zip", [("bag/data/sub/b.txt", b"b")])
    target = tmp_path / "target"
    target.mkdir()
    (tmp_path / "outside").mkdir()
    (target / "sub").symlink_to(tmp_path / "outside")
    with open_bag(path) as bag, pytest.raises(TeipipeError):
        bag.extract(target, "data")
    assert not any((tmp_path / "outside").iterdir())


def test_nothing_is_replaced(tmp_path: Path) -> None:
    path = hostile.zipped(tmp_path / "a.zip")
    target = tmp_path / "target"
    target.mkdir()
    (target / "a.txt").write_text("mine")
    with open_bag(path) as bag, pytest.raises(TeipipeError, match="exists"):
        bag.extract(target, "data")
    assert (target / "a.txt").read_text() == "mine"


def test_what_lies_in_archives_within_is_never_unpacked(tmp_path: Path) -> None:
    inner = hostile.bomb(tmp_path)
    path = hostile.zipped(tmp_path / "a.zip", [("bag/data/bomb.zip", inner.read_bytes())], zipfile.ZIP_STORED)
    assert says(path) == ""


def test_names_do_nothing_to_a_terminal(tmp_path: Path) -> None:
    bag = foreign(tmp_path / "bag", {"\x1b[2J\u202egpj.exe": b"x"}, algorithms=["sha512"])
    (bag / "data" / "\x1b[31m\n").write_bytes(b"")
    (bag / "manifest-sha512.txt").write_text(f"{'0' * 128}  data/\x1b]0;title\x07\n")
    said = words(bag)
    assert "data/\\x1b[31m\\n" in said
    assert "data/\\x1b]0;title\\x07" in said
    assert not any(sign in said for sign in "\x1b\x07\u202e")


def test_of_each_kind_a_thousand_findings_are_listed(tmp_path: Path) -> None:
    bag = foreign(tmp_path / "bag", algorithms=["sha512"])
    with (bag / "manifest-sha512.txt").open("a") as file:
        file.writelines(f"{'0' * 128}  data/{number:04}\n" for number in range(2500))
    found = [one for one in check(bag) if one.rule == "lost-file"]
    assert len(found) == 1001
    assert found[-1].message.endswith(
        "there are 1500 more of this kind, which are not listed; this is the last of them"
    )


def test_many_files_with_the_same_content_under_other_names(tmp_path: Path) -> None:
    count = 1200
    bag = foreign(tmp_path / "bag", {f"{number}.txt": b"" for number in range(count)}, algorithms=["sha512"])
    for number in range(count):
        (bag / "data" / f"{number}.txt").rename(bag / "data" / f"{number}.xml")
    assert {one.rule for one in check(bag)} == {"renamed-file"}


def test_tag_files_have_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bag = foreign(tmp_path / "bag", algorithms=["sha512", "sha256", "md5"], info="A: 1\n")
    monkeypatch.setattr("teipipe.bags.manifests.MOST_ENTRIES", 3)
    assert "there are more than 3 files in the manifests of the package" in words(bag)
    monkeypatch.setattr("teipipe.bags.tag_files._ALL_TAGS", 100)
    monkeypatch.setattr("teipipe.bags.manifests.LARGEST", 200)
    assert "“manifest-sha512.txt” has more bytes than are read of such a file" in words(bag)
    (bag / "bag-info.txt").write_bytes(bytes(1 << 21))
    assert "“bag-info.txt” has more bytes than are read of such a file" in words(bag)
    (bag / "bag-info.txt").write_bytes(b"\n" * (1 << 20))
    assert len(words(bag)) < 20_000
