"""`teipipe encode`: from transcripts to TEI."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.cli.options import Subparsers, add_command, add_jobs, add_project, project_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from teipipe.build.encoding import EncodingRequest
    from teipipe.encode.encoder import Encoding
    from teipipe.project import Project

_DESCRIPTION: Final = """\
Encode transcripts, plain text or DOCX, as TEI: speakers' turns, headings and lists, editorial brackets, names by the
register, dates. Every decision has a rule, a certainty and a reason (--report); what can't be decided is left as it is,
and listed. No word is lost or invented: each document is compared with its transcript before it is written.

A document stands beside its transcript, or beside the folder of sources if the project has one. Encoding once more
never overwrites work by hand: what was changed is left alone, and the new encoding is written beside it (.xml.new)."""

_EXAMPLES: Final = """\
  teipipe encode talk.txt                        writes talk.xml
  teipipe encode transcripts -o tei              all .txt and .docx files in a folder, into another one
  teipipe encode talk.txt -o -                   to standard output, and into no file
  teipipe encode memo.docx --profile memorandum  by the conventions of memoranda, not by those that seem to fit
  teipipe encode letter.txt --profile our.toml   by conventions of your own: see docs/encoding.md
  teipipe encode talk.txt --context-date 1956-09-16 --report review.html
  teipipe encode --list-profiles                 the conventions that are known

exit status: 0 encoded, 1 something was left alone, 2 something could not be encoded"""


def add(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = add_command(
        subparsers,
        "encode",
        run,
        summary="encode transcripts as TEI",
        description=_DESCRIPTION,
        examples=_EXAMPLES,
    )
    parser.add_argument("sources", metavar="SOURCE", nargs="*", type=Path, help="transcripts, or folders of them")
    parser.add_argument(
        "-o", "--output", metavar="OUT", help="a folder; for one transcript also a file (.xml), or - (standard output)"
    )
    parser.add_argument(
        "--profile", metavar="P", default="", help="the conventions: a name, or a TOML file of your own"
    )
    parser.add_argument("--list-profiles", action="store_true", help="list the conventions that are known, and end")
    parser.add_argument("--register", metavar="FILE", type=Path, help="the register (default: that of the project)")
    parser.add_argument("--without-register", action="store_true", help="use no register, also if the project has one")
    parser.add_argument(
        "--context-date", metavar="DATE", type=_day, help="the day that dates without a year are near (ISO)"
    )
    parser.add_argument("--lang", metavar="L", default="en", help="the language of the transcripts: en (default) or de")
    parser.add_argument(
        "--dates",
        metavar="FILE",
        type=Path,
        help="the words for dates of another language (TOML; see docs/encoding.md)",
    )
    parser.add_argument("--encoding", metavar="E", default="", help="the encoding of plain text (default: it is told)")
    parser.add_argument(
        "--report",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="write all decisions: as a page (.html) or as data (.json); may be given twice",
    )
    add_jobs(parser)
    add_project(parser)


def run(arguments: argparse.Namespace) -> int:
    """Encode, say what became of each, and return the exit status."""
    if arguments.list_profiles:
        return _list_profiles()
    _require_sense(arguments)
    project = project_of(arguments.project, arguments.sources, may_be_empty=True)
    request = _request(arguments, project)
    if arguments.output == "-":
        return _print(arguments, request)
    from teipipe.cli.encode_output import Shown

    start = time.perf_counter()
    with Shown(keep=bool(arguments.report)) as shown:
        from teipipe.build.encoding import encode_files

        for encoded in encode_files(request, shown.planned):
            shown.show(encoded)
    for path in arguments.report:
        _write_report(path, shown.kept)
    shown.sum_up(time.perf_counter() - start)
    return shown.exit_code


def _require_sense(arguments: argparse.Namespace) -> None:
    from teipipe.cli.arguments import UsageError

    if not arguments.sources:
        raise UsageError("no transcript was given", help="for instance: teipipe encode talk.txt")
    if Path("-") in arguments.sources:
        raise UsageError("standard input can't be encoded", help="save it to a file: its name becomes the document's")
    if arguments.register and arguments.without_register:
        raise UsageError("--register and --without-register contradict each other", help="give one of them")
    if arguments.output == "-" and (len(arguments.sources) > 1 or arguments.sources[0].is_dir()):
        raise UsageError("only one document can go to standard output", help="name a folder with -o")
    for path in arguments.report:
        if path.suffix not in (".html", ".json"):
            raise UsageError(f"“{path}” is neither a page nor data", help="call the report ….html or ….json")


def _request(arguments: argparse.Namespace, project: Project) -> EncodingRequest:
    from teipipe.build.encoding import EncodingRequest
    from teipipe.encode.files import Options

    register = arguments.register
    if register is None and project.register is not None and project.register.exists():
        register = project.register
    schema = project.compiled if project.compiled is not None else next(iter(project.schemas), None)
    options = Options(
        arguments.profile,
        None if arguments.without_register else register,
        arguments.context_date or "",
        arguments.lang,
        arguments.encoding,
        arguments.dates,
    )
    return EncodingRequest(
        arguments.sources,
        None if arguments.output in (None, "-") else Path(arguments.output),
        options,
        schema if schema is not None and schema.suffix == ".rng" else None,
        project.sources,
        arguments.jobs,
        project.timeout,
        project.memory,
    )


def _print(arguments: argparse.Namespace, request: EncodingRequest) -> int:
    from teipipe.build.encoding import encode_without_writing
    from teipipe.cli.console import show_findings
    from teipipe.diagnostics import exit_code

    encoding = encode_without_writing(request)
    sys.stdout.flush()
    sys.stdout.buffer.write(encoding.tei)
    sys.stdout.buffer.flush()
    show_findings(encoding.findings, sys.stderr)
    for path in arguments.report:
        _write_report(path, [encoding])
    return exit_code(encoding.findings)


def _write_report(path: Path, encodings: Sequence[Encoding]) -> None:
    from teipipe.cli.console import show_file
    from teipipe.encode.review import review_html, review_json
    from teipipe.files import deliver, make_folder

    make = review_html if path.suffix == ".html" else review_json
    data = "".join(make(encodings)).encode()
    make_folder(path.parent)
    show_file("written" if deliver(path, data) else "unchanged", path)


def _list_profiles() -> int:
    from teipipe.encode.structure.loading import profiles

    known = profiles()
    width = max(len(profile.name) for profile in known)
    for profile in known:
        print(f"{profile.name:<{width}}  {profile.title}")
    return 0


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


_day.__name__ = "date (as 1956-09-16)"
