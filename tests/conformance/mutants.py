"""Documents with one thing wrong each, made from a schema: nothing that it forbids may slip through."""

from __future__ import annotations

from collections.abc import Iterator

from teipipe.odd import schema
from teipipe.odd.schema import Child, Element, Symbol

from .instances import Fragment, Instance, Instances
from .samples import outside


def mutants(instances: Instances) -> Iterator[Instance]:
    """The documents; what is wrong is on the line that `shows` names."""
    for element in instances.schema.elements.values():
        wrong = [*_attributes(instances, element), *_contents(instances, element)]
        for number, fragment in enumerate(wrong, 1):
            yield from instances.placed(element.key, [fragment], f"not-{element.name}-{number}")


def _attributes(instances: Instances, element: Element) -> Iterator[Fragment]:
    inside = instances.inside(element)
    start, end = instances.tags(element)
    yield Fragment(((f"{start[:-1]} bogus='x'>{inside}{end}", f"{element.name}/@bogus"),))
    for attribute, others in instances.attributes(element):
        value = outside(attribute.value)
        if value is not None:
            shows = f"{element.name}/@{attribute.name}=“{value}”"
            yield instances.fragment(element, inside, shows, {**others, attribute: value})
        if attribute.required:
            yield instances.fragment(element, inside, f"{element.name} without @{attribute.name}", others)


def _contents(instances: Instances, element: Element) -> Iterator[Fragment]:
    contents = instances.contents
    machine = contents.automata[element.key]
    used = {symbol for steps in machine.steps for symbol in steps}
    strange: list[Symbol] = []
    strange += [Child(key) for key in instances.schema.elements if Child(key) not in used][:1]
    for state, steps in enumerate(machine.steps):
        way = contents.way(element.key, state)
        before = "".join(map(instances.symbol, way))
        after = "".join(map(instances.symbol, contents.finish(element.key, state)))
        known = [symbol for symbol in used if symbol not in steps and not isinstance(symbol, schema.Wildcard)]
        known.sort(key=str)
        if schema.CHARS not in used and not _has_data(element):
            known.append(schema.CHARS)
        for symbol in [*strange, *known[:3], *known[-1:]]:
            shows = f"{element.name}: {instances.read(symbol)} after {instances.read(*way)}"
            yield instances.fragment(element, before + instances.symbol(symbol) + after, shows)
        if not machine.accepting[state] and not _has_data(element):
            yield instances.fragment(element, before, f"{element.name} ends after {instances.read(*way)}")


def _has_data(element: Element) -> bool:
    parts = schema.walk(element.content)
    return any(isinstance(part, (schema.Data, schema.Value, schema.Tokens)) for part in parts)
