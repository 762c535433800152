"""Findings for people: each with the spot marked in its source, one for all that has the same cause, and a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from teipipe.diagnostics import Diagnostic, Location, Severity
from teipipe.reports.causes import Cause, by_cause
from teipipe.reports.characters import shown
from teipipe.reports.paths import home, relative, schema_name
from teipipe.reports.terminal import Drawing, draw

if TYPE_CHECKING:
    from teipipe.reports.excerpts import Excerpt, Sources
    from teipipe.verdict import UsedSchema, Verdict

#: How much of a source line is shown, in cells of the terminal, if nothing else is asked for.
WIDTH: Final = 100

_BOLD: Final = "\x1b[1m"
_BLUE: Final = "\x1b[34m"
_RESET: Final = "\x1b[0m"
_COLOURS: Final = {
    Severity.INFO: "\x1b[36m",
    Severity.WARNING: "\x1b[33m",
    Severity.ERROR: "\x1b[31m",
    Severity.FAILURE: "\x1b[35m",
}

_GUTTER: Final = 5  # digits of a line number
MARGIN: Final = _GUTTER + len(" | ")  # before a line of source
#: A related place so many lines away is shown with its line of source; one that is farther is only named.
_NEAR: Final = 30
#: So many files, and so many places in each, are named where more have the same cause.
_FILES: Final = 3
_PLACES: Final = 3
#: More findings than these are counted by rule at the end, where people look first; so many rules are named.
_READABLE: Final = 50
_RULES: Final = 5
#: So many schemas are named; who uses more looks them up in a report for programs.
_SCHEMAS: Final = 5
#: Enough of a checksum to tell two schemas apart by eye.
_DIGITS: Final = len("sha256:") + 12


def lines(diagnostics: Iterable[Diagnostic], *, folder: Path | None = None, colours: bool = False) -> Iterator[str]:
    """The findings as lines without their ends, files named relative to `folder` (by default the current one).

    `file:line:column: severity[code] message`, then indented the places that are related, and help. With `colours`
    for a terminal that has them; the words are the same.
    """
    style = _Style(folder, colours)
    for diagnostic in diagnostics:
        named = style.named(diagnostic)
        yield style.head(named)
        for where, remark in named.related:
            yield f"    {shown(str(where))}: {shown(remark)}"
        if named.help:
            yield f"    help: {shown(named.help)}"


def report(
    verdict: Verdict,
    *,
    folder: Path | None = None,
    colours: bool = False,
    width: int = WIDTH,
    verbose: bool = False,
) -> Iterator[str]:
    """All of it, in pieces that end with a line end: the notice, what `findings` gives, what `summary_lines` gives."""
    if verdict.notice:
        yield f"{shown(verdict.notice)}\n\n"
    yield from findings(verdict, folder=folder, colours=colours, width=width, verbose=verbose)
    for line in summary_lines(verdict, folder=folder):
        yield f"{line}\n"


def findings(
    verdict: Verdict,
    *,
    folder: Path | None = None,
    colours: bool = False,
    width: int = WIDTH,
    verbose: bool = False,
) -> Iterator[str]:
    """The findings that count, in pieces that end with a line end and a blank line; nothing if there are none.

    Each begins with `file:line:column: severity[code] message`; then comes its line of source with the spot marked,
    in at most `width` cells of a terminal, related places, and help. What has the same cause is shown where it comes
    first, and its other places are counted and some of them named; with `verbose` each is shown.
    """
    from teipipe.reports.excerpts import Sources

    style = _Style(folder, colours, width)
    sources = Sources()
    causes = (Cause((found,)) for found in verdict.diagnostics) if verbose else by_cause(verdict.diagnostics)
    for cause in causes:
        yield "".join(f"{line}\n" for line in _block(cause, sources, style)) + "\n"


def _block(cause: Cause, sources: Sources, style: _Style) -> Iterator[str]:
    found = cause.first
    named = style.named(found)
    yield style.head(named)
    marks, others = _marks(found, named, sources)
    yield from style.excerpts(marks, found.severity)
    for where, remark in others:
        yield style.note(f"{where}: {remark}")
    if named.help:
        yield style.note(f"help: {named.help}")
    if len(cause.findings) > 1:
        yield from _more(cause, style)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A spot to show, and what to say of it; the finding itself has said it before."""

    excerpt: Excerpt
    remark: str = ""
    is_main: bool = False


def _marks(found: Diagnostic, named: Diagnostic, sources: Sources) -> tuple[list[_Mark], list[tuple[Location, str]]]:
    """The spots to show in the source, in its order, and the related places that are only named."""
    main = sources.excerpt(found.location)
    marks = [] if main is None else [_Mark(main, is_main=True)]
    others = []
    for (where, remark), (place, _) in zip(found.related, named.related, strict=True):
        is_near = main is not None and where.path == found.location.path and abs((where.line or 0) - main.line) <= _NEAR
        excerpt = sources.excerpt(where) if is_near else None
        if excerpt is None:
            others.append((place, remark))
        else:
            marks.append(_Mark(excerpt, remark))
    return sorted(marks, key=lambda mark: (mark.excerpt.line, not mark.is_main)), others


def _more(cause: Cause, style: _Style) -> Iterator[str]:
    """Where else it is: how many places and files, and the first few by name."""
    number = len(cause.findings) - 1
    files = list(cause.files(1))
    if len(files) == 1 and number <= _PLACES:
        yield style.note(f"also at {_places(files[0][1], style)}")
        return
    yield style.note(f"also at {_counted(number, 'more place')} in {_counted(len(files), 'file')}:")
    # That there is one more file takes a line as naming it does.
    named = len(files) if len(files) == _FILES + 1 else _FILES
    for _, found in files[:named]:
        yield style.under(_places(found, style))
    if len(files) > named:
        yield style.under(f"and in {_counted(len(files) - named, 'more file')}")


def _places(found: Sequence[Diagnostic], style: _Style) -> str:
    """Places in one file, which is named once: "a.xml:4:5, 9:1 and 12 more"."""
    places = [style.named(one).location for one in found[:_PLACES]]
    others = [str(place).removeprefix(f"{places[0].path}:") for place in places[1:]]
    rest = f" and {len(found) - _PLACES:,} more" if len(found) > _PLACES else ""
    return ", ".join((str(places[0]), *others)) + rest


@dataclass(frozen=True, slots=True)
class _Style:
    """How lines look: files named from `folder`, with colours or without, so many cells of source."""

    folder: Path | None = None
    colours: bool = False
    width: int = WIDTH
    home: Path = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "home", home(self.folder))

    def named(self, diagnostic: Diagnostic) -> Diagnostic:
        return relative(diagnostic, self.home)

    def painted(self, colour: str, text: str) -> str:
        return f"{colour}{text}{_RESET}" if self.colours and text else text

    def head(self, named: Diagnostic) -> str:
        place = self.painted(_BOLD, shown(str(named.location)))
        severity = self.painted(_COLOURS[named.severity], f"{named.severity}[{shown(named.code)}]")
        return f"{place}: {severity} {shown(named.message)}"

    def gutter(self, number: str = "", sign: str = "|") -> str:
        return self.painted(_BLUE, f"{number:>{_GUTTER}} {sign}")

    def note(self, text: str) -> str:
        return f"{self.gutter(sign='=')} {shown(text)}"

    def under(self, text: str) -> str:
        return f"{' ' * _GUTTER}     {shown(text)}"

    def excerpts(self, marks: Sequence[_Mark], severity: Severity) -> Iterator[str]:
        """The lines of source, each once, with what is marked in it below; where lines are left out, dots."""
        last = 0
        for mark in marks:
            line = mark.excerpt.line
            drawing = draw(mark.excerpt, self.width)
            if line != last:
                if last and line > last + 1:
                    yield self.painted(_BLUE, f"{'...':>{_GUTTER}}")
                yield self.source(line, drawing)
            yield self.below(mark, drawing, severity)
            last = line

    def source(self, line: int, drawing: Drawing) -> str:
        return f"{self.gutter(str(line))} {drawing.before}{drawing.marked}{drawing.after}"

    def below(self, mark: _Mark, drawing: Drawing, severity: Severity) -> str:
        sign, colour = ("^", _COLOURS[severity]) if mark.is_main else ("-", _BLUE)
        remark = f" {shown(mark.remark)}" if mark.remark else ""
        return f"{self.gutter()} {' ' * drawing.indent}{self.painted(colour, sign * drawing.length + remark)}"


def summary(diagnostics: Sequence[Diagnostic], documents: int) -> str:
    """What it comes to: "3 documents, 1 error, 2 warnings"."""
    counts = Counter(found.severity for found in diagnostics)
    parts = [_counted(documents, "document")]
    if counts[Severity.FAILURE]:
        parts.append(f"{counts[Severity.FAILURE]:,} not judged")
    parts.append(_counted(counts[Severity.ERROR], "error") if counts[Severity.ERROR] else "no errors")
    if counts[Severity.WARNING]:
        parts.append(_counted(counts[Severity.WARNING], "warning"))
    if counts[Severity.INFO]:
        parts.append(_counted(counts[Severity.INFO], "remark"))
    return ", ".join(parts)


def summary_lines(verdict: Verdict, *, folder: Path | None = None) -> Iterator[str]:
    """What the run comes to, as lines without their ends: numbers, and each schema with version and checksum.

    Schemas are named from `folder`, by default as the user would.
    """
    counted = summary(verdict.diagnostics, len(verdict.documents))
    yield f"{counted}{_excused(verdict)}"
    if len(verdict.diagnostics) > _READABLE:
        yield _tally(verdict.diagnostics)
    for schema in verdict.schemas[:_SCHEMAS]:
        yield shown(_schema(_named(schema, folder), of_all=len(verdict.schemas) == 1))
    if len(verdict.schemas) > _SCHEMAS:
        yield f"and {_counted(len(verdict.schemas) - _SCHEMAS, 'more schema')}: --format json names all"


def _named(schema: UsedSchema, folder: Path | None) -> UsedSchema:
    """A schema as it is named from a folder that it lies in, else as the user names it."""
    name = schema.name if folder is None else schema_name(schema, home(folder))
    return schema if name.startswith("/") else replace(schema, name=name)


def _tally(diagnostics: Iterable[Diagnostic]) -> str:
    """How often each rule has something to say, the most frequent first."""
    ranked = sorted(Counter(found.code for found in diagnostics).items(), key=lambda item: (-item[1], item[0]))
    rest = f" and {_counted(len(ranked) - _RULES, 'more rule')}" if len(ranked) > _RULES else ""
    return f"most of all: {', '.join(f'{code} ({number:,})' for code, number in ranked[:_RULES])}{rest}"


def _excused(verdict: Verdict) -> str:
    from teipipe.verdict import Excuse

    counts = Counter(excused.excuse for excused in verdict.excused)
    words = {Excuse.SUPPRESSED: "suppressed in the document", Excuse.BASELINE: "in the baseline"}
    parts = [f"{counts[excuse]:,} {words[excuse]}" for excuse in Excuse if counts[excuse]]
    return f"; not counted: {', '.join(parts)}" if parts else ""


def _schema(schema: UsedSchema, *, of_all: bool) -> str:
    version = f", version {schema.version}" if schema.version else ""
    number = "" if of_all else f" for {_counted(schema.documents, 'document')}"
    return f"schema: {schema.name} ({schema.language}{version}, {schema.checksum[:_DIGITS]}){number}, {schema.reason}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
