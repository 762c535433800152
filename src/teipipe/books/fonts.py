"""Fonts of a project, as e-books embed them: their names are read from the files (OpenType 1.9)."""

from __future__ import annotations

import os
import struct
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from teipipe.folders import leads_out

#: Files that every reading system takes; collections of fonts are none of them.
_ENDINGS: Final = (".otf", ".ttf")
_SIGNATURES: Final = (b"\x00\x01\x00\x00", b"OTTO", b"true")

#: Names in a font (table "name"): its family with all weights; that by groups of four, which tells wide from narrow.
_FAMILY: Final = (16, 1)
_MEDIUM_WIDTH: Final = 5
#: How a font may be embedded, and not at all; italic, oblique (table "OS/2": fsType, fsSelection).
_USAGE: Final = 0x000F
_RESTRICTED: Final = 0x0002
_SLANTED: Final = 0x0201


@dataclass(frozen=True, slots=True)
class Font:
    """A font with its file in the e-book."""

    path: str
    family: str
    weight: int
    style: Literal["normal", "italic"]
    data: bytes


def fonts_in(folder: Path | None) -> tuple[Font, ...]:
    """The fonts in a folder and those below it.

    Raises ValueError for a file that is no font, or one whose licence doesn't allow that it is embedded.
    """
    if folder is None:
        return ()
    paths = font_files(folder, _ENDINGS)
    for path in paths:
        if leads_out(path, folder):
            raise ValueError(f"{path.name} is a link out of the folder of fonts")
    return tuple(_font(path, f"fonts/{number}{path.suffix.lower()}") for number, path in enumerate(paths, 1))


def font_files(folder: Path, endings: Collection[str]) -> list[Path]:
    """The files in a folder and those below it that have one of these endings, sorted; no hidden ones.

    Systems leave hidden files beside fonts ("._Font.otf"). Links that lead nowhere are no files.
    """
    found = (Path(place, name) for place, _, names in os.walk(folder) for name in names if not name.startswith("."))
    return sorted(path for path in found if path.suffix.lower() in endings and path.is_file())


def _font(path: Path, name: str) -> Font:
    data = path.read_bytes()
    try:
        tables = dict(_tables(data))
        weight, width, rights = struct.unpack_from(">HHH", tables["OS/2"], 4)
        (selection,) = struct.unpack_from(">H", tables["OS/2"], 62)
        names = dict(_names(tables["name"]))
        order = _FAMILY if width == _MEDIUM_WIDTH else reversed(_FAMILY)
        family = " ".join(next(names[number] for number in order if number in names).split())
    except (struct.error, KeyError, StopIteration, UnicodeDecodeError) as error:
        raise ValueError(f"{path.name} is no font that can be embedded") from error
    if rights & _USAGE == _RESTRICTED:
        raise ValueError(f"the licence of the font {path.name} ({family}) doesn't allow that it is embedded")
    return Font(name, family, min(max(weight, 1), 1000), "italic" if selection & _SLANTED else "normal", data)


def _tables(data: bytes) -> Iterator[tuple[str, bytes]]:
    if data[:4] not in _SIGNATURES:
        raise KeyError("signature")
    (count,) = struct.unpack_from(">H", data, 4)
    for number in range(count):
        tag, _, offset, length = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        yield tag.decode("latin-1"), data[offset : offset + length]


def _names(table: bytes) -> Iterator[tuple[int, str]]:
    """Families, as Windows knows them; the English one is last, so it counts."""
    _, count, start = struct.unpack_from(">HHH", table)
    found = [struct.unpack_from(">HHHHHH", table, 6 + 12 * number) for number in range(count)]
    for platform, _, _, name, length, offset in sorted(found, key=lambda record: record[2] == 0x0409):
        if platform == 3 and name in _FAMILY:
            yield name, table[start + offset : start + offset + length].decode("utf-16-be")
