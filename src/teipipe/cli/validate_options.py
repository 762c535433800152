"""The options of `teipipe validate`, in groups: what is checked, by which schema, what counts, how it is shown."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.cli.options import one_of

if TYPE_CHECKING:
    from argparse import _ArgumentGroup as Group

#: As in `validate.run`, which takes too long to load for the arguments alone.
KINDS: Final = ("schema", "ids", "pointers", "dates", "register", "fidelity", "characters")

#: As in `gates.thresholds`.
THRESHOLDS: Final = ("info", "warning", "error", "never")

#: As in `reports.formats`: the names of formats, and what they are.
FORMATS: Final = {
    "text": "for people: each finding with its source, what has one cause together",
    "lines": "one line each, file:line:column: severity[rule] message, for editors",
    "json": "for programs: all that is known",
    "sarif": "SARIF 2.1.0, for code scanning and viewers",
    "junit": "JUnit XML, a test case for each document, for continuous integration",
    "github": "annotations of GitHub Actions",
    "gitlab": "code quality of GitLab",
    "html": "a page with charts, all in one file",
}


#: Each is a process; no machine that is known does better with more.
_WORKERS: Final = 256


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add all of them."""
    _add_checks(parser.add_argument_group("what is checked"))
    _add_schemas(parser.add_argument_group("by which schemas"))
    _add_gates(parser.add_argument_group("what counts"))
    _add_reports(parser.add_argument_group("how it is shown"))


def _add_checks(group: Group) -> None:
    group.add_argument(
        "--only",
        metavar="KIND",
        action="append",
        type=one_of(KINDS),
        default=[],
        help=f"only this kind of check; can be given several times ({', '.join(KINDS)})",
    )
    group.add_argument(
        "--changed",
        metavar="BASE",
        nargs="?",
        const="",
        help="only documents that differ from a branch or commit (by git; default: from the last commit), and those "
        "that point at them",
    )
    group.add_argument(
        "--workers",
        metavar="N",
        type=_workers,
        help="processes to spread the work over, 0 for none besides this one (default: as many as help)",
    )


def _add_schemas(group: Group) -> None:
    group.add_argument(
        "--schema",
        metavar="FILE",
        action="append",
        type=local,
        default=[],
        help="RELAX NG (.rng, .rnc), XSD or Schematron, told by content; can be given several times",
    )
    group.add_argument(
        "--schematron",
        metavar="FILE",
        action="append",
        type=local,
        default=[],
        help="a file with Schematron rules, also embedded in a RELAX NG schema or XSD; can be given several times",
    )
    group.add_argument(
        "--phase",
        metavar="NAME",
        default="",
        help="the phase of Schematron (default: as who names it says, else its own)",
    )
    group.add_argument(
        "--fetch", action="store_true", help="fetch the schemas on the web that documents name, and keep them"
    )
    group.add_argument(
        "--show-schema", action="store_true", help="say which schemas judge which documents and why, and check nothing"
    )


def _add_gates(group: Group) -> None:
    group.add_argument(
        "--rule",
        metavar="RULE",
        action="append",
        default=[],
        help="only findings of this rule, or rules: bad-*, failed-assertion/ID; can be given several times",
    )
    group.add_argument(
        "--ignore", metavar="RULE", action="append", default=[], help="no findings of this rule; likewise"
    )
    group.add_argument("--baseline", metavar="FILE", type=Path, help="only what is new: not in this file")
    group.add_argument("--update-baseline", action="store_true", help="write that file: all that there is is known")
    group.add_argument(
        "--fail-on",
        metavar="SEVERITY",
        type=one_of(THRESHOLDS),
        help=f"the least severity that makes the exit status 1: {', '.join(THRESHOLDS)} (default: error)",
    )


def _add_reports(group: Group) -> None:
    group.add_argument(
        "--format",
        metavar="NAME",
        default="text",
        type=one_of(tuple(FORMATS)),
        help="how to show findings: one of the formats below (default: text)",
    )
    group.add_argument(
        "--report",
        metavar="NAME=FILE",
        action="append",
        type=_report,
        default=[],
        help="besides, write a report in the format NAME into FILE; can be given several times",
    )
    group.add_argument(
        "--svrl",
        metavar="DIR",
        type=Path,
        help="besides, write what Schematron finds as SVRL, a file for each document",
    )
    group.add_argument(
        "--all-expected", action="store_true", help="name everything that may stand at a place, however much it is"
    )
    group.add_argument("-v", "--verbose", action="store_true", help="show what has one cause at each of its places")
    group.add_argument("-q", "--quiet", action="store_true", help="show only the findings")


def formats() -> str:
    """A line for each format of reports."""
    width = max(map(len, FORMATS))
    return "\n".join(f"  {name:<{width}}  {summary}" for name, summary in FORMATS.items())


def _report(text: str) -> tuple[str, Path]:
    name, equals, path = text.partition("=")
    if name not in FORMATS or not equals or not path:
        raise argparse.ArgumentTypeError(f"“{text}” is not NAME=FILE; formats are: {', '.join(FORMATS)}")
    return name, Path(path)


def local(text: str) -> Path:
    """The path of a file; a complaint about what lies on the web."""
    if text.lower().startswith(("http://", "https://")):
        raise argparse.ArgumentTypeError(f"“{text}” is on the web: save it, and name the file")
    return Path(text)


def _workers(text: str) -> int:
    number = int(text)
    if not 0 <= number <= _WORKERS:
        raise ValueError
    return number


_workers.__name__ = "number of workers"  # what argparse calls it when it complains
