"""Compares the schemas of a project with those in the package before, if both are in RELAX NG."""

from __future__ import annotations

from pathlib import Path

from teipipe.deposit import layout
from teipipe.deposit.previous import Previous
from teipipe.deposit.schema_changes import SchemaChange, schema_changes
from teipipe.errors import SchemaError, UnreadableError
from teipipe.project import Project
from teipipe.relaxng.loading import MAX_BYTES, load_grammar, load_grammar_from
from teipipe.relaxng.simple import Grammar

_ENDINGS = (".rng", ".rnc")


def grammar_changes(before: Previous, project: Project) -> tuple[tuple[SchemaChange, ...], str]:
    """What the first schema in RELAX NG allows otherwise; and why that can't be said, "" if it can."""
    new = next((path for path in project.schemas if path.suffix in _ENDINGS and path.is_file()), None)
    named = before.settings.get("schema", ())
    paths = [named] if isinstance(named, str) else named if isinstance(named, list) else []
    old = next((path for path in paths if isinstance(path, str) and path.endswith(_ENDINGS)), None)
    if new is None or old is None:
        return (), ""
    try:
        was = _before(before, f"{layout.PROJECT}/{old}")
    except (SchemaError, UnreadableError) as error:
        return (), f"{old} can't be compared: in the package before, {error.message}"
    return tuple(schema_changes(was, load_grammar(new, project.root))), ""


def _before(before: Previous, path: str) -> Grammar:
    """The schema in the package; what it includes is read from there too, and from nowhere else."""
    root = Path("/")

    def read(file: Path) -> bytes:
        return before.read(file.relative_to(root).as_posix(), MAX_BYTES)

    return load_grammar_from(before.read(path, MAX_BYTES), root / path, read)
