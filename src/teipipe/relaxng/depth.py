"""Room for patterns, which nest as deeply as the longest sequence in a content is long."""

from __future__ import annotations

import sys
from contextlib import ContextDecorator
from threading import Lock
from types import TracebackType
from typing import Final

#: Calls within each other; Python's own limit is made for other programs.
_CALLS: Final = 20_000


class _Deep(ContextDecorator):
    """Raises the limit while any thread is inside: there is only one for all, and it is not ours."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._inside = 0
        self._before = 0

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._before = sys.getrecursionlimit()
                sys.setrecursionlimit(max(self._before, _CALLS))
            self._inside += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                sys.setrecursionlimit(self._before)


#: Around, or as a decorator of, what goes through patterns.
deep: Final = _Deep()
