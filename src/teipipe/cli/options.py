"""Options that several commands share, and the project that they name."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from teipipe.project import Project

Subparsers = Any  # argparse keeps the type of what add_subparsers returns to itself


class Help(argparse.RawDescriptionHelpFormatter):
    """Help as wide as the terminal; argparse asks for that at each argument, and loads six modules to know it."""

    def __init__(self, prog: str) -> None:
        columns = os.environ.get("COLUMNS", "")
        try:
            width = int(columns) if columns.isdigit() else os.get_terminal_size(sys.stdout.fileno()).columns
        except (AttributeError, ValueError, OSError):
            width = 0
        super().__init__(prog, width=(width or 80) - 2)


def add_command(
    subparsers: Subparsers,
    name: str,
    run: Callable[[argparse.Namespace], int],
    *,
    summary: str,
    description: str,
    examples: str,
) -> argparse.ArgumentParser:
    """Add one command, with its help; the parser, for its arguments."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        name,
        help=summary,
        description=description,
        epilog=f"examples:\n{examples}",
        formatter_class=Help,
        allow_abbrev=False,
    )
    parser.set_defaults(run=run, parser=parser)
    return parser


def one_of(names: Sequence[str]) -> Callable[[str], str]:
    """A type of arguments that are one of `names`, and complain about others in our words."""

    def chosen(text: str) -> str:
        if text in names:
            return text
        from difflib import get_close_matches

        near = get_close_matches(text, names, n=1, cutoff=0.5)
        advice = f": did you mean “{near[0]}”?" if near else ""
        raise argparse.ArgumentTypeError(f"“{text}” is none of {', '.join(names)}{advice}")

    return chosen


def add_project(parser: argparse.ArgumentParser) -> None:
    """Add --project."""
    parser.add_argument(
        "--project",
        metavar="DIR",
        type=Path,
        help="the project's folder (default: the nearest folder above that is configured, else this one)",
    )


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """Add --jobs."""
    parser.add_argument(
        "-j", "--jobs", metavar="N", type=_jobs, help="use N worker processes (default: as many as help)"
    )


def _jobs(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 256:
        raise ValueError(text)
    return number


_jobs.__name__ = "number of workers"


def project_of(folder: Path | None, files: Sequence[Path] = (), *, may_be_empty: bool = False) -> Project:
    """The project in `folder` if one was named, else the one that `files` lie in, else that of the current folder.

    If it `may_be_empty`, its documents needn't be there yet.
    """
    from teipipe.project import load_project

    if folder is not None:
        return load_project(folder, upward=False, may_be_empty=may_be_empty)
    if not files:
        return load_project(may_be_empty=may_be_empty)
    return load_project(common_folder(files), only=files, may_be_empty=may_be_empty)


def common_folder(files: Sequence[Path]) -> Path:
    """The folder that all `files` lie in or below, as they are written: absolute if the first one is."""
    from teipipe.folders import absolute

    folders = [str(absolute(path) if path.is_dir() else absolute(path).parent) for path in files]
    common = Path(os.path.commonpath(folders))
    return common if files[0].is_absolute() else Path(os.path.relpath(common))
