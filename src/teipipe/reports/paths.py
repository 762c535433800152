"""How reports name files."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from teipipe.diagnostics import Diagnostic, Location
from teipipe.folders import absolute

if TYPE_CHECKING:
    from teipipe.verdict import UsedSchema


def home(folder: Path | None) -> Path:
    """The folder that files are named from: `folder`, or the current one."""
    return Path.cwd() if folder is None else absolute(folder)


def relative(diagnostic: Diagnostic, folder: Path) -> Diagnostic:
    """The same finding, every file in it named from `folder` if it lies there, else by its absolute path."""
    related = tuple((_relative(place, folder), remark) for place, remark in diagnostic.related)
    return replace(diagnostic, location=_relative(diagnostic.location, folder), related=related)


def name(path: Path, folder: Path) -> Path:
    """`path` from `folder` if it lies there, else from the root of the file system."""
    return _shown(path, folder, os.getcwd())  # noqa: PTH109 (only to tell when it changes)


def schema_name(schema: UsedSchema, folder: Path) -> str:
    """A schema's address, or its file as `name` gives it."""
    return schema.name if is_address(schema) else name(Path(schema.name), folder).as_posix()


def is_address(schema: UsedSchema) -> bool:
    """Whether the schema comes from elsewhere, and no file is named."""
    return "://" in schema.name


@lru_cache(maxsize=256)
def uri(path: Path) -> str:
    """`path`, as `name` gives it, as a relative reference or a `file:` URI (RFC 3986, RFC 8089): bytes escaped."""
    from urllib.parse import quote  # only one format needs it, and it takes a while

    # Colons are escaped as well: in the first segment of a relative reference there may be none (RFC 3986, 4.2).
    return ("file://" if path.is_absolute() else "") + quote(os.fsencode(path.as_posix()), safe="/")


def _relative(place: Location, folder: Path) -> Location:
    shown = name(place.path, folder)
    return place if shown is place.path else replace(place, path=shown)


# A file with one finding often has many. `current` is the current folder, from which relative paths go.
@lru_cache(maxsize=256)
def _shown(path: Path, folder: Path, current: str) -> Path:
    file, home = absolute(path), absolute(folder)
    return Path(os.path.relpath(file, home)) if file.is_relative_to(home) else file
