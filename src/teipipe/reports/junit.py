"""Findings as JUnit XML: one suite, a test case for each document, for whatever shows test results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from teipipe import __version__
from teipipe.diagnostics import Diagnostic, Severity
from teipipe.reports.characters import shown
from teipipe.reports.lines import line
from teipipe.reports.paths import home, name, relative, schema_name

if TYPE_CHECKING:
    from teipipe.verdict import Excused, Verdict


def report(verdict: Verdict, *, folder: Path | None = None) -> Iterator[str]:
    """A document that has errors fails; one that could not be judged is an error; all others pass.

    Each has one `failure` or `error` at most, since many readers see only the first: with all that was found, the worst
    first. Warnings, remarks and what doesn't count are its output. Files that are no documents have a test case
    if something was found in them. No times and no host: the same verdict gives the same bytes.
    """
    here = home(folder)
    cases = _cases(verdict, here)
    kinds = Counter(case.kind for case in cases.values())
    counts = f'tests="{len(cases)}" failures="{kinds["failure"]}" errors="{kinds["error"]}" skipped="0"'
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="teipipe" {counts}>\n'
    yield f'  <testsuite name="teipipe validate" {counts}>\n    <properties>\n'
    for key, value in _properties(verdict, here):
        yield f'      <property name="{key}" value="{_quoted(value)}"/>\n'
    yield "    </properties>\n"
    for path, case in cases.items():
        yield from _testcase(path, case)
    yield "  </testsuite>\n</testsuites>\n"


@dataclass(slots=True)
class _Case:
    """What was found in one file."""

    findings: list[Diagnostic] = field(default_factory=list)
    excused: list[Excused] = field(default_factory=list)

    @property
    def worst(self) -> Severity:
        return max((finding.severity for finding in self.findings), default=Severity.INFO)

    @property
    def kind(self) -> str:
        if self.worst is Severity.FAILURE:
            return "error"
        return "failure" if self.worst is Severity.ERROR else ""


def _cases(verdict: Verdict, here: Path) -> dict[Path, _Case]:
    cases = {name(path, here): _Case() for path in verdict.documents}
    for diagnostic in verdict.diagnostics:
        finding = relative(diagnostic, here)
        cases.setdefault(finding.location.path, _Case()).findings.append(finding)
    for excused in verdict.excused:
        named = replace(excused, diagnostic=relative(excused.diagnostic, here))
        cases.setdefault(named.diagnostic.location.path, _Case()).excused.append(named)
    return cases


def _properties(verdict: Verdict, here: Path) -> Iterator[tuple[str, str]]:
    yield "teipipe", __version__
    for number, schema in enumerate(verdict.schemas, start=1):
        yield f"schema.{number}.name", schema_name(schema, here)
        yield f"schema.{number}.language", schema.language
        yield f"schema.{number}.version", schema.version
        yield f"schema.{number}.checksum", schema.checksum
        yield f"schema.{number}.reason", schema.reason
        yield f"schema.{number}.documents", str(schema.documents)


def _testcase(path: Path, case: _Case) -> Iterator[str]:
    file = _quoted(path.as_posix())
    opening = f'    <testcase classname="teipipe" name="{file}" file="{file}"'
    if not case.findings and not case.excused:
        yield f"{opening}/>\n"
        return
    yield f"{opening}>\n"
    weighty = [finding for finding in case.findings if finding.severity >= Severity.ERROR]
    weighty.sort(key=lambda finding: -finding.severity)
    if weighty:
        yield _result(case.kind, weighty)
    output = [_told(finding) for finding in case.findings if finding.severity < Severity.ERROR]
    output += [_excuse(excused) for excused in case.excused]
    if output:
        yield f"      <system-out>{_escaped(''.join(output))}</system-out>\n"
    yield "    </testcase>\n"


def _result(kind: str, findings: Sequence[Diagnostic]) -> str:
    first = findings[0]
    more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
    message = _quoted(f"{first.message}{more}")
    text = _escaped("".join(map(_told, findings)))
    return f'      <{kind} type="{_quoted(first.code)}" message="{message}">{text}</{kind}>\n'


def _told(finding: Diagnostic) -> str:
    """The finding as lines with their ends, what goes with it indented."""
    told = [line(finding), *(f"    {shown(f'{where}: {remark}')}" for where, remark in finding.related)]
    if finding.help:
        told.append(f"    help: {shown(finding.help)}")
    return "".join(f"{one}\n" for one in told)


def _excuse(excused: Excused) -> str:
    why = shown(f"{excused.excuse.value}: {excused.reason}" if excused.reason else excused.excuse.value)
    return f"{line(excused.diagnostic)}\n    {why}\n"


def _escaped(text: str) -> str:
    """`text`, every line of it without what XML 1.0 can't hold, as character data."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(text: str) -> str:
    """`text` on one line as the value of an attribute."""
    return _escaped(shown(text)).replace('"', "&quot;")
