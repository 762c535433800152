"""What the conformance suite of the Library of Congress is about, case by case, beside two other implementations.

The suite is in no package registry, so its cases are made anew here. `bagit` and `bagit-utils` judge each of them, too:
where they say something else than we do, it is said why.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import bagit
import bagit_utils
import pytest
from tests.bags.bags import SMALL, check, foreign, manifest

from teipipe.diagnostics import Severity
from teipipe.errors import TeipipeError

Change = Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class Case:
    """A package that is made and then changed: whether it is valid, which warnings it has, what others say otherwise.

    `bagit` and `utils` say why the verdict of that library isn't ours, "" if it is.
    """

    change: Change
    is_valid: bool
    warnings: frozenset[str] = frozenset()
    version: str = "0.97"
    bagit: str = ""
    utils: str = ""


def add(name: str, text: str) -> Change:
    def change(bag: Path) -> None:
        with (bag / name).open("ab") as file:
            file.write(text.encode())

    return change


def replace(name: str, old: str, new: str) -> Change:
    def change(bag: Path) -> None:
        data = (bag / name).read_bytes()
        assert old.encode() in data
        (bag / name).write_bytes(data.replace(old.encode(), new.encode()))

    return change


def put(name: str, text: str) -> Change:
    def change(bag: Path) -> None:
        (bag / name).parent.mkdir(parents=True, exist_ok=True)
        (bag / name).write_text(text, encoding="utf-8", newline="")

    return change


def remove(name: str) -> Change:
    return lambda bag: (bag / name).unlink()


def nothing(_: Path) -> None:
    """The package as it is."""


def in_package(bag: Path) -> None:
    """A package within the package."""
    inner = foreign(bag / "data" / "inner", algorithms=["sha256"])
    files = {path.relative_to(bag).as_posix(): path.read_bytes() for path in inner.rglob("*") if path.is_file()}
    add("manifest-sha256.txt", manifest("sha256", files))(bag)


def list_tag_files(bag: Path) -> None:
    """Whatever was done to tag files was done before their checksums were taken."""
    files = {path.name: path.read_bytes() for path in bag.iterdir() if path.is_file()}
    (bag / "tagmanifest-sha256.txt").write_text(manifest("sha256", files), encoding="utf-8")


def not_fetched(bag: Path) -> None:
    fetch("data/a.xml")(bag)
    remove("data/a.xml")(bag)


def listed(name: str) -> Change:
    """Another file, and its line in the manifest."""

    def change(bag: Path) -> None:
        put(f"data/{name}", "x")(bag)
        add("manifest-sha256.txt", manifest("sha256", {f"data/{name}": b"x"}))(bag)

    return change


def line(path: str) -> Change:
    return add("manifest-sha256.txt", f"{'0' * 64}  {path}\n")


def fetch(path: str) -> Change:
    return put("fetch.txt", f"https://example.org/x - {path}\n")


def again(*, same: bool) -> Change:
    """A second line about a file, before the first one."""

    def change(bag: Path) -> None:
        path = bag / "manifest-sha256.txt"
        line = manifest("sha256", {"data/a.xml": SMALL["a.xml"] if same else b""})
        path.write_text(line + path.read_text(encoding="utf-8"), encoding="utf-8")

    return change


MARKED = frozenset({"malformed-manifest"})
HOLEY = frozenset({"holey-package"})

STRICT = "takes more for a fault than BagIt does"
LAX = "doesn't look at this"

CASES: dict[str, Case] = {
    "as it is": Case(nothing, True),
    "version 0.93": Case(nothing, True, version="0.93"),
    "version 1.0": Case(nothing, True, version="1.0"),
    "a package in it": Case(in_package, True),
    "a name with spaces": Case(listed("two  words.txt"), True),
    "names that look encoded": Case(listed("%7Ea/%test~.txt"), True),
    "a tilde within": Case(listed("a/~b.txt"), True),
    "the same field twice": Case(put("bag-info.txt", "Contact-Name: A\nContact-Name: B\n"), True),
    "fields with odd spaces": Case(put("bag-info.txt", "A: 1\nA :  2\nA   :   3\n"), True),
    "values on several lines": Case(put("bag-info.txt", "A: one\n  two\n\tthree\n"), True),
    "lines that end otherwise": Case(replace("manifest-sha256.txt", "\n", "\r\n"), True),
    "all fetched": Case(fetch("data/a.xml"), True, HOLEY),
    "not fetched": Case(lambda bag: (fetch("data/a.xml")(bag), remove("data/a.xml")(bag)), False, HOLEY),
    "stars of md5sum": Case(replace("manifest-sha256.txt", "  ", " *"), True, MARKED, utils=STRICT),
    "./ before paths": Case(replace("manifest-sha256.txt", "data/a.xml", "./data/a.xml"), True, MARKED),
    "listed twice": Case(again(same=True), True, MARKED),
    "listed twice, version 1.0": Case(again(same=True), False, version="1.0", utils=LAX),
    "listed twice, otherwise": Case(again(same=False), False, utils="takes the last line"),
    "no bagit.txt": Case(remove("bagit.txt"), False),
    "no encoding": Case(put("bagit.txt", "BagIt-Version: 0.97\n"), False, utils="only warns"),
    "a byte order mark": Case(replace("bagit.txt", "BagIt-V", "\ufeffBagIt-V"), False, utils="only warns"),
    "half a version": Case(replace("bagit.txt", "0.97", ".97"), False, utils="only warns"),
    "odd spaces in bagit.txt": Case(
        replace("bagit.txt", ": ", " : "), False, version="1.0", bagit="allows them", utils="only warns"
    ),
    "a changed file": Case(add("data/a.xml", "x"), False),
    "a lost file": Case(remove("data/a.xml"), False),
    "an added file": Case(put("data/new.txt", "x"), False),
    "a wrong oxum": Case(put("bag-info.txt", "Payload-Oxum: 1.1\n"), False, utils=LAX),
    "a path upwards": Case(line("data/../../evil.txt"), False),
    "a path upwards to fetch": Case(fetch("../evil.txt"), False, utils=LAX),
    "a path from the root": Case(line("/tmp/evil.txt"), False),
    "a path from the root to fetch": Case(fetch("/tmp/evil.txt"), False, utils=LAX),
    "a home": Case(line("~/evil.txt"), False),
    "a home to fetch": Case(fetch("~root/evil.txt"), False, utils=LAX),
    "a drive": Case(line("C:\\evil.txt"), False),
    "a drive to fetch": Case(fetch("C:\\evil.txt"), False, bagit="only on Windows", utils=LAX),
    "a share": Case(line("\\\\?\\UNC\\server\\evil.txt"), False),
    "a share to fetch": Case(fetch("\\\\?\\UNC\\server\\evil.txt"), False, bagit="only on Windows", utils=LAX),
    "capitals": Case(line("data/A.XML"), False, frozenset({"doubtful-name"})),
}


def ours(bag: Path) -> tuple[bool, frozenset[str]]:
    try:
        found = check(bag)
    except TeipipeError:
        return False, frozenset()
    return (
        all(one.severity < Severity.ERROR for one in found),
        frozenset(one.rule for one in found if one.severity is Severity.WARNING),
    )


def by_bagit(bag: Path) -> bool:
    logging.getLogger("bagit").disabled = True
    try:
        bagit.Bag(str(bag)).validate()
    except bagit.BagError:
        return False
    return True


def by_bagit_utils(bag: Path) -> bool:
    try:
        return bool(bagit_utils.Bag(bag).validate().valid)
    except ValueError:
        return False


@pytest.mark.parametrize("name", CASES)
def test_case(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    bag = foreign(tmp_path / "bag", algorithms=["sha256"], version=case.version)
    case.change(bag)
    list_tag_files(bag)
    assert ours(bag) == (case.is_valid, case.warnings)
    assert (by_bagit(bag) == case.is_valid) == (not case.bagit)
    assert (by_bagit_utils(bag) == case.is_valid) == (not case.utils)
