"""`teipipe deposit`: the package for an archive; `teipipe deposit verify`: what has become of one."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from teipipe.cli.options import Subparsers, add_command, add_jobs, add_project, project_of

_DESCRIPTION: Final = """\
Make one package of a project for an archive: the TEI with register and sources, the schemas, the stylesheets, every
edition that there is, the report of the validation, metadata for machines and a README for people, as a BagIt bag with
checksums of every file. It is there whole or not at all, and the same project gives the same bytes. What is printed at
the end is its receipt: keep it apart from the package, and `teipipe deposit verify --receipt` proves with it that
nothing was changed."""

_EXAMPLES: Final = """\
  teipipe deposit                             into the folder deposits/, as NAME-VERSION
  teipipe deposit --to letters-1.zip          as one file; .tar likewise
  teipipe deposit --since deposits/letters-1  say what has changed since that package
  teipipe deposit verify letters-1.zip        is it whole, unchanged, valid, and can it be made again?"""


def add(subparsers: Subparsers) -> None:
    """Add the command, and the one below it."""
    parser = add_command(
        subparsers,
        "deposit",
        run,
        summary="make a package for an archive, or verify one",
        description=_DESCRIPTION,
        examples=_EXAMPLES,
    )
    parser.add_argument("--to", metavar="DIR|ZIP|TAR", type=Path, help="where to (default: as configured, deposits/)")
    parser.add_argument("--since", metavar="BAG", type=Path, help="the package before this one")
    parser.add_argument("--allow-findings", action="store_true", help="make it though validation finds errors")
    add_project(parser)
    add_jobs(parser)
    below = parser.add_subparsers(title="commands", metavar="COMMAND")
    from teipipe.cli import deposit_verify

    deposit_verify.add(below)


def run(arguments: argparse.Namespace) -> int:
    """Make the package, say what was made, and return the exit status."""
    from teipipe.build.depositing import deposit
    from teipipe.cli.console import show_findings, show_verdict

    project = project_of(arguments.project)
    done = deposit(
        project,
        target=arguments.to,
        previous=arguments.since,
        allow_findings=arguments.allow_findings,
        workers=arguments.jobs,
    )
    show_verdict(done.verdict, sys.stderr)
    show_findings(done.diagnostics, sys.stderr)
    if done.written is None:
        return 1
    print(done.written.path)
    print(done.written.receipt)
    return 0
