"""`teipipe deposit verify`: is a package whole, unchanged, valid, and can its edition be made again?"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from teipipe.cli.options import Subparsers, add_command

_DESCRIPTION: Final = """\
Verify a package: completeness and checksums, the TEI by the schema in the package, pointers, the sources, and whether
the edition can be made again from the package alone, byte for byte. Nothing is written, nothing fetched."""

_EXAMPLES: Final = """\
  teipipe deposit verify letters-1.zip                    everything
  teipipe deposit verify letters-1.zip --receipt 3f2a…    and that it is the package that this receipt was given for"""


def add(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = add_command(
        subparsers, "verify", run, summary="verify a package", description=_DESCRIPTION, examples=_EXAMPLES
    )
    parser.add_argument("bag", metavar="BAG", type=Path, help="the package: a folder, a .zip or a .tar file")
    parser.add_argument("--receipt", metavar="HASH", help="what `teipipe deposit` printed when it was made")


def run(arguments: argparse.Namespace) -> int:
    """Verify, show what was found, and return the exit status."""
    raise NotImplementedError
