"""What the schema of a project is made of, made anew: so that nobody has to compile an ODD in ten years to read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from teipipe.bags import Item
from teipipe.deposit.layout import SCHEMA
from teipipe.diagnostics import Diagnostic, Location
from teipipe.documents import read_bytes
from teipipe.errors import UnreadableError
from teipipe.project import Project
from teipipe.rules import finding


@dataclass(frozen=True, slots=True)
class Schemas:
    """What an ODD compiles to: RELAX NG, XSD, documentation; and what is amiss with it or with files made from it."""

    items: tuple[Item, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def schemas(project: Project) -> Schemas:
    """The schemas of a project's ODD; nothing if it has none, or one that can't be compiled, which is a finding.

    Whatever is made of the ODD and lies in the project otherwise than it is made now is a finding: documents may have
    been judged by rules that nobody can read any more.
    """
    from teipipe.odd import compile_odd  # which only projects with an ODD need

    odd, grammar = project.odd, project.compiled
    if odd is None or grammar is None:
        return Schemas()
    try:
        compiled = compile_odd(odd)
    except UnreadableError as error:
        return Schemas((), (finding("unreadable-file", error.message, Location(odd), error.help),))
    if not compiled.ok:
        return Schemas((), (_not_compiled(compiled.diagnostics),))
    made = {grammar: compiled.rng, **{grammar.with_name(name): text for name, text in compiled.xsd.items()}}
    made[grammar.with_suffix(".html")] = compiled.html
    stale = tuple(_stale(path, odd) for path, text in made.items() if _is_stale(path, text.encode()))
    items = tuple(Item(f"{SCHEMA}/{path.name}", text.encode()) for path, text in made.items())
    return Schemas(items, stale)


def _is_stale(path: Path, made: bytes) -> bool:
    """Whether a file is there that is another than the one that is made now."""
    try:
        return path.is_file() and read_bytes(path) != made
    except UnreadableError:
        return False  # which is said where it is to be copied


def _not_compiled(found: Sequence[Diagnostic]) -> Diagnostic:
    """Why, by the first thing that keeps it from being compiled."""
    worst = max(found, key=lambda one: one.severity)
    message = f"the ODD can't be compiled: {worst.message}"
    return finding("uncompiled-odd", message, worst.location, worst.help)


def _stale(path: Path, odd: Path) -> Diagnostic:
    message = f"“{path.name}” isn't what “{odd.name}” compiles to"
    return finding("stale-schema", message, Location(path), "run “teipipe schema build”, and validate once more")
