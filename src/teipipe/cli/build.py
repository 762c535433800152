"""`teipipe build`: the whole edition."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from teipipe.cli.options import Subparsers, add_command, add_jobs, add_project, project_of
from teipipe.errors import TeipipeError

_DESCRIPTION: Final = """\
Build the whole edition of a project: for each document its pages, its plain texts and its TEI, then the index, the
register and the table of interventions; at last the books that the table [books] of the configuration asks for, as PDF
and EPUB. What was made of the same as now is up to date and not made again. What can't be built stays as it was and is
reported; all else is built. A file is written only if it changes, and never by half."""

_EXAMPLES: Final = """\
  teipipe build                       build the project around here into its output folder (build/)
  teipipe build letters               build an edition of the TEI files in the folder letters into letters/build/
  teipipe build -o public             build into the folder public
  teipipe build --no-books            the pages alone; books stay as they are
  teipipe build | grep -v ^unchanged  list the files that are new, or different, or gone"""


def add(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = add_command(
        subparsers, "build", run, summary="build the whole edition", description=_DESCRIPTION, examples=_EXAMPLES
    )
    parser.add_argument("folder", metavar="FOLDER", nargs="?", type=Path, help="the same as --project FOLDER")
    add_project(parser)
    parser.add_argument("-o", "--output", metavar="DIR", type=Path, help="write to DIR (default: as configured, build)")
    add_jobs(parser)
    parser.add_argument(
        "-f", "--force", action="store_true", help="make every file anew, whether it is up to date or not"
    )
    parser.add_argument(
        "--no-books", action="store_true", help="make no books; those that there are stay, whether up to date or not"
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="show only what is wrong")


def run(arguments: argparse.Namespace) -> int:
    """Build, show what was done, and return the exit status."""
    import time
    from dataclasses import replace

    from teipipe.cli.console import Bar, Lines, show_findings, show_summary

    start = time.perf_counter()
    if arguments.folder is not None and arguments.project is not None:
        raise TeipipeError("both FOLDER and --project name a project", help="give one of them")
    project = project_of(arguments.project or arguments.folder)
    if arguments.output is not None:
        project = replace(project, output=arguments.output)
    from teipipe.build.edition import build_edition

    bar = Bar() if sys.stderr.isatty() and sys.stdout.isatty() and not arguments.quiet else None
    try:
        observer = bar or (None if arguments.quiet else Lines())
        without = ("books",) if arguments.no_books else ()
        report = build_edition(
            project, workers=arguments.jobs, observer=observer, force=arguments.force, without=without
        )
    finally:
        if bar is not None:
            bar.close()
    sys.stdout.flush()  # so that in a log what was done stands before what was found
    show_findings(report.diagnostics, sys.stderr)
    if not arguments.quiet:
        show_summary(report, time.perf_counter() - start)
        if not project.site_url:
            print("without site-url: no canonical links, no sitemap, no feed", file=sys.stderr)
    return report.exit_code
