"""`teipipe whence`: what made a file of an edition, and whether that has changed since."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.cli.options import Subparsers, add_command, add_jobs, add_project, one_of

if TYPE_CHECKING:
    from teipipe.project import Project

_DESCRIPTION: Final = """\
Tell of a page, a text, a PDF, an e-book or data which source and which stylesheet made it, and whether they have
changed since. Every file that teipipe makes says that of itself, so it may have been copied, renamed, or lie in a
package for an archive. It is compared with the project around it, or around the current folder; without one, only what
the file says is shown. Pages about the whole say from which facts they were made, not from which files: they change
only if one of these facts does. For those, documents that have changed are summed up anew."""

_EXAMPLES: Final = """\
  teipipe whence build/letter-4/index.html     a page of this project's edition
  teipipe whence ~/Downloads/edition.pdf       one that somebody has sent
  teipipe whence --project letters old/*.txt   several, compared with the project in the folder letters
  teipipe whence --format json page.html       for programs

exit status: 0 sources and stylesheets are what they were, 1 some have changed, 2 it can't be told"""


def add(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = add_command(
        subparsers,
        "whence",
        run,
        summary="tell what made a file, and whether that has changed",
        description=_DESCRIPTION,
        examples=_EXAMPLES,
    )
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+", help="a file of an edition, wherever it lies")
    add_project(parser)
    add_jobs(parser)
    parser.add_argument("--format", type=one_of(("text", "json")), default="text", help="text (the default) or json")


def run(arguments: argparse.Namespace) -> int:
    """Tell, and return the exit status."""
    from teipipe.build.whence import trace_files
    from teipipe.cli.whence_output import as_json, as_text

    answers = trace_files(arguments.files, _named(arguments.project), workers=arguments.jobs)
    print(as_json(answers) if arguments.format == "json" else as_text(answers))
    return max(answer.exit_code for answer in answers)


def _named(folder: Path | None) -> Project | None:
    from teipipe.project import load_project

    return None if folder is None else load_project(folder, upward=False)
