"""How far long work has got."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


def shown(what: str, items: Iterable[Item], total: int) -> Iterator[Item]:
    """The items, and on a terminal a line that counts them; elsewhere one line when they are done."""
    start = time.perf_counter()
    live = sys.stderr.isatty()
    last = 0.0
    for count, item in enumerate(items, 1):
        yield item
        now = time.perf_counter()
        if live and now - last > 0.1:
            last = now
            print(f"\r\x1b[K{what}: {count} of {total}, {now - start:.0f} s", end="", file=sys.stderr, flush=True)
    end = "\r\x1b[K" if live else ""
    print(f"{end}{what}: {total} in {time.perf_counter() - start:.1f} s", file=sys.stderr, flush=True)
