"""`teipipe new`: a project to start from."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from teipipe.cli.options import Subparsers, add_command, one_of
from teipipe.errors import ConfigurationError

_DESCRIPTION: Final = """\
Make a folder with a project to start from: a configuration in which every key is explained, a schema (RELAX NG and the
ODD that it is made of), two sample documents with a register, and what a service needs that checks and publishes every
change. All of it is valid and can be built at once. A folder in which there is something is left alone."""

_EXAMPLES: Final = """\
  teipipe new letters                       the folder letters, with a project called “Letters”
  teipipe new letters --title "Letters of the Example family"
  teipipe new letters --ci gitlab           for GitLab instead of GitHub
  teipipe new letters && cd letters && teipipe serve"""

#: As in `starter`, which is not loaded for help.
_SERVICES: Final = ("github", "gitlab", "none")


def add(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = add_command(
        subparsers, "new", run, summary="make a project to start from", description=_DESCRIPTION, examples=_EXAMPLES
    )
    parser.add_argument("name", metavar="NAME", help="the name of the folder, in the current one")
    parser.add_argument("--title", metavar="TITLE", help="what the edition is called (default: after NAME)")
    parser.add_argument(
        "--language", metavar="CODE", default="en", help="of the words that the edition adds (default: en)"
    )
    parser.add_argument(
        "--ci",
        metavar="SERVICE",
        type=one_of(_SERVICES),
        default="github",
        help="what checks and publishes changes: github (the default), gitlab or none",
    )


def run(arguments: argparse.Namespace) -> int:
    """Make the folder, list what is in it, and return the exit status."""
    from teipipe.cli.console import show_file
    from teipipe.files import make_whole
    from teipipe.starter import files, problem_of, title_of

    name = arguments.name
    problem = problem_of(name)
    if problem is not None:
        raise ConfigurationError(problem, help="name a folder to be made in the current one: teipipe new letters")
    title = title_of(name) if arguments.title is None else arguments.title
    made = files(title, arguments.language, arguments.ci)
    make_whole(Path(name), made)
    for path in sorted(made):
        show_file("written", Path(name, path))
    sys.stdout.flush()
    print(f"next: cd {_quoted(name)} && teipipe serve", file=sys.stderr)
    return 0


def _quoted(name: str) -> str:
    from shlex import quote

    return quote(name)
