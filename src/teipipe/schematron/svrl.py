"""Reports in the Schematron Validation Report Language (ISO/IEC 19757-3, annex D)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from xml.sax.saxutils import quoteattr

from teipipe.schematron.description import Assertion, Comment, Description, Pattern, SchemaRule
from teipipe.schematron.findings import reason
from teipipe.schematron.nodes import node_paths
from teipipe.schematron.running import Event, Run

_NAMESPACE: Final = "http://purl.oclc.org/dsdl/svrl"
_NAME: Final = re.compile(r"[^\W\d][\w.-]*\Z")
_TOKEN: Final = re.compile(r"[\w.:-]+\Z")
_KINDS: Final = {"assert": "failed-assert", "report": "successful-report"}


def report(description: Description, run: Run) -> str:
    """The report about a run that was complete: one document with the patterns in the order of the schema."""
    attributes = {"title": description.title, "schemaVersion": description.version}
    if _TOKEN.match(description.phase):
        attributes["phase"] = description.phase
    lines = [f'<svrl:schematron-output xmlns:svrl="{_NAMESPACE}"{_written(attributes)}>']
    if run.failure:
        lines.append(f"<svrl:error{_written({'location': '/'})}>{_escaped(reason(run.failure))}</svrl:error>")
    lines += [
        f"<svrl:ns-prefix-in-attribute-values{_written({'prefix': prefix, 'uri': uri}, keep=('uri',))}/>"
        for prefix, uri in description.namespaces
    ]
    paths = _Paths(run)
    by_pattern = _by_pattern(description, run.events)
    for number, pattern in enumerate(description.patterns):
        lines += _pattern(description, run, paths, pattern, by_pattern.get(number, ()))
    lines.append("</svrl:schematron-output>")
    return "\n".join(lines) + "\n"


class _Paths:
    """The paths of what events are about."""

    def __init__(self, run: Run) -> None:
        wanted: list[set[int]] = [set() for _ in run.documents]
        for event in (*run.events, *(absent.event for absent in run.absent)):
            wanted[event[2]].add(event[3])
        pairs = zip(run.documents, wanted, strict=True)
        self._paths = [node_paths(document, numbers) for document, numbers in pairs]

    def of(self, event: Event) -> str:
        return self._paths[event[2]][event[3]] + str(event[5])


def _by_pattern(description: Description, events: Sequence[Event]) -> dict[int, list[Event]]:
    found: dict[int, list[Event]] = {}
    for event in events:
        rule = event[1] - 1 if event[0] == "fired" else description.assertions[event[1] - 1].rule
        found.setdefault(description.rules[rule].pattern, []).append(event)
    return found


def _pattern(
    description: Description, run: Run, paths: _Paths, pattern: Pattern, events: Sequence[Event]
) -> Iterator[str]:
    documents = [
        document.path.as_posix()
        for document, group in zip(run.documents, run.groups, strict=True)
        if group == str(pattern.group)
    ]
    attributes = {"id": pattern.id if _NAME.match(pattern.id) else "", "name": pattern.name, "role": pattern.role}
    if pattern.group:
        attributes["documents"] = " ".join(documents)
    errors = [event for event in events if event[0] == "error"]
    name = "active-group" if pattern.kind == "group" else "active-pattern"
    absent = [one for one in run.absent if pattern.group and one.event[1] == pattern.group]
    if not errors and not absent:
        yield f"<svrl:{name}{_written(attributes)}/>"
    else:
        yield f"<svrl:{name}{_written(attributes)}>"
        for one in absent:
            yield f"<svrl:error{_written({'location': paths.of(one.event)})}>{_escaped(one.reason)}</svrl:error>"
        for event in errors:
            where = {"location": paths.of(event), "code": event[6]}
            yield f"<svrl:error{_written(where)}>{_escaped(reason(event[7]))}</svrl:error>"
        yield f"</svrl:{name}>"
    for event in events:
        if event[0] == "fired":
            yield _fired(description.rules[event[1] - 1], run, event)
        elif event[0] == "finding":
            yield _outcome(description.assertions[event[1] - 1], event, paths.of(event))


def _fired(rule: SchemaRule, run: Run, event: Event) -> str:
    attributes = {"id": rule.id if _NAME.match(rule.id) else "", "context": rule.context}
    if event[2]:
        attributes["document"] = run.documents[event[2]].path.as_posix()
    return f"<svrl:fired-rule{_written({**attributes, 'role': rule.role, 'flag': rule.flag})}/>"


def _outcome(assertion: Assertion, event: Event, path: str) -> str:
    attributes = {
        "id": assertion.id if _NAME.match(assertion.id) else "",
        "location": path,
        "test": assertion.test,
        "severity": assertion.severity,
        "role": event[6] or assertion.role,
        "flag": assertion.flag,
    }
    text, *more = event[7:]
    diagnostics = len(assertion.diagnostics)
    inner = [
        *(
            _comment("diagnostic", one, words)
            for one, words in zip(assertion.diagnostics, more[:diagnostics], strict=True)
        ),
        *(
            _comment("property", one, words)
            for one, words in zip(assertion.properties, more[diagnostics:], strict=True)
        ),
        _text(assertion.about, text),
    ]
    name = _KINDS[assertion.kind]
    return f"<svrl:{name}{_written(attributes)}>{''.join(inner)}</svrl:{name}>"


def _comment(kind: str, comment: Comment, words: str) -> str:
    attributes = {kind: comment.id, "role": comment.role, "scheme": comment.scheme}
    return f"<svrl:{kind}-reference{_written(attributes)}>{_text(comment.about, words)}</svrl:{kind}-reference>"


def _text(about: Mapping[str, str], words: str) -> str:
    return f"<svrl:text{_written(about)}>{words}</svrl:text>"


def _written(attributes: Mapping[str, str], keep: Sequence[str] = ("context", "location", "test", "documents")) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items() if value or name in keep)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
