"""`teipipe validate`: what is wrong, and where."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from teipipe.cli.options import Subparsers, add_command, add_project, project_of

_DESCRIPTION: Final = """\
Check documents: are they well-formed, valid by the schema, their pointers and dates right, the register complete, and
does each give its source transcription back word for word? Findings go to standard output, one line each:
file:line:column: severity[rule] message. Without a schema, the checks that need none are made, and it is said."""

_EXAMPLES: Final = """\
  teipipe validate                  all documents of the project around here, and its register
  teipipe validate tei/letter.xml   this document
  teipipe validate letters          the TEI files in the folder letters
  teipipe validate --schema S.rnc   with another schema than the configured one, RELAX NG (.rng, .rnc) or XSD
  teipipe validate --only schema    by the schema alone, as other validators do
  teipipe validate --format json    the same for programs
  teipipe explain RULE              what a finding means"""

#: As in `validate.run`, which takes too long to load for the arguments alone.
KINDS: Final = ("schema", "ids", "pointers", "dates", "register", "fidelity", "characters")


def add(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = add_command(
        subparsers, "validate", run, summary="check documents", description=_DESCRIPTION, examples=_EXAMPLES
    )
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="files and folders (default: the project)")
    add_project(parser)
    parser.add_argument("--schema", metavar="FILE", type=Path, help="a .rng, .rnc or .xsd (default: as configured)")
    parser.add_argument(
        "--only",
        metavar="KIND",
        action="append",
        choices=KINDS,
        default=[],
        help=f"only this kind of check; can be given several times ({', '.join(KINDS)})",
    )
    parser.add_argument(
        "--all-expected", action="store_true", help="name everything that may stand at a place, however much it is"
    )
    parser.add_argument(
        "--workers", metavar="N", type=_workers, help="processes to spread the work over (default: as many as help)"
    )
    parser.add_argument(
        "--format", default="text", choices=("text", "json"), help="how to show findings (default: text)"
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="show only the findings")


def run(arguments: argparse.Namespace) -> int:
    """Check, show the findings, and return the exit status."""
    import time
    from dataclasses import replace

    from teipipe.diagnostics import exit_code
    from teipipe.project import require_documents, select_documents

    start = time.perf_counter()
    project = project_of(arguments.project, arguments.paths)
    if arguments.schema is not None:
        project = replace(project, schemas=(arguments.schema,))
    require_documents(project)
    chosen = select_documents(project, arguments.paths) if arguments.paths else None
    from teipipe.build.checking import validate_documents
    from teipipe.cli.console import LateBar, show_findings

    total = len(project.everything if chosen is None else chosen)
    with LateBar("checking", total, is_shown=sys.stderr.isatty() and not arguments.quiet) as bar:
        findings = validate_documents(
            project,
            chosen,
            workers=arguments.workers,
            only=arguments.only,
            all_expected=arguments.all_expected,
            progress=bar.advance,
        )
    if arguments.format == "json":
        from teipipe.reports import json

        print(json.document(findings), end="")
    else:
        show_findings(findings, sys.stdout)
    if not arguments.quiet:
        from teipipe.reports import text

        verdict = text.summary(findings, total)
        sys.stdout.flush()
        print(f"{verdict} ({time.perf_counter() - start:.2f} s)", file=sys.stderr)
    return exit_code(findings)


def _workers(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError
    return number


_workers.__name__ = "number of workers"  # what argparse calls it when it complains
