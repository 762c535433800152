"""What has changed around the documents of an edition: sources, stylesheets, settings, and what made it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from teipipe.deposit import layout
from teipipe.deposit.package import Package
from teipipe.deposit.previous import Previous, settings_in
from teipipe.documents import read_bytes
from teipipe.errors import UnreadableError
from teipipe.project import Project
from teipipe.resources import bundled

#: As much of a setting is shown.
_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that is "added", "removed" or "changed": its path from the folder of its group.

    Groups: "sources", "stylesheets" (the project's own), "schema", and "teipipe" (the stylesheets that come with it).
    """

    kind: str
    group: str
    path: str


@dataclass(frozen=True, slots=True)
class Setting:
    """A key of the configuration: what it was and what it is, as JSON; "" if it isn't there."""

    key: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Version:
    """A package that made the edition: in which version it did before, and does now; "" if it didn't."""

    name: str
    was: str
    now: str


def file_changes(before: Previous, project: Project) -> Iterator[FileChange]:
    """Yield which files have changed, group by group."""
    settings = before.settings
    for group, key, folder in (
        ("sources", "sources", project.sources),
        ("stylesheets", "stylesheets", project.stylesheets),
    ):
        was = settings.get(key)
        old = _below(before.checksums, f"{layout.PROJECT}/{was.strip('/')}/") if isinstance(was, str) else {}
        yield from _compared(group, old, {} if folder is None else _checksums(folder))
    yield from _compared("schema", _schemas_before(before), _schemas_now(project))
    yield from _compared("teipipe", _below(before.checksums, f"{layout.STYLESHEETS}/"), _checksums(bundled("xslt")))


def setting_changes(before: Previous, project: Project) -> Iterator[Setting]:
    """Yield the keys of the configuration that say something else; the version of the package is expected to."""
    new: Mapping[str, Any] = {}
    if project.configuration is not None:
        new = settings_in(read_bytes(project.configuration), project.configuration.name)
    was, now = dict(_flat(before.settings)), dict(_flat(new))
    for key in sorted({*was, *now}):
        if was.get(key) != now.get(key) and key != "deposit.version":
            yield Setting(key, was.get(key, ""), now.get(key, ""))


def tool_changes(before: Package, package: Package) -> Iterator[Version]:
    """Yield what made the edition in another version."""
    was = {tool.name: tool.version for tool in before.tools}
    now = {tool.name: tool.version for tool in package.tools}
    for name in {**was, **now}:
        if was.get(name) != now.get(name):
            yield Version(name, was.get(name, ""), now.get(name, ""))


def _compared(group: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[FileChange]:
    for path in sorted({*old, *new}):
        if old.get(path) != new.get(path):
            kind = "added" if path not in old else "removed" if path not in new else "changed"
            yield FileChange(kind, group, path)


def _below(checksums: Mapping[str, str], folder: str) -> dict[str, str]:
    return {path[len(folder) :]: checksum for path, checksum in checksums.items() if path.startswith(folder)}


def _schemas_before(before: Previous) -> dict[str, str]:
    """The schemas and the ODD that the configuration named."""
    named = [before.settings.get(key) for key in ("odd", "schema", "schematron")]
    paths = [path for one in named for path in (one if isinstance(one, list) else [one]) if isinstance(path, str)]
    found = {path: before.checksums.get(f"{layout.PROJECT}/{path}", "") for path in paths}
    return {path: checksum for path, checksum in found.items() if checksum}


def _schemas_now(project: Project) -> dict[str, str]:
    paths = (project.odd, *project.schemas, *project.schematron)
    return {project.relative(path): _checksum(path) for path in paths if path is not None and path.is_file()}


def _checksums(folder: Path) -> dict[str, str]:
    """The files in a folder, but for hidden ones, as packages have them."""
    found: dict[str, str] = {}
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(place, name)
            if not name.startswith(".") and path.is_file():
                found[path.relative_to(folder).as_posix()] = _checksum(path)
    return found


def _checksum(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableError(error.strerror or "can't be read", path=path) from error


def _flat(values: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """The keys of tables in tables, with points between them, and what they say."""
    for key, value in values.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{key}.")
        else:
            written = json.dumps(value, ensure_ascii=False, default=str)
            yield f"{above}{key}", written if len(written) <= _SHOWN else f"{written[: _SHOWN - 1]}…"
