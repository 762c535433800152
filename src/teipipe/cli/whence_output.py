"""What `teipipe whence` has found, in words and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import Final

from teipipe import __version__
from teipipe.build.whence import Source, State, Traced
from teipipe.reports.terminal import visible

#: So many stylesheets or documents that have changed are named.
_NAMED: Final = 8
_WIDTH: Final = 13
_LINE: Final = 116

_VERDICTS: Final = {
    State.SAME: "what it was made from is what it was",
    State.CHANGED: "what it was made from has changed",
    State.UNKNOWN: "it can't be told whether what it was made from has changed",
}
_FACTS: Final = {
    State.SAME: "the same now",
    State.CHANGED: "different now",
    State.GONE: "none now: the edition has no such file any more",
    State.UNKNOWN: "not compared",
}
_SETTINGS: Final = {**_FACTS, State.GONE: "different now"}
_ITSELF: Final = {
    State.SAME: "as it was written",
    State.CHANGED: "edited since it was written: it isn't what the manifest of the edition says",
}


def as_text(answers: Sequence[Traced]) -> str:
    """A paragraph for each file."""
    return "\n\n".join("\n".join(map(visible, _lines(answer))) for answer in answers)


def _lines(answer: Traced) -> Iterator[str]:
    if answer.statement is None:
        yield f"{answer.path}: {answer.problem or 'it says nothing of where it comes from'}"
        return
    is_alone = not answer.root
    verdict = "there is no project to compare it with" if is_alone else _VERDICTS[answer.state]
    yield f"{answer.path}: {answer.problem or verdict}"
    for name, words in _rows(answer):
        first, *others = wrap(words, _LINE - _WIDTH, break_long_words=False, break_on_hyphens=False) or [""]
        yield f"  {name:<{_WIDTH}}{first}"
        yield from (f"  {'':<{_WIDTH}}{line}" for line in others)


def _rows(answer: Traced) -> Iterator[tuple[str, str]]:
    statement = answer.statement
    assert statement is not None
    if statement.version:
        yield "made by", _maker(answer)
    if statement.file:
        yield "as", statement.file
    for source in answer.sources or tuple(Source(one) for one in statement.sources):
        yield from _source(source)
    if statement.facts:
        changed = f" ({_named(answer.documents)} changed)" if answer.documents else ""
        yield "facts", f"{_facts(answer)}: {_FACTS[answer.facts]}{changed}"
    if statement.settings:
        yield "settings", f"of the project: {_SETTINGS[answer.settings]}"
    if statement.stylesheets:
        yield "stylesheets", _stylesheets(answer)
    if answer.itself in _ITSELF:
        yield "this file", _ITSELF[answer.itself]
    if answer.root:
        yield "compared", f"with the project in {answer.root}"


def _maker(answer: Traced) -> str:
    statement = answer.statement
    assert statement is not None
    version = f"teipipe {statement.version}"
    if statement.version != answer.version:
        version += f" (this is {answer.version})"
    if not statement.date:
        return version
    date = f", edition of {statement.date}"
    if answer.date and answer.date != statement.date:
        date += f" (now that of {answer.date})"
    return version + date


def _source(source: Source) -> Iterator[tuple[str, str]]:
    title = f" “{source.title}”" if source.title else ""
    yield "source", f"{source.then.path}{title}"
    then = f"SHA-256 {source.then.sha256}"
    match source.state:
        case State.SAME:
            yield "", f"{then}, the same now"
        case State.MOVED:
            yield "", f"{then}, the same now, but it is {source.path}"
        case State.CHANGED:
            yield "", then
            where = f" in {source.path}" if source.path != source.then.path else ""
            yield "", f"now     {source.sha256}{where}"
        case State.GONE:
            yield "", f"{then}; no document of the project any more"
        case State.UNKNOWN:
            yield "", then


def _facts(answer: Traced) -> str:
    """Where the facts come from that were taken of other documents than the sources."""
    statement = answer.statement
    assert statement is not None
    documents = statement.documents.removesuffix(" in all")
    words = f"{documents} documents" if documents != statement.documents else documents.replace(" ", ", ")
    places = " and ".join(part for part in (words, statement.register) if part)
    return f"from {places}" if places else "from the project"


def _stylesheets(answer: Traced) -> str:
    statement = answer.statement
    assert statement is not None
    words = {
        State.SAME: "the same now",
        State.UNKNOWN: "not compared",
    }.get(answer.stylesheets, "different now")
    if answer.changed:
        words += f" ({_named(answer.changed)})"
    return f"{statement.stylesheet} and all that go with it: {words}"


def _named(names: Sequence[str]) -> str:
    """Some of them, and how many more there are."""
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def as_json(answers: Iterable[Traced]) -> str:
    """Everything, for programs."""
    record = {
        "version": 1,
        "tool": {"name": "teipipe", "version": __version__},
        "files": [_record(answer) for answer in answers],
    }
    return json.dumps(record, ensure_ascii=False, indent=1)


def _record(answer: Traced) -> dict[str, object]:
    statement = answer.statement
    return {
        "path": str(answer.path),
        "state": answer.state.value,
        "problem": answer.problem or None,
        "project": answer.root or None,
        "statement": None if statement is None else _fields(statement.fields),
        "now": {"version": answer.version, "date": answer.date or None},
        "sources": [
            {
                "id": source.then.id,
                "path": source.then.path,
                "sha256": source.then.sha256,
                "state": source.state.value,
                "now": None
                if not source.path
                else {"path": source.path, "sha256": source.sha256, "title": source.title},
            }
            for source in answer.sources
        ],
        "facts": {"state": answer.facts.value, "changed": list(answer.documents)},
        "settings": answer.settings.value,
        "stylesheets": {"state": answer.stylesheets.value, "changed": list(answer.changed)},
        "itself": answer.itself.value,
    }


def _fields(fields: Sequence[tuple[str, str]]) -> dict[str, object]:
    """As in the JSON of an edition: the sources are a list."""
    sources = [value for name, value in fields if name == "source"]
    found: dict[str, object] = dict(fields)
    return {**found, "source": sources} if sources else found
