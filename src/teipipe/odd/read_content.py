"""Content models, datatypes and lists of values of an ODD file, as values of `model`."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from teipipe.odd import model
from teipipe.odd.node import Node, children
from teipipe.odd.rules import fault

#: Wraps a child element as a Node that collects faults in the same list.
Wrap = Callable[[etree._Element], Node]


def read_content(parent: Node, wrap: Wrap) -> tuple[model.Content, ...]:
    """The patterns directly inside `content`, `datatype`, `sequence`, `alternate` or `interleave`."""
    found: list[model.Content] = []
    for element in parent.element.iterchildren("*"):
        node = wrap(element)
        if element.tag != f"{{{model.TEI_NS}}}{node.kind}":
            name = etree.QName(element).namespace
            message = f"{node.kind} of the namespace “{name}” in {parent.kind}: only TEI's own (Pure ODD) is read"
            node.problems.append(fault("odd-construct-unknown", message, node.at))
            continue
        content = _one(node, wrap)
        if content is None:
            node.report("odd-construct-unknown", f"{node.kind} in {parent.kind}")
        else:
            found.append(content)
    return tuple(found)


def _one(node: Node, wrap: Wrap) -> model.Content | None:
    match node.kind:
        case "textNode":
            return model.Text(node.at)
        case "empty":
            return model.Empty(node.at)
        case "elementRef":
            return model.ElementRef(node.required("key"), node.at, node.occurs())
        case "macroRef":
            return model.MacroRef(node.required("key"), node.at, node.occurs())
        case "classRef":
            return _class_ref(node)
        case "dataRef":
            return _data_ref(node, wrap)
        case "anyElement":
            without = node.get("except")
            return model.AnyElement(
                node.at,
                node.occurs(),
                tuple(node.text("require").split()),
                None if without is None else tuple(map(node.name_class, without.split())),
            )
        case "valList":
            return read_values(node, wrap)
        case "alternate":
            return model.Alternate(_items(node, wrap), node.at, node.occurs())
        case "sequence" | "interleave":
            ordered = node.kind == "sequence" and node.text("preserveOrder", "true").strip() in ("true", "1")
            return model.Sequence(_items(node, wrap), node.at, node.occurs(), ordered)
        case _:
            return None


def _items(node: Node, wrap: Wrap) -> tuple[model.Content, ...]:
    items = read_content(node, wrap)
    if not items:
        node.report("odd-construct-unknown", f"{node.kind} with nothing in it")
    return items


def _class_ref(node: Node) -> model.ClassRef:
    only = node.get("include")
    return model.ClassRef(
        node.required("key"),
        node.at,
        node.occurs(),
        node.choice("expand", model.Expansion, model.Expansion.ALTERNATE),
        None if only is None else frozenset(only.split()),
        frozenset(node.text("except").split()),
    )


def _data_ref(node: Node, wrap: Wrap) -> model.DataRef:
    key, name = node.get("key"), node.get("name")
    if (key is None) == (name is None):
        node.report("odd-value", "dataRef has either @key (a dataSpec) or @name (a type of W3C XML Schema)")
    facets = [wrap(element) for element in children(node.element, "dataFacet")]
    if node.get("restriction") is not None and facets:
        node.report("odd-value", "dataRef has both @restriction and dataFacet")
    return model.DataRef(
        node.at,
        key,
        name,
        node.get("restriction"),
        tuple((facet.required("name"), facet.text("value")) for facet in facets),
        node.occurs(),
    )


def read_values(node: Node, wrap: Wrap) -> model.ValList:
    """A list of values."""
    items: dict[str, model.ValItem] = {}
    for element in children(node.element, "valItem"):
        item = wrap(element)
        ident = item.get("ident")
        if ident is None:
            item.report("odd-value", "valItem has no @ident")
            continue
        if ident in items:
            item.report("duplicate-value", f"the value “{ident}” is in the list twice")
        mode = item.choice("mode", model.Mode, model.Mode.ADD)
        items.setdefault(ident, model.ValItem(ident, item.at, item.docs(), item.text_of("altIdent"), mode))
    mode = node.choice("mode", model.Mode, model.Mode.ADD)
    kind = node.choice("type", model.ListType, model.ListType.OPEN)
    if kind is model.ListType.CLOSED and not items and mode is not model.Mode.DELETE:
        node.report("odd-value", "a closed valList without a valItem allows no value at all")
    return model.ValList(tuple(items.values()), node.at, kind, mode)
