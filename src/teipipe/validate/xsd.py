"""XSD by xmlschema, in the same words as RELAX NG."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import xmlschema
from lxml import etree

from teipipe.diagnostics import Diagnostic
from teipipe.documents import Document
from teipipe.errors import SchemaError
from teipipe.folders import absolute
from teipipe.rules import finding

if TYPE_CHECKING:
    from elementpath.protocols import DocumentProtocol, ElementProtocol
    from xmlschema.validators.exceptions import XMLSchemaValidationError

_VERSIONING: Final = "{http://www.w3.org/2007/XMLSchema-versioning}minVersion"
_LISTED: Final = 8
_FEW: Final = 3


class Xsd:
    """An XML Schema, 1.0 or (if it says vc:minVersion="1.1") 1.1, compiled once."""

    def __init__(self, document: Document, root: Path) -> None:
        """Raises SchemaError if it is no correct schema, or includes what isn't in its folder or below."""
        self.path: Final = document.path
        version = xmlschema.XMLSchema11 if document.root.get(_VERSIONING) == "1.1" else xmlschema.XMLSchema10
        source, folder = cast("ElementProtocol", document.root), absolute(document.file).parent
        try:
            with warnings.catch_warnings():
                # What can't be included is only worth a warning to xmlschema; here nothing may be left out in silence.
                warnings.simplefilter("error")
                self._schema = version(source, base_url=os.fspath(folder), allow="sandbox")
        except (xmlschema.XMLSchemaException, Warning) as error:
            raise _schema_error(document, error) from error

    def check(self, document: Document, *, all_expected: bool = False) -> Iterator[Diagnostic]:
        """Yield what doesn't fit; raises NotParsedError if the document isn't well-formed."""
        # The tree is given as it is and nothing may be fetched for it: xsi:schemaLocation leads nowhere.
        resource = xmlschema.XMLResource(cast("DocumentProtocol", document.tree), allow="none")
        for error in self._schema.iter_errors(resource, use_location_hints=False):
            yield _translated(document, error)


def _schema_error(document: Document, error: Exception) -> SchemaError:
    elem = getattr(error, "elem", None)
    where = document.at(document.places.offset(getattr(error, "sourceline", None) or 1, 1))
    if isinstance(elem, etree._Element) and elem in set(document.root.iter("*")):
        where = document.start(elem)
    reason = getattr(error, "message", None) or getattr(error, "reason", None) or str(error)
    return SchemaError(f"not a correct XSD: {' '.join(str(reason).split())}", where)


def _translated(document: Document, error: XMLSchemaValidationError) -> Diagnostic:
    element: Any = error.elem
    if not isinstance(element, etree._Element):
        element = document.root
    if isinstance(error, xmlschema.XMLSchemaChildrenValidationError):
        return _children(document, element, error)
    if type(error.validator).__name__ == "XsdAttributeGroup":
        return _attributes(document, element, error)
    for name, value in element.items():
        if (error.reason or "").startswith(f"attribute {name}="):
            shown = f"“{_shortened(str(value))}” is not a value that @{_local(str(name))} may have"
            return finding("wrong-value", shown, document.attribute(element, str(name), 0), _values(error))
    if "character data" in (error.reason or ""):
        message = f"text can't stand directly in “{_local(str(element.tag))}”"
        return finding("unexpected-text", message, _text_place(document, element))
    message = f"“{_local(str(element.tag))}” doesn't fit the schema: {' '.join((error.reason or '').split())}"
    return finding("invalid", message.removesuffix("."), document.start(element))


def _children(
    document: Document, parent: etree._Element, error: xmlschema.XMLSchemaChildrenValidationError
) -> Diagnostic:
    expected = sorted({_local(name) for name in _expected(error)})
    more = f" and {len(expected) - _LISTED} more" if len(expected) > _LISTED else ""
    advice = f"allowed here: {', '.join(expected[:_LISTED])}{more}" if expected else None
    name = _local(str(parent.tag))
    children = list(parent.iterchildren("*"))
    if error.invalid_tag is None or error.index >= len(children):
        missing = " or ".join(f"“{local}”" for local in expected)
        is_short = 0 < len(expected) <= _FEW
        message = f"“{name}” lacks {missing}" if is_short else f"“{name}” is not complete"
        return finding("missing-element", message, document.start(parent), None if is_short else advice)
    child = children[error.index]
    message = f"“{_local(str(child.tag))}” is not allowed at this place in “{name}”"
    return finding("unexpected-element", message, document.start(child), advice)


def _expected(error: xmlschema.XMLSchemaChildrenValidationError) -> Iterator[str]:
    for particle in error.expected or ():
        name = getattr(particle, "name", None)
        if isinstance(name, str):
            yield name


def _attributes(document: Document, element: etree._Element, error: XMLSchemaValidationError) -> Diagnostic:
    known: Any = error.validator
    local = _local(str(element.tag))
    for name in element.keys():  # noqa: SIM118 (an element's keys are its attributes)
        if name not in known and f"'{name}'" in (error.reason or ""):
            message = f"the attribute “{_local(str(name))}” is not allowed on “{local}”"
            return finding("unexpected-attribute", message, document.attribute(element, str(name)))
    missing = [str(name) for name, use in known.items() if name and getattr(use, "use", "") == "required"]
    absent = [_local(name) for name in missing if element.get(name) is None and f"'{name}'" in (error.reason or "")]
    message = f"“{local}” lacks the attribute “{absent[0]}”" if absent else f"the attributes of “{local}” don't fit"
    return finding("missing-attribute" if absent else "invalid", message, document.start(element))


def _values(error: XMLSchemaValidationError) -> str | None:
    listed = getattr(error.validator, "enumeration", None)
    if not listed:
        return None
    values = [str(value) for value in listed if value is not None]
    more = f" or {len(values) - _LISTED} more" if len(values) > _LISTED else ""
    return f"one of: {', '.join(values[:_LISTED])}{more}"


def _text_place(document: Document, element: etree._Element) -> Any:
    texts = [(element.text, element, False), *((child.tail, child, True) for child in element.iterchildren("*"))]
    for text, holder, after in texts:
        if text and text.strip():
            return document.text(holder, len(text) - len(text.lstrip()), after=after)
    return document.start(element)


def _local(name: str) -> str:
    namespace, _, local = name.rpartition("}")
    return f"xml:{local}" if namespace.endswith("/XML/1998/namespace") else local


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 40 else f"{words[:40].rstrip()}…"
