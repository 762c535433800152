"""The lower part of the page: every cause with its source, every file, what doesn't count, what is clean, schemas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from teipipe.diagnostics import Diagnostic, Location, Severity
from teipipe.reports.causes import Cause
from teipipe.reports.html.charts import amounts, bar
from teipipe.reports.html.markup import EMPTY, Html, counted, tag, words
from teipipe.reports.html.survey import CodeFindings, FileFindings, Survey
from teipipe.reports.paths import schema_name
from teipipe.rules import RULES
from teipipe.verdict import Excuse, Excused

#: So many files, and places in each, are named for one cause.
_FILES: Final = 60
_PLACES: Final = 12
#: So many findings of one file are listed, and so many altogether.
_OF_FILE: Final = 25
_LISTED: Final = 8_000
#: So many findings that don't count are listed.
_EXCUSED: Final = 1_000
#: So many clean files, and files with findings, are named.
_NAMES: Final = 5_000

_ALL: Final = "the report in JSON (--format json) has all"


def findings(found: Survey) -> Iterator[Html]:
    """Each code with what its rule means, and its causes."""
    yield tag("h2", words("Findings by rule"))
    yield tag("p", words("What has the same cause is shown once, where it comes first."), class_="said")
    yield tag("div", id="filter", class_="filter", hidden="")  # the script fills it
    for code in found.codes:
        yield tag("section", *_code(code, found), id=code.anchor, class_="rule", aria_labelledby=f"{code.anchor}-head")


def _code(code: CodeFindings, found: Survey) -> Iterator[Html]:
    worst = max(code.severities)
    yield tag("h3", _badge(worst), words(" "), tag("code", words(code.code)), id=f"{code.anchor}-head")
    yield tag(
        "p",
        words(f"{amounts(code.severities)} in {counted(code.files, 'file')}, {counted(len(code.causes), 'cause')}."),
        class_="said",
    )
    if code.rule in RULES:
        rule = RULES[code.rule]
        yield tag("p", tag("strong", words(f"{rule.summary}.")), words(f" {rule.why}"), class_="why")
        yield tag("p", tag("b", words("Remedy: ")), words(rule.remedy), class_="why")
    for cause in code.causes[: code.shown]:
        yield tag(
            "article", *_cause(cause, found), id=found.causes[cause.first], class_=f"cause {cause.first.severity}"
        )
    rest = code.causes[code.shown :]
    if rest:
        number = sum(len(cause.findings) for cause in rest)
        yield tag(
            "p",
            words(f"{counted(len(rest), 'more cause')} at {counted(number, 'place')} not shown here; {_ALL}."),
            class_="said",
        )


def _badge(severity: Severity) -> Html:
    return tag("span", words(str(severity)), class_=f"badge {severity}")


def _cause(cause: Cause, found: Survey) -> Iterator[Html]:
    first = cause.first
    yield tag("h4", words(first.message))
    yield _place(first.location, found)
    yield _excerpt(first.location, found)
    for place, remark in first.related:
        yield tag("p", _spot(place, found), words(f": {remark}"), class_="related")
        yield _excerpt(place, found)
    if first.help:
        yield tag("p", tag("b", words("Help: ")), words(first.help), class_="help")
    if len(cause.findings) > 1:
        yield _elsewhere(cause, found)


def _place(place: Location, found: Survey) -> Html:
    return tag("p", _spot(place, found), class_="place")


def _spot(place: Location, found: Survey) -> Html:
    """A place by name; its file leads to the list of what is wrong there."""
    name = tag("code", words(found.name(place.path)))
    anchor = found.anchors.get(place.path)
    linked = tag("a", name, href=f"#{anchor}") if anchor else name
    return Html(linked + (words(f":{_numbers(place)}") if place.line is not None else EMPTY))


def _numbers(place: Location) -> str:
    return f"{place.line}:{1 if place.column is None else place.column}"


def _excerpt(place: Location, found: Survey) -> Html:
    drawing = found.drawings.get(place)
    if drawing is None:
        return EMPTY
    marked = tag("mark", words(drawing.marked) if drawing.marked else Html("&#8203;"))
    number = tag("span", words(str(place.line)), class_="number")
    return tag("pre", number, tag("code", words(drawing.before), marked, words(drawing.after)))


def _elsewhere(cause: Cause, found: Survey) -> Html:
    """All places, file by file, folded away."""
    files = list(cause.files())
    rows = [tag("li", _spot(group[0].location, found), words(_others(group))) for _, group in files[:_FILES]]
    if len(files) > _FILES:
        rows.append(tag("li", words(f"and in {counted(len(files) - _FILES, 'more file')}; {_ALL}")))
    title = f"{counted(len(cause.findings), 'place')} in {counted(len(files), 'file')}"
    return tag("details", tag("summary", words(title)), tag("ul", *rows, class_="places"))


def _others(group: list[Diagnostic]) -> str:
    numbers = [_numbers(found.location) for found in group[1:_PLACES] if found.location.line is not None]
    rest = len(group) - _PLACES
    return "".join(f", {number}" for number in numbers) + (f" and {rest:,} more" if rest > 0 else "")


def files(found: Survey) -> Iterator[Html]:
    """Each file with its findings folded away, the one with the most first."""
    most = max(len(file.findings) for file in found.files)
    anchors = {code.code: code.anchor for code in found.codes}
    yield tag("h2", words("Findings by file"))
    room = _LISTED
    for file in found.files[:_NAMES]:
        number = min(len(file.findings), _OF_FILE, room)
        room -= number
        yield tag(
            "details",
            _heading(file, most),
            *_lines(file.findings, number, anchors, found),
            id=file.anchor,
            class_="file",
        )
    if len(found.files) > _NAMES:
        yield tag("p", words(f"{counted(len(found.files) - _NAMES, 'more file')}; {_ALL}."), class_="said")


def _heading(file: FileFindings, most: int) -> Html:
    said = tag("span", words(amounts(file.severities)), class_="amount")
    return tag("summary", tag("code", words(file.name)), bar(file.severities, most), said)


def _lines(findings: tuple[Diagnostic, ...], number: int, anchors: dict[str, str], found: Survey) -> Iterator[Html]:
    """The first findings of a file, each leading to its cause, or to its code if that isn't shown."""
    rows = [
        tag(
            "li",
            tag("span", words("" if one.location.line is None else _numbers(one.location)), class_="number"),
            words(" "),
            tag(
                "a",
                tag("code", words(one.code)),
                href=f"#{found.causes.get(one, anchors[one.code])}",
                class_=str(one.severity),
            ),
            words(f" {one.message}"),
        )
        for one in findings[:number]
    ]
    if rows:
        yield tag("ol", *rows, class_="lines")
    if len(findings) > number:
        yield tag("p", words(f"{len(findings) - number:,} more; {_ALL}."), class_="said")


_REASONS: Final = {Excuse.SUPPRESSED: "suppressed in the document", Excuse.BASELINE: "in the baseline"}


def excused(found: Survey) -> Iterator[Html]:
    """What was found and doesn't count, with the reason."""
    everything = found.verdict.excused
    yield tag("h2", words("Not counted"))
    counts = Counter(one.excuse for one in everything)
    said = [f"{counts[excuse]:,} {_REASONS[excuse]}" for excuse in Excuse if counts[excuse]]
    yield tag("p", words(f"{', '.join(said)}."), class_="said")
    yield tag("ul", *(_excuse(one, found) for one in everything[:_EXCUSED]), class_="excused")
    if len(everything) > _EXCUSED:
        yield tag("p", words(f"{len(everything) - _EXCUSED:,} more; {_ALL}."), class_="said")


def _excuse(one: Excused, found: Survey) -> Html:
    about = one.diagnostic
    reason = f"{_REASONS[one.excuse]}: {one.reason}" if one.reason else _REASONS[one.excuse]
    said = tag("span", words(reason), class_="reason")
    code = tag("code", words(about.code), class_=str(about.severity))
    return tag("li", _spot(about.location, found), words(" "), code, words(f" {about.message} "), said)


def clean(found: Survey) -> Iterator[Html]:
    """The documents in which nothing is wrong."""
    yield tag("h2", words("Without findings"))
    rows: Iterable[Html] = (tag("li", tag("code", words(name))) for name in found.clean[:_NAMES])
    rest = len(found.clean) - _NAMES
    more = tag("p", words(f"and {counted(rest, 'more document')}"), class_="said") if rest > 0 else EMPTY
    summary = tag("summary", words(counted(len(found.clean), "document")))
    yield tag("details", summary, tag("ul", *rows, class_="names"), more)


def schemas(found: Survey) -> Iterator[Html]:
    """What the documents were judged by."""
    yield tag("h2", words("Schemas"))
    if not found.verdict.schemas:
        yield tag("p", words("None: only what needs no schema was checked."), class_="said")
    for schema in found.verdict.schemas:
        facts = {
            "Written in": schema.language,
            "Version": schema.version or "says none",
            "Checksum": schema.checksum,
            "Why this one": schema.reason,
            "Judged": counted(schema.documents, "document"),
        }
        pairs = [tag("div", tag("dt", words(name)), tag("dd", words(fact))) for name, fact in facts.items()]
        name = schema_name(schema, found.folder)
        # One that lies elsewhere is called as the user does.
        yield tag("h3", tag("code", words(schema.name if name.startswith("/") else name)))
        yield tag("dl", *pairs, class_="facts")
