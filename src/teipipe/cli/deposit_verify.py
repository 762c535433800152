"""`teipipe deposit verify`: is a package whole, unchanged, valid, and can its edition be made again?"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.cli.options import Subparsers, add_command, add_jobs, one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from teipipe.build.verified import Verified

_DESCRIPTION: Final = """\
Verify a package, from what lies in it alone, in four steps:

  package    everything is there, nothing else, and nothing was changed: by the checksums in the package, and with
             --receipt by the one that was given out when it was made
  documents  the TEI is valid by the schema in the package, its pointers lead somewhere, its words are those of the
             sources in the package; what is found must be in the report that the package has
  edition    made again from the package, every page, text and book is the same, byte for byte
  contents   so is all else: metadata, reports, the description of the package

A package that is damaged is not looked into further. Other versions than those that made it may make some of it
otherwise; then what differs is listed as a warning. Nothing is fetched, nothing is written beside the package, and
nothing in it can do more than a document of one's own: what has to be unpacked goes into a folder for temporary files
(TMPDIR) and is gone at the end. Packages that others made are verified as BagIt bags."""

_EXAMPLES: Final = """\
  teipipe deposit verify letters-1.zip                    everything
  teipipe deposit verify letters-1.zip --receipt 3f2a…    and that it is the package that this receipt was given for
  teipipe deposit verify /media/cdrom --no-rebuild        a folder, without making its edition again
  teipipe deposit verify letters-1.zip --format json      for programs

exit status: 0 all of it is proved, 1 something is wrong, 2 something could not be verified"""


def add(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = add_command(
        subparsers, "verify", run, summary="verify a package", description=_DESCRIPTION, examples=_EXAMPLES
    )
    parser.add_argument("bag", metavar="BAG", type=Path, help="the package: a folder, a .zip or a .tar file")
    parser.add_argument(
        "--receipt", metavar="HASH", type=_receipt, help="what `teipipe deposit` printed when it was made"
    )
    parser.add_argument("--no-rebuild", action="store_true", help="don't make the edition again")
    add_jobs(parser)
    parser.add_argument("--format", type=one_of(("text", "json")), default="text", help="text (the default) or json")
    parser.add_argument("-q", "--quiet", action="store_true", help="show only what is wrong")


def _receipt(text: str) -> str:
    receipt = text.strip().lower()
    if len(receipt) != 128 or receipt.strip("0123456789abcdef"):
        raise argparse.ArgumentTypeError(f"“{text}” is no receipt: it has 128 digits and letters from a to f")
    return receipt


def run(arguments: argparse.Namespace) -> int:
    """Verify, show what was found, and return the exit status."""
    from teipipe.build.verifying import verify_package
    from teipipe.cli.console import Stages, ended_as_interrupted

    with ended_as_interrupted(), Stages(is_shown=sys.stderr.isatty() and not arguments.quiet) as stages:
        done = verify_package(
            arguments.bag,
            receipt=arguments.receipt or "",
            rebuild=not arguments.no_rebuild,
            workers=arguments.jobs,
            progress=stages.tell,
        )
    if arguments.format == "json":
        print(_as_json(done))
        return done.exit_code
    from teipipe.cli.console import show_findings

    show_findings(done.diagnostics, sys.stdout)
    if not arguments.quiet:
        for line in _lines(done, has_receipt=bool(arguments.receipt)):
            print(line)
    return done.exit_code


def _lines(done: Verified, *, has_receipt: bool) -> Iterator[str]:
    """What it is, what was done, and what it came to."""
    from teipipe.reports.terminal import visible

    yield visible(_heading(done))
    for step in done.steps:
        yield from _folded(f"  {step.state.value:<9}  {step.name:<9}  ", visible(step.words))
    for remark in done.remarks:
        yield from _folded("  note       ", visible(remark))
    yield f"  receipt    {done.receipt or 'none: there is no tagmanifest-sha512.txt'}"  # on one line, to be copied
    if done.receipt and not has_receipt:
        words = (
            "compare it with the one that was given out, or give that as --receipt: somebody who makes all checksums "
        )
        yield from _folded("             ", f"{words}anew can't be found out otherwise")
    yield _conclusion(done)


def _heading(done: Verified) -> str:
    package = done.package
    if package is None:
        return str(done.path)
    maker = next((tool for tool in package.tools if tool.name == "teipipe"), None)
    parts = (f"version {package.version}", f"of {package.date}" if package.date else "")
    made = f"made by teipipe {maker.version}" if maker else ""
    return f"{done.path}: “{package.title}”, {', '.join(part for part in (*parts, made) if part)}"


def _folded(head: str, words: str) -> Iterator[str]:
    """Lines no wider than a page, the words below each other."""
    from textwrap import wrap

    first, *others = wrap(words, 118 - len(head), break_on_hyphens=False) or [""]
    yield head + first
    yield from (" " * len(head) + line for line in others)


def _conclusion(done: Verified) -> str:
    from teipipe.build.verified import State

    if done.exit_code:
        wrong, unknown = "Something is wrong with this package.", "Not everything could be verified."
        return wrong if done.exit_code == 1 else unknown
    states = {step.name: step.state for step in done.steps}
    if State.DIFFERS in states.values():
        return "The package is whole and unchanged; other versions make some of it otherwise, as listed above."
    if "documents" not in states:
        return "The package is whole and unchanged; that is all that can be said of it."
    if State.UNDONE in states.values():
        return "The package is whole and unchanged, and its documents are what their schema and their report say."
    return "The package is whole and unchanged, and everything in it follows from its sources."


def _as_json(done: Verified) -> str:
    import json

    from teipipe import __version__

    package = done.package
    record = {
        "version": 1,
        "tool": {"name": "teipipe", "version": __version__},
        "path": done.path.as_posix(),
        "receipt": done.receipt or None,
        "package": None
        if package is None
        else {
            "name": package.name,
            "title": package.title,
            "version": package.version,
            "date": package.date or None,
            "tools": [{"name": tool.name, "version": tool.version} for tool in package.tools],
        },
        "steps": [{"name": step.name, "state": step.state.value, "words": step.words} for step in done.steps],
        "diagnostics": [one.as_json() for one in done.diagnostics],
        "known": [one.as_json() for one in done.known],
        "differences": [
            {"path": f"data/{one.path}", "kind": one.kind.value, "line": one.line, "byte": one.byte}
            for one in done.differences
        ],
        "remarks": list(done.remarks),
        "exit": done.exit_code,
    }
    return json.dumps(record, ensure_ascii=False, indent=1)
