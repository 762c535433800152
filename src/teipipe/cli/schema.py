"""`teipipe schema build`: the schema files from the ODD."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from teipipe.cli.options import Subparsers, add_command, add_project, project_of
from teipipe.errors import ConfigurationError

_DESCRIPTION: Final = """\
Compile the project's ODD to RELAX NG, XSD and a page (HTML) that documents the schema. The files go where the
configuration says that the schema is, or beside the ODD; with an error in the ODD, they stay as they are."""

_EXAMPLES: Final = """\
  teipipe schema build                  compile the ODD that the configuration names
  teipipe schema build letters.odd      compile this one to letters.rng, .xsd and .html beside it
  teipipe schema build -o schema        write the files into the folder schema"""


def add(subparsers: Subparsers) -> None:
    """Add the command, with its one command below it."""
    parser = add_command(
        subparsers, "schema", run, summary="build the schema from its ODD", description=_DESCRIPTION, examples=_EXAMPLES
    )
    below = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    build = add_command(below, "build", run, summary="compile the ODD", description=_DESCRIPTION, examples=_EXAMPLES)
    build.add_argument("odd", metavar="ODD", nargs="?", type=Path, help="the ODD (default: as configured)")
    build.add_argument("-o", "--output", metavar="DIR", type=Path, help="write into DIR (default: beside the ODD)")
    add_project(build)


def run(arguments: argparse.Namespace) -> int:
    """Compile, write the files, and return the exit status."""
    from teipipe.cli.console import show_file, show_findings
    from teipipe.diagnostics import exit_code
    from teipipe.files import make_folder, sync_folder, write
    from teipipe.odd import compile_odd

    odd, rng = _paths(arguments)
    compiled = compile_odd(odd)
    show_findings(compiled.diagnostics, sys.stderr)
    if compiled.ok:
        make_folder(rng.parent)
        others = {rng.with_name(name): text for name, text in compiled.xsd.items()}
        files = {rng: compiled.rng, **others, rng.with_suffix(".html"): compiled.html}
        for path, text in files.items():
            show_file("written" if write(path, text.encode()) else "unchanged", path)
        sync_folder(rng.parent)
    return exit_code(compiled.diagnostics)


def _paths(arguments: argparse.Namespace) -> tuple[Path, Path]:
    """The ODD, and the RELAX NG file to be made of it."""
    if arguments.odd is not None:
        odd = arguments.odd
        rng = odd.with_suffix(".rng")
    else:
        project = project_of(arguments.project)
        if project.odd is None or project.compiled is None:
            raise ConfigurationError(
                "the configuration names no ODD", path=project.configuration or project.root, help='add odd = "…"'
            )
        odd, rng = project.odd, project.compiled
    return odd, (arguments.output / rng.name if arguments.output is not None else rng)
