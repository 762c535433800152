"""The arguments of every command, and help that teaches."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Final, NoReturn

from teipipe import __version__
from teipipe.cli import build, explain, render, schema, validate, views
from teipipe.errors import TeipipeError

#: In the order in which an edition comes about.
COMMANDS: Final = (validate, build, render, schema, views, explain)

_DESCRIPTION: Final = """\
From a plain transcription to a validated TEI edition in HTML and plain text.

A project is a folder with teipipe.toml, or [tool.teipipe] in its pyproject.toml; it is found from the current folder
upward. A folder of TEI files without any configuration works too."""

_EXAMPLES: Final = """\
examples:
  teipipe validate                     check all documents of this project
  teipipe build                        build the whole edition into build/
  teipipe build letters                build an edition of the TEI files in the folder letters
  teipipe render letter.xml --to text  show one document as plain text
  teipipe build --help                 more about one command

exit status: 0 clean, 1 something was found, 2 something could not be done"""


class UsageError(TeipipeError):
    """The command line itself makes no sense."""


class Parser(argparse.ArgumentParser):
    """argparse's, with complaints like all others of teipipe's."""

    def error(self, message: str) -> NoReturn:
        """Raise UsageError instead of printing the usage and ending the process."""
        raise UsageError(message, help=f"see: {self.prog} --help")


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments of one command; `run` in them is the function that carries it out.

    Raises UsageError; ends the process with 0 after --help or --version.
    """
    parser, names = _parser()
    if not argv:
        parser.print_help(sys.stderr)
        raise UsageError("no command was given", help="for instance: teipipe build")
    first = next((word for word in argv if not word.startswith("-")), None)
    if first is not None and argv[0] == first and first not in names:
        raise UsageError(f"there is no command “{first}”", help=_suggestion(first, names))
    return parser.parse_args(argv)


def _parser() -> tuple[Parser, tuple[str, ...]]:
    parser = Parser(
        prog="teipipe",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"teipipe {__version__}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add(subparsers)
    return parser, tuple(subparsers.choices)


def _suggestion(word: str, names: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, names, n=1, cutoff=0.5)
    return f"did you mean “{near[0]}”?" if near else f"commands are: {', '.join(names)}"
