"""What tests of writing packages share: small payloads, and what is there afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from teipipe.bags import Item, Stored, Written
from teipipe.bags.writing import Progress, write_bag

#: Files for a payload, by their paths.
FILES: Mapping[str, bytes] = {
    "project/tei/one.xml": b"<TEI/>",
    "project/tei/two words.xml": b"",
    "edition/index.html": b"<!DOCTYPE html>" * 1000,
    "edition/Ünïcödé 中.txt": "中".encode(),
    ".zenodo.json": b"{}",
}
INFO = (("Source-Organization", "An archive"), ("External-Description", "Letters"))
#: All forms of a package, by the endings of their names.
FORMS = ("", ".zip", ".tar")


def written_as(files: Mapping[str, bytes], folder: Path) -> list[Item]:
    """Items that are files in a folder, which is made."""
    items = []
    for path, data in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        items.append(Item(path, place))
    return items


def late(stored: Mapping[str, Stored]) -> Iterable[Item]:
    """An item that lists the checksums of all others."""
    yield Item("metadata/list.txt", "".join(f"{one.sha512} {one.path}\n" for one in stored.values()).encode())


def write(
    target: Path,
    items: Iterable[Item],
    *,
    late: Callable[[Mapping[str, Stored]], Iterable[Item]] = late,
    progress: Progress | None = None,
) -> Written:
    return write_bag(target, items, INFO, late, progress)


def of_bytes(files: Mapping[str, bytes] = FILES) -> list[Item]:
    return [Item(path, data) for path, data in files.items()]


def tree(folder: Path) -> dict[str, bytes]:
    """All files and folders in a folder, by their paths."""
    return {
        path.relative_to(folder).as_posix(): b"" if path.is_dir() else path.read_bytes() for path in folder.rglob("*")
    }


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
