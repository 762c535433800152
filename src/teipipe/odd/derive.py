"""From the specifications of an ODD to the resolved schema: what is reachable from the start, complete."""

from __future__ import annotations

from collections.abc import Mapping

from teipipe.diagnostics import Diagnostic, Severity
from teipipe.odd import model, schema
from teipipe.odd.attributes import Attributes
from teipipe.odd.content import Contents
from teipipe.odd.index import Index
from teipipe.odd.rules import did_you_mean


def derive(odd: model.Odd) -> tuple[schema.Schema | None, list[Diagnostic]]:
    """The schema that an ODD describes (None if it has none), and what is wrong with its specifications."""
    index = Index(odd)
    if any(problem.rule == "circular-reference" for problem in index.problems):
        return None, index.problems
    start = _start(odd, index)
    elements = _elements(index)
    reachable = _reachable(start, elements)
    for key, element in elements.items():
        if key not in reachable and start:
            index.report("unreachable-element", f"“{element.name}” can occur nowhere", element.at)
    _report_unused(index)
    if any(problem.severity >= Severity.ERROR for problem in index.problems):
        return None, index.problems
    kept = {key: element for key, element in elements.items() if key in reachable}
    return schema.Schema(odd.ident, odd.namespace, start, kept, odd.language), index.problems


def _start(odd: model.Odd, index: Index) -> tuple[str, ...]:
    if odd.start is None:
        defaults: tuple[str, ...] = ("TEI", "teiCorpus")
        found = tuple(name for name in defaults if name in index.elements)
    else:
        found = tuple(key for name, _ in odd.start for key in [_start_key(name, index)] if key is not None)
        for name, at in odd.start:
            if _start_key(name, index) is None:
                message = f"the start “{name}” is no element of the schema"
                index.report("dangling-key", message, at, did_you_mean(name, index.elements))
    if not found:
        index.report("no-start", "no element can be the start of a document", odd.at, "name one in schemaSpec/@start")
    return found


def _start_key(name: str, index: Index) -> str | None:
    """The key of a start element; a prefix (`tei_TEI`), as patterns have, is taken off."""
    for candidate in (name, name.rpartition("_")[2]):
        for key, spec in index.elements.items():
            if candidate in (key, spec.ident):
                return key
    return None


def _elements(index: Index) -> dict[str, schema.Element]:
    contents = Contents(index)
    attributes = Attributes(index, contents)
    return {
        key: schema.Element(
            key=key,
            namespace=spec.namespace,
            name=spec.name or spec.ident,
            content=contents.of_element(spec),
            attributes=attributes.of_element(spec),
            at=spec.at,
            module=spec.module,
            docs=spec.docs,
        )
        for key, spec in index.elements.items()
    }


def _reachable(start: tuple[str, ...], elements: dict[str, schema.Element]) -> set[str]:
    seen: set[str] = set()
    waiting = list(start)
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            waiting += [part.key for part in schema.walk(elements[key].content) if isinstance(part, schema.Child)]
    return seen


def _report_unused(index: Index) -> None:
    tables: dict[str, Mapping[str, model.Spec]] = {
        "class": index.classes,
        "macro": index.macros,
        "datatype": index.datatypes,
    }
    for kind, table in tables.items():
        for ident, spec in table.items():
            if ident not in index.used:
                index.report("unused-specification", f"nothing uses the {kind} “{ident}”", spec.at)
