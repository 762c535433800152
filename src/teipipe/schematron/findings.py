"""From events of a run to findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from teipipe.diagnostics import Diagnostic, Severity
from teipipe.rules import finding
from teipipe.schematron.description import Assertion, Description
from teipipe.schematron.nodes import NodePlaces
from teipipe.schematron.running import Event, Run

#: Characters of a message, and of what diagnostics add to it.
LONGEST: Final = 1000

_RULES: Final = {"assert": "failed-assertion", "report": "successful-report"}

#: Codes of errors, and words of Saxon's where it gives none, of a test that would read a file.
_READING_CODES: Final = ("FODC000", "FOUT1170")
_READING_WORDS: Final = ("has been prohibited", "has been disallowed", "marked not available")
_NO_FILES: Final = "tests can't read other files: let a pattern go over them, by its attribute documents"
_PLACE: Final = re.compile(
    r"\s*(?:Type e|E)rror .*? on line \d+ column \d+ of \S+\s+(?:[A-Z]{4}\d{4}\s)?| at line \d+ in \S+", re.DOTALL
)
_MEND: Final = "mend the test, or guard it against such values"


def findings(description: Description, run: Run) -> Iterator[Diagnostic]:
    """What a run found, in document order, and what it could not judge, once for each assertion and reason."""
    places = [NodePlaces(document) for document in run.documents]
    for absent in run.absent:
        event = absent.event
        where = places[event[2]].place(event[3], event[4])
        help = "name files of the project, by addresses that begin where the document lies"
        yield finding(
            "assertion-not-evaluated", f"a document of a pattern can't be judged: {absent.reason}", where, help
        )
    if run.failure:
        where = places[0].place(0, "")
        yield finding("assertion-not-evaluated", f"the schema can't be evaluated: {reason(run.failure)}", where, _MEND)
    failed: set[tuple[int, str]] = set()
    for event in sorted(run.events, key=lambda one: (one[2], one[3], one[4], one[1])):
        assertion = description.assertions[event[1] - 1]
        if event[0] == "finding":
            yield _finding(description, assertion, event, places[event[2]])
        elif event[0] == "error":
            cause = (event[1], "" if _reads(event) else event[-1])
            if cause in failed:
                continue
            failed.add(cause)
            yield _unevaluated(description, assertion, event, places[event[2]])


def _finding(description: Description, assertion: Assertion, event: Event, places: NodePlaces) -> Diagnostic:
    _, _, _, number, attribute, _, role, text, *more = event
    message = one_line(text) or one_line(assertion.test)
    comments = [words for words in map(one_line, more[: len(assertion.diagnostics)]) if words]
    return finding(
        _RULES[assertion.kind],
        message,
        places.place(number, attribute),
        "; ".join(comments) or None,
        severity=description.severity(assertion, role),
        related=((assertion.place, _title(description, assertion)),),
        assertion=assertion.id,
    )


def _title(description: Description, assertion: Assertion) -> str:
    """What the place of an assertion in its schema is called: its pattern's title tells what it is about."""
    pattern = description.patterns[description.rules[assertion.rule].pattern]
    return f"the schema says so here: {pattern.name}" if pattern.name else "the schema says so here"


def _unevaluated(description: Description, assertion: Assertion, event: Event, places: NodePlaces) -> Diagnostic:
    _, _, _, number, attribute, _, code, said = event
    help = _MEND
    if _reads(event):
        said, help = "it would read another file", _NO_FILES
    elif not description.binding and code == "XPTY0004":
        help = f'{_MEND}; if it is meant as XPath 1.0, say so by queryBinding="xslt"'
    return finding(
        "assertion-not-evaluated",
        f"“{one_line(assertion.test, 200)}” can't be evaluated: {reason(said)}",
        places.place(number, attribute),
        help,
        severity=Severity.FAILURE,
        related=((assertion.place, _title(description, assertion)),),
        assertion=assertion.id,
    )


def _reads(event: Event) -> bool:
    return str(event[-2]).startswith(_READING_CODES) or any(words in event[-1] for words in _READING_WORDS)


def reason(said: str) -> str:
    """What Saxon says went wrong, without the places in its own program."""
    text = one_line(_PLACE.sub("", said), 300).split(". ")[0].rstrip(".")
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def one_line(text: str, limit: int = LONGEST) -> str:
    """Words with single blanks between them, not too many."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
