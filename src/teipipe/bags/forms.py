"""Is a package of ours, byte for byte, in the one form that we write? What carries no meaning carries damage, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from teipipe.bags import tags
from teipipe.bags.archive_forms import File, Part, tar_parts, zip_parts
from teipipe.bags.containers import OpenFile
from teipipe.bags.in_tar import InTar
from teipipe.bags.in_zip import InZip
from teipipe.bags.manifests import Manifest
from teipipe.bags.reading import Bag
from teipipe.bags.safety import place, shown
from teipipe.diagnostics import Diagnostic
from teipipe.rules import finding

#: So many places are listed.
_MOST: Final = 20


def check_tag_manifest(manifest: Manifest, data: bytes) -> Iterator[Diagnostic]:
    """Yield where a tag manifest, which no checksum protects, isn't written as we write it."""
    expected = tags.manifest((path, digest.hex()) for path, (digest, _) in manifest.entries.items())
    if data == expected:
        return
    lines = zip(data.split(b"\n"), expected.split(b"\n"), strict=False)
    number, (line, right) = next(((n, pair) for n, pair in enumerate(lines, 1) if pair[0] != pair[1]), (1, (b"", b"")))
    column = next((n for n, pair in enumerate(zip(line, right, strict=False), 1) if pair[0] != pair[1]), 1)
    about = shown(line.decode("utf-8", "surrogateescape").split()[-1] if line.split() else "")
    yield finding(
        "altered-form",
        f"the line about “{about}” isn't written as teipipe writes it: digits, two spaces, path, line break, sorted",
        replace(place(manifest.name, number), column=column),
    )


def check_archive(bag: Bag) -> Iterator[Diagnostic]:
    """Yield where an archive isn't what we would have made of its files."""
    container = bag.container
    if not isinstance(container, InZip | InTar) or container.is_unpacked:
        return
    entries = sorted(container.listing.files.items(), key=lambda item: item[1].offset)
    files = [File(name, entry.size, entry.crc or 0) for name, entry in entries]
    parts = zip_parts(files) if isinstance(container, InZip) else tar_parts(files)
    yield from _compare(bag, container.source, parts)


def _compare(bag: Bag, source: OpenFile, parts: Iterable[Part]) -> Iterator[Diagnostic]:
    position, differing, compared = 0, 0, 0
    found: list[Diagnostic] = []
    for part in parts:
        length = len(part.data) or part.content
        compared += bool(part.data)
        if part.data and (there := source.read(position, length)) != part.data:
            differing += 1
            if len(found) < _MOST:
                found.append(_difference(bag, part, there, position))
        position += length
    if position != source.size and not found:
        found.append(_finding(bag, "", f"the archive has {source.size} bytes, and should have {position}"))
    if 2 * differing > compared:
        yield finding(
            "repacked-archive",
            "the archive isn't byte for byte as teipipe writes it: it was packed anew by another program",
            place(bag.path.name),
        )
    else:
        yield from found


def _difference(bag: Bag, part: Part, there: bytes, position: int) -> Diagnostic:
    offset = next((n for n, pair in enumerate(zip(there, part.data, strict=False)) if pair[0] != pair[1]), len(there))
    path = part.name[len(bag.root) :]
    about = f" of “{shown(path)}”" if path else ""
    return _finding(
        bag, path, f"{part.what}{about} in the archive was changed: byte {position + offset} of {bag.path.name}"
    )


def _finding(bag: Bag, path: str, message: str) -> Diagnostic:
    return finding("altered-archive", message, place(path or bag.path.name))
