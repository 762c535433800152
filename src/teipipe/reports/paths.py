"""How reports name files."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from teipipe.diagnostics import Diagnostic, Location
from teipipe.folders import absolute


def relative(diagnostic: Diagnostic, folder: Path) -> Diagnostic:
    """The same finding, every file in it named from `folder` if it lies there, else by its absolute path."""
    related = tuple((_relative(place, folder), remark) for place, remark in diagnostic.related)
    return replace(diagnostic, location=_relative(diagnostic.location, folder), related=related)


def _relative(place: Location, folder: Path) -> Location:
    path, home = absolute(place.path), absolute(folder)
    shown = Path(os.path.relpath(path, home)) if path.is_relative_to(home) else path
    return place if shown == place.path else replace(place, path=shown)
