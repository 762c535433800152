"""Which names a package takes, and what is said of the others before anything is written."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import bagit
import bagit_utils
import pytest
from tests.bags.bags import check
from tests.bags.writing import FORMS, names, write

from teipipe.bags import Item, portable
from teipipe.errors import BagError

NFC = unicodedata.normalize("NFC", "fünf")
NFD = unicodedata.normalize("NFD", "fünf")

GOOD = [
    "plain.txt",
    "with spaces in  it.txt",
    "deep/er/and/deeper.xml",
    ".hidden",
    "..two",
    "~user",
    "#hash",
    "中文/Ünïcödé.xml",
    NFD,
    NFC,
    "no\u00a0break",
    "com10",
    "console.txt",
    "nullify",
    "a-b_c+d=e,f;g!h@i(j)[k]{l}'m`n^o&p$q",
    "a" * 255,
    "/".join(["d" * 99] * 10),
    "/".join("d" * 97),
    "\N{GRINNING FACE}" * 63,
]

BAD = [
    (["not\udcffutf-8"], "isn't UTF-8"),
    (["new\nline"], "line break or another control character"),
    (["carriage\rreturn"], "line break or another control character"),
    (["tab\tulator"], "line break or another control character"),
    (["nul\0l"], "line break or another control character"),
    (["escape\x1b[31m"], "line break or another control character"),
    (["delete\x7f"], "line break or another control character"),
    (["next\x85line"], "line break or another control character"),
    (["line\u2028separator"], "line break or another control character"),
    ([" leading"], "begins or ends with a space"),
    (["trailing "], "begins or ends with a space"),
    (["folder /file"], "begins or ends with a space"),
    (["ideographic\u3000"], "begins or ends with a space"),
    (["point."], "ends with a point"),
    (["folder./file"], "ends with a point"),
    (["100%.txt"], "has a % in it"),
    (["x%0Ay"], "has a % in it"),
    *(([f"a{sign}b"], f"has a {sign} in it") for sign in '<>:"|?*\\'),
    *(
        ([name], "Windows keeps for a device")
        for name in ("CON", "nul", "Aux.txt", "prn.tar.gz", "COM1", "lpt9.xml", "com¹", "a/CON/b", "conin$")
    ),
    (["a" * 256], "has a name of 256 bytes"),
    (["中" * 86], "has a name of 258 bytes"),
    (["/".join(["d" * 99] * 10) + "/f"], "has 1,001 bytes"),
    (["/".join("d" * 99)], "lies 98 folders deep, more than 97"),
    (["/absolute"], "no path inside the package"),
    (["a/../../b"], "no path inside the package"),
    ([".."], "no path inside the package"),
    (["a/./b"], "no path inside the package"),
    (["a//b"], "no path inside the package"),
    (["folder/"], "no path inside the package"),
    ([""], "no path inside the package"),
    (["same", "same"], "comes twice"),
    (["Letter.xml", "letter.xml"], "in capitals only"),
    (["Folder/a", "folder/b"], "in capitals only"),
    (["straße", "STRASSE"], "in capitals only"),
    ([f"{NFC}.xml", f"{NFD}.xml"], "the same letters"),
    ([f"{NFC}/a", f"{NFD}/b"], "the same letters"),
    (["a", "a/b"], "is a file"),
    (["A", "a/b"], "in capitals only"),
    (["a/b/c", "a/b"], "file"),
]


@pytest.mark.parametrize("form", FORMS)
def test_names_that_are_given_back_unchanged(form: str, tmp_path: Path) -> None:
    one_by_one = [f"{number}/{name}" if len(name) < 900 else name for number, name in enumerate(GOOD)]
    write(tmp_path / f"bag{form}", [Item(path, path.encode()) for path in one_by_one])
    assert check(tmp_path / f"bag{form}") == []
    if not form:
        for path in one_by_one:
            assert (tmp_path / "bag/data" / path).read_text("utf-8") == path
        bagit.Bag(str(tmp_path / "bag")).validate()
        assert bagit_utils.Bag(tmp_path / "bag").validate().valid


@pytest.mark.parametrize(("paths", "reason"), BAD, ids=[ascii(paths)[:60] for paths, _ in BAD])
def test_names_that_are_refused(paths: list[str], reason: str, tmp_path: Path) -> None:
    with pytest.raises(BagError) as raised:
        write(tmp_path / "bag", [Item("good", b""), *(Item(path, b"") for path in paths)])
    assert reason in raised.value.message
    assert raised.value.message.startswith("1 name can't go into a package")
    assert names(tmp_path) == []


def test_all_names_are_told_before_anything_is_written(tmp_path: Path) -> None:
    def nothing_is_there(stored: object) -> list[Item]:
        raise AssertionError("files were copied before the names were checked")

    with pytest.raises(BagError) as raised:
        write(tmp_path / "bag", [Item(f"{number}?", b"") for number in range(25)], late=nothing_is_there)
    assert raised.value.message.startswith("25 names can't go into a package: “0?” has a ? in it (rename it")
    assert raised.value.message.endswith("; and 5 more")


def test_no_more_than_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portable, "_MOST_MEMBERS", 3)
    with pytest.raises(BagError, match="“c” is one more than the 3 files and folders"):
        write(tmp_path / "bag", [Item("a", b""), Item("b/b", b""), Item("c", b"")])


def test_names_of_what_is_late_are_checked_beside_the_others(tmp_path: Path) -> None:
    with pytest.raises(BagError, match="in capitals only"):
        write(tmp_path / "bag", [Item("README.txt", b"")], late=lambda stored: [Item("readme.txt", b"")])
    assert names(tmp_path) == []


def test_paths_as_long_as_can_be_fit_where_the_package_lies_deep(tmp_path: Path) -> None:
    folder = tmp_path / "/".join(["e" * 200] * 10)
    folder.mkdir(parents=True)
    path = "/".join(["d" * 99] * 10)
    write(folder / "bag", [Item(path, b"deep")])
    assert (folder / "bag/data" / path).read_bytes() == b"deep"
