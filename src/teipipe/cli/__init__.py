"""The command line: one module per command, each a thin function over what `import teipipe` offers too.

Results go to standard output, progress and complaints to standard error. Exit status: 0 clean, 1 findings, 2 could not
be done, 130 interrupted. Nothing heavy is imported before a command needs it, so that help comes at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from teipipe.errors import TeipipeError

_INTERRUPTED = 130
_BROKEN_PIPE = 141  # what a shell shows for a program that was ended by SIGPIPE


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; a bug keeps its traceback."""
    from teipipe.cli.arguments import parse

    _allow_any_character()
    try:
        arguments = parse(sys.argv[1:] if argv is None else argv)
        status: int = arguments.run(arguments)
        sys.stdout.flush()
    except TeipipeError as error:
        _complain(error)
        return 2
    except KeyboardInterrupt:
        print("\nteipipe: interrupted", file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:
        # Nobody reads any more: what is still buffered must not raise again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    return status


def _allow_any_character() -> None:
    """Have a character that the terminal's encoding lacks shown by its number: findings quote any language."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _complain(error: TeipipeError) -> None:
    from teipipe.reports.terminal import visible

    print(visible(f"teipipe: error: {error}"), file=sys.stderr)  # with its place, if it has one
    if error.help:
        print(visible(f"help: {error.help}"), file=sys.stderr)
