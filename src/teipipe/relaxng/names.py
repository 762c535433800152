"""Name classes: read from the full syntax, and whether two of them have a name in common."""

from __future__ import annotations

import re
from typing import Final
from xml.parsers import expat

from teipipe.relaxng.simple import AnyName, Name, NameChoice, NameClass, NsName
from teipipe.relaxng.syntax import XML_NAMESPACE, Node

#: Roughly; which letters beyond ASCII are allowed, the parser knows.
_IS_ROUGHLY: Final = re.compile(r"[^\W\d][^\s:<>/&'\"=;!?(){}\[\]|,*+%@#$^`~\\]*+\Z").match
_IS_PLAIN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*\Z").match
_XMLNS: Final = ("http://www.w3.org/2000/xmlns", "http://www.w3.org/2000/xmlns/")

_Single = Name | AnyName | NsName


def check_ncname(node: Node, attribute: str = "name") -> str:
    """The attribute's value; raises SchemaError if it is no name without colon."""
    name = node.attributes[attribute]
    if not _is_ncname(name):
        message = f"“{name}” is no name" if name else f"the attribute “{attribute}” is empty"
        raise node.error(message, "names begin with a letter or “_” and have no colon or blank", attribute=attribute)
    return name


def _is_ncname(name: str) -> bool:
    """Whether a name is one in XML, by the parser that documents are read with (XML 1.0, fourth edition)."""
    if _IS_PLAIN(name):
        return True
    if name.isascii() or not _IS_ROUGHLY(name):
        return False
    try:
        expat.ParserCreate().Parse(f"<{name}/>", True)
    except (expat.ExpatError, UnicodeEncodeError):
        return False
    return True


def name_class(node: Node, ns: str) -> NameClass:
    """The name class of an `element` or `attribute` with its own or inherited `ns`; raises SchemaError.

    Without an `ns` of its own, an attribute's `name` is in no namespace (section 4.8).
    """
    if "name" in node.attributes:
        if node.name == "attribute" and "ns" not in node.attributes:
            ns = ""
        found: NameClass = _name(node, node.attributes["name"], ns)
    else:
        found = _read([(node.children[0], ns)], "")
    if node.name == "attribute":
        _check_attribute(node, found)
    return found


def classes_of(name_class: NameClass) -> tuple[_Single, ...]:
    """The classes that it is a choice of, or it alone."""
    return name_class.classes if isinstance(name_class, NameChoice) else (name_class,)


def _name(node: Node, written: str, ns: str) -> Name:
    prefix, colon, local = written.rpartition(":")
    attribute = "name" if "name" in node.attributes else None
    if not _is_ncname(local) or (colon and not _is_ncname(prefix)):
        raise node.error(f"“{written}” is no name in XML" if written else "the name is empty", attribute=attribute)
    if colon:
        uri = XML_NAMESPACE if prefix == "xml" else node.namespaces.get(prefix)
        if uri is None:
            raise node.error(
                f"the prefix “{prefix}” is not declared", f'declare it: xmlns:{prefix}="…"', attribute=attribute
            )
        ns = uri
    return Name(f"{ns}}}{local}" if ns else local)


def _read(todo: list[tuple[Node, str]], inside: str) -> NameClass:
    """The choice of some name classes; `inside` is the class out of which they are taken."""
    found: dict[_Single, None] = {}
    todo.reverse()
    while todo:
        node, ns = todo.pop()
        ns = node.attributes.get("ns", ns)
        if node.name == "choice":
            todo += [(child, ns) for child in reversed(node.children)]
        elif node.name == "name":
            found[_name(node, node.text, ns)] = None
        elif node.name == "anyName":
            if inside:
                raise node.error(f"“anyName” can't be an exception of “{inside}” (RELAX NG, section 4.16)")
            found[AnyName(_exception(node, ns))] = None
        else:
            if inside == "nsName":
                raise node.error("“nsName” can't be an exception of “nsName” (RELAX NG, section 4.16)")
            found[NsName(ns, _exception(node, ns))] = None
    return NameChoice(tuple(found)) if len(found) > 1 else next(iter(found))


def _exception(node: Node, ns: str) -> NameClass | None:
    if not node.children:
        return None
    without = node.children[0]
    ns = without.attributes.get("ns", ns)
    return _read([(child, ns) for child in without.children], node.name)


def _check_attribute(node: Node, found: NameClass) -> None:
    todo = list(classes_of(found))
    while todo:
        single = todo.pop()
        if isinstance(single, Name):
            uri, _, local = single.qualified.rpartition("}")
            if uri in _XMLNS or (local == "xmlns" and not uri):
                raise node.error("a declaration of a namespace is no attribute (RELAX NG, section 4.16)")
        else:
            if isinstance(single, NsName) and single.uri in _XMLNS:
                raise node.error("a declaration of a namespace is no attribute (RELAX NG, section 4.16)")
            if single.without is not None:
                todo += classes_of(single.without)


def holds(name_class: NameClass, name: Name) -> bool:
    """Whether a name is in a name class."""
    return any(_holds(single, name) for single in classes_of(name_class))


def _holds(single: _Single, name: Name) -> bool:
    if isinstance(single, Name):
        return single == name
    if isinstance(single, NsName) and single.uri != name.uri:
        return False
    return single.without is None or not holds(single.without, name)
