"""`teipipe deposit`: the package for an archive; `teipipe deposit verify`: what has become of one."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.cli.options import Subparsers, add_command, add_jobs, add_project, one_of, project_of

if TYPE_CHECKING:
    from teipipe.bags import Written
    from teipipe.build.depositing import Deposited

_DESCRIPTION: Final = """\
Make one package of a project for an archive: the TEI with register and sources, the schemas, the stylesheets, every
edition that there is, the report of the validation, metadata for machines and a README for people, as a BagIt bag with
checksums of every file. It is there whole or not at all, and the same project gives the same bytes. What is printed at
the end is its receipt: keep it apart from the package, and `teipipe deposit verify --receipt` proves with it that
nothing was changed."""

_EXAMPLES: Final = """\
  teipipe deposit                             into the folder deposits/, as NAME-VERSION
  teipipe deposit --to letters-1.zip          as one file; .tar likewise
  teipipe deposit --since deposits/letters-1  say what has changed since that package
  teipipe deposit verify letters-1.zip        is it whole, unchanged, valid, and can it be made again?"""


_STATUS: Final = """\
exit status: 0 the package is there, 1 something was found and there is none (see --allow-findings), 2 it could not be
made"""


def add(subparsers: Subparsers) -> None:
    """Add the command, and the one below it."""
    parser = add_command(
        subparsers,
        "deposit",
        run,
        summary="make a package for an archive, or verify one",
        description=_DESCRIPTION,
        examples=f"{_EXAMPLES}\n\n{_STATUS}",
    )
    parser.add_argument("--to", metavar="DIR|ZIP|TAR", type=Path, help="where to (default: as configured, deposits/)")
    parser.add_argument(
        "--since", metavar="BAG", type=Path, help="the package before this one (default: the newest of them beside it)"
    )
    parser.add_argument(
        "--allow-findings", action="store_true", help="make it though something was found, and say so in it"
    )
    add_project(parser)
    add_jobs(parser)
    parser.add_argument("--format", type=one_of(("text", "json")), default="text", help="text (the default) or json")
    parser.add_argument("-q", "--quiet", action="store_true", help="show only what is wrong, and the receipt")
    below = parser.add_subparsers(title="commands", metavar="[COMMAND]")
    from teipipe.cli import deposit_verify

    deposit_verify.add(below)


def run(arguments: argparse.Namespace) -> int:
    """Make the package, say what was made, and return the exit status."""
    from teipipe.build.depositing import deposit_project
    from teipipe.cli.console import Stages, ended_as_interrupted, show_findings, show_verdict

    project = project_of(arguments.project)
    with ended_as_interrupted(), Stages(is_shown=sys.stderr.isatty() and not arguments.quiet) as stages:
        done = deposit_project(
            project,
            target=arguments.to,
            previous=arguments.since,
            allow_findings=arguments.allow_findings,
            workers=arguments.jobs,
            progress=stages.tell,
        )
    show_verdict(done.verdict, sys.stderr)
    show_findings(done.diagnostics, sys.stderr)
    if arguments.format == "json":
        print(_as_json(done))
    elif done.written is not None:
        _show(done, done.written, is_quiet=arguments.quiet)
    if done.written is None:
        _refuse(project.title)
        return _exit_status(done)
    return 0


def _exit_status(done: Deposited) -> int:
    """1 if what was found can be mended in the documents, 2 if something could not be judged or built."""
    from teipipe.diagnostics import Severity

    found = (*done.verdict.diagnostics, *done.diagnostics)
    return 2 if any(one.severity >= Severity.FAILURE for one in found) else 1


def _refuse(title: str) -> None:
    advice = "mend what was found, or have it deposited as it is: --allow-findings"
    print(f"no package was made of “{title}”: {advice}", file=sys.stderr)


def _show(done: Deposited, written: Written, *, is_quiet: bool) -> None:
    """Where it is, how large, what has changed; and the receipt, alone if nothing else is wanted."""
    from teipipe.bags.tags import size_in_words
    from teipipe.reports.terminal import visible

    if is_quiet:
        print(written.receipt)
        return
    version = "" if done.package is None else f": version {done.package.version}"
    print(f"written   {visible(str(written.path))}")
    print(f"holds     {written.files:,} files, {size_in_words(written.size)}{version}")
    for number, line in enumerate(() if done.changes is None else done.changes.lines):
        print(f"{'changes' if not number else '':<9} {visible(line)}")
    print(f"receipt   {written.receipt}")
    sys.stdout.flush()
    print("Keep the receipt apart from the package: with it, nobody can change the package unnoticed.", file=sys.stderr)


def _as_json(done: Deposited) -> str:
    import json

    written = done.written
    found = (*done.verdict.diagnostics, *done.diagnostics)
    record = {
        "package": None if written is None else str(written.path),
        "name": None if done.package is None else done.package.name,
        "version": None if done.package is None else done.package.version,
        "receipt": None if written is None else written.receipt,
        "files": 0 if written is None else written.files,
        "bytes": 0 if written is None else written.size,
        "changes": [] if done.changes is None else list(done.changes.lines),
        "diagnostics": [one.as_json() for one in found],
    }
    return json.dumps(record, ensure_ascii=False, indent=1)
