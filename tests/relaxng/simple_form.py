"""The simple form of a schema as text, for comparison: a line for each element, in the order of their first mention."""

from __future__ import annotations

from teipipe.relaxng.simple import (
    Attribute,
    Choice,
    Data,
    Element,
    Empty,
    Grammar,
    Group,
    Interleave,
    List,
    Name,
    NameChoice,
    NameClass,
    NotAllowed,
    NsName,
    OneOrMore,
    Pattern,
    Text,
    Value,
)

_SIGNS = {Choice: " | ", Group: ", ", Interleave: " & "}
_LEAVES = {Empty: "empty", NotAllowed: "notAllowed", Text: "text"}


def shown(grammar: Grammar) -> str:
    elements: list[Element] = []
    lines = [f"start = {_pattern(grammar.start, elements)}\n"]
    for number, element in enumerate(elements):  # grows while it is gone through
        line = f"<{number}> {_name(element.name_class)} = {_pattern(element.content, elements)}"
        notes = [note for note in (element.name and f"name {element.name}", element.documentation) if note]
        lines.append(f"{line}{''.join(f'  # {note}' for note in notes)}\n")
    return "".join(lines)


def _pattern(pattern: Pattern, elements: list[Element]) -> str:
    if isinstance(pattern, Element):
        if pattern not in elements:
            elements.append(pattern)
        return f"<{elements.index(pattern)}>"
    if isinstance(pattern, (Choice, Group, Interleave)):
        return f"({_SIGNS[type(pattern)].join(_pattern(part, elements) for part in pattern.parts)})"
    if isinstance(pattern, OneOrMore):
        return f"{_pattern(pattern.part, elements)}+"
    if isinstance(pattern, List):
        return f"list {{ {_pattern(pattern.part, elements)} }}"
    if isinstance(pattern, Attribute):
        note = f" # {pattern.documentation} #" if pattern.documentation else ""
        return f"@{_name(pattern.name_class)}{note} {{ {_pattern(pattern.part, elements)} }}"
    if isinstance(pattern, Data):
        return _data(pattern, elements)
    if isinstance(pattern, Value):
        prefixes = " ".join(f"{prefix}={uri}" for prefix, uri in sorted(pattern.namespaces.items()))
        prefixes = f" ({prefixes})" if pattern.datatype.is_contextual else ""
        note = f" # {pattern.node.documentation} #" if pattern.node.documentation else ""
        return f"{pattern.datatype.name} {pattern.text!r}{prefixes}{note}"
    return _LEAVES[type(pattern)]


def _data(data: Data, elements: list[Element]) -> str:
    params = "".join(f" {name}={value}" for name, value in data.datatype.params)
    without = f" - {_pattern(data.without, elements)}" if data.without else ""
    return f"{data.datatype.name}{params}{without}"


def _name(name_class: NameClass) -> str:
    if isinstance(name_class, Name):
        return name_class.qualified
    if isinstance(name_class, NameChoice):
        return f"({' | '.join(_name(single) for single in name_class.classes)})"
    without = f" - {_name(name_class.without)}" if name_class.without else ""
    return f"{{{name_class.uri}}}*{without}" if isinstance(name_class, NsName) else f"*{without}"
