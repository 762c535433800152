"""`teipipe render`: one document, in one format and one view."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from teipipe.cli.options import Subparsers, add_command, add_project, one_of, project_of

#: As in teipipe.views, which would load a parser.
VIEWS: Final = ("source", "diplomatic", "reading", "speech")

_DESCRIPTION: Final = """\
Render one document as a file that stands alone: a page with its style inside, or plain text.

views:
  source      the transcription, word for word
  diplomatic  what stands there, with slips, insertions and brackets marked
  reading     corrections taken, surplus left out, supplied words without brackets
  speech      only what was said"""

_EXAMPLES: Final = """\
  teipipe render letter.xml --to text                      the reading view, to standard output
  teipipe render letter.xml --to html -o letter.html       a page
  teipipe render letter.xml --to text --view diplomatic    with slips and brackets marked
  teipipe render talks.xml --to text --view speech --without-names --width 0"""


def add(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = add_command(
        subparsers, "render", run, summary="render one document", description=_DESCRIPTION, examples=_EXAMPLES
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="a TEI document")
    parser.add_argument("--to", metavar="FORMAT", required=True, type=one_of(("html", "text")), help="html or text")
    parser.add_argument(
        "--view",
        metavar="VIEW",
        default="reading",
        type=one_of(VIEWS),
        help=f"{', '.join(VIEWS)} (default: reading)",
    )
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="write to FILE, not to standard output")
    parser.add_argument("--without-names", action="store_true", help="leave the speakers' names out of the speech view")
    parser.add_argument("--width", metavar="N", type=_width, help="longest line of text in characters (0: no limit)")
    add_project(parser)


def run(arguments: argparse.Namespace) -> int:
    """Render, write the result, and return the exit status."""
    from teipipe.build.render import render_document
    from teipipe.cli.console import show_file, show_findings

    project = project_of(arguments.project, [arguments.file])
    result = render_document(
        arguments.file,
        arguments.to,
        arguments.view,
        project=project,
        names=not arguments.without_names,
        width=arguments.width,
    )
    show_findings(result.diagnostics, sys.stderr)
    if result.text is None:
        return result.exit_code
    data = result.text.encode()
    if arguments.output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        from teipipe.files import deliver

        show_file("written" if deliver(arguments.output, data) else "unchanged", arguments.output)
    return result.exit_code


def _width(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


_width.__name__ = "number of characters"
