"""Reads a RELAX NG schema (XML syntax) into patterns, each element's content when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from typing import Final

from lxml import etree

from teipipe.validate.patterns import EMPTY, NOTHING, TEXT, Name, Pattern, both, choice, leaves, more, optional

RNG_NAMESPACE: Final = "http://relaxng.org/ns/structure/1.0"
_RNG: Final = f"{{{RNG_NAMESPACE}}}"
_XML: Final = "http://www.w3.org/XML/1998/namespace"


class UnsupportedError(Exception):
    """The schema uses something that this reader leaves alone (nested grammars, externalRef)."""


class Grammar:
    """A schema, by element: what may stand in each. `files` are its own tree and those of its includes by @href."""

    def __init__(self, root: etree._Element, included: dict[etree._Element, etree._Element]) -> None:
        """Raises UnsupportedError."""
        self._included = included
        self._defines: dict[str, list[etree._Element]] = {}
        self._starts: list[etree._Element] = []
        self._contents: dict[etree._Element, Pattern] = {}
        self._refs: dict[str, Pattern] = {}
        self._open: set[str] = set()
        if root.tag == f"{_RNG}grammar":
            self._collect(root, frozenset())
        else:
            self._starts = [root]
        self.start: Final = self._combined(self._starts, wrapped=root.tag == f"{_RNG}grammar")

    def content(self, element: Pattern) -> Pattern:
        """What may stand in the element of an element pattern, attributes included."""
        node: etree._Element = element[2]
        content = self._contents.get(node)
        if content is None:
            content = self._contents[node] = self._all(_children(node, skip_name=node.get("name") is None))
        return content

    def elements(self) -> Iterator[Pattern]:
        """Every element pattern that the schema can reach."""
        todo, seen = [self.start], set()
        while todo:
            for element in leaves(todo.pop(), "element"):
                if element not in seen:
                    seen.add(element)
                    yield element
                    todo.append(self.content(element))

    def _collect(self, node: etree._Element, overridden: frozenset[str]) -> None:
        for child in _children(node):
            local = _local(child)
            if local == "div":
                self._collect(child, overridden)
            elif local == "include":
                names = {_define_name(define) for define in child.iter(f"{_RNG}define", f"{_RNG}start")}
                self._collect(self._included[child], overridden | names)
                self._collect(child, overridden)
            elif _define_name(child) in overridden:
                continue
            elif local == "start":
                self._starts.append(child)
            elif local == "define":
                self._defines.setdefault(child.get("name", "").strip(), []).append(child)

    def _combined(self, nodes: list[etree._Element], *, wrapped: bool = True) -> Pattern:
        if not wrapped:
            return self._pattern(nodes[0])
        parts = [self._all(_children(node)) for node in nodes]
        if not parts:
            return NOTHING
        if any(node.get("combine") == "interleave" for node in nodes):
            return reduce(lambda first, second: both("interleave", first, second), parts)
        return choice(*parts)

    def _all(self, nodes: Iterable[etree._Element], kind: str = "group") -> Pattern:
        pattern = EMPTY
        for part in reversed([self._pattern(node) for node in nodes]):
            pattern = both(kind, part, pattern)
        return pattern

    def _ref(self, name: str) -> Pattern:
        if name in self._open:
            raise UnsupportedError(f"“{name}” refers to itself")
        if name not in self._refs:
            self._open.add(name)
            self._refs[name] = self._combined(self._defines.get(name, []))
            self._open.discard(name)
        return self._refs[name]

    def _pattern(self, node: etree._Element) -> Pattern:
        children = list(_children(node))
        kind = _local(node)
        match kind:
            case "element":
                return ("element", _name_class(node), node)
            case "attribute":
                inner = children if node.get("name") is not None else children[1:]
                return ("attribute", _name_class(node), self._all(inner) if inner else TEXT)
            case "ref":
                return self._ref(node.get("name", "").strip())
            case "interleave":
                return self._all(children, kind)
            case "choice":
                return choice(*(self._pattern(child) for child in children))
            case "value":
                return ("value", " ".join((node.text or "").split()))
            case "data":
                return ("data", node.get("type", ""))
        if kind in _CONSTANTS:
            return _CONSTANTS[kind]
        if kind in _AROUND:
            return _AROUND[kind](self._all(children))
        raise UnsupportedError(f"“{kind}” is not read")


_CONSTANTS: Final = {"text": TEXT, "empty": EMPTY, "notAllowed": NOTHING}

#: What a pattern with children makes of all of them together.
_AROUND: Final[dict[str, Callable[[Pattern], Pattern]]] = {
    "group": lambda inner: inner,
    "optional": optional,
    "oneOrMore": more,
    "zeroOrMore": lambda inner: optional(more(inner)),
    "mixed": lambda inner: both("interleave", TEXT, inner),
    "list": lambda inner: ("list", inner),
}


def _local(node: etree._Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _children(node: etree._Element, *, skip_name: bool = False) -> Iterator[etree._Element]:
    """The RELAX NG elements in a node; without its name class, if that is written as a child."""
    children = node.iterchildren(f"{_RNG}*")
    if skip_name:
        next(children, None)
    return children


def _define_name(node: etree._Element) -> str:
    return "start" if _local(node) == "start" else f"define {node.get('name', '').strip()}"


def _name_class(node: etree._Element) -> Name:
    """The name class of an element or attribute pattern."""
    name = node.get("name")
    if name is not None:
        is_attribute = _local(node) == "attribute"
        return _qualified(name.strip(), node, node.get("ns") if is_attribute else _inherited(node))
    return _class(next(_children(node)))


def _class(node: etree._Element) -> Name:
    exceptions = tuple(_class(name) for part in node.iterchildren(f"{_RNG}except") for name in _children(part))
    match _local(node):
        case "name":
            return _qualified((node.text or "").strip(), node, _inherited(node))
        case "nsName":
            return Name(_inherited(node), None, exceptions)
        case "anyName":
            return Name(None, None, exceptions)
        case "choice":
            return _OneOf(None, None, tuple(_class(child) for child in _children(node)))
    raise UnsupportedError(f"“{_local(node)}” is no name class")


class _OneOf(Name):
    """Any of several name classes (kept in `exceptions`)."""

    __slots__ = ()

    def holds(self, namespace: str, local: str) -> bool:
        return any(name.holds(namespace, local) for name in self.exceptions)


def _qualified(name: str, node: etree._Element, namespace: str | None) -> Name:
    prefix, colon, local = name.rpartition(":")
    if colon:
        return Name(_XML if prefix == "xml" else node.nsmap.get(prefix, ""), local)
    return Name(namespace or "", local)


def _inherited(node: etree._Element) -> str:
    here: etree._Element | None = node
    while here is not None:
        if (namespace := here.get("ns")) is not None:
            return namespace
        here = here.getparent()
    return ""
