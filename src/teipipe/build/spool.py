"""Many texts by their names, on the disk instead of in memory, until nobody needs them any more."""

from __future__ import annotations

import tempfile
import weakref


class Spool:
    """Texts by their names; of each, memory has its name and where it lies."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 (open as long as something is read from it)
        weakref.finalize(self, self._file.close)
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0

    def __setitem__(self, name: str, data: bytes) -> None:
        """Keep a text; a name is given once."""
        self._file.seek(self._end)
        self._file.write(data)
        self._places[name] = self._end, len(data)
        self._end += len(data)

    def __getitem__(self, name: str) -> bytes:
        """The text of this name; raises KeyError."""
        start, length = self._places[name]
        self._file.seek(start)
        return self._file.read(length)
