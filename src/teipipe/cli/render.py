"""`teipipe render`: one document, in one format and one view."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.cli.options import Subparsers, add_command, add_project, one_of, project_of
from teipipe.errors import TeipipeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from teipipe.diagnostics import Diagnostic
    from teipipe.project import Project

FORMATS: Final = ("html", "text", "pdf", "epub")
BOOKS: Final = ("pdf", "epub")

#: As in teipipe.views, which would load a parser.
VIEWS: Final = ("source", "diplomatic", "reading", "speech")

_DESCRIPTION: Final = """\
Render one document as a file that stands alone: a page with its style inside, plain text, or a book of its own,
printed (pdf) or as an e-book (epub), as the table [books] of the configuration says. Books show the reading view.

views:
  source      the transcription, word for word
  diplomatic  what stands there, with slips, insertions and brackets marked
  reading     corrections taken, surplus left out, supplied words without brackets
  speech      only what was said"""

_EXAMPLES: Final = """\
  teipipe render letter.xml --to text                      the reading view, to standard output
  teipipe render letter.xml --to html -o letter.html       a page
  teipipe render letter.xml --to text --view diplomatic    with slips and brackets marked
  teipipe render letter.xml --to pdf -o letter.pdf         printed, with notes, emendations and an index
  teipipe render letter.xml --to epub -o letter.epub       for e-readers
  teipipe render talks.xml --to text --view speech --without-names --width 0"""


def add(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = add_command(
        subparsers, "render", run, summary="render one document", description=_DESCRIPTION, examples=_EXAMPLES
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="a TEI document")
    parser.add_argument(
        "--to", metavar="FORMAT", required=True, type=one_of(FORMATS), help=f"one of {', '.join(FORMATS)}"
    )
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
    from teipipe.cli.console import show_file, show_findings

    project = project_of(arguments.project, [arguments.file])
    data, diagnostics, status = _book(arguments, project) if arguments.to in BOOKS else _text(arguments, project)
    show_findings(diagnostics, sys.stderr)
    if data is None:
        return status
    if arguments.output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        from teipipe.files import deliver

        show_file("written" if deliver(arguments.output, data) else "unchanged", arguments.output)
    return status


def _text(arguments: argparse.Namespace, project: Project) -> tuple[bytes | None, Sequence[Diagnostic], int]:
    """A page or a text, the findings, the exit status."""
    from teipipe.build.render import render_document

    result = render_document(
        arguments.file,
        arguments.to,
        arguments.view,
        project=project,
        names=not arguments.without_names,
        width=arguments.width,
    )
    return None if result.text is None else result.text.encode(), result.diagnostics, result.exit_code


def _book(arguments: argparse.Namespace, project: Project) -> tuple[bytes | None, Sequence[Diagnostic], int]:
    """A book, the findings, the exit status."""
    if arguments.view != "reading" or arguments.without_names or arguments.width is not None:
        raise TeipipeError("a book has no --view, --without-names or --width", help="it shows the reading view")
    if arguments.output is None and sys.stdout.isatty():
        raise TeipipeError("a book can't be shown in a terminal", help="name a file with -o")
    from teipipe.build.book import render_book

    book = render_book(arguments.file, arguments.to, project=project)
    return book.data, book.diagnostics, book.exit_code


def _width(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


_width.__name__ = "number of characters"
