"""Compares what would go into a package if it were made again with what lies in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from hashlib import sha256, sha512
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from teipipe.bags import Item, Stored
from teipipe.deposit import layout
from teipipe.errors import UnreadableError

if TYPE_CHECKING:
    from teipipe.bags.reading import Bag
    from teipipe.build.contents import Contents, Progress

_CHUNK: Final = 1 << 20

#: So many differences are looked at for the place where they begin.
_PLACED: Final = 200


class Kind(Enum):
    """How a file of the package and the one that is made again differ."""

    DIFFERENT = "different"
    MISSING = "not made again"
    ADDITIONAL = "not in the package"


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that isn't made again as it is: its path below data/ (POSIX), and where the two begin to differ.

    That is a `line` of a text, a `byte` of anything else, both from 1; None if it isn't known.
    """

    path: str
    kind: Kind
    line: int | None = None
    byte: int | None = None

    @property
    def part(self) -> str:
        """Which part of the package it belongs to: the first folder of its path, "" for none."""
        return self.path.partition("/")[0] if "/" in self.path else ""


@dataclass(frozen=True, slots=True)
class Remade:
    """What making a package again came to: what differs; how many files of the edition, and others, are the same."""

    same_in_edition: int
    same_elsewhere: int
    differences: tuple[Difference, ...]

    @property
    def in_edition(self) -> tuple[Difference, ...]:
        """What differs in the edition."""
        return tuple(one for one in self.differences if one.part == layout.EDITION)

    @property
    def elsewhere(self) -> tuple[Difference, ...]:
        """What differs in all other parts."""
        return tuple(one for one in self.differences if one.part != layout.EDITION)


def compare(contents: Contents, bag: Bag, checksums: Mapping[str, str], progress: Progress) -> Remade:
    """Hold all that goes into a package against the files of a bag; `checksums` are the SHA-512 of its payload.

    Raises UnreadableError if a file of either can't be read.
    """
    comparison = _Comparison(bag, checksums, progress)
    # In the order in which packages are written; what describes the files sees what was made before it.
    for item in sorted(contents.items(), key=lambda item: item.path):
        comparison.take(item)
    for item in contents.late(comparison.stored):
        comparison.take(item)
    return comparison.result()


class _Comparison:
    def __init__(self, bag: Bag, checksums: Mapping[str, str], progress: Progress) -> None:
        self._bag = bag
        self._checksums = checksums
        self._progress = progress
        self._differences: list[Difference] = []
        self.stored: dict[str, Stored] = {}

    def take(self, item: Item) -> None:
        """Compare one file."""
        stored = self.stored[item.path] = _hashed(item)
        self._progress("comparing", len(self.stored), max(len(self.stored), len(self._checksums)))
        there = self._checksums.get(item.path)
        if there is None:
            self._differences.append(Difference(item.path, Kind.ADDITIONAL))
        elif there != stored.sha512:
            self._differences.append(self._placed(Difference(item.path, Kind.DIFFERENT), item))

    def result(self) -> Remade:
        """All that came out, once everything has been taken."""
        self._differences += (Difference(path, Kind.MISSING) for path in self._checksums if path not in self.stored)
        found = tuple(sorted(self._differences, key=lambda one: one.path))
        same = self.stored.keys() - {one.path for one in found}
        in_edition = sum(path.startswith(f"{layout.EDITION}/") for path in same)
        return Remade(in_edition, len(same) - in_edition, found)

    def _placed(self, difference: Difference, item: Item) -> Difference:
        if len(self._differences) >= _PLACED:
            return difference
        with self._bag.open(f"data/{item.path}") as before, _opened(item) as after:
            line, byte = first_difference(before, after)
            return replace(difference, line=line, byte=byte)


def first_difference(before: IO[bytes], after: IO[bytes]) -> tuple[int | None, int | None]:
    """Where two files begin to differ: the line of a text, else the byte; neither if they are the same."""
    done = lines = 0
    is_text = True
    for one, other in _chunks(before, after):
        is_text = is_text and b"\0" not in one and b"\0" not in other
        if one != other:
            length = min(len(one), len(other))
            at = next((n for n in range(length) if one[n] != other[n]), length)
            return (lines + one[:at].count(10) + 1, None) if is_text else (None, done + at + 1)
        done += len(one)
        lines += one.count(b"\n")
    return None, None


def _chunks(before: IO[bytes], after: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Pieces of both, of the same length but at the end."""
    while True:
        one, other = _exactly(before), _exactly(after)
        if not (one or other):
            return
        yield one, other


def _exactly(file: IO[bytes]) -> bytes:
    data = bytearray()
    while len(data) < _CHUNK and (piece := file.read(_CHUNK - len(data))):
        data += piece
    return bytes(data)


def _opened(item: Item) -> IO[bytes]:
    if not isinstance(item.source, Path):
        return BytesIO(item.source)
    try:
        return item.source.open("rb")
    except OSError as error:
        raise UnreadableError(error.strerror or str(error), path=item.source) from error


def _hashed(item: Item) -> Stored:
    """What a package would know of a file."""
    short, long, size = sha256(), sha512(), 0
    with _opened(item) as file:
        try:
            while data := file.read(_CHUNK):
                short.update(data)
                long.update(data)
                size += len(data)
        except OSError as error:
            raise UnreadableError(error.strerror or str(error), path=Path(item.path)) from error
    return Stored(item.path, size, short.hexdigest(), long.hexdigest())


def by_part(differences: Collection[Difference]) -> dict[str, list[Difference]]:
    """The differences by the part of the package that they are in, the edition first."""
    parts: dict[str, list[Difference]] = {}
    for one in sorted(differences, key=lambda one: (one.part != layout.EDITION, one.path)):
        parts.setdefault(one.part, []).append(one)
    return parts


def in_words(one: Difference) -> str:
    """What is wrong with one file."""
    match one.kind:
        case Kind.MISSING:
            return "is in the package, but nothing in the package makes it"
        case Kind.ADDITIONAL:
            return "is made from the package, but isn't in it"
        case _:
            if one.line is not None:
                return "made again from the package, it is another from this line on"
            begin = "" if one.byte is None else f" from byte {one.byte:,} on"
            return f"made again from the package, it is another{begin}"


def summary(differences: list[Difference]) -> str:
    """What is different in several files, on one line."""
    counts = [(kind, sum(one.kind is kind for one in differences)) for kind in Kind]
    words = ", ".join(f"{number:,} {kind.value}" for kind, number in counts if number)
    names = ", ".join(one.path for one in differences[:3])
    more = f" and {len(differences) - 3:,} more" if len(differences) > 3 else ""
    return f"{words}: {names}{more}"
