"""What has changed between two packages, for people (changes.txt) and for programs (changes.json)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from teipipe.deposit.changes import Changes, DocumentChange
    from teipipe.deposit.document_changes import Difference, Passage
    from teipipe.deposit.statements import Restated

#: The number of the form of changes.json (schema/formats/changes.schema.json).
FORMAT: Final = 1

_WIDTH: Final = 100
_KINDS: Final = ("added", "removed", "renamed", "changed")
#: As many names are listed of what a schema allows otherwise, and files of a group.
_LISTED: Final = 40


def summary(changes: Changes) -> Iterator[str]:
    """Yield the changes in a few lines, each of which can stand alone."""
    if changes.is_nothing:
        yield f"nothing has changed since {changes.name}"
        return
    if not changes.has_content:
        yield f"nothing has changed by content since {changes.name}"
    counts = [
        _documents_line(changes),
        _counted("entry of the register", [one.kind for one in changes.register], "entries of the register"),
        "register: can't be compared" if changes.register_problem else "",
        "register: what stands around the entries" if changes.register_rest else "",
        _schema_line(changes),
        _counted("source transcription", _kinds(changes, "sources")),
        _counted("setting", ["changed"] * len(changes.settings)),
        _counted("stylesheet of the project", _kinds(changes, "stylesheets"), "stylesheets of the project"),
        _made_by(changes),
    ]
    yield from filter(None, counts)


def as_text(changes: Changes) -> str:
    """All of it, to be read."""
    return "\n".join(_lines(changes)).rstrip() + "\n"


def as_data(changes: Changes) -> dict[str, Any]:
    """All of it, to be worked with; members without a value are left out, as in all of our JSON."""
    data: dict[str, Any] = _without_nothing(
        {
            "format": FORMAT,
            "since": {"name": changes.name, "version": changes.version, "date": changes.date},
            "receipt": changes.receipt,
            "content": changes.has_content,
            "summary": list(changes.lines),
            "documents": [asdict(one) for one in changes.documents],
            "unchanged": changes.unchanged,
            "rewritten": changes.rewritten,
            "register": {
                "entries": [asdict(one) for one in changes.register],
                "rest": asdict(changes.register_rest) if changes.register_rest else {},
                "problem": changes.register_problem,
            },
            "schema": {"changes": [asdict(one) for one in changes.schema], "problem": changes.schema_problem},
            "files": [asdict(one) for one in changes.files],
            "settings": [asdict(one) for one in changes.settings],
            "tools": [asdict(one) for one in changes.tools],
        }
    )
    return data


def _without_nothing(value: Any) -> Any:
    """Without empty texts, lists and objects; numbers and truth stay."""
    if isinstance(value, dict):
        kept = {name: _without_nothing(one) for name, one in value.items()}
        return {name: one for name, one in kept.items() if one not in ("", [], {})}
    return [_without_nothing(one) for one in value] if isinstance(value, list | tuple) else value


def _documents_line(changes: Changes) -> str:
    found = changes.documents
    parts = [_number(kind, sum(one.kind == kind for one in found)) for kind in ("added", "removed", "renamed")]
    other = [one for one in found if one.kind in ("changed", "renamed")]
    words = [one.difference for one in other if one.difference.has_words]
    added, removed = sum(one.added for one in words), sum(one.removed for one in words)
    parts += [
        f"{len(words):,} changed in words ({added:,} added, {removed:,} removed)" if words else "",
        _number(
            "changed in markup only", sum(one.difference.has_markup and not one.difference.has_words for one in other)
        ),
        _number("changed in the header only", sum(_is_header_only(one.difference) for one in other)),
        _number("that can't be compared", sum(bool(one.problem) for one in other)),
    ]
    what = ", ".join(filter(None, parts))
    return f"documents: {what}" if what else ""


def _is_header_only(one: Difference) -> bool:
    return bool(one.header) and not one.has_words and not one.has_markup


def _number(what: str, number: int) -> str:
    return f"{number:,} {what}" if number else ""


def _counted(what: str, kinds: Sequence[str], many: str = "") -> str:
    parts = [_number(kind, kinds.count(kind)) for kind in _KINDS]
    name = what if len(kinds) == 1 else many or f"{what}s"
    return f"{name}: {', '.join(filter(None, parts))}" if kinds else ""


def _kinds(changes: Changes, group: str) -> list[str]:
    return [one.kind for one in changes.files if one.group == group]


def _schema_line(changes: Changes) -> str:
    if changes.schema_problem:
        return "schema: can't be compared"
    parts = [f"{len(one.names):,} {_plural(one.what, len(one.names))} {one.kind}" for one in changes.schema]
    if not parts and _kinds(changes, "schema"):
        return "schema: other files, the same elements, attributes and values"
    return f"schema: {', '.join(parts)}" if parts else ""


def _plural(what: str, number: int) -> str:
    if what == "content":
        return "element in another" if number == 1 else "elements in others"
    return what if number == 1 else f"{what}s"


def _made_by(changes: Changes) -> str:
    parts = [f"{one.name} {one.was or 'none'} → {one.now or 'none'}" for one in changes.tools]
    if _kinds(changes, "teipipe"):
        parts.append("other stylesheets of teipipe")
    return f"made by: {', '.join(parts)}" if parts else ""


def _lines(changes: Changes) -> Iterator[str]:
    title = f"Changes since {changes.name}"
    yield from (title, "=" * len(title), "")
    day = f", of {changes.date}" if changes.date else ""
    yield f"The package before this one has the version {changes.version}{day}."
    if changes.receipt:
        yield from ("Its receipt:", f"  {changes.receipt}")
    yield ""
    for line in changes.lines:
        yield from _wrapped(line, "- ")
    yield from _documents(changes)
    yield from _register(changes)
    yield from _schema(changes)
    yield from _files(changes)
    if changes.settings:
        yield from _heading("Settings")
        for setting in changes.settings:
            yield f"{setting.key}"
            yield from _two(setting.was, setting.now, "  ")
    if changes.tools:
        yield from _heading("What made the edition")
        for tool in changes.tools:
            yield f"{tool.name}: {tool.was or 'not used'} → {tool.now or 'not used'}"


def _heading(title: str) -> Iterator[str]:
    yield from ("", "", title, "-" * len(title))


def _documents(changes: Changes) -> Iterator[str]:
    yield from _heading("Documents")
    rewritten = f", {changes.rewritten:,} of them written otherwise (white space, order of attributes, comments)"
    same = "1 document says" if changes.unchanged == 1 else f"{changes.unchanged:,} documents say"
    yield from _wrapped(f"{same} what they said before{rewritten if changes.rewritten else ''}.")
    for kind in _KINDS:
        for one in changes.documents:
            if one.kind == kind:
                yield ""
                yield from _document(one)


def _document(one: DocumentChange) -> Iterator[str]:
    yield f"{one.kind.capitalize()}: {one.id}"
    yield from _wrapped(one.title, "  ")
    yield f"  {one.path}"
    if one.was_id or one.was_path:
        yield f"  It was: {', '.join(filter(None, (one.was_id, one.was_path)))}"
    if one.problem:
        yield from _wrapped(one.problem[:1].upper() + one.problem[1:], "  ")
    yield from _difference(one.difference)


def _difference(found: Difference) -> Iterator[str]:
    if found.has_words:
        places = "1 place" if found.places == 1 else f"{found.places:,} places"
        yield f"  Words: {found.added:,} added, {found.removed:,} removed, in {places}"
        for passage in found.passages:
            yield from _passage(passage)
        yield from _more(found.places - len(found.passages), "    ")
    if found.has_markup:
        yield "  Markup:"
        for one in found.markup:
            has_other = one.other and one.before == one.now
            number = f"{one.other:,} with another value" if has_other else f"{one.before:,} → {one.now:,}"
            yield f"    {one.name}: {number}"
        yield from _more(found.names - len(found.markup), "    ")
        if found.is_rearranged:
            yield "    the same elements and attributes stand elsewhere"
    if found.header:
        yield "  Header:"
        for statement in found.header:
            yield from _statement(statement)
        yield from _more(found.statements - len(found.header), "    ")


def _passage(one: Passage) -> Iterator[str]:
    gone = "; the line is that of the earlier document" if one.is_gone else ""
    yield f"    {one.place}, line {one.line:,}{gone}"
    yield from _two(_marked(one, one.was), _marked(one, one.now), "      ")


def _marked(one: Passage, words: str) -> str:
    """Words among those around them; nothing if there are none."""
    before, after = f"… {one.before}" if one.before else "", f"{one.after} …" if one.after else ""
    return " ".join(filter(None, (before, f"[{words}]", after))) if words else ""


def _statement(one: Restated) -> Iterator[str]:
    yield f"    {one.path}, line {one.line:,}"
    yield from _two(one.was, one.now, "      ")


def _two(was: str, now: str, indent: str) -> Iterator[str]:
    """What was and what is, one under the other; what isn't there has no line."""
    for sign, words in (("−", was), ("+", now)):
        if words:
            yield from _wrapped(words, f"{indent}{sign} ")


def _register(changes: Changes) -> Iterator[str]:
    if not (changes.register or changes.register_rest or changes.register_problem):
        return
    yield from _heading("Register")
    if changes.register_problem:
        yield from _wrapped(changes.register_problem[:1].upper() + changes.register_problem[1:])
    for kind in _KINDS:
        for one in changes.register:
            if one.kind == kind:
                yield ""
                yield f"{kind.capitalize()}: {one.name} ({one.element} {one.id})"
                for fact in one.facts:
                    yield from _statement(fact)
                yield from _more(one.statements - len(one.facts), "    ")
    if changes.register_rest:
        yield ""
        yield from _difference(changes.register_rest)


def _schema(changes: Changes) -> Iterator[str]:
    files = [one for one in changes.files if one.group == "schema"]
    if not (changes.schema or changes.schema_problem or files):
        return
    yield from _heading("Schema")
    if changes.schema_problem:
        yield from _wrapped(changes.schema_problem)
    for one in changes.schema:
        yield f"{_plural(one.what, 2).capitalize()} {one.kind}:"
        yield from _listed(one.names)
    for file in files:
        yield f"{file.kind.capitalize()}: {file.path}"


def _files(changes: Changes) -> Iterator[str]:
    titles = {
        "sources": "Source transcriptions",
        "stylesheets": "Stylesheets of the project",
        "teipipe": "Stylesheets that come with teipipe",
    }
    for group, title in titles.items():
        found = [one for one in changes.files if one.group == group]
        if found:
            yield from _heading(title)
            for kind in _KINDS:
                names = [one.path for one in found if one.kind == kind]
                if names:
                    yield f"{kind.capitalize()}:"
                    yield from _listed(names)


def _listed(names: Sequence[str]) -> Iterator[str]:
    yield from (f"  {name}" for name in names[:_LISTED])
    yield from _more(len(names) - _LISTED, "  ")


def _more(number: int, indent: str) -> Iterator[str]:
    if number > 0:
        yield f"{indent}… and {number:,} more"


def _wrapped(words: str, indent: str = "") -> Iterable[str]:
    """Words in lines that aren't too long, the first behind `indent`, the others below its words."""
    return wrap(words, _WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent), break_on_hyphens=False) or [
        indent
    ]
