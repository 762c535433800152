"""Waits until something changes in a project."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final

from watchfiles._rust_notify import RustNotify

from teipipe.folders import absolute
from teipipe.serve.polling import Poller

#: Milliseconds: an editor may write a file several times; it is waited until nothing has happened for one step, but no
#: longer than the longest.
_STEP: Final = 30
_LONGEST: Final = 2_000
_PATIENCE: Final = 1_000

#: More folders are not watched: systems have a limit for all programs together.
_MOST_FOLDERS: Final = 5_000
#: After so many changes at once some may have been lost.
_MANY: Final = 1_000

#: What editors keep beside the files that they are in.
_PASSING: Final = re.compile(
    r"\..*|.*~|#.*#|.*\.(?:swp|swx|swo|tmp|bak|part|crswap)|4913|__pycache__|node_modules", re.S
)

_Folders = frozenset[tuple[str, int, int]]


class Watcher:
    """Watches the folders of a project: all but hidden ones, the output, and what is behind links.

    `warn` is told what a user should know. With `polling` files are looked at again and again, where a file system
    doesn't tell of changes.
    """

    def __init__(self, warn: Callable[[str], None], *, polling: bool = False) -> None:
        self._warn = warn
        self._polling = polling
        self._folders: _Folders = frozenset()
        self._notify: RustNotify | Poller | None = None
        self._output = Path()
        self._look_again = False

    def __enter__(self) -> Watcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._notify is not None:
            self._notify.close()

    def follow(self, root: Path, output: Path) -> None:
        """Watch what there is now; to be called before it is looked at, so that no change is missed."""
        self._output = absolute(output)
        folders = frozenset(_folders_below(absolute(root), self._output))
        if folders == self._folders or not folders:
            return
        before, self._folders = self._notify, folders
        self._notify = self._watching(sorted(path for path, _, _ in folders), before)
        if before is not None:
            before.close()

    def _watching(self, paths: list[str], before: RustNotify | Poller | None) -> RustNotify | Poller:
        if not self._polling:
            try:
                return RustNotify(paths, False, False, 0, False, True)
            except OSError as error:  # there are too many for the system, or one has gone meanwhile
                self._warn(f"the system doesn't tell of changes ({error}): they are looked for again and again")
                self._polling = True
        return Poller(paths, before if isinstance(before, Poller) else None)

    def changes(self) -> set[Path]:
        """Wait for changes: which files; none if it is time to look again. Raises KeyboardInterrupt."""
        while True:
            found = self._notify.watch(_LONGEST, _STEP, _PATIENCE, None) if self._notify else self._pause()
            if found == "signal":
                raise KeyboardInterrupt
            if isinstance(found, set):
                changed = {Path(path) for _, path in found if self._counts(path)}
                self._look_again = len(found) > _MANY
                if changed:
                    return changed
            elif self._look_again or not self._all_there():
                self._look_again = False
                return set()

    def _pause(self) -> str:
        time.sleep(_PATIENCE / 1000)
        return "timeout"

    def _all_there(self) -> bool:
        """Whether the project's own folder is the one that is watched: it may have been moved away, or come back."""
        root = min(self._folders, default=None)
        return root is not None and _identity(root[0]) == root

    def _counts(self, path: str) -> bool:
        pure = Path(path)
        return not _PASSING.fullmatch(pure.name) and not pure.is_relative_to(self._output)


def _folders_below(root: Path, output: Path) -> Iterator[tuple[str, int, int]]:
    number = 0
    for folder, below, files in os.walk(root, followlinks=False):
        identity = _identity(folder)
        if "pyvenv.cfg" in files or Path(folder) == output or identity is None:
            below.clear()
            continue
        below[:] = sorted(name for name in below if not _PASSING.fullmatch(name))
        number += 1
        if number > _MOST_FOLDERS:
            return
        yield identity


def _identity(folder: str) -> tuple[str, int, int] | None:
    """A folder, and which one it is: one that was moved away and made anew has to be watched anew."""
    try:
        status = os.stat(folder)  # noqa: PTH116 (as os.walk gives it)
    except OSError:
        return None
    return folder, status.st_dev, status.st_ino
