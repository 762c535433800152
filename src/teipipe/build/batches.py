"""How documents are divided among workers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

#: About so many bytes of documents go to a worker at once: pipes then take no time, and none has much left at the end.
_BATCH: Final = 256_000
#: One more document takes as long as so many more bytes.
_EACH: Final = 2_000


def batches(paths: Sequence[Path], sizes: Sequence[int]) -> list[tuple[Path, ...]]:
    """The `paths` of files with these `sizes` in bytes, divided.

    What goes to a worker at once: a large document alone, and first, so that none is left at the end; small ones
    together.
    """
    both = list(zip(paths, sizes, strict=True))
    large = sorted(((path, size) for path, size in both if size >= _BATCH), key=lambda item: -item[1])
    small: list[list[Path]] = []
    room = 0
    for path, size in both:
        if size >= _BATCH:
            continue
        if room <= 0:
            small.append([])
            room = _BATCH
        small[-1].append(path)
        room -= size + _EACH
    return [*((path,) for path, _ in large), *map(tuple, small)]
