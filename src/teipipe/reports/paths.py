"""How reports name files."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from teipipe.diagnostics import Diagnostic, Location
from teipipe.folders import absolute


def relative(diagnostic: Diagnostic, folder: Path) -> Diagnostic:
    """The same finding, every file in it named from `folder` if it lies there, else by its absolute path."""
    related = tuple((_relative(place, folder), remark) for place, remark in diagnostic.related)
    return replace(diagnostic, location=_relative(diagnostic.location, folder), related=related)


def _relative(place: Location, folder: Path) -> Location:
    shown = _shown(place.path, folder, os.getcwd())  # noqa: PTH109 (only to tell when it changes)
    return place if shown is place.path else replace(place, path=shown)


# A file with one finding often has many. `current` is the current folder, from which relative paths go.
@lru_cache(maxsize=256)
def _shown(path: Path, folder: Path, current: str) -> Path:
    file, home = absolute(path), absolute(folder)
    return Path(os.path.relpath(file, home)) if file.is_relative_to(home) else file
