"""`teipipe validate`: what is wrong, and where."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.cli.options import Subparsers, add_command, add_project, project_of
from teipipe.cli.validate_options import add_options, formats, local

if TYPE_CHECKING:
    from teipipe.build.checking import Request
    from teipipe.build.naming import Names
    from teipipe.changes.select import Change
    from teipipe.diagnostics import Severity
    from teipipe.gates.selection import Selection
    from teipipe.project import Project
    from teipipe.verdict import Verdict

_DESCRIPTION: Final = """\
Check documents: are they well-formed, valid by their schemas, their pointers and dates right, the register complete,
and does each give its source transcription back word for word? Findings go to standard output, each with its place,
its rule and what to do. A document is judged by the schemas that --schema and --schematron name, else by those that it
names itself (xml-model, xsi:schemaLocation), else by those of the configuration; without any, the checks that need
none are made, and it is said."""

_EXAMPLES: Final = """\
  teipipe validate                        all documents of the project around here, and its register
  teipipe validate tei/letter.xml         this document
  teipipe validate --schema S.rnc         with another schema: RELAX NG (.rng, .rnc), XSD or Schematron
  teipipe validate --show-schema          which schemas judge which documents, and why
  teipipe validate --only schema          by schemas alone, as other validators do
  teipipe validate --changed main         only what differs from the branch main, and what points at it
  teipipe validate --baseline known.json  only what is new; with --update-baseline: all that there is becomes known
  teipipe validate --format github --report sarif=teipipe.sarif --report html=report.html
  teipipe explain RULE                    what a finding means"""

_STATUS: Final = """\
exit status: 0 clean, 1 something was found (see --fail-on), 2 something could not be judged"""


def add(subparsers: Subparsers) -> None:
    """Add the command."""
    examples = f"{_EXAMPLES}\n\nformats:\n{formats()}\n\n{_STATUS}"
    parser = add_command(
        subparsers, "validate", run, summary="check documents", description=_DESCRIPTION, examples=examples
    )
    parser.add_argument("paths", metavar="PATH", nargs="*", type=local, help="files and folders (default: the project)")
    add_project(parser)
    add_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Check, show the findings, and return the exit status."""
    import time

    from teipipe.cli import validate_output as output
    from teipipe.diagnostics import exit_code
    from teipipe.project import require_documents, select_documents

    start = time.perf_counter()
    project = project_of(arguments.project, arguments.paths)
    require_documents(project)
    chosen = select_documents(project, arguments.paths) if arguments.paths else None
    if arguments.show_schema:
        _require_nothing_to_check(arguments)
        return _show_schemas(project, chosen, _names(arguments))
    threshold = _threshold(arguments, project)
    output.require_room(arguments, project, chosen)
    verdict = _checked(arguments, project, chosen)
    if arguments.update_baseline:
        verdict = output.make_known(verdict, arguments.baseline)
    output.show(verdict, arguments.format, verbose=arguments.verbose)
    for name, path in arguments.report:
        output.write_report(verdict, name, path)
    if not arguments.quiet:
        output.sum_up(verdict, output.idle(arguments, verdict), time.perf_counter() - start)
    return exit_code(verdict.diagnostics, threshold)


def _checked(arguments: argparse.Namespace, project: Project, chosen: tuple[Path, ...] | None) -> Verdict:
    from teipipe.build.checking import check_documents
    from teipipe.cli.console import LateBar
    from teipipe.cli.validate_output import svrl_in

    request = _request(arguments)
    is_shown = sys.stderr.isatty() and not arguments.quiet
    change = _change(arguments, project, request, is_shown=is_shown) if arguments.changed is not None else None
    if change is not None:
        chosen = change.documents
    total = len(project.everything if chosen is None else chosen)
    with LateBar("checking", total, is_shown=is_shown) as bar:
        return check_documents(
            project,
            chosen,
            request,
            workers=arguments.workers,
            progress=bar.advance,
            svrl=None if arguments.svrl is None else svrl_in(arguments.svrl, project),
            change=change,
        )


def _change(arguments: argparse.Namespace, project: Project, request: Request, *, is_shown: bool) -> Change:
    """What a change concerns; the first time, every document is looked at for that."""
    from teipipe.build.naming import named_schemas
    from teipipe.caching import default_folder
    from teipipe.changes.select import select
    from teipipe.cli.console import LateBar
    from teipipe.errors import ConfigurationError

    if arguments.paths:
        advice = "leave out the paths: what has changed is looked for in the whole project"
        raise ConfigurationError("--changed says itself which documents", help=advice)
    everything = project.everything

    def schemas() -> list[Path]:
        return [source.path for source in named_schemas(project, everything, request.schemas).found]

    with LateBar("looking at what points where", len(everything), is_shown=is_shown) as bar:
        return select(project, arguments.changed or None, default_folder(), schemas, bar.advance)


def _request(arguments: argparse.Namespace) -> Request:
    from teipipe.build.checking import Request

    known = None
    if arguments.baseline is not None and not arguments.update_baseline:
        from teipipe.gates import baseline

        known = baseline.read(arguments.baseline)
    selection = _selection(arguments)
    return Request(frozenset(arguments.only), arguments.all_expected, _names(arguments), selection, known)


def _names(arguments: argparse.Namespace) -> Names:
    from teipipe.build.naming import Names

    return Names(tuple(arguments.schema), tuple(arguments.schematron), arguments.phase, arguments.fetch)


def _selection(arguments: argparse.Namespace) -> Selection | None:
    if not (arguments.rule or arguments.ignore):
        return None
    from teipipe.gates.selection import Selection

    return Selection.of(arguments.rule, arguments.ignore)


def _threshold(arguments: argparse.Namespace, project: Project) -> Severity:
    from teipipe.gates.thresholds import THRESHOLDS

    return THRESHOLDS[arguments.fail_on or project.fail_on]


def _require_nothing_to_check(arguments: argparse.Namespace) -> None:
    """Refuse what would be passed over in silence where nothing is checked."""
    from teipipe.errors import ConfigurationError

    asked = {
        "--changed": arguments.changed is not None,
        "--report": bool(arguments.report),
        "--svrl": arguments.svrl is not None,
        "--format": arguments.format != "text",
        "--baseline": arguments.baseline is not None,
    }
    for option in (name for name, is_given in asked.items() if is_given):
        raise ConfigurationError(f"--show-schema checks nothing, so {option} has nothing to do", help="leave one out")


def _show_schemas(project: Project, chosen: tuple[Path, ...] | None, names: Names) -> int:
    """Which schemas judge which documents, and why."""
    from teipipe.build.naming import plan_schemas
    from teipipe.cli.console import show_findings
    from teipipe.diagnostics import exit_code
    from teipipe.reports import schemas

    plan = plan_schemas(project, project.everything if chosen is None else chosen, names)
    for line in schemas.lines(plan.assigned, plan.unassigned):
        print(line)
    sys.stdout.flush()
    show_findings(plan.findings, sys.stderr)
    return exit_code(plan.findings)
