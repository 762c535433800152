"""`teipipe register`: entries that a register lacks, and what is wrong with those that it has."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.cli.options import Subparsers, add_command, add_project, one_of, project_of

if TYPE_CHECKING:
    from teipipe.project import Project

_DESCRIPTION: Final = """\
Make a register of persons, organisations and places, and look after it: what names do documents have that it lacks, and
which of its entries are double, empty, or can't be found?"""

_EXAMPLES: Final = """\
  teipipe register suggest                  names in this project's documents that its register lacks
  teipipe register suggest talk.txt -o register.xml
                                            the beginning of a register, from a first transcript
  teipipe register check                    this project's register, against its documents
  teipipe register suggest --help           more about one of them"""

_SUGGEST: Final = """\
Suggest entries for names that the register lacks, or for all names if there is none: persons, organisations, places,
each with its spellings together, how often it is named, where first, and what tells that it is a name of its kind. A
surname goes with the one full name that has it; if several have it, it is left apart. Nothing is identified: that is
yours."""

_SUGGEST_EXAMPLES: Final = """\
  teipipe register suggest                          from the documents of this project
  teipipe register suggest transcripts              from all transcripts and TEI documents in a folder
  teipipe register suggest a.txt b.txt -o new.xml   as a register in TEI, from which entries can be taken over
  teipipe register suggest --format json            as data

exit status: 0 done, 2 something could not be read or written"""

_CHECK: Final = """\
Check a register against the documents of its project: entries that may be the same, names without an entry, speakers
without one, entries without a name, forms that are ordinary words, names that stand in no document. What `teipipe
validate` finds (pointers that lead nowhere, entries that nobody mentions) isn't said again."""

_CHECK_EXAMPLES: Final = """\
  teipipe register check                      the register of this project
  teipipe register check tei/register.xml     another one, against the documents of this project
  teipipe register check --format lines       a line for each finding, for editors

exit status: 0 clean, 1 something was found (see --fail-on), 2 something could not be judged"""

_ENDINGS: Final = {".xml": "tei", ".json": "json", ".txt": "text"}


def add(subparsers: Subparsers) -> None:
    """Add the command, with the two below it."""
    parser = add_command(
        subparsers,
        "register",
        suggest,
        summary="suggest entries for a register, or check one",
        description=_DESCRIPTION,
        examples=_EXAMPLES,
    )
    below = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_suggest(below)
    _add_check(below)


def _add_suggest(below: Subparsers) -> None:
    parser = add_command(
        below,
        "suggest",
        suggest,
        summary="suggest entries for names that a register lacks",
        description=_SUGGEST,
        examples=_SUGGEST_EXAMPLES,
    )
    parser.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="*",
        type=Path,
        help="transcripts, TEI, folders, a project (default: this one)",
    )
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="write into a file: .xml, .json or .txt")
    parser.add_argument("--register", metavar="FILE", type=Path, help="the register (default: that of the project)")
    parser.add_argument("--without-register", action="store_true", help="suggest entries for all names")
    parser.add_argument(
        "--format",
        metavar="NAME",
        type=one_of(("text", "tei", "json")),
        help="text, tei or json (default: by the name of the file, else text)",
    )
    add_project(parser)


def _add_check(below: Subparsers) -> None:
    from teipipe.cli.validate_options import FORMATS, THRESHOLDS

    parser = add_command(
        below, "check", check, summary="check a register", description=_CHECK, examples=_CHECK_EXAMPLES
    )
    parser.add_argument(
        "register", metavar="REGISTER", nargs="?", type=Path, help="the register (default: that of the project)"
    )
    parser.add_argument(
        "--format",
        metavar="NAME",
        type=one_of(tuple(FORMATS)),
        default="text",
        help=f"how to show findings: {', '.join(FORMATS)} (default: text)",
    )
    parser.add_argument(
        "--fail-on",
        metavar="SEVERITY",
        type=one_of(THRESHOLDS),
        default="error",
        help=f"the least severity that makes the exit status 1: {', '.join(THRESHOLDS)} (default: error)",
    )
    add_project(parser)


def suggest(arguments: argparse.Namespace) -> int:
    """Suggest entries, show or write them, and return the exit status."""
    from teipipe.build.registering import in_format, sources_in, suggestions_for, write_suggestions
    from teipipe.cli.console import show_file
    from teipipe.encode.names.register import load_register

    _take_project(arguments)
    project = project_of(arguments.project, arguments.sources, may_be_empty=True)
    register = None if arguments.without_register else _register(arguments.register, project)
    sources = sources_in(arguments.sources) if arguments.sources else _sources(project)
    sources = [path for path in sources if register is None or path.resolve() != register.resolve()]
    format = arguments.format or ("text" if arguments.output is None else _format(arguments.output))
    suggestions = suggestions_for(sources, None if register is None else load_register(register))
    if arguments.output is None:
        sys.stdout.write(in_format(suggestions, format))
    else:
        state = "written" if write_suggestions(suggestions, format, arguments.output, sources) else "unchanged"
        show_file(state, arguments.output)
    sys.stdout.flush()
    counts = ", ".join(
        f"{sum(1 for entry in suggestions.entries if entry.kind == kind)} {noun}"
        for kind, noun in (("person", "persons"), ("org", "organisations"), ("place", "places"))
    )
    files = "1 file" if len(sources) == 1 else f"{len(sources)} files"
    print(f"{counts}, {len(suggestions.ambiguous)} left apart, in {files}", file=sys.stderr)
    return 0


def check(arguments: argparse.Namespace) -> int:
    """Check a register, show the findings, and return the exit status."""
    from teipipe.build.register_checking import check_register
    from teipipe.cli import validate_output as output
    from teipipe.diagnostics import exit_code
    from teipipe.errors import ConfigurationError
    from teipipe.gates.thresholds import THRESHOLDS

    project = project_of(arguments.project, may_be_empty=True)
    register = _register(arguments.register, project)
    if register is None:
        raise ConfigurationError(
            "the project has no register",
            path=project.configuration or project.root,
            help="name one: teipipe register check FILE",
        )
    verdict = check_register(project, register)
    output.show(verdict, arguments.format, verbose=False)
    sys.stdout.flush()
    for line in verdict.remarks:
        print(line, file=sys.stderr)
    return exit_code(verdict.diagnostics, THRESHOLDS[arguments.fail_on])


def _take_project(arguments: argparse.Namespace) -> None:
    """A folder that is a project stands for its documents."""
    from teipipe.configuration import configuration_in

    if arguments.project is None and len(arguments.sources) == 1:
        folder = arguments.sources[0]
        if folder.is_dir() and configuration_in(folder) is not None:
            arguments.project, arguments.sources = folder, []


def _register(named: Path | None, project: Project) -> Path | None:
    if named is not None:
        return named
    return project.register if project.register is not None and project.register.exists() else None


def _sources(project: Project) -> list[Path]:
    """The documents of a project, else its transcripts."""
    from teipipe.build.registering import sources_in
    from teipipe.errors import ConfigurationError

    documents = [path for path in project.everything if path != project.register]
    if documents:
        return documents
    if project.sources is not None and project.sources.is_dir():
        return sources_in([project.sources])
    raise ConfigurationError(
        "there is nothing to suggest names from", path=project.root, help="name transcripts or TEI documents"
    )


def _format(path: Path) -> str:
    from teipipe.errors import ConfigurationError

    if path.suffix.lower() not in _ENDINGS:
        raise ConfigurationError("what kind of file is it to be?", path=path, help="call it ….xml, ….json or ….txt")
    return _ENDINGS[path.suffix.lower()]
