"""What a package is made of, and what is known of it once it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

#: The fields of bag-info.txt in order; a name may come more than once.
Info = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Item:
    """A file that goes into the payload: its path below data/ (POSIX), and the file that it is a copy of, or its bytes.

    `sha256` is the checksum that it must have, hexadecimal, "" if it may have any: with it, a file is found that was
    changed since its checksum was taken.
    """

    path: str
    source: Path | bytes
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the payload: its path below data/, its size in bytes, its checksums (hexadecimal)."""

    path: str
    size: int
    sha256: str
    sha512: str


#: What is made once the checksums of all other files are known: further items. Each of them is among the files as soon
#: as the next one is asked for. The files may be many, and lie on the disk: they are gone through rather than held.
Late = Callable[[Mapping[str, Stored]], Iterable[Item]]


@dataclass(frozen=True, slots=True)
class Written:
    """A package that was written: where, how many files and bytes its payload has, and its receipt.

    The receipt is the SHA-512 of tagmanifest-sha512.txt, hexadecimal: it stands for every byte of the package.
    """

    path: Path
    files: int
    size: int
    receipt: str
