"""Keys and references of a schema: xs:key, xs:keyref, xs:unique and xs:ID, each at its place (XSD part 1, 3.11)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from teipipe.diagnostics import Diagnostic, Location
from teipipe.documents import XML_NAMESPACE
from teipipe.relaxng.explaining.wording import attribute_name, local, quote
from teipipe.rules import finding

if TYPE_CHECKING:
    from teipipe.documents import Document

_MESSAGES: Final = (
    "duplicated value",
    "missing key field",
    "not found for Xsd",
    "field selects",
    "not have a simple type",
)
_ID: Final = f"{{{XML_NAMESPACE}}}id"


def is_about_keys(reason: str) -> bool:
    """Whether an error of xmlschema is about a key, or a reference to one."""
    return any(message in reason for message in _MESSAGES) and not reason.startswith("attribute ")


def is_about_ids(reason: str) -> bool:
    """Whether an error of xmlschema is about an xs:ID, or a reference to one."""
    return "duplicated xs:ID" in reason or (reason.startswith("IDREF") and "not found" in reason)


class Keys:
    """Looks after the identity constraints of a compiled schema in one document."""

    def __init__(self, schema: Any, document: Document) -> None:
        self.schema = schema
        self.document = document

    def findings(self, constraints: list[Any]) -> list[Diagnostic]:
        """What is wrong by some of the constraints."""
        found: list[Diagnostic] = []
        for constraint in dict.fromkeys(constraints):
            names = {f"{{{uri}}}{name}" if uri else name for uri, name in [_split(constraint.parent.name)]}
            for scope in self.document.root.iter(*names):
                found += self._judged(constraint, scope)
        return found

    def _judged(self, constraint: Any, scope: etree._Element) -> Iterator[Diagnostic]:
        kind = type(constraint).__name__
        nodes = self._values(constraint, scope)
        if "Keyref" in kind:
            targets = {values for values, _, _ in self._values(constraint.refer, scope)}
            for values, _, where in nodes:
                if None not in values and values not in targets:
                    what = self._described(constraint.refer)
                    message = f"{_shown(values)} leads nowhere: no {what} has it"
                    yield finding("dangling-keyref", message, where, f"by the xs:keyref “{constraint.local_name}”")
            return
        first: dict[tuple[str | None, ...], Location] = {}
        for values, element, where in nodes:
            if None in values:
                if "Key" in kind:
                    message = f"“{local(str(element.tag))}” lacks its key: {self._fields(constraint)}"
                    yield finding("missing-key", message, where, f"by the xs:key “{constraint.local_name}”")
            elif values in first:
                message = f"{_shown(values)} is taken: each {self._described(constraint)} has one of its own"
                related = ((first[values], "the first one"),)
                yield finding("duplicate-key", message, where, "give one of the two another", related=related)
            else:
                first[values] = where

    def _values(
        self, constraint: Any, scope: etree._Element
    ) -> Iterator[tuple[tuple[str | None, ...], etree._Element, Location]]:
        """The fields of all that a constraint selects, and where the first of them is."""
        for element in _select(constraint.selector, scope):
            if not isinstance(element, etree._Element):
                continue
            found = [next(iter(_select(field, element)), None) for field in constraint.fields]
            yield tuple(map(_text, found)), element, self._place(element, found)

    def _place(self, element: etree._Element, found: list[Any]) -> Location:
        for node in found:
            if isinstance(node, etree._Element):
                blank = len(node.text or "") - len((node.text or "").lstrip())
                return self.document.text(node, blank)
            if node is not None and getattr(node, "is_attribute", False):
                return self.document.attribute(node.getparent(), str(node.attrname), 0)
        return self.document.start(element)

    def _described(self, constraint: Any) -> str:
        """What a constraint is about, in words."""
        name = constraint.selector.path.rpartition("/")[2].rpartition(":")[2]
        return f"{f'“{name}”' if name.isidentifier() else 'such element'} ({self._fields(constraint)})"

    def _fields(self, constraint: Any) -> str:
        return ", ".join(field.path for field in constraint.fields)

    def identities(self, reasons: list[str]) -> Iterator[Diagnostic]:
        """Where the IDs are that xmlschema found to be wrong; those called xml:id are another check's business."""
        for reason in dict.fromkeys(reasons):
            value = reason.split("'")[1] if "'" in reason else ""
            holders = [
                (element, str(name))
                for element in self.document.root.iter("*")
                for name, text in element.items()
                if value in str(text).split()
            ]
            if reason.startswith("IDREF"):
                for element, name in holders[:1]:
                    token = str(element.get(name)).split().index(value)
                    where = self.document.attribute(element, name, token)
                    yield finding("dangling-pointer", f"{quote(value)} leads nowhere: no element has this id", where)
                if not holders:
                    message = f"{quote(value)} leads nowhere: no element has this id"
                    yield finding("dangling-pointer", message, self.document.start(self.document.root))
                continue
            rest = [(element, name) for element, name in holders if name != _ID]
            for element, name in rest[1:2] if len(rest) > 1 else rest[:1]:
                where = self.document.attribute(element, name, 0)
                message = f"the id {quote(value)} is taken: @{attribute_name(name)} on “{local(str(element.tag))}”"
                yield finding("duplicate-id", message, where, "give one of the two another id")
            if not holders:
                yield finding(
                    "duplicate-id", f"the id {quote(value)} is taken", self.document.start(self.document.root)
                )


def _select(path: Any, element: etree._Element) -> list[Any]:
    spaces = {prefix: uri for prefix, uri in path.namespaces.items() if prefix and uri}
    written = path.path
    default = path.xpath_default_namespace if hasattr(path, "xpath_default_namespace") else ""
    try:
        if default:
            return []
        result = element.xpath(written.replace("child::", ""), namespaces=spaces)
    except etree.XPathError:
        return []
    return result if isinstance(result, list) else []


def _text(node: Any) -> str | None:
    if node is None:
        return None
    if isinstance(node, etree._Element):
        return None if len(node) else " ".join((node.text or "").split())
    return " ".join(str(node).split())


def _shown(values: tuple[str | None, ...]) -> str:
    return ", ".join(quote(value or "") for value in values)


def _split(name: str) -> tuple[str, str]:
    namespace, _, plain = name.rpartition("}")
    return namespace.removeprefix("{"), plain
