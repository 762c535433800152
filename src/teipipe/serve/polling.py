"""Looks for changes again and again, where the system doesn't tell of them: on network drives, in some containers."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from typing import Final

#: Seconds between two looks.
_PAUSE: Final = 0.3

#: When a file was changed, how long it is, and which one it is: a save within a second, or by renaming, changes one.
_Marks = dict[str, tuple[int, int, int]]


class Poller:
    """Looks at the files in some folders; with the methods of watchfiles that are used.

    `before` is one that looked at others until now: what has changed since its last look is not missed.
    """

    def __init__(self, folders: Sequence[str], before: Poller | None = None) -> None:
        self._folders = folders
        self._marks = _marks(folders)
        if before is not None:
            self._marks |= {path: mark for path, mark in before._marks.items() if path in self._marks}

    def watch(self, longest: int, step: int, patience: int, stop: None) -> set[tuple[int, str]] | str:
        """Wait so many milliseconds (`patience`) for changes, then until there are none for a `step`."""
        end = time.monotonic() + patience / 1000
        changed: set[str] = set()
        while not changed and time.monotonic() < end:
            time.sleep(_PAUSE)
            changed = self._look()
        end = time.monotonic() + longest / 1000
        news = changed
        while news and time.monotonic() < end:
            time.sleep(step / 1000)
            news = self._look()
            changed |= news
        return {(0, path) for path in changed} or "timeout"

    def close(self) -> None:
        """Nothing to close."""

    def _look(self) -> set[str]:
        before, self._marks = self._marks, _marks(self._folders)
        return _differing(before, self._marks) | _differing(self._marks, before)


def _differing(marks: Mapping[str, tuple[int, int, int]], others: Mapping[str, tuple[int, int, int]]) -> set[str]:
    return {path for path, mark in marks.items() if others.get(path) != mark}


def _marks(folders: Sequence[str]) -> _Marks:
    marks: _Marks = {}
    for folder in folders:
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue
        for entry in entries:
            try:
                status = entry.stat(follow_symlinks=True)
            except OSError:
                continue
            is_folder = entry.is_dir()  # one changes with what is in it, which is looked at itself
            marks[entry.path] = (
                0 if is_folder else status.st_mtime_ns,
                0 if is_folder else status.st_size,
                status.st_ino,
            )
    return marks
