"""The arguments of every command, and help that teaches."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final, NoReturn

from teipipe import __version__
from teipipe.cli.options import Help
from teipipe.errors import TeipipeError

#: In the order in which an edition comes about.
COMMANDS: Final = (
    "new",
    "encode",
    "register",
    "validate",
    "build",
    "serve",
    "render",
    "deposit",
    "whence",
    "schema",
    "views",
    "explain",
)

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
    """The arguments of one command; `run` in them is the function that carries it out, `parser` its parser.

    Raises UsageError; ends the process with 0 after --help or --version.
    """
    # Only the command that is meant is loaded; without one, all are, to be shown.
    meant = argv[:1] if argv and argv[0] in COMMANDS else COMMANDS
    if argv and argv[0] not in COMMANDS and not argv[0].startswith("-"):
        raise UsageError(f"there is no command “{argv[0]}”", help=_suggestion(argv[0], COMMANDS))
    parser = _parser(meant)
    if not argv:
        parser.print_help(sys.stderr)
        raise UsageError("no command was given", help="for instance: teipipe build")
    arguments, rest = parser.parse_known_args(argv)
    if rest:
        raise _surplus(rest[0], arguments.parser)
    return arguments


def _parser(commands: Sequence[str]) -> Parser:
    parser = Parser(
        prog="teipipe",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=Help,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"teipipe {__version__}")
    # With a name of its own it needs no formatter, which asks how wide the terminal is.
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, prog="teipipe")
    for command in commands:
        import_module(f"teipipe.cli.{command}").add(subparsers)
    return parser


def _surplus(argument: str, parser: argparse.ArgumentParser) -> UsageError:
    """The complaint about an argument that the command doesn't take."""
    advice = f"see: {parser.prog} --help"
    if not argument.startswith("-"):
        return UsageError(f"“{argument}” is one argument too many", help=advice)
    from difflib import get_close_matches

    option = argument.partition("=")[0]
    near = get_close_matches(option, re.findall(r"--[a-z-]+", parser.format_help()), n=1)
    return UsageError(f"there is no option “{option}”", help=f"did you mean “{near[0]}”?" if near else advice)


def _suggestion(word: str, names: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, names, n=1, cutoff=0.5)
    return f"did you mean “{near[0]}”?" if near else f"commands are: {', '.join(names)}"
