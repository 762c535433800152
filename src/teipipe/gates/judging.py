"""From all findings of a run to those that count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from teipipe.diagnostics import Diagnostic, in_order
from teipipe.folders import absolute
from teipipe.gates import suppressions
from teipipe.gates.names import is_final
from teipipe.gates.scope import Scope
from teipipe.gates.selection import Selection
from teipipe.gates.suppressions import Suppression
from teipipe.verdict import Excused, Verdict

if TYPE_CHECKING:
    from teipipe.gates.baseline import Entry


@dataclass(frozen=True, slots=True)
class Judged:
    """Findings, divided: `diagnostics` count, `excused` don't, both sorted by place; `remarks` are for the user."""

    diagnostics: tuple[Diagnostic, ...]
    excused: tuple[Excused, ...] = ()
    remarks: tuple[str, ...] = ()


def judge(
    diagnostics: Iterable[Diagnostic],
    root: Path,
    *,
    instructions: Iterable[Suppression] = (),
    selection: Selection | None = None,
    known: Sequence[Entry] | None = None,
    scope: Scope | None = None,
) -> Judged:
    """Which of the findings of a run count: in this order,

    1. those that the documents' own `instructions` excuse don't; what is wrong with these is added;
    2. those that the `selection` leaves out are dropped altogether;
    3. those that the baseline `known` has don't count.

    `root` is the project's folder, `scope` what the run looked at (by default, all of the project by all checks). What
    says that a file could not be judged counts always.
    """
    scope = scope or Scope()
    kept, suppressed, problems = suppressions.apply(in_order(diagnostics), instructions, scope)
    found = in_order([*kept, *problems])
    if selection is not None:
        found = [diagnostic for diagnostic in found if selection.keeps(diagnostic)]
        suppressed = [one for one in suppressed if selection.keeps(one.diagnostic)]
    if known is None:
        return Judged(tuple(found), tuple(suppressed))
    from teipipe.gates import baseline  # most runs have none, and it takes as long to load as a document to check

    new, old, missing = baseline.apply(found, known, root)
    unread = {absolute(diagnostic.location.path) for diagnostic in new if is_final(diagnostic)}
    gone = [entry for entry in missing if _is_gone(entry, root, scope, selection, unread)]
    return Judged(tuple(new), _in_order((*suppressed, *old)), _remarks(len(gone)))


def now_known(verdict: Verdict, entries: Iterable[Entry]) -> Verdict:
    """The verdict of a run without a baseline, seen by one that was made after it and has these entries."""
    from teipipe.gates import baseline

    new, old, _ = baseline.apply(verdict.diagnostics, entries, verdict.root)
    return replace(verdict, diagnostics=tuple(new), excused=_in_order((*verdict.excused, *old)))


def _in_order(excused: Iterable[Excused]) -> tuple[Excused, ...]:
    return tuple(sorted(excused, key=lambda one: one.diagnostic.sort_key))


def _is_gone(entry: Entry, root: Path, scope: Scope, selection: Selection | None, unread: set[Path]) -> bool:
    """Whether what a baseline knows would have been found if it were still there."""
    path = absolute(root / entry.path)
    is_asked = selection is None or selection.keeps_code(entry.rule)
    return is_asked and path not in unread and scope.has_file(path) and scope.has_rule(entry.rule.partition("/")[0])


def _remarks(gone: int) -> tuple[str, ...]:
    if not gone:
        return ()
    what = "1 finding of the baseline is" if gone == 1 else f"{gone} findings of the baseline are"
    from teipipe.gates import baseline

    return (f"{what} gone: {baseline.WRITE_ANEW}",)
