"""Packages for tests of reading: by others, line by line as told; by us, as `write_bag` makes them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from teipipe.bags.checking import check_bag
from teipipe.bags.items import Item, Written
from teipipe.bags.reading import open_bag
from teipipe.bags.writing import write_bag
from teipipe.diagnostics import Diagnostic
from teipipe.errors import TeipipeError

AGENT = ("Bag-Software-Agent", "teipipe 0.1.0")

#: What a small package of ours has in it.
SMALL: Mapping[str, bytes] = {"a.xml": b"<p>Choe Yong-geon</p>\n" * 3, "letters/b c.txt": "Pjöngjang\n".encode()}


def ours(path: Path, files: Mapping[str, bytes] = SMALL) -> Written:
    """A package that says that teipipe made it."""
    return write_bag(path, [Item(name, data) for name, data in files.items()], [AGENT], lambda _: [])


def foreign(
    folder: Path,
    files: Mapping[str, bytes] = SMALL,
    *,
    algorithms: Sequence[str] = ("md5",),
    tags: Sequence[str] = (),
    version: str = "1.0",
    encoding: str = "UTF-8",
    line: str = "{digest}  {path}\n",
    info: str = "",
) -> Path:
    """A package of somebody else, in a folder; `line` is how lines of its manifests look."""
    codec = encoding.lower()
    contents = {f"data/{path}": data for path, data in files.items()}
    declaration = f"BagIt-Version: {version}\nTag-File-Character-Encoding: {encoding}\n"
    outside = {"bagit.txt": declaration.encode()}
    if info:
        outside["bag-info.txt"] = info.encode(codec)
    for name in algorithms:
        outside[f"manifest-{name}.txt"] = manifest(name, contents, line).encode(codec)
    covered = dict(outside)
    for name in tags:
        outside[f"tagmanifest-{name}.txt"] = manifest(name, covered, line).encode(codec)
    for path, data in {**contents, **outside}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def manifest(algorithm: str, files: Mapping[str, bytes], line: str = "{digest}  {path}\n") -> str:
    digests = {path: hashlib.new(algorithm, data).hexdigest() for path, data in files.items()}
    return "".join(line.format(digest=digest, path=path) for path, digest in digests.items())


def check(path: Path, receipt: str = "") -> list[Diagnostic]:
    with open_bag(path) as bag:
        return list(check_bag(bag, receipt))


def rules(path: Path, receipt: str = "") -> set[str]:
    return {one.rule for one in check(path, receipt)}


def errors(path: Path) -> set[str]:
    return {one.rule for one in check(path) if str(one.severity) == "error"}


def words(path: Path) -> str:
    """Everything that is said of a package: findings with their places, or why it isn't read."""
    try:
        return "\n".join(f"{one.location}: {one.message}" for one in check(path))
    except TeipipeError as error:
        return f"refused: {error.message}"
