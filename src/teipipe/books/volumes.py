"""Divides an edition into volumes that a hand can hold, and a machine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

#: Characters of text in a volume, by default: some 600 pages, to which its index and the rest of its end matter come;
#: to set them takes less than a gigabyte.
LONGEST: Final = 1_300_000


@dataclass(frozen=True, slots=True)
class Volume:
    """One volume: its number, 0 if it is the only one, and the ids of its documents in their order."""

    number: int
    documents: tuple[str, ...]


def volumes(documents: Iterable[tuple[str, int]], longest: int) -> tuple[Volume, ...]:
    """The volumes for documents, each an id and the number of characters in its text; no document is divided.

    There are as few as can be and they are of about the same length, which is that at most, give or take a document.
    """
    found = list(documents)
    whole = sum(length for _, length in found)
    size = whole / max(1, -(-whole // longest))
    parts: dict[int, list[str]] = {}
    done = 0
    for name, length in found:
        # A document belongs to the volume in which its middle lies.
        parts.setdefault(int((done + length / 2) / size) if size else 0, []).append(name)
        done += length
    if len(parts) == 1:
        return tuple(Volume(0, tuple(part)) for part in parts.values())
    return tuple(Volume(number, tuple(part)) for number, part in enumerate(parts.values(), 1))
