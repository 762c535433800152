"""What `teipipe validate` shows and writes: findings and their sum, reports in files, SVRL, a baseline."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import argparse

    from teipipe.build.checking import Svrl
    from teipipe.project import Project
    from teipipe.verdict import Verdict

#: Options with which a run doesn't look at everything.
_PARTIAL: Final = ("paths", "changed", "only", "rule", "ignore")


def require_room(arguments: argparse.Namespace, project: Project, chosen: tuple[Path, ...] | None) -> None:
    """Raise ConfigurationError if something can't be written as it is asked for: before the work, not after it."""
    from teipipe.errors import ConfigurationError

    if arguments.update_baseline and arguments.baseline is None:
        raise ConfigurationError("--update-baseline needs to know which", help="name it: --baseline FILE")
    if arguments.update_baseline and any(getattr(arguments, name) not in (None, []) for name in _PARTIAL):
        advice = (
            "leave out paths, --changed, --only, --rule and --ignore: what they leave out would not be known any more"
        )
        raise ConfigurationError("a baseline is made of all that there is", help=advice)
    written = [path for _, path in arguments.report]
    if arguments.update_baseline:
        written.append(arguments.baseline)
    if written:
        _require_apart(written, [*_read(arguments, project), *(chosen or ())])


def _read(arguments: argparse.Namespace, project: Project) -> Iterator[Path]:
    """The files that a run reads, as far as they are known before it."""
    yield from project.everything
    yield from (*arguments.schema, *arguments.schematron, *project.schemas, *project.schematron)
    if project.configuration is not None:
        yield project.configuration
    if arguments.baseline is not None and not arguments.update_baseline:
        yield arguments.baseline


def _require_apart(written: Iterable[Path], read: Iterable[Path]) -> None:
    """Raise ConfigurationError if a file is to be written that is read, or one twice."""
    from teipipe.errors import ConfigurationError
    from teipipe.files import is_stream
    from teipipe.folders import absolute

    taken = dict.fromkeys(map(absolute, read), "this file is read, and can't be written as well")
    for path in written:
        reason = taken.get(absolute(path))
        if reason and not is_stream(path):
            raise ConfigurationError(reason, path=path, help="name another file")
        taken[absolute(path)] = "two things can't be written into one file"


def svrl_in(folder: Path, project: Project) -> Svrl:
    """What writes the reports of Schematron into a folder, as the documents lie in the project.

    Of schemas in different folders that have the same name, the second one's report is called "-2", and so on.
    """
    from collections import Counter

    from teipipe.files import make_folder, write

    written: Counter[Path] = Counter()

    def keep(document: Path, schema: Path, text: str) -> None:
        plain = folder / project.relative(document)
        path = plain.with_suffix(f".{schema.stem}.svrl")
        written[path] += 1
        if written[path] > 1:
            path = plain.with_suffix(f".{schema.stem}-{written[path]}.svrl")
        make_folder(path.parent)
        write(path, text.encode())

    return keep


def make_known(verdict: Verdict, path: Path) -> Verdict:
    """Write the baseline that knows all that was found, and give what then still counts: what could not be judged."""
    from dataclasses import replace

    from teipipe.gates import baseline, judging

    entries = baseline.of(verdict.diagnostics, verdict.root)
    state = "written" if _deliver(path, baseline.write(entries)) else "unchanged"
    known = judging.now_known(verdict, entries)
    return replace(known, remarks=(*known.remarks, f"{path}: {state}"))


def show(verdict: Verdict, format: str, *, verbose: bool) -> None:
    """The report on standard output."""
    if format == "text":
        from teipipe.cli.console import show_verdict

        show_verdict(verdict, sys.stdout, verbose=verbose)
        return
    from teipipe.reports import formats

    for piece in formats.write(verdict, format):
        sys.stdout.write(piece)


def write_report(verdict: Verdict, format: str, path: Path) -> None:
    """A report in a file, whole or not at all."""
    from teipipe.reports import formats

    sys.stdout.flush()  # the report may be meant for the same place
    _deliver(path, "".join(formats.write(verdict, format)))


def _deliver(path: Path, text: str) -> bool:
    from teipipe.files import deliver, make_folder

    make_folder(path.parent)
    return deliver(path, text.encode())


def idle(arguments: argparse.Namespace, verdict: Verdict) -> Iterator[str]:
    """Says which options came to nothing as there was no Schematron."""
    if any(schema.language == "Schematron" for schema in verdict.schemas):
        return
    for name in ("phase", "svrl"):
        if getattr(arguments, name):
            yield f"--{name} did nothing: no document was judged by Schematron"


def sum_up(verdict: Verdict, idle: Iterable[str], seconds: float) -> None:
    """What the user should know besides, and the numbers, on standard error."""
    from teipipe.reports.terminal import visible
    from teipipe.reports.text import summary_lines

    sys.stdout.flush()
    counts, *schemas = summary_lines(verdict)
    for line in (*verdict.remarks, *idle, *schemas, f"{counts} ({seconds:.2f} s)"):
        print(visible(line), file=sys.stderr)
